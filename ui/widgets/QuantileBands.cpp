#include "ui/widgets/QuantileBands.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

QuantileBands::QuantileBands(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void QuantileBands::setMoments(std::vector<Moment> moments) {
    m_moments = std::move(moments);
    m_low = m_high = m_moments.empty() ? 0 : m_moments.front().quantiles.front();
    for (const Moment& moment : m_moments) {
        m_low = std::min(m_low, moment.quantiles.front());
        m_high = std::max(m_high, moment.quantiles.back());
    }
    if (!(m_low < m_high)) {
        m_low -= 0.5;
        m_high += 0.5;
    }
    m_moment = std::min(m_moment, m_moments.empty() ? 0 : m_moments.size() - 1);
    setAccessibleDescription(m_moments.empty() ? QString() : textOf(m_moments.size() - 1));
    update();
}

QString QuantileBands::textOf(std::size_t moment) const {
    const Moment& one = m_moments[moment];
    const auto number = [&](std::size_t i) { return shortNumber(one.quantiles[i], 3); };
    return tr("step %1: median %2, half of them %3 … %4, 9 of 10 %5 … %6, all %7 … %8")
        .arg(QLocale().toString(one.step), number(3), number(2), number(4), number(1), number(5), number(0), number(6));
}

QRect QuantileBands::room() const {
    const int numbers = fontMetrics().horizontalAdvance(QStringLiteral("−0.0000")) + 6, line = fontMetrics().height();
    return rect().adjusted(numbers, line / 2, -4, -line - 4);
}

QPointF QuantileBands::placeOf(const Moment& moment, std::size_t quantile) const {
    const QRectF where = room();
    const double first = double(m_moments.front().step), length = double(m_moments.back().step) - first;
    const double along = length > 0 ? (double(moment.step) - first) / length : 0.5;
    const double up = (moment.quantiles[quantile] - m_low) / (m_high - m_low);
    return {where.left() + along * where.width(), where.bottom() - up * where.height()};
}

void QuantileBands::paintEvent(QPaintEvent*) {
    if (m_moments.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxes(painter);
    std::vector<Moment> shown = m_moments;
    if (shown.size() == 1) {  // a moment alone is a band of its own width
        shown.push_back(shown.front());
    }
    const QColor colour = Theme::instance().series(0);
    for (const std::size_t low : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
        QPolygonF band;
        for (const Moment& moment : shown) band << placeOf(moment, low);
        for (auto moment = shown.rbegin(); moment != shown.rend(); ++moment) band << placeOf(*moment, 6 - low);
        painter.setPen(shown.size() == m_moments.size() ? QPen(Qt::NoPen) : QPen(faded(colour, 0.3), 9));
        painter.setBrush(faded(colour, 0.22));
        painter.drawPolygon(band);
    }
    QPolygonF median;
    for (const Moment& moment : m_moments) median << placeOf(moment, 3);
    painter.setPen(QPen(colour, 2));
    if (median.size() == 1)
        painter.drawPoint(median.front());
    else
        painter.drawPolyline(median);
    if (!hasFocus()) return;
    painter.setPen(QPen(themed(ColourRole::FocusRing), 2));
    const double x = placeOf(m_moments[m_moment], 3).x();
    painter.drawLine(QPointF(x, room().top()), QPointF(x, room().bottom()));
}

void QuantileBands::paintAxes(QPainter& painter) const {
    const QRect where = room();
    const int line = fontMetrics().height();
    const auto heightOf = [&](double value) {
        return where.bottom() - static_cast<int>((value - m_low) / (m_high - m_low) * where.height());
    };
    std::vector<double> values{m_low, m_high};
    const int zero = heightOf(0);
    if (zero - where.top() >= line && where.bottom() - zero >= line) values.push_back(0);
    for (const double value : values) {
        const int y = heightOf(value);
        painter.setPen(themed(ColourRole::Grid));
        painter.drawLine(where.left(), y, where.right(), y);
        painter.setPen(themed(ColourRole::MutedText));
        painter.drawText(QRect(0, y - line / 2, where.left() - 4, line), Qt::AlignRight | Qt::AlignVCenter,
                         shortNumber(value, 3));
    }
    const QRect below(where.left(), where.bottom() + 4, where.width(), line);
    const QString last = QLocale().toString(m_moments.back().step);
    if (m_moments.size() > 1)
        painter.drawText(below, Qt::AlignLeft, tr("step %1").arg(QLocale().toString(m_moments.front().step)));
    painter.drawText(below, m_moments.size() > 1 ? Qt::AlignRight : Qt::AlignHCenter,
                     m_moments.size() > 1 ? last : tr("step %1").arg(last));
}

void QuantileBands::mouseMoveEvent(QMouseEvent* event) {
    if (m_moments.empty()) return;
    const double x = event->position().x();
    const auto nearest = std::ranges::min_element(
        m_moments, {}, [&](const Moment& moment) { return std::abs(placeOf(moment, 3).x() - x); });
    emit told(textOf(static_cast<std::size_t>(nearest - m_moments.begin())));
}

void QuantileBands::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    emit told({});
}

void QuantileBands::keyPressEvent(QKeyEvent* event) {
    const bool left = event->key() == Qt::Key_Left, right = event->key() == Qt::Key_Right;
    if ((!left && !right) || m_moments.empty()) return QWidget::keyPressEvent(event);
    if (left && m_moment > 0) --m_moment;
    if (right && m_moment + 1 < m_moments.size()) ++m_moment;
    tellMoment();
}

void QuantileBands::tellMoment() {
    if (!m_moments.empty()) emit told(textOf(m_moment));
    update();
}

void QuantileBands::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    tellMoment();
}

void QuantileBands::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    emit told({});
    update();
}

std::vector<Gesture> QuantileBands::gestures() { return {{tr("← →"), tr("from moment to moment")}}; }

}  // namespace perceptory::widgets
