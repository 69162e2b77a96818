#pragma once
// Which stretch of values an axis shows. The range grows at once to a round value and shrinks slowly, so labels do not
// jitter while a run grows; and which values of it are named. Pure arithmetic.

#include <vector>

#include "ui/widgets/CurveHistory.h"

namespace perceptory::widgets {

struct AxisRange {
    double low = 0;
    double high = 1;
    bool operator==(const AxisRange&) const = default;
    double length() const { return high - low; }
};

/// Steps: starts at the first step, ends at a round step some way after the last.
class StepScale {
public:
    void reset() { m_range = {}; }
    AxisRange follow(double first, double last);

private:
    AxisRange m_range;
};

/// Values of loss or accuracy.
class ValueScale {
public:
    void reset() { *this = {}; }
    AxisRange followLinear(const CurveSpan& values);
    /// Ends on 1, 2 or 5 times a power of ten; two decades at least, so that there are ticks, and twelve at most.
    static AxisRange decades(const CurveSpan& values);
    /// False where the positive values lie within one decade or there are none: a log axis would have no ticks.
    static bool worthLog(const CurveSpan& values);

private:
    AxisRange m_range{0, 0};
    int m_tooLarge = 0;
};

/// A distance of `grain` or less between labels, such that the range has two of them: one number alone says nothing
/// about a scale.
double grainForTwoLabels(AxisRange range, double grain);

/// The values that a logarithmic axis names, in rising order: two at least, `most` (two or more) at most. 1, 2 and 5 of
/// every decade, or whole decades, or, in a range that holds neither twice, other round values.
std::vector<double> logTicks(AxisRange range, int most);

/// Linear or logarithmic map of values to 0…1 of the axis.
class ValueMap {
public:
    ValueMap() = default;
    ValueMap(AxisRange range, bool logarithmic);

    const AxisRange& range() const { return m_range; }
    bool logarithmic() const { return m_logarithmic; }
    double share(float value) const;  ///< may lie outside 0…1; log of what is not positive is −∞
    double valueAt(double share) const;
    bool operator==(const ValueMap&) const = default;

private:
    AxisRange m_range;
    bool m_logarithmic = false;
    // share = scale · (value or log2 value) + offset
    double m_scale = 1;
    double m_offset = 0;
};

}  // namespace perceptory::widgets
