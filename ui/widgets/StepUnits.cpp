#include "ui/widgets/StepUnits.h"

#include <algorithm>

namespace perceptory::widgets {

namespace {

using Knot = StepUnits::Knot;

double follow(const std::vector<Knot>& knots, double from, double Knot::*given, double Knot::*wanted) {
    const auto above = std::upper_bound(knots.begin(), knots.end(), from,
                                        [&](double at, const Knot& knot) { return at < knot.*given; });
    const auto right = std::clamp(above, knots.begin() + 1, knots.end() - 1);
    const Knot& a = *(right - 1);
    const Knot& b = *right;
    return a.*wanted + (from - a.*given) / (b.*given - a.*given) * (b.*wanted - a.*wanted);
}

}  // namespace

StepUnits::StepUnits(const std::vector<Knot>& knots) {
    for (const Knot& knot : knots) {
        if (m_knots.empty() || (knot.step > m_knots.back().step && knot.unit > m_knots.back().unit)) {
            m_knots.push_back(knot);
        }
    }
    if (m_knots.size() < 2) {
        m_knots.clear();
    }
}

double StepUnits::at(double step) const { return areSteps() ? step : follow(m_knots, step, &Knot::step, &Knot::unit); }

double StepUnits::stepAt(double unit) const {
    return areSteps() ? unit : follow(m_knots, unit, &Knot::unit, &Knot::step);
}

}  // namespace perceptory::widgets
