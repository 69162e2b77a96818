#include "ui/widgets/CurvesItem.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>
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
constexpr double kDash = 7;
constexpr double kSpace = 4;
constexpr double kRoomyDecade = 48;  // pixels of a decade that has room for nine lines
constexpr double kReach = 6;         // pixels that a line or its marker covers around its points

QPen linePen(QColor colour, bool dashed, double width, bool cosmetic) {
    QPen pen(colour, width);
    pen.setCosmetic(cosmetic);
    pen.setCapStyle(Qt::FlatCap);
    if (dashed) {
        pen.setDashPattern({kDash / width, kSpace / width});
    }
    return pen;
}

void noteApart(std::vector<double>& places, double x) {
    if (places.empty() || x - places.back() >= kBadMarkApart) {
        places.push_back(x);
    }
}

}  // namespace

CurvesItem::CurvesItem(QGraphicsItem* parent) : QGraphicsItem(parent) {
    setFlag(ItemUsesExtendedStyleOption);  // tells paint() which part is to be painted
}

void CurvesItem::setArea(const QRectF& plotArea) {
    if (plotArea != m_area) {
        prepareGeometryChange();
        m_area = plotArea;
        m_stale = true;
        update();
    }
}

bool CurvesItem::setScales(AxisRange shown, const ValueMap& values) {
    const bool moved = shown != m_shown || values != m_values;
    m_stale = m_stale || moved;
    m_shown = shown;
    m_values = values;
    return moved;
}

void CurvesItem::setMarksBelow(bool marks) {
    m_stale = m_stale || marks != m_marksBelow;
    m_marksBelow = marks;
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
    if (m_stale || m_drawn.size() != m_lines.size()) {
        m_stale = true;
        return update();
    }
    const double from = std::max(m_area.left(), rebuiltFrom() - kReach);
    if (from < m_area.right()) {
        update(QRectF(from, m_area.top(), m_area.right() - from, m_area.height()));
    }
}

// The place from which on the lines are others than those painted last.
double CurvesItem::rebuiltFrom() {
    double from = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        build(m_lines[i], m_built);
        from = std::min(from, m_built.differsFrom(m_drawn[i]));
        std::swap(m_built, m_drawn[i]);
    }
    return from;
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

double CurvesItem::Drawn::differsFrom(const Drawn& before) const {
    const bool marksDiffer = notFiniteAt != before.notFiniteAt || notPositiveAt != before.notPositiveAt ||
                             below != before.below || strong.empty() != before.strong.empty();
    if (marksDiffer || look != before.look) {
        return -std::numeric_limits<double>::infinity();
    }
    const double from = std::min(strong.differsFrom(before.strong), pale.differsFrom(before.pale));
    const auto marker = std::ranges::mismatch(markers, before.markers);
    return std::min({from, marker.in1 == markers.end() ? from : marker.in1->x(),
                     marker.in2 == before.markers.end() ? from : marker.in2->x()});
}

void CurvesItem::build(const CurveLine& line, Drawn& drawn) const {
    drawn.look = line.look;
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
        if (line.look.rawShown) {
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
    if (line.look.dashed) {
        placeMarkers(line, drawn);
    }
}

bool CurvesItem::hasPoint(const CurvePiece& piece) const {
    return piece.smoothCount > 0 && (!m_values.logarithmic() || piece.smooth > 0);
}

void CurvesItem::addSpan(double x, const CurveSpan& span, CurveStrokes& strokes) const {
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
    const bool topFirst = !strokes.empty() &&
                          std::abs(strokes.points().back().y() - top) < std::abs(strokes.points().back().y() - bottom);
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

void CurvesItem::paintStrong(QPainter& painter, const Drawn& drawn, PixelSpan shown) const {
    const CurveLook& look = drawn.look;
    painter.setPen(linePen(look.colour, look.dashed && m_exporting, m_exporting ? 1.8 : 1, !m_exporting));
    painter.setBrush(Qt::NoBrush);
    if (m_exporting) {
        drawn.strong.paint(painter, shown);
    } else {
        // Qt counts its own dashes from the first point it is handed, which is another one in each strip.
        const QPainterPath dashes = look.dashed ? drawn.strong.dashes(kDash, kSpace, shown) : QPainterPath();
        for (const double down : {0.0, 1 / painter.device()->devicePixelRatioF()}) {
            painter.translate(0, down);
            look.dashed ? painter.drawPath(dashes) : drawn.strong.paint(painter, shown);
            painter.translate(0, -down);
        }
    }
    for (const QPointF& at : drawn.markers) {
        if (shown.holds(at.x())) {
            drawMarker(painter, look.marker, at, 3, {themed(ColourRole::Base), look.colour, 1.2});
        }
    }
    if (!look.dashed && drawn.strong.points().size() == 1) {
        drawMarker(painter, Marker::Circle, drawn.strong.points().front(), 2, {look.colour, look.colour, 0});
    }
}

void CurvesItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    if (m_area.isEmpty()) {
        return;
    }
    buildIfStale();
    const PixelSpan shown{option->exposedRect.left() - kReach, option->exposedRect.right() + kReach};
    painter->save();
    painter->setClipRect(m_area);
    paintEvents(*painter);
    painter->setRenderHint(QPainter::Antialiasing, m_exporting);
    for (const Drawn& drawn : m_drawn) {
        painter->setPen(linePen(faded(drawn.look.colour, kPaleOpacity), false, m_exporting ? 0.8 : 1, !m_exporting));
        drawn.pale.paint(*painter, shown);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    for (const Drawn& drawn : m_drawn) {
        paintStrong(*painter, drawn, shown);
    }
    paintBadValues(*painter);
    paintBelow(*painter);
    if (std::all_of(m_lines.begin(), m_lines.end(), [](const CurveLine& line) { return line.pieces.empty(); })) {
        painter->setPen(themed(ColourRole::MutedText));
        painter->drawText(m_area, Qt::AlignCenter, tr("No values yet"));
    }
    painter->restore();
}

void CurvesItem::paintMinorGrid(QPainter& painter) const {
    const AxisRange& range = m_values.range();
    const double decade = m_area.height() / std::log10(range.high / range.low);
    if (!m_values.logarithmic() || decade < kRoomyDecade) {
        return;
    }
    painter.setPen(QPen(themed(ColourRole::MinorGrid), 1));  // opaque: see CurveAxes
    const double low = std::log10(range.low);
    for (double power = std::floor(low); power < std::log10(range.high); ++power) {
        for (int digit = 2; digit <= 9; ++digit) {
            // Qt Charts rounds down, too: its own lines hide those that the axis names.
            const double y = std::floor(m_area.bottom() - (power + std::log10(digit) - low) * decade);
            if (y >= m_area.top() && y <= m_area.bottom()) {
                painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
            }
        }
    }
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
