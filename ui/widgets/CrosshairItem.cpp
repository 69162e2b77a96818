#include "ui/widgets/CrosshairItem.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace perceptory::widgets {

namespace {

constexpr double kPadding = 7;
constexpr double kSwatch = 18;
constexpr double kColumnGap = 14;
constexpr double kAway = 12;   // from the line to the table
constexpr double kAtEdge = 1;  // rounding may put the first and the last step this far outside
constexpr double kEdge = 2, kSmallPadding = 2, kVeil = 0.8;
constexpr int kMostSmallLines = 2, kStrip = 16;

void drawMark(QPainter& painter, const CrosshairRow& row, QPointF from) {
    painter.setPen(QPen(row.colour, 2, row.dashed ? Qt::DashLine : Qt::SolidLine));
    painter.drawLine(from, from + QPointF(kSwatch - 5, 0));
}

}  // namespace

void CrosshairItem::show(const QRectF& plotArea, const QFont& font, Content content) {
    m_area = plotArea;
    m_font = font;
    m_content = std::move(content);
    prepareGeometryChange();
    layOut();
    setVisible(m_content.x > m_area.left() - kAtEdge && m_content.x < m_area.right() + kAtEdge);
    update();
}

void CrosshairItem::layOut() {
    const QFontMetricsF metrics(m_font);
    m_pieces.clear();
    layOutTable(metrics);
    const double room = std::max(m_content.x - m_area.left(), m_area.right() - m_content.x) - kAway;
    if (m_table.height() > m_area.height() / 2 || m_table.width() > room) layOutSmall(metrics);
    const QRectF line(m_content.x - 5, m_area.top(), 10, m_area.height());
    m_bounds = line.united(m_table.adjusted(-1, -1, 1, 1));
}

void CrosshairItem::layOutTable(const QFontMetricsF& metrics) {
    double names = 0;
    double values = 0;
    for (const CrosshairRow& row : m_content.rows) {
        names = std::max(names, metrics.horizontalAdvance(row.name));
        values = std::max(values, metrics.horizontalAdvance(row.value));
    }
    m_nameWidth = names;
    const double texts = std::max(metrics.horizontalAdvance(m_content.head), metrics.horizontalAdvance(m_content.foot));
    const double width = std::max(kSwatch + names + kColumnGap + values, texts) + 2 * kPadding;
    const auto lines = 1 + m_content.rows.size() + (m_content.foot.isEmpty() ? 0 : 1);
    m_table = QRectF(0, 0, width, static_cast<double>(lines) * metrics.height() + 2 * kPadding);
    const bool roomRight = m_content.x + kAway + width <= m_area.right();
    m_table.moveLeft(roomRight ? m_content.x + kAway : std::max(m_area.left(), m_content.x - kAway - width));
    m_table.moveTop(m_area.top() + 6);
}

void CrosshairItem::layOutSmall(const QFontMetricsF& metrics) {
    const double toLeft = m_content.x - m_area.left();
    const double toRight = m_area.right() - m_content.x;
    const double room = std::max(toLeft, toRight) - kAway - kEdge - 2 * kSmallPadding;
    // A little more than half of the lowest plots: training and test need a line each.
    const double high = 0.6 * m_area.height() - 2 * kSmallPadding;
    const int lines = std::clamp(static_cast<int>(high / metrics.height()), 1, kMostSmallLines);
    // The marks tell the curves apart without their names; what has no place even so is left out.
    if (!flow(metrics, true, room, lines)) flow(metrics, false, room, lines);
    QRectF taken;
    for (const Piece& piece : m_pieces) taken |= piece.place;
    m_table = taken.isEmpty() ? QRectF() : QRectF(QPointF(), taken.size() + QSizeF(2, 2) * kSmallPadding);
    m_table.moveTop(m_area.top() + 1);
    if (toLeft > toRight)
        m_table.moveLeft(m_area.left() + kEdge);
    else
        m_table.moveRight(m_area.right() - kEdge);
}

// Puts the pieces side by side, as far as they have a place. False when one has none.
bool CrosshairItem::flow(const QFontMetricsF& metrics, bool named, double room, int lines) {
    std::vector<Piece> pieces{{m_content.head, ColourRole::MutedText, nullptr, {}}};
    for (const CrosshairRow& row : m_content.rows)
        pieces.push_back({named ? row.name + QChar(0x2002) + row.value : row.value, ColourRole::Text, &row, {}});
    if (!m_content.foot.isEmpty()) pieces.push_back({m_content.foot, ColourRole::Warning, nullptr, {}});
    m_pieces.clear();
    QPointF at;
    for (Piece& piece : pieces) {
        const double width = std::ceil(metrics.horizontalAdvance(piece.text)) + (piece.row ? kSwatch : 0);
        const bool wraps = at.x() > 0 && at.x() + width > room;
        const QPointF place = wraps ? QPointF(0, at.y() + metrics.height()) : at;
        if (width > room || place.y() > (lines - 0.5) * metrics.height()) continue;
        piece.place = QRectF(place, QSizeF(width, metrics.height()));
        at = place + QPointF(width + kColumnGap, 0);
        m_pieces.push_back(piece);
    }
    return m_pieces.size() == pieces.size();
}

void CrosshairItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setFont(m_font);
    painter->setRenderHint(QPainter::Antialiasing);
    const double x = std::floor(m_content.x) + 0.5;
    painter->setPen(QPen(themed(ColourRole::Crosshair), 1, m_content.pinned ? Qt::SolidLine : Qt::DashLine));
    painter->drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
    for (std::size_t i = 0; i < m_content.dots.size() && i < m_content.rows.size(); ++i) {
        painter->setPen(QPen(themed(ColourRole::Base), 1));
        painter->setBrush(m_content.rows[i].colour);
        painter->drawEllipse(m_content.dots[i], 3.5, 3.5);
    }
    if (!m_pieces.empty())
        paintSmall(*painter);
    else if (!m_table.isEmpty())
        paintTable(*painter);
    painter->restore();
}

void CrosshairItem::paintTable(QPainter& painter) const {
    painter.setPen(themed(ColourRole::Border));
    painter.setBrush(themed(ColourRole::Base));  // opaque, like every large area: see CurveAxes
    painter.drawRoundedRect(m_table.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);

    const QFontMetricsF metrics(m_font);
    double y = m_table.top() + kPadding;
    const auto cell = [&](double left, double width, Qt::Alignment align, const QString& text, ColourRole role) {
        painter.setPen(themed(role));
        painter.drawText(QRectF(left, y, width, metrics.height()), align | Qt::AlignVCenter, text);
    };
    const double left = m_table.left() + kPadding;
    const double width = m_table.width() - 2 * kPadding;
    cell(left, width, Qt::AlignLeft, m_content.head, ColourRole::MutedText);
    for (const CrosshairRow& row : m_content.rows) {
        y += metrics.height();
        drawMark(painter, row, QPointF(left, y + metrics.height() / 2));
        cell(left + kSwatch, m_nameWidth + 1, Qt::AlignLeft, row.name, ColourRole::Text);
        cell(left, width, Qt::AlignRight, row.value, ColourRole::Text);
    }
    if (!m_content.foot.isEmpty()) {
        y += metrics.height();
        cell(left, width, Qt::AlignLeft, m_content.foot, ColourRole::Warning);
    }
}

void CrosshairItem::paintSmall(QPainter& painter) const {
    // In strips: Qt hands high translucent areas to the global thread pool and waits for it, see CurveAxes.
    const QColor veil = faded(themed(ColourRole::Base), kVeil);
    const QRect whole = m_table.toRect();  // whole pixels: strips that share one would show
    for (int top = 0; top < whole.height(); top += kStrip)
        painter.fillRect(whole.left(), whole.top() + top, whole.width(), std::min(kStrip, whole.height() - top), veil);
    for (const Piece& piece : m_pieces) {
        QRectF place = piece.place.translated(m_table.topLeft() + QPointF(kSmallPadding, kSmallPadding));
        if (piece.row) drawMark(painter, *piece.row, QPointF(place.left(), place.center().y()));
        if (piece.row) place.setLeft(place.left() + kSwatch);
        painter.setPen(themed(piece.role));
        painter.drawText(place.adjusted(0, 0, 1, 0), Qt::AlignLeft | Qt::AlignVCenter, piece.text);
    }
}

}  // namespace perceptory::widgets
