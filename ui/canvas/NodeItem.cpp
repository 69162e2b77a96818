#include "ui/canvas/NodeItem.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::canvas {

using widgets::ColourRole;
using widgets::faded;
using widgets::themed;

namespace {

constexpr double padding = 9, corner = 6, badgeSize = 16, markSize = 14, noteHeight = 54, stackStep = 4,
                 portNameWidth = layerGap - portReach;

QFont nameFont() {
    QFont font = QApplication::font();
    font.setBold(true);
    return font;
}

QFont factFont() {
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

QString elided(const QString& text, const QFont& font, double width) {
    return QFontMetricsF(font).elidedText(text, Qt::ElideRight, width);
}

QString kindLine(const NodeSight& node) {
    return node.facts.isEmpty() ? node.kind : node.kind + QStringLiteral(" · ") + node.facts;
}

// The lines of a card, each with its font.
struct Line {
    QString words;
    QFont font;
};

std::vector<Line> linesOf(const NodeSight& node) {
    std::vector<Line> lines{{NodeItem::title(node), nameFont()}, {kindLine(node), factFont()}};
    if (!node.parameters.isEmpty()) lines.push_back({node.parameters, factFont()});
    return lines;
}

}  // namespace

NodeItem::NodeItem() {
    setFlags(ItemIsSelectable);
    setAcceptHoverEvents(true);
    setZValue(1);
}

QSizeF NodeItem::sizeFor(const NodeSight& node) {
    double wanted = 0, height = 0;
    for (const Line& line : linesOf(node)) {
        const QFontMetricsF metrics(line.font);
        wanted = std::max(wanted, metrics.horizontalAdvance(line.words));
        height += metrics.height();
    }
    const double width = std::clamp(wanted + 2 * padding + badgeSize, nodeWidth, 2 * nodeWidth);
    return {std::ceil(width), std::ceil(2 * padding + height + 2)};
}

// A long name the user gave, for instance.
QStringList NodeItem::cutWords() const {
    QStringList cut;
    for (const Line& line : linesOf(m_node))
        if (QFontMetricsF(line.font).horizontalAdvance(line.words) > m_size.width() - 2 * padding) cut << line.words;
    return cut;
}

QString NodeItem::title(const NodeSight& node) {
    const QString name = QString::fromStdString(node.id);
    return node.repeat > 0 ? name + QStringLiteral(" ×%1").arg(node.repeat) : name;
}

void NodeItem::showNode(const NodeSight& node, std::size_t inputs, bool free) {
    const QSizeF size = sizeFor(node);
    if (size != m_size || node.note.isEmpty() != m_node.note.isEmpty() || (node.repeat > 0) != (m_node.repeat > 0))
        prepareGeometryChange();
    m_node = node;
    m_size = size;
    m_inputs = inputs;
    m_free = free;
    QStringList help = cutWords() << node.trouble << node.note;
    help.removeAll(QString());
    setToolTip(help.join('\n'));
    update();
}

void NodeItem::setWelcome(Welcome welcome) {
    if (welcome == m_welcome) return;
    m_welcome = welcome;
    update();
}

void NodeItem::setTopToBottom(bool down) {
    m_down = down;
    update();
}

QRectF NodeItem::boundingRect() const {
    const double rim = portReach + 2, note = m_node.note.isEmpty() ? 0 : noteHeight;
    static_assert(2 * stackStep < portReach);
    const QFontMetricsF names(factFont());
    const QSizeF port = m_node.ports.empty() ? QSizeF(0, 0) : QSizeF(portNameWidth, names.height());
    return card().adjusted(-rim, -rim, rim + port.width(), rim + std::max(note, port.height()));
}

QPainterPath NodeItem::shape() const {
    QPainterPath path;
    path.addRect(m_down ? card().adjusted(0, -portReach, 0, portReach) : card().adjusted(-portReach, 0, portReach, 0));
    return path;
}

QPointF NodeItem::along(double share, bool output) const {
    if (m_down) return {m_size.width() * share, output ? m_size.height() : 0};
    return {output ? m_size.width() : 0, m_size.height() * share};
}

QPointF NodeItem::inputPoint(std::size_t input) const {
    const double count = static_cast<double>(std::max<std::size_t>(1, m_inputs + (m_free && m_inputs > 0 ? 1 : 0)));
    return along((static_cast<double>(input) + 0.5) / count, false);
}

QPointF NodeItem::outputPoint(const std::string& port) const {
    const auto found = std::ranges::find(m_node.ports, port);
    const double place = found == m_node.ports.end() ? 0 : static_cast<double>(found - m_node.ports.begin()) + 1;
    return along((place + 0.5) / (static_cast<double>(m_node.ports.size()) + 1), true);
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    paintCard(*painter, option->state & QStyle::State_Selected);
    if (zoom < nameFrom) paintFarAway(*painter, option->state & QStyle::State_Selected);
    if (zoom >= wordsFrom) {
        paintWords(*painter);
        paintPorts(*painter);
        paintNote(*painter);
        paintFreezeMark(*painter, option->state & (QStyle::State_MouseOver | QStyle::State_Selected));
    }
    if (zoom >= nameFrom && zoom < wordsFrom) paintNameAlone(*painter, zoom);
    if (!m_node.trouble.isEmpty()) paintBadge(*painter);
}

void NodeItem::paintCard(QPainter& painter, bool selected) const {
    const QColor trouble = themed(m_node.isError ? ColourRole::Error : ColourRole::Warning);
    QColor rim = m_node.trouble.isEmpty() ? themed(ColourRole::Border) : trouble;
    if (selected) rim = themed(ColourRole::Accent);
    if (m_welcome != Welcome::None) rim = themed(m_welcome == Welcome::Yes ? ColourRole::Success : ColourRole::Error);
    const bool strong = selected || m_welcome != Welcome::None || !m_node.trouble.isEmpty();
    painter.setPen(QPen(rim, strong ? 2 : 1, m_node.bypassed ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(themed(m_node.frozen ? ColourRole::AlternateBase : ColourRole::Base));
    if (m_node.repeat > 0) paintStack(painter);
    painter.drawRoundedRect(card(), corner, corner);
    if (!selected) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(faded(themed(ColourRole::Accent), 0.12));
    painter.drawRoundedRect(card(), corner, corner);
}

// Where no name can be read, a block of colour: an outline alone would hardly be seen.
void NodeItem::paintFarAway(QPainter& painter, bool selected) const {
    ColourRole role = selected ? ColourRole::Accent : ColourRole::MutedText;
    if (!m_node.trouble.isEmpty()) role = m_node.isError ? ColourRole::Error : ColourRole::Warning;
    painter.setPen(Qt::NoPen);
    painter.setBrush(themed(role));
    painter.drawRect(card());
}

// More cards below this one, however often the block is repeated.
void NodeItem::paintStack(QPainter& painter) const {
    for (const double offset : {2 * stackStep, stackStep})
        painter.drawRoundedRect(card().translated(offset, offset), corner, corner);
}

void NodeItem::paintWords(QPainter& painter) const {
    double y = padding, room = m_size.width() - 2 * padding - (m_node.trouble.isEmpty() ? 0 : badgeSize + 2);
    ColourRole role = m_node.bypassed ? ColourRole::MutedText : ColourRole::Text;
    for (const Line& line : linesOf(m_node)) {
        painter.setFont(line.font);
        painter.setPen(themed(role));
        const double height = QFontMetricsF(line.font).height();
        painter.drawText(QRectF(padding, y, room, height), Qt::AlignLeft | Qt::AlignVCenter,
                         elided(line.words, line.font, room));
        y += height + 1;
        room = m_size.width() - 2 * padding;
        role = ColourRole::MutedText;
    }
}

// As large on the screen as at 100 %, as far as the lowest of cards would have room.
void NodeItem::paintNameAlone(QPainter& painter, double zoom) const {
    QFont font = nameFont();
    const double room = sizeFor({}).height() - 2 * padding;
    font.setPointSizeF(font.pointSizeF() * std::min(1 / zoom, room / QFontMetricsF(font).height()));
    painter.setFont(font);
    painter.setPen(themed(m_node.bypassed ? ColourRole::MutedText : ColourRole::Text));
    const QRectF where = card().adjusted(padding / 2, 0, -padding / 2, 0);
    painter.drawText(where, Qt::AlignCenter, elided(title(m_node), font, where.width()));
}

// A mark, not only a colour.
void NodeItem::paintBadge(QPainter& painter) const {
    const QRectF where(m_size.width() - badgeSize - 5, 6, badgeSize, badgeSize);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themed(m_node.isError ? ColourRole::Error : ColourRole::Warning));
    painter.drawEllipse(where);
    painter.setFont(nameFont());
    painter.setPen(themed(ColourRole::Base));
    painter.drawText(where, Qt::AlignCenter, QStringLiteral("!"));
}

// Below the card; what does not fit is in the tool tip.
void NodeItem::paintNote(QPainter& painter) const {
    if (m_node.note.isEmpty()) return;
    QFont font = factFont();
    font.setItalic(true);
    painter.setFont(font);
    painter.setPen(themed(ColourRole::MutedText));
    painter.drawText(QRectF(0, m_size.height() + 4, m_size.width(), noteHeight - 6),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_node.note);
}

QRectF NodeItem::freezeMark() const {
    if (m_node.repeat > 0 || (m_node.parameters.isEmpty() && !m_node.frozen)) return {};
    return {m_size.width() - markSize - 5, m_size.height() - markSize - 5, markSize, markSize};
}

// A crystal of ice, pale while a click would make it.
void NodeItem::paintFreezeMark(QPainter& painter, bool offered) const {
    const QRectF where = freezeMark();
    if (where.isEmpty() || !(m_node.frozen || offered)) return;
    const QColor colour = themed(m_node.frozen ? ColourRole::Accent : ColourRole::MutedText);
    painter.save();
    painter.translate(where.center());
    painter.setPen(QPen(m_node.frozen ? colour : faded(colour, 0.7), m_node.frozen ? 1.8 : 1.2));
    for (int arm = 0; arm < 6; ++arm) {
        painter.drawLine(QPointF(0, 0), QPointF(0, -markSize / 2));
        painter.drawLine(QPointF(0, -markSize * 0.32), QPointF(-markSize * 0.16, -markSize * 0.46));
        painter.drawLine(QPointF(0, -markSize * 0.32), QPointF(markSize * 0.16, -markSize * 0.46));
        painter.rotate(60);
    }
    painter.restore();
}

void NodeItem::paintPorts(QPainter& painter) const {
    painter.setPen(QPen(themed(ColourRole::Wire), 1.2));
    painter.setBrush(themed(ColourRole::Canvas));
    for (std::size_t i = 0; i < std::max<std::size_t>(m_inputs + m_free, m_free ? 1 : 0); ++i)
        painter.drawEllipse(inputPoint(i), portRadius, portRadius);
    painter.setBrush(themed(ColourRole::Wire));
    painter.drawEllipse(outputPoint(), portRadius, portRadius);
    if (m_node.leaves) paintExit(painter);
    for (const std::string& port : m_node.ports) paintNamedOutput(painter, port);
}

// Its name stands below the wire, or beside it where wires go down.
void NodeItem::paintNamedOutput(QPainter& painter, const std::string& port) const {
    const QPointF point = outputPoint(port);
    painter.setPen(QPen(themed(ColourRole::Wire), 1.2));
    painter.setBrush(themed(ColourRole::Canvas));
    painter.drawEllipse(point, portRadius, portRadius);
    const QFont font = factFont();
    painter.setFont(font);
    painter.setPen(themed(ColourRole::MutedText));
    const QRectF where(point.x() + portReach, point.y() + 1, portNameWidth, QFontMetricsF(font).height());
    painter.drawText(where, Qt::AlignLeft | Qt::AlignTop, elided(QString::fromStdString(port), font, portNameWidth));
}

// An arrow out of the block.
void NodeItem::paintExit(QPainter& painter) const {
    const QPointF along = m_down ? QPointF(0, 1) : QPointF(1, 0), across(along.y(), along.x());
    const QPointF tip = outputPoint() + (portReach + 1) * along, foot = tip - 6 * along;
    painter.save();
    painter.setPen(QPen(themed(ColourRole::Accent), 2));
    painter.setBrush(themed(ColourRole::Accent));
    painter.drawLine(outputPoint() + portRadius * along, foot);
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(QPolygonF{tip, foot + 4.5 * across, foot - 4.5 * across});
    painter.restore();
}

}  // namespace perceptory::canvas
