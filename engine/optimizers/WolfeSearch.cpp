#include "engine/optimizers/WolfeSearch.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace perceptory::optimizers {

namespace {

// The lowest point of the cubic through two places with their slopes, within limits.
double cubicMinimum(const LinePlace& a, const LinePlace& b, double low, double high) {
    const LinePlace& left = a.length <= b.length ? a : b;
    const LinePlace& right = a.length <= b.length ? b : a;
    const double d = left.slope + right.slope - 3 * (left.loss - right.loss) / (left.length - right.length);
    const double square = d * d - left.slope * right.slope;
    if (!(square >= 0)) return (low + high) / 2;
    const double root = std::sqrt(square);
    const double share = (right.slope + root - d) / (right.slope - left.slope + 2 * root);
    return std::clamp(right.length - (right.length - left.length) * share, low, high);
}

double cubicMinimum(const LinePlace& a, const LinePlace& b) {
    return cubicMinimum(a, b, std::min(a.length, b.length), std::max(a.length, b.length));
}

}  // namespace

LinePlace WolfeSearch::run(double length) {
    if (!bracket(length)) narrow();
    return m_low;
}

bool WolfeSearch::flat(const LinePlace& place) const { return std::abs(place.slope) <= -curvature * m_start.slope; }

void WolfeSearch::between(LinePlace a, LinePlace b) {
    const bool first = a.loss <= b.loss;
    m_low = first ? a : b;
    m_high = first ? std::move(b) : std::move(a);
}

bool WolfeSearch::bracket(double length) {
    LinePlace before = m_start, here = m_at(length);
    for (m_tries = 0; m_tries < mostTries; ++m_tries) {
        const bool rises = tooHigh(here) || (m_tries > 1 && here.loss >= before.loss);
        if (!rises && flat(here)) {
            m_low = here;
            return true;
        }
        if (rises || here.slope >= 0) {
            between(before, here);
            return false;
        }
        const double least = here.length + 0.01 * (here.length - before.length);
        const double next = cubicMinimum(before, here, least, here.length * 10);
        before = std::exchange(here, m_at(next));
    }
    between(m_start, here);
    return false;
}

void WolfeSearch::narrow() {
    bool stuck = false;
    for (; m_tries < mostTries; ++m_tries) {
        const double width = std::abs(m_high.length - m_low.length);
        if (width * m_size < m_tolerance) return;
        const LinePlace here = m_at(tryLength(stuck));
        if (tooHigh(here) || here.loss >= m_low.loss) {
            between(m_low, here);
            continue;
        }
        const bool good = flat(here);
        if (here.slope * (m_high.length - m_low.length) >= 0) m_high = m_low;
        m_low = here;
        if (good) return;
    }
}

double WolfeSearch::tryLength(bool& stuck) const {
    const double low = std::min(m_low.length, m_high.length), high = std::max(m_low.length, m_high.length);
    const double length = cubicMinimum(m_low, m_high), margin = 0.1 * (high - low);
    if (std::min(high - length, length - low) >= margin) {
        stuck = false;
        return length;
    }
    if (!stuck && length < high && length > low) {
        stuck = true;
        return length;
    }
    stuck = false;
    return std::abs(length - high) < std::abs(length - low) ? high - margin : low + margin;
}

}  // namespace perceptory::optimizers
