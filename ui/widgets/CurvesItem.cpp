#include "ui/widgets/CurvesItem.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr double kPaleOpacity = 0.35;
constexpr int kMarkersWanted = 14;
constexpr double kOnePoint = 0.75;    // pixels; a span shorter than this is drawn as one point
constexpr double kBadMarkApart = 80;  // pixels between two marks of missing values

QPen linePen(QColor colour, bool dashed, double width, bool cosmetic) {
    QPen pen(colour, width);
    pen.setCosmetic(cosmetic);
    pen.setCapStyle(Qt::FlatCap);
    if (dashed) {
        pen.setDashPattern({7 / width, 4 / width});
    }
    return pen;
}

void noteApart(std::vector<double>& places, double x) {
    if (places.empty() || x - places.back() >= kBadMarkApart) {
        places.push_back(x);
    }
}

}  // namespace

void CurvesItem::Strokes::gap() {
    if (!points.empty() && (ends.empty() || ends.back() != static_cast<int>(points.size()))) {
        ends.push_back(static_cast<int>(points.size()));
    }
}

void CurvesItem::Strokes::clear() {
    points.clear();
    ends.clear();
}

void CurvesItem::setArea(const QRectF& plotArea) {
    if (plotArea != m_area) {
        prepareGeometryChange();
        m_area = plotArea;
        m_stale = true;
        update();
    }
}

void CurvesItem::setScales(AxisRange shown, const ValueMap& values) {
    m_shown = shown;
    m_values = values;
}

void CurvesItem::setEvents(std::vector<EventMark> events) {
    m_events = std::move(events);
    update();
}

double CurvesItem::xOf(double step) const {
    return m_area.left() + (m_units.at(step) - m_shown.low) / m_shown.length() * m_area.width();
}

double CurvesItem::yOf(float value) const {
    const double share = std::clamp(m_values.share(value), -2.0, 3.0);
    return m_area.bottom() - share * m_area.height();
}

double CurvesItem::stepAt(double x) const {
    return m_units.stepAt(m_shown.low + (x - m_area.left()) / std::max(m_area.width(), 1.0) * m_shown.length());
}

void CurvesItem::rebuild() {
    m_stale = true;
    update();
}

void CurvesItem::buildIfStale() {
    if (!m_stale) {
        return;
    }
    m_stale = false;
    m_drawn.resize(m_lines.size());
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        build(m_lines[i], m_drawn[i]);
    }
}

void CurvesItem::build(const CurveLine& line, Drawn& drawn) const {
    drawn.strong.clear();
    drawn.pale.clear();
    drawn.markers.clear();
    drawn.notFiniteAt.clear();
    drawn.notPositiveAt.clear();
    drawn.below.clear();
    for (const CurvePiece& piece : line.pieces) {
        const double x = xOf(piece.middle());
        if (hasPoint(piece)) {
            drawn.strong.add({x, yOf(piece.smooth)});
        } else {
            drawn.strong.gap();
        }
        if (line.rawShown) {
            addSpan(x, piece.raw, drawn.pale);
        }
        if (piece.notFinite) {
            drawn.strong.gap();
            drawn.pale.gap();
        }
        noteBadValues(x, piece, drawn);
    }
    drawn.strong.gap();
    drawn.pale.gap();
    if (line.dashed) {
        placeMarkers(line, drawn);
    }
}

bool CurvesItem::hasPoint(const CurvePiece& piece) const {
    return piece.smoothCount > 0 && (!m_values.logarithmic() || piece.smooth > 0);
}

void CurvesItem::addSpan(double x, const CurveSpan& span, Strokes& strokes) const {
    const float low = m_values.logarithmic() ? span.lowestPositive : span.low;
    if (low > span.high) {
        strokes.gap();
        return;
    }
    const double bottom = yOf(low);
    const double top = low == span.high ? bottom : yOf(span.high);
    if (bottom - top < kOnePoint) {
        strokes.add({x, top});
        return;
    }
    const bool topFirst = !strokes.points.empty() &&
                          std::abs(strokes.points.back().y() - top) < std::abs(strokes.points.back().y() - bottom);
    strokes.add({x, topFirst ? top : bottom});
    strokes.add({x, topFirst ? bottom : top});
}

void CurvesItem::noteBadValues(double x, const CurvePiece& piece, Drawn& drawn) const {
    if (x < m_area.left() || x > m_area.right()) {
        return;
    }
    if (piece.notFinite) {
        noteApart(drawn.notFiniteAt, x);
    } else if (m_values.logarithmic() && piece.raw.low <= 0) {
        noteApart(drawn.notPositiveAt, x);
    }
    if (m_marksBelow && piece.raw.low < m_values.range().low) {
        noteBelow(x, piece.raw.low, drawn.below);
    }
}

// At round places, so that they stay where they are while the curve grows.
void CurvesItem::placeMarkers(const CurveLine& line, Drawn& drawn) const {
    const double grain = niceStep(std::max(m_shown.length() / kMarkersWanted, 1e-9));
    double next = -std::numeric_limits<double>::infinity();
    for (const CurvePiece& piece : line.pieces) {
        const double place = m_units.at(piece.middle());
        if (place < next || !hasPoint(piece)) {
            continue;
        }
        drawn.markers.emplace_back(xOf(piece.middle()), yOf(piece.smooth));
        next = (std::floor(place / grain) + 1) * grain;
    }
}

void CurvesItem::stroke(QPainter& painter, const Strokes& strokes) const {
    int begin = 0;
    for (const int end : strokes.ends) {
        if (end - begin == 1) {
            painter.drawPoint(strokes.points[static_cast<std::size_t>(begin)]);
        } else {
            painter.drawPolyline(strokes.points.data() + begin, end - begin);
        }
        begin = end;
    }
}

void CurvesItem::paintStrong(QPainter& painter, const CurveLine& line, const Drawn& drawn) const {
    painter.setPen(linePen(line.colour, line.dashed, m_exporting ? 1.8 : 1, !m_exporting));
    stroke(painter, drawn.strong);
    if (!m_exporting) {
        const double devicePixel = 1 / painter.device()->devicePixelRatioF();
        painter.translate(0, devicePixel);
        stroke(painter, drawn.strong);
        painter.translate(0, -devicePixel);
    }
    for (const QPointF& at : drawn.markers) {
        drawMarker(painter, line.marker, at, 3, {themed(ColourRole::Base), line.colour, 1.2});
    }
    if (!line.dashed && drawn.strong.points.size() == 1) {
        drawMarker(painter, Marker::Circle, drawn.strong.points.front(), 2, {line.colour, line.colour, 0});
    }
}

void CurvesItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (m_area.isEmpty()) {
        return;
    }
    buildIfStale();
    painter->save();
    painter->setClipRect(m_area);
    paintEvents(*painter);
    painter->setRenderHint(QPainter::Antialiasing, m_exporting);
    for (std::size_t i = 0; i < m_drawn.size(); ++i) {
        painter->setPen(linePen(faded(m_lines[i].colour, kPaleOpacity), false, m_exporting ? 0.8 : 1, !m_exporting));
        stroke(*painter, m_drawn[i].pale);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_drawn.size(); ++i) {
        paintStrong(*painter, m_lines[i], m_drawn[i]);
    }
    paintBadValues(*painter);
    paintBelow(*painter);
    if (std::all_of(m_lines.begin(), m_lines.end(), [](const CurveLine& line) { return line.pieces.empty(); })) {
        painter->setPen(themed(ColourRole::MutedText));
        painter->drawText(m_area, Qt::AlignCenter, tr("No values yet"));
    }
    painter->restore();
}

void CurvesItem::paintEvents(QPainter& painter) const {
    for (const EventMark& event : m_events) {
        const double x = std::round(xOf(static_cast<double>(event.step)));
        if (x < m_area.left() || x > m_area.right()) {
            continue;
        }
        painter.setPen(QPen(faded(themed(ColourRole::MutedText), 0.6), 1, Qt::DotLine));
        painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom() - 6));
        painter.setPen(Qt::NoPen);
        painter.setBrush(themed(ColourRole::MutedText));
        painter.drawPolygon(QPolygonF({{x - 4, m_area.bottom()}, {x + 4, m_area.bottom()}, {x, m_area.bottom() - 7}}));
    }
}

void CurvesItem::noteBelow(double x, float lowest, std::vector<Below>& below) const {
    for (Below& mark : below) {
        if (std::abs(x - mark.x) < kBadMarkApart) {
            mark.lowest = std::min(mark.lowest, lowest);
            return;
        }
    }
    below.push_back({x, lowest});
}

void CurvesItem::paintBelow(QPainter& painter) const {
    std::vector<Below> all;
    for (const Drawn& drawn : m_drawn) {
        for (const Below& mark : drawn.below) {
            noteBelow(mark.x, mark.lowest, all);
        }
    }
    painter.setPen(themed(ColourRole::MutedText));
    for (const Below& mark : all) {
        const QString words = QStringLiteral("↓ ") + shortNumber(static_cast<double>(mark.lowest));
        const double right = m_area.right() - painter.fontMetrics().horizontalAdvance(words) - 2;
        painter.drawText(QPointF(std::min(mark.x + 6, right), m_area.bottom() - 5), words);
    }
}

void CurvesItem::paintBadValues(QPainter& painter) const {
    const double y = m_area.bottom() - 9;
    std::vector<double> notFinite;
    std::vector<double> notPositive;
    for (const Drawn& drawn : m_drawn) {
        for (const double x : drawn.notFiniteAt) {
            noteApart(notFinite, x);
        }
        for (const double x : drawn.notPositiveAt) {
            noteApart(notPositive, x);
        }
    }
    for (const double x : notFinite) {
        drawMarker(painter, Marker::Cross, {x, y + 2}, 4, {themed(ColourRole::Error), themed(ColourRole::Base), 1});
        painter.setPen(themed(ColourRole::Error));
        painter.drawText(QPointF(x + 8, y + 6), tr("not finite"));
    }
    for (const double x : notPositive) {
        const QString words = QStringLiteral("≤ 0");
        painter.setPen(themed(ColourRole::Warning));
        const double left = x - painter.fontMetrics().horizontalAdvance(words) / 2.0;
        painter.drawText(QPointF(std::max(left, m_area.left() + 2), y - 8), words);
    }
}

}  // namespace perceptory::widgets
