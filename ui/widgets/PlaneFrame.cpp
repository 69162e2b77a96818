#include "ui/widgets/PlaneFrame.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int kTick = 4;
constexpr int kGap = 3;
constexpr int kFewestTicks = 2;
constexpr int kMostTicks = 6;

// Of all numbers of ticks, because how many there are follows from the width that is left beside them.
int widestLabel(const QFontMetrics& metrics, double low, double high) {
    int widest = 0;
    for (int wanted = kFewestTicks; wanted <= kMostTicks; ++wanted) {
        for (const double tick : ticksWithin(low, high, wanted)) {
            widest = std::max(widest, metrics.horizontalAdvance(shortNumber(tick)));
        }
    }
    return widest;
}

}  // namespace

std::vector<double> ticksWithin(double low, double high, int wanted) {
    std::vector<double> ticks;
    if (!(high > low) || !std::isfinite(high - low)) {
        return ticks;
    }
    const double step = niceStep((high - low) / std::max(wanted, 1));
    for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i) {
        ticks.push_back(i == 0 ? 0.0 : i * step);
    }
    return ticks;
}

void PlaneFrame::layOut(const QRect& room, const QFontMetrics& metrics, const PlaneExtent& extent, const Look& look) {
    m_extent = extent;
    m_look = look;
    QRect inner = room.adjusted(2, 2, -2, -2);
    if (look.axes) {
        const int nameLine = look.yName.isEmpty() ? 0 : metrics.height();
        const int labels = widestLabel(metrics, extent.bottom, extent.top);
        inner.adjust(labels + kTick + kGap, nameLine + metrics.height() / 2 - 2, -metrics.averageCharWidth() * 2,
                     -(metrics.height() + kTick + kGap + (look.xName.isEmpty() ? 0 : metrics.height())));
    }
    inner.setSize(inner.size().expandedTo(QSize(1, 1)));
    if (look.square) {
        const int side = std::min(inner.width(), inner.height());
        inner = QRect(inner.left() + (inner.width() - side) / 2, inner.top() + (inner.height() - side) / 2, side, side);
    }
    m_picture = inner;
    const double width = std::max(extent.right - extent.left, 1e-12);
    const double height = std::max(extent.top - extent.bottom, 1e-12);
    m_toPixel = QTransform::fromTranslate(inner.left(), inner.top());
    m_toPixel.scale(inner.width() / width, -inner.height() / height);
    m_toPixel.translate(-extent.left, -extent.top);
}

void PlaneFrame::paintAxes(QPainter& painter) const {
    if (!m_look.axes) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QFontMetrics metrics = painter.fontMetrics();
    painter.setPen(themed(ColourRole::MutedText));
    const int wanted = std::clamp(m_picture.width() / 50, kFewestTicks, kMostTicks);
    for (const double tick : ticksWithin(m_extent.left, m_extent.right, wanted)) {
        const int x = static_cast<int>(std::round(toPixel({tick, m_extent.bottom}).x()));
        const int y = m_picture.bottom() + 1;
        painter.drawLine(x, y, x, y + kTick - 1);
        const QString text = shortNumber(tick);
        painter.drawText(QRect(x - 40, y + kTick, 80, metrics.height()), Qt::AlignHCenter | Qt::AlignTop, text);
    }
    for (const double tick : ticksWithin(m_extent.bottom, m_extent.top, wanted)) {
        const int y = static_cast<int>(std::round(toPixel({m_extent.left, tick}).y()));
        const int x = m_picture.left() - 1;
        painter.drawLine(x - kTick + 1, y, x, y);
        painter.drawText(QRect(x - kTick - kGap - 80, y - metrics.height(), 80, 2 * metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, shortNumber(tick));
    }
    if (!m_look.xName.isEmpty()) {
        painter.drawText(QRect(m_picture.left(), m_picture.bottom() + 1 + kTick + metrics.height(), m_picture.width(),
                               metrics.height()),
                         Qt::AlignCenter, metrics.elidedText(m_look.xName, Qt::ElideMiddle, m_picture.width()));
    }
    if (!m_look.yName.isEmpty()) {
        painter.drawText(QPoint(m_picture.left(), m_picture.top() - metrics.height() / 2 + 2),
                         metrics.elidedText(m_look.yName, Qt::ElideMiddle, m_picture.width()));
    }
    painter.restore();
}

}  // namespace perceptory::widgets
