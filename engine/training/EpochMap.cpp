#include "engine/training/EpochMap.h"

#include <algorithm>
#include <cmath>

namespace perceptory::training {

namespace {

constexpr double tolerance = 1e-6;  // epochs

double slope(const EpochMap::Knot& a, const EpochMap::Knot& b) {
    return (b.epoch - a.epoch) / static_cast<double>(b.step - a.step);
}

std::int64_t epochEnd(const EpochMap::Place& place) {
    return place.step + static_cast<std::int64_t>(place.stepsPerEpoch) - static_cast<std::int64_t>(place.batch);
}

}  // namespace

EpochMap::EpochMap(const std::vector<Knot>& knots) {
    if (knots.empty() || knots.front() != Knot{} || knots.size() > mostKnots) return;
    m_knots.push_back(knots.front());
    for (std::size_t i = 1; i < knots.size(); ++i) push(knots[i].step, knots[i].epoch);
    if (m_knots.size() < 2) m_knots.clear();
}

double EpochMap::epochAt(double step) const {
    if (m_knots.empty()) return 0;
    const auto above = std::ranges::upper_bound(m_knots, step, {}, [](const Knot& knot) { return double(knot.step); });
    const auto right = std::clamp<std::ptrdiff_t>(above - m_knots.begin(), 1, std::ssize(m_knots) - 1);
    const Knot& from = m_knots[static_cast<std::size_t>(right - 1)];
    const Knot& to = m_knots[static_cast<std::size_t>(right)];
    return from.epoch + (step - static_cast<double>(from.step)) * slope(from, to);
}

bool EpochMap::turnsAt(const Place& place) const {
    if (m_knots.empty()) return true;
    const auto end = static_cast<double>(epochEnd(place));
    const auto next = static_cast<double>(place.epoch) + 1;
    return std::abs(epochAt(end) - next) > tolerance ||
           std::abs(epochAt(end + static_cast<double>(place.stepsPerEpoch)) - next - 1) > tolerance;
}

void EpochMap::turn(const Place& place) {
    const auto whole = static_cast<double>(place.epoch);
    const double share = static_cast<double>(place.batch) / static_cast<double>(place.stepsPerEpoch);
    const double here = m_knots.empty() ? whole + share : epochAt(static_cast<double>(place.step));
    while (!m_knots.empty() && m_knots.back().step >= place.step) m_knots.pop_back();
    if (m_knots.size() + 3 > mostKnots) thinOut();
    if (m_knots.empty()) m_knots.push_back({0, 0});
    const std::int64_t end = epochEnd(place);
    push(place.step, std::clamp(here, whole, whole + 1));
    push(end, whole + 1);
    push(end + static_cast<std::int64_t>(place.stepsPerEpoch), whole + 2);
}

// Leaves out what does not rise, and the knot before where it lies on a straight line.
void EpochMap::push(std::int64_t step, double epoch) {
    const Knot knot{step, epoch};
    if (step <= m_knots.back().step || epoch <= m_knots.back().epoch + tolerance) return;
    if (m_knots.size() > 1) {
        const Knot& middle = m_knots.back();
        const Knot& before = m_knots[m_knots.size() - 2];
        const double straight = before.epoch + static_cast<double>(middle.step - before.step) * slope(before, knot);
        if (std::abs(straight - middle.epoch) < tolerance) m_knots.pop_back();
    }
    m_knots.push_back(knot);
}

void EpochMap::thinOut() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_knots.size(); ++i)
        if (i % 2 == 0 || i + 1 == m_knots.size()) m_knots[kept++] = m_knots[i];
    m_knots.resize(kept);
}

}  // namespace perceptory::training
