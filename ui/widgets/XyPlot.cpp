#include "ui/widgets/XyPlot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr double reach = 12;  // pixels from the mouse to a point

QPen penOf(std::size_t series) {
    QPen pen(Theme::instance().series(static_cast<int>(series)), 2);
    if (series % 2 == 1) pen.setStyle(Qt::DashLine);
    return pen;
}

}  // namespace

XyPlot::XyPlot(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void XyPlot::setSeries(std::vector<XySeries> series, XyAxes axes) {
    m_series = std::move(series);
    m_axes = std::move(axes);
    m_place.series = std::min(m_place.series, m_series.empty() ? 0 : m_series.size() - 1);
    if (!m_series.empty() && m_place.point >= m_series[m_place.series].points.size()) m_place.point = 0;
    findRange();
    QStringList names;
    for (const XySeries& one : m_series)
        names << tr("%1: %n points", nullptr, static_cast<int>(one.points.size())).arg(one.name);
    setAccessibleDescription(tr("%1 against %2. %3").arg(m_axes.y, m_axes.x, names.join(QStringLiteral("; "))));
    update();
}

void XyPlot::findRange() {
    m_range = m_axes.range.value_or(QRectF());
    if (m_axes.range) return;
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (const XySeries& one : m_series)
        for (const QPointF& point : one.points)
            for (const int axis : {0, 1}) {
                const double value = axis == 0 ? point.x() : point.y();
                if (!std::isfinite(value)) continue;
                low[axis] = std::min(low[axis], value);
                high[axis] = std::max(high[axis], value);
            }
    if (m_axes.diagonal) {  // both axes alike, so that it is one
        low[0] = low[1] = std::min(low[0], low[1]);
        high[0] = high[1] = std::max(high[0], high[1]);
    }
    for (const int axis : {0, 1}) {
        if (!(low[axis] <= high[axis])) low[axis] = 0, high[axis] = 1;
        const double rim = low[axis] < high[axis] ? 0.03 * (high[axis] - low[axis]) : 0.5;
        low[axis] -= rim;
        high[axis] += rim;
    }
    m_range = QRectF(low[0], low[1], high[0] - low[0], high[1] - low[1]);
}

QRect XyPlot::room() const {
    const int line = fontMetrics().height(), numbers = fontMetrics().horizontalAdvance(QStringLiteral("−0.000")) + 6;
    // Above: the name of y and the legend; below: numbers and the name of x.
    return rect().adjusted(numbers, line + 4, -8, -2 * line - 6);
}

QPointF XyPlot::placeOf(QPointF point) const {
    const QRectF where = room();
    return {where.left() + (point.x() - m_range.left()) / m_range.width() * where.width(),
            where.bottom() - (point.y() - m_range.top()) / m_range.height() * where.height()};
}

QString XyPlot::textOf(std::size_t series, std::size_t point) const {
    const XySeries& one = m_series[series];
    const QString where =
        tr("%1 %2, %3 %4")
            .arg(m_axes.x, shortNumber(one.points[point].x(), 3), m_axes.y, shortNumber(one.points[point].y(), 3));
    return m_series.size() > 1 ? tr("%1: %2").arg(one.name, where) : where;
}

void XyPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxes(painter);
    painter.save();
    painter.setClipRect(room().adjusted(-4, -4, 4, 4));
    for (std::size_t i = 0; i < m_series.size(); ++i) paintSeries(painter, i);
    painter.restore();
    if (m_series.size() > 1) paintLegend(painter);
    if (!hasFocus() || m_series.empty() || m_series[m_place.series].points.empty()) return;
    painter.setPen(QPen(themed(ColourRole::FocusRing), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(placeOf(m_series[m_place.series].points[m_place.point]), 6, 6);
}

void XyPlot::paintAxes(QPainter& painter) const {
    const QRect where = room();
    const int line = fontMetrics().height();
    const QPointF low = m_range.topLeft(), high = m_range.bottomRight();
    painter.fillRect(where, themed(ColourRole::Base));
    for (const double share : {0.0, 0.5, 1.0}) {
        const double x = low.x() + share * (high.x() - low.x()), y = low.y() + share * (high.y() - low.y());
        const QPointF place = placeOf({x, y});
        painter.setPen(themed(ColourRole::Grid));
        painter.drawLine(QPointF(place.x(), where.top()), QPointF(place.x(), where.bottom()));
        painter.drawLine(QPointF(where.left(), place.y()), QPointF(where.right(), place.y()));
        painter.setPen(themed(ColourRole::MutedText));
        painter.drawText(QRectF(0, place.y() - line / 2.0, where.left() - 4, line), Qt::AlignRight | Qt::AlignVCenter,
                         shortNumber(y, 3));
        const double half = where.width() / 4.0;
        const double left = std::clamp(place.x() - half, double(where.left()), double(where.right()) - 2 * half);
        const Qt::Alignment side = share == 0 ? Qt::AlignLeft : share == 1 ? Qt::AlignRight : Qt::AlignHCenter;
        painter.drawText(QRectF(left, where.bottom() + 2, 2 * half, line), side, shortNumber(x, 3));
    }
    painter.drawText(QRect(0, 0, width(), line), Qt::AlignLeft,
                     fontMetrics().elidedText(m_axes.y, Qt::ElideRight, width() / 2));
    painter.drawText(QRect(where.left(), where.bottom() + line + 2, where.width(), line), Qt::AlignRight,
                     fontMetrics().elidedText(m_axes.x, Qt::ElideRight, where.width()));
    if (!m_axes.diagonal) return;
    const double from = std::max(low.x(), low.y()), to = std::min(high.x(), high.y());
    painter.setPen(QPen(themed(ColourRole::MutedText), 1, Qt::DotLine));
    painter.drawLine(placeOf({from, from}), placeOf({to, to}));
}

void XyPlot::paintSeries(QPainter& painter, std::size_t index) const {
    const XySeries& one = m_series[index];
    QPolygonF places;
    for (const QPointF& point : one.points) places << placeOf(point);
    painter.setPen(penOf(index));
    if (one.joined) painter.drawPolyline(places);
    if (one.joined && places.size() > 30) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(faded(Theme::instance().series(static_cast<int>(index)), one.joined ? 1 : 0.6));
    for (const QPointF& place : places) painter.drawEllipse(place, 2.5, 2.5);
}

void XyPlot::paintLegend(QPainter& painter) const {
    const int line = fontMetrics().height();
    int x = width();
    for (std::size_t i = m_series.size(); i-- > 0;) {
        const int text = fontMetrics().horizontalAdvance(m_series[i].name);
        x -= text + 26;
        if (x < width() / 3) return;
        painter.setPen(penOf(i));
        painter.drawLine(x, line / 2, x + 16, line / 2);
        painter.setPen(themed(ColourRole::Text));
        painter.drawText(QRect(x + 20, 0, text + 2, line), Qt::AlignLeft | Qt::AlignVCenter, m_series[i].name);
    }
}

std::optional<XyPlot::Place> XyPlot::nearest(QPointF pixel) const {
    std::optional<Place> found;
    double best = reach;
    for (std::size_t i = 0; i < m_series.size(); ++i)
        for (std::size_t k = 0; k < m_series[i].points.size(); ++k) {
            const QPointF away = placeOf(m_series[i].points[k]) - pixel;
            const double distance = std::hypot(away.x(), away.y());
            if (distance >= best) continue;
            best = distance;
            found = Place{i, k};
        }
    return found;
}

void XyPlot::mouseMoveEvent(QMouseEvent* event) {
    const std::optional<Place> place = nearest(event->position());
    emit told(place ? textOf(place->series, place->point) : QString());
}

void XyPlot::mousePressEvent(QMouseEvent* event) {
    QWidget::mousePressEvent(event);
    const std::optional<Place> place = nearest(event->position());
    if (!place) return;
    m_place = *place;
    tellPlace();
    emit pointChosen(static_cast<int>(place->series), static_cast<int>(place->point));
}

void XyPlot::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    emit told({});
}

void XyPlot::keyPressEvent(QKeyEvent* event) {
    if (m_series.empty() || m_series[m_place.series].points.empty()) return QWidget::keyPressEvent(event);
    const std::size_t points = m_series[m_place.series].points.size();
    switch (event->key()) {
        case Qt::Key_Left:
            m_place.point -= m_place.point > 0 ? 1 : 0;
            break;
        case Qt::Key_Right:
            m_place.point += m_place.point + 1 < points ? 1 : 0;
            break;
        case Qt::Key_Up:
            m_place.series -= m_place.series > 0 ? 1 : 0;
            break;
        case Qt::Key_Down:
            m_place.series += m_place.series + 1 < m_series.size() ? 1 : 0;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return emit pointChosen(static_cast<int>(m_place.series), static_cast<int>(m_place.point));
        default:
            return QWidget::keyPressEvent(event);
    }
    const std::size_t most = m_series[m_place.series].points.size();
    m_place.point = std::min(m_place.point, most == 0 ? 0 : most - 1);
    tellPlace();
}

void XyPlot::tellPlace() {
    if (!m_series.empty() && !m_series[m_place.series].points.empty()) emit told(textOf(m_place.series, m_place.point));
    update();
}

void XyPlot::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    tellPlace();
}

void XyPlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    emit told({});
    update();
}

std::vector<Gesture> XyPlot::gestures() {
    return {{tr("← →"), tr("from point to point")},
            {tr("↑ ↓"), tr("from curve to curve")},
            {tr("Return, click"), tr("choose a point")}};
}

}  // namespace perceptory::widgets
