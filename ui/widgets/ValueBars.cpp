#include "ui/widgets/ValueBars.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

ValueBars::ValueBars(QWidget* parent) : QWidget(parent) { setMouseTracking(true); }

void ValueBars::setValues(std::vector<float> values) {
    m_values = std::move(values);
    const auto largest = std::ranges::max_element(m_values);
    setAccessibleDescription(
        m_values.empty() ? QString()
                         : tr("%n units; the largest is unit %1 with %2", nullptr, static_cast<int>(m_values.size()))
                               .arg(largest - m_values.begin())
                               .arg(shortNumber(*largest)));
    update();
}

ValueRange ValueBars::axis() const {
    ValueRange axis{0, 0};
    for (const float value : m_values)
        if (std::isfinite(value)) {
            axis.low = std::min(axis.low, value);
            axis.high = std::max(axis.high, value);
        }
    return axis.low < axis.high ? axis : ValueRange{0, 1};
}

QRect ValueBars::room() const {
    const int numbers = fontMetrics().horizontalAdvance(QStringLiteral("−0.0000")) + 6;
    return rect().adjusted(numbers, fontMetrics().height() / 2, -2, -fontMetrics().height() / 2);
}

std::size_t ValueBars::unitAt(int x) const {
    const QRect where = room();
    const auto unit = static_cast<std::size_t>(double(x - where.left()) / where.width() * double(m_values.size()));
    return std::min(unit, m_values.size() - 1);
}

QString ValueBars::textAt(QPoint point) const {
    if (m_values.empty() || !room().contains(point)) return {};
    const std::size_t unit = unitAt(point.x());
    return tr("unit %1: %2").arg(unit).arg(shortNumber(m_values[unit]));
}

double ValueBars::heightOf(float value) const {
    const ValueRange range = axis();
    const QRect where = room();
    const double share = (std::clamp(value, range.low, range.high) - range.low) / double(range.high - range.low);
    return where.bottom() - share * where.height();
}

// Of the units that share a bar the one that is farthest from 0.
float ValueBars::valueOf(std::size_t bar, std::size_t bars) const {
    const auto first = m_values.begin() + static_cast<std::ptrdiff_t>(bar * m_values.size() / bars);
    const auto next = m_values.begin() + static_cast<std::ptrdiff_t>((bar + 1) * m_values.size() / bars);
    return *std::max_element(first, next, [](float a, float b) { return std::abs(a) < std::abs(b); });
}

void ValueBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect where = room();
    const double zero = heightOf(0);
    const std::size_t bars = std::min(m_values.size(), static_cast<std::size_t>(std::max(1, where.width())));
    const double width = double(where.width()) / static_cast<double>(std::max<std::size_t>(1, bars));
    for (std::size_t bar = 0; bar < bars; ++bar) {
        const float value = valueOf(bar, bars);
        if (!std::isfinite(value)) continue;
        const double end = heightOf(value), left = where.left() + static_cast<double>(bar) * width;
        painter.fillRect(QRectF(left, std::min(zero, end), width > 4 ? width - 1 : width, std::abs(end - zero)),
                         themed(value < 0 ? ColourRole::Negative : ColourRole::Positive));
    }
    painter.setPen(themed(ColourRole::Grid));
    painter.drawLine(QPointF(where.left(), zero), QPointF(where.right(), zero));
    paintNumbers(painter);
}

void ValueBars::paintNumbers(QPainter& painter) const {
    const QRect where = room();
    const int line = fontMetrics().height();
    painter.setPen(themed(ColourRole::MutedText));
    for (const float value : {axis().low, 0.0f, axis().high}) {
        const int y = static_cast<int>(heightOf(value));
        const bool isCrowded = std::abs(y - where.top()) < line || std::abs(y - where.bottom()) < line;
        if (value == 0 && isCrowded && axis().low < 0 && axis().high > 0) continue;
        painter.drawText(QRect(0, y - line / 2, where.left() - 4, line), Qt::AlignRight | Qt::AlignVCenter,
                         shortNumber(value, 3));
    }
}

void ValueBars::mouseMoveEvent(QMouseEvent* event) { emit told(textAt(event->position().toPoint())); }

void ValueBars::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    emit told({});
}

}  // namespace perceptory::widgets
