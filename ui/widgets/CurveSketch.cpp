#include "ui/widgets/CurveSketch.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int usualWidth = 180, usualHeight = 84;
constexpr double margin = 3;

bool isFinite(QPointF point) { return std::isfinite(point.x()) && std::isfinite(point.y()); }

QRectF rangeOf(const std::vector<CurveSketch::Curve>& curves) {
    constexpr double far = std::numeric_limits<double>::max();
    double left = far, right = -far, low = far, high = -far;
    for (const CurveSketch::Curve& curve : curves)
        for (const QPointF& point : curve.points) {
            if (!isFinite(point)) continue;
            left = std::min(left, point.x());
            right = std::max(right, point.x());
            low = std::min(low, curve.filled ? std::min(0.0, point.y()) : point.y());
            high = std::max(high, point.y());
        }
    if (left > right) return {0, 0, 1, 1};
    if (right == left) right = left + 1;
    if (high == low) high = low + 1;
    return {left, low, right - left, high - low};
}

QString number(double value) { return QLocale().toString(value, 'g', 3); }

}  // namespace

CurveSketch::CurveSketch(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CurveSketch::setCurves(std::vector<Curve> curves) {
    if (curves == m_curves) return;
    m_curves = std::move(curves);
    m_range = rangeOf(m_curves);
    update();
}

QSize CurveSketch::sizeHint() const { return {usualWidth, usualHeight}; }

// Beside the numbers of y, above those of x.
QRectF CurveSketch::plane() const {
    const QFontMetricsF metrics(font());
    const double beside =
        std::max(metrics.horizontalAdvance(number(m_range.top())), metrics.horizontalAdvance(number(m_range.bottom())));
    return QRectF(rect()).adjusted(beside + 2 * margin, margin, -margin, -metrics.height() - margin);
}

QPointF CurveSketch::onScreen(QPointF point, const QRectF& plane) const {
    return {plane.left() + (point.x() - m_range.left()) / m_range.width() * plane.width(),
            plane.bottom() - (point.y() - m_range.top()) / m_range.height() * plane.height()};
}

void CurveSketch::paintEvent(QPaintEvent*) {
    const QRectF inside = plane();
    if (inside.width() < 20 || inside.height() < 10 || m_curves.empty()) return;
    QPainter painter(this);
    painter.fillRect(inside, themed(ColourRole::Base));
    paintAxes(painter, inside);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.setClipRect(inside.adjusted(-1, -1, 1, 1));
    for (std::size_t i = m_curves.size(); i > 0; --i) paintCurve(painter, inside, i - 1);
    painter.restore();
    paintNames(painter, inside);
}

void CurveSketch::paintAxes(QPainter& painter, const QRectF& plane) const {
    painter.setPen(themed(ColourRole::Border));
    painter.drawRect(plane);
    painter.setPen(themed(ColourRole::Grid));
    const QPointF zero = onScreen({0, 0}, plane);
    if (zero.x() > plane.left() && zero.x() < plane.right())
        painter.drawLine(QPointF(zero.x(), plane.top()), QPointF(zero.x(), plane.bottom()));
    if (zero.y() > plane.top() && zero.y() < plane.bottom())
        painter.drawLine(QPointF(plane.left(), zero.y()), QPointF(plane.right(), zero.y()));
    painter.setPen(themed(ColourRole::MutedText));
    const double line = QFontMetricsF(font()).height();
    const QRectF beside(0, plane.top(), plane.left() - margin, plane.height());
    painter.drawText(beside, Qt::AlignRight | Qt::AlignTop, number(m_range.bottom()));
    painter.drawText(beside, Qt::AlignRight | Qt::AlignBottom, number(m_range.top()));
    const QRectF below(plane.left(), plane.bottom() + 1, plane.width(), line);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignTop, number(m_range.left()));
    painter.drawText(below, Qt::AlignRight | Qt::AlignTop, number(m_range.right()));
}

QPen CurveSketch::penOf(std::size_t index) const {
    constexpr Qt::PenStyle styles[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine};
    return {Theme::instance().series(static_cast<int>(index)), 1.5, styles[index % std::size(styles)]};
}

void CurveSketch::paintCurve(QPainter& painter, const QRectF& plane, std::size_t index) const {
    const Curve& curve = m_curves[index];
    painter.setPen(penOf(index));
    QPolygonF line;
    const auto finish = [&] {
        painter.drawPolyline(line);
        line.clear();
    };
    for (const QPointF& point : curve.points) {
        if (!isFinite(point)) {
            finish();
            continue;
        }
        const QPointF place = onScreen(point, plane);
        if (curve.filled && !line.isEmpty())
            painter.fillRect(QRectF(line.back(), QPointF(place.x(), onScreen({0, 0}, plane).y())).normalized(),
                             faded(penOf(index).color(), 0.25));
        if (curve.filled && !line.isEmpty()) line << QPointF(place.x(), line.back().y());
        line << place;
    }
    finish();
}

// Along the lower edge of the numbers, in the middle.
void CurveSketch::paintNames(QPainter& painter, const QRectF& plane) const {
    const QFontMetricsF metrics(font());
    constexpr double sample = 14, gap = 4;
    double width = 0;
    for (const Curve& curve : m_curves)
        if (!curve.name.isEmpty()) width += sample + 3 * gap + metrics.horizontalAdvance(curve.name);
    double x = plane.center().x() - width / 2;
    const double y = plane.bottom() + 1 + metrics.height() / 2;
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        if (m_curves[i].name.isEmpty()) continue;
        painter.setPen(penOf(i));
        painter.drawLine(QPointF(x, y), QPointF(x + sample, y));
        painter.setPen(themed(ColourRole::Text));
        const double words = metrics.horizontalAdvance(m_curves[i].name);
        painter.drawText(QRectF(x + sample + gap, plane.bottom() + 1, words + 1, metrics.height()), Qt::AlignLeft,
                         m_curves[i].name);
        x += sample + 3 * gap + words;
    }
}

}  // namespace perceptory::widgets
