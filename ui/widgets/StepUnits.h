#pragma once
// Steps told in another unit, such as epochs, whose length may change on the way: a line through knots that rises
// everywhere, straight between them and on beyond both ends. Without knots a step is a step.

#include <vector>

namespace perceptory::widgets {

class StepUnits {
public:
    struct Knot {
        double step = 0;
        double unit = 0;
        bool operator==(const Knot&) const = default;
    };

    StepUnits() = default;
    /// Two knots and more; those that do not rise in both are left out.
    explicit StepUnits(const std::vector<Knot>& knots);
    static StepUnits every(double steps) { return StepUnits({{0, 0}, {steps, 1}}); }

    bool areSteps() const { return m_knots.empty(); }
    const std::vector<Knot>& knots() const { return m_knots; }
    double at(double step) const;
    double stepAt(double unit) const;
    bool operator==(const StepUnits&) const = default;

private:
    std::vector<Knot> m_knots;
};

}  // namespace perceptory::widgets
