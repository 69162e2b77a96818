#pragma once
// Numbers as text, with a point in every locale.

#include <string>

namespace perceptory::cli {

// The shortest text that reads back as the same number; empty for NaN, "inf" and "-inf".
std::string numberText(double value);
std::string numberText(float value);

// With so many significant digits, for people.
std::string roundedText(double value, int digits = 4);

// "0:07", "12:30", "1:02:03".
std::string durationText(double seconds);

}  // namespace perceptory::cli
