#pragma once
// Numbers for people: short, without noise digits, and read with a point or a comma.

#include <QString>
#include <optional>

namespace perceptory::widgets {

/// At most `digits` significant digits, no trailing zeros; "NaN", "∞", "−∞" spelled so. Point as decimal mark.
QString shortNumber(double value, int digits = 4);

/// Reads "0.03", "0,03", "3e-4", " 1 "; nothing for anything else, for non-finite numbers and for "1.000,5".
std::optional<double> readNumber(const QString& text);

/// 1, 2 or 5 times a power of ten, the smallest that is at least `atLeast` (> 0).
double niceStep(double atLeast);

}  // namespace perceptory::widgets
