#include "ui/widgets/DepthDots.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr double radius = 4;

}  // namespace

DepthDots::DepthDots(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DepthDots::setDots(std::vector<DepthDot> dots, std::optional<double> guide) {
    m_dots = std::move(dots);
    m_guide = guide;
    double low = INFINITY, high = 0;
    for (const DepthDot& dot : m_dots)
        if (dot.value > 0 && std::isfinite(dot.value)) {
            low = std::min(low, dot.value);
            high = std::max(high, dot.value);
        }
    if (guide) low = std::min(low, *guide);
    if (guide) high = std::max(high, *guide);
    if (!(low <= high)) low = high = 1;
    m_axis = {std::pow(10, std::floor(std::log10(low))), std::pow(10, std::ceil(std::log10(high)))};
    if (m_axis.low == m_axis.high) m_axis.high *= 10;
    QStringList lines;
    for (const DepthDot& dot : m_dots) lines << tr("%1: %2").arg(dot.name, shortNumber(dot.value, 3));
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
    setMinimumHeight(minimumSizeHint().height());
    update();
}

void DepthDots::setMarkedRow(int row) {
    m_marked = row;
    update();
}

int DepthDots::pitch() const { return fontMetrics().height() + 8; }

QSize DepthDots::minimumSizeHint() const {
    return {180, pitch() * static_cast<int>(m_dots.size()) + fontMetrics().height() + 8};
}

int DepthDots::nameWidth() const {
    int widest = 0;
    for (const DepthDot& dot : m_dots) widest = std::max(widest, fontMetrics().horizontalAdvance(dot.name));
    return std::min(widest + 4, width() / 3);
}

QRect DepthDots::room() const {
    const int numbers = fontMetrics().horizontalAdvance(QStringLiteral("0.00e−00")) + 6;
    return {nameWidth() + 8, 2, std::max(20, width() - nameWidth() - 8 - numbers),
            pitch() * static_cast<int>(m_dots.size())};
}

QPointF DepthDots::placeOf(int row) const {
    const QRectF where = room();
    const ValueMap map(m_axis, true);
    const double share =
        std::clamp(map.share(static_cast<float>(m_dots[static_cast<std::size_t>(row)].value)), 0.0, 1.0);
    return {where.left() + share * where.width(), where.top() + (row + 0.5) * pitch()};
}

void DepthDots::paintAxis(QPainter& painter) const {
    const QRect where = room();
    const ValueMap map(m_axis, true);
    const auto x = [&](double value) {
        return where.left() + static_cast<int>(map.share(static_cast<float>(value)) * where.width());
    };
    const int line = fontMetrics().height(), widest = fontMetrics().horizontalAdvance(QStringLiteral("1e−00"));
    for (const double tick : logTicks(m_axis, std::max(2, where.width() / (widest + 12)))) {
        painter.setPen(themed(ColourRole::Grid));
        painter.drawLine(x(tick), where.top(), x(tick), where.bottom());
        painter.setPen(themed(ColourRole::MutedText));
        painter.drawText(QRect(x(tick) - widest, where.bottom() + 2, 2 * widest, line), Qt::AlignCenter,
                         shortNumber(tick, 2));
    }
    if (!m_guide) return;
    painter.setPen(QPen(themed(ColourRole::MutedText), 1, Qt::DashLine));
    painter.drawLine(x(*m_guide), where.top(), x(*m_guide), where.bottom());
}

void DepthDots::paintEvent(QPaintEvent*) {
    if (m_dots.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxis(painter);
    const QColor colour = Theme::instance().series(0);
    QPolygonF way;
    for (int row = 0; row < static_cast<int>(m_dots.size()); ++row) way << placeOf(row);
    painter.setPen(QPen(faded(colour, 0.5), 1.5));
    painter.drawPolyline(way);
    for (int row = 0; row < static_cast<int>(m_dots.size()); ++row) {
        const DepthDot& dot = m_dots[static_cast<std::size_t>(row)];
        const QRect line(0, room().top() + row * pitch(), width(), pitch());
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(dot.value > 0 ? colour : themed(ColourRole::Window));
        painter.drawEllipse(placeOf(row), radius, radius);
        QFont font = this->font();
        font.setBold(row == m_marked);
        painter.setFont(font);
        painter.setPen(themed(ColourRole::Text));
        painter.drawText(line.adjusted(4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(font).elidedText(dot.name, Qt::ElideMiddle, nameWidth()));
        painter.setFont(this->font());
        painter.setPen(themed(ColourRole::MutedText));
        painter.drawText(line.adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter, shortNumber(dot.value, 3));
    }
}

}  // namespace perceptory::widgets
