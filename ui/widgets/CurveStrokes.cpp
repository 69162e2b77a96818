#include "ui/widgets/CurveStrokes.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <limits>

namespace perceptory::widgets {

namespace {

constexpr double kNowhere = std::numeric_limits<double>::infinity();

bool leftOf(const QPointF& point, double x) { return point.x() < x; }

// Dashes of one stretch, walked along its length. A dash that is in sight at neither end of a line is skipped.
class DashWalk {
public:
    DashWalk(double dash, double space, PixelSpan shown, QPainterPath& path)
        : m_dash(dash), m_period(dash + space), m_shown(shown), m_path(path) {}

    void follow(QPointF from, QPointF to) {
        const QPointF way = to - from;
        const double length = std::hypot(way.x(), way.y());
        const bool seen = to.x() >= m_shown.left && from.x() <= m_shown.right;
        double walked = 0;
        while (seen && walked < length) {
            const bool on = m_phase < m_dash;
            const double next = std::min(walked + (on ? m_dash : m_period) - m_phase, length);
            if (on) {
                draw(from + way * (walked / length), from + way * (next / length));
            }
            advance(next - walked, next < length);
            walked = next;
        }
        if (!seen) {
            m_phase = std::fmod(m_phase + length, m_period);
            m_joined = false;
        }
    }

private:
    void draw(QPointF from, QPointF to) {
        if (!m_joined) {
            m_path.moveTo(from);
        }
        m_path.lineTo(to);
        m_joined = true;
    }

    // `turned`: a dash or a space ended, exactly, whatever the sum of the lengths is rounded to.
    void advance(double length, bool turned) {
        if (!turned) {
            m_phase += length;
            return;
        }
        m_phase = m_phase < m_dash ? m_dash : 0;
        m_joined = false;
    }

    double m_dash;
    double m_period;
    PixelSpan m_shown;
    QPainterPath& m_path;
    double m_phase = 0;  // of the period
    bool m_joined = false;
};

}  // namespace

void CurveStrokes::gap() {
    if (!m_points.empty() && (m_ends.empty() || m_ends.back() != m_points.size())) {
        m_ends.push_back(m_points.size());
    }
}

void CurveStrokes::clear() {
    m_points.clear();
    m_ends.clear();
}

double CurveStrokes::differsFrom(const CurveStrokes& before) const {
    const auto points = std::ranges::mismatch(m_points, before.m_points);
    const auto ends = std::ranges::mismatch(m_ends, before.m_ends);
    auto same = static_cast<std::size_t>(points.in1 - m_points.begin());
    if (ends.in1 != m_ends.end()) {
        same = std::min(same, *ends.in1);
    }
    if (ends.in2 != before.m_ends.end()) {
        same = std::min(same, *ends.in2);
    }
    if (same == m_points.size() && same == before.m_points.size()) {
        return kNowhere;
    }
    return same == 0 ? -kNowhere : m_points[same - 1].x();
}

template <class Use>
void CurveStrokes::eachStretch(Use use) const {
    std::size_t begin = 0;
    for (const std::size_t end : m_ends) {
        use(Stretch{begin, end});
        begin = end;
    }
}

void CurveStrokes::paint(QPainter& painter, PixelSpan shown) const {
    eachStretch([&](Stretch stretch) {
        const auto begin = m_points.begin() + static_cast<std::ptrdiff_t>(stretch.begin);
        const auto end = m_points.begin() + static_cast<std::ptrdiff_t>(stretch.end);
        auto first = std::lower_bound(begin, end, shown.left, leftOf);
        auto last = std::upper_bound(first, end, shown.right, [](double x, const QPointF& p) { return x < p.x(); });
        first -= first == begin ? 0 : 1;
        last += last == end ? 0 : 1;
        const auto count = static_cast<int>(last - first);
        if (count == 1 && end - begin == 1) {
            painter.drawPoint(*first);
        } else if (count > 1) {
            painter.drawPolyline(&*first, count);
        }
    });
}

QPainterPath CurveStrokes::dashes(double dash, double space, PixelSpan shown) const {
    QPainterPath path;
    eachStretch([&](Stretch stretch) {
        DashWalk walk(dash, space, shown, path);
        for (std::size_t i = stretch.begin + 1; i < stretch.end && m_points[i - 1].x() <= shown.right; ++i) {
            walk.follow(m_points[i - 1], m_points[i]);
        }
    });
    return path;
}

}  // namespace perceptory::widgets
