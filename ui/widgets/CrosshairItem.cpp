#include "ui/widgets/CrosshairItem.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr double kPadding = 7;
constexpr double kSwatch = 18;
constexpr double kColumnGap = 14;
constexpr double kAway = 12;  // from the line to the table

}  // namespace

void CrosshairItem::show(const QRectF& plotArea, const QFont& font, Content content) {
    m_area = plotArea;
    m_font = font;
    m_content = std::move(content);
    prepareGeometryChange();
    layOut();
    setVisible(true);
    update();
}

void CrosshairItem::layOut() {
    const QFontMetricsF metrics(m_font);
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
    const QRectF line(m_content.x - 5, m_area.top(), 10, m_area.height());
    m_bounds = line.united(m_table.adjusted(-1, -1, 1, 1));
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
    painter->setPen(themed(ColourRole::Border));
    painter->setBrush(themed(ColourRole::Base));  // opaque, like every large area: see CurveAxes
    painter->drawRoundedRect(m_table.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);

    const QFontMetricsF metrics(m_font);
    double y = m_table.top() + kPadding;
    const auto cell = [&](double left, double width, Qt::Alignment align, const QString& text, ColourRole role) {
        painter->setPen(themed(role));
        painter->drawText(QRectF(left, y, width, metrics.height()), align | Qt::AlignVCenter, text);
    };
    const double left = m_table.left() + kPadding;
    const double width = m_table.width() - 2 * kPadding;
    cell(left, width, Qt::AlignLeft, m_content.head, ColourRole::MutedText);
    for (const CrosshairRow& row : m_content.rows) {
        y += metrics.height();
        painter->setPen(QPen(row.colour, 2, row.dashed ? Qt::DashLine : Qt::SolidLine));
        painter->drawLine(QPointF(left, y + metrics.height() / 2),
                          QPointF(left + kSwatch - 5, y + metrics.height() / 2));
        cell(left + kSwatch, m_nameWidth + 1, Qt::AlignLeft, row.name, ColourRole::Text);
        cell(left, width, Qt::AlignRight, row.value, ColourRole::Text);
    }
    if (!m_content.foot.isEmpty()) {
        y += metrics.height();
        cell(left, width, Qt::AlignLeft, m_content.foot, ColourRole::Warning);
    }
    painter->restore();
}

}  // namespace perceptory::widgets
