#pragma once
// A curve in pixels: points from left to right with gaps between stretches. Only what lies in the stretch of the
// picture that is painted is handed to the painter, and the same points give the same pixels whichever stretch that is.

#include <QPointF>
#include <vector>

class QPainter;
class QPainterPath;

namespace perceptory::widgets {

/// From left to right, in pixels.
struct PixelSpan {
    double left = 0;
    double right = 0;
    bool holds(double x) const { return x >= left && x <= right; }
};

class CurveStrokes {
public:
    void add(QPointF point) { m_points.push_back(point); }
    void gap();  ///< the stretch ends here
    void clear();

    bool empty() const { return m_points.empty(); }
    const std::vector<QPointF>& points() const { return m_points; }

    /// Where the lines begin to differ from those, as far as they are seen: right of every pixel when they do not, left
    /// of all when everything does.
    double differsFrom(const CurveStrokes& before) const;

    void paint(QPainter& painter, PixelSpan shown) const;
    /// The dashes among them that are seen; counted from the start of each stretch.
    QPainterPath dashes(double dash, double space, PixelSpan shown) const;

private:
    // Points [begin, end) of one stretch.
    struct Stretch {
        std::size_t begin;
        std::size_t end;
    };
    template <class Use>
    void eachStretch(Use use) const;

    std::vector<QPointF> m_points;
    std::vector<std::size_t> m_ends;
};

}  // namespace perceptory::widgets
