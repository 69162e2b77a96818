#include "ui/widgets/ShareBars.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int gap = 6, rowGap = 6, leastBar = 60;
constexpr double mostNames = 0.45;  // of the width

QString percent(float share) { return ShareBars::tr("%1 %").arg(QLocale().toString(100.0 * share, 'f', 1)); }

}  // namespace

ShareBars::ShareBars(QWidget* parent) : QWidget(parent) {
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ShareBars::setShares(const QStringList& names, std::vector<float> shares) {
    m_shares.clear();
    for (std::size_t i = 0; i < shares.size(); ++i)
        m_shares.push_back({names.value(static_cast<qsizetype>(i), QString::number(i)), shares[i]});
    std::ranges::stable_sort(m_shares, std::ranges::greater(), &Share::value);
    if (m_shares.size() > mostShown) m_shares.resize(mostShown);
    setAccessibleDescription(lines().join('\n'));
    updateGeometry();
    update();
}

QStringList ShareBars::lines() const {
    QStringList lines;
    for (const Share& share : m_shares) lines << tr("%1: %2").arg(share.name, percent(share.value));
    return lines;
}

QSize ShareBars::minimumSizeHint() const {
    const int row = fontMetrics().height() + rowGap;
    return {3 * leastBar, row * std::max(1, static_cast<int>(m_shares.size()))};
}

QSize ShareBars::sizeHint() const { return {280, minimumSizeHint().height()}; }

void ShareBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QFontMetrics metrics = fontMetrics();
    int names = 0;
    for (const Share& share : m_shares)
        names = std::max(names, metrics.horizontalAdvance(share.name) + 2);  // widths are rounded
    names = std::min(names, static_cast<int>(mostNames * width()));
    const int numbers = metrics.horizontalAdvance(percent(1)), height = metrics.height();
    const int bars = std::max(leastBar, width() - names - numbers - 2 * gap);
    int y = 0;
    for (const Share& share : m_shares) {
        painter.setPen(themed(ColourRole::Text));
        painter.drawText(QRect(0, y, names, height), Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(share.name, Qt::ElideRight, names));
        const QRect bar(names + gap, y, bars, height);
        painter.fillRect(bar, themed(ColourRole::AlternateBase));
        painter.fillRect(QRect(bar.topLeft(), QSize(static_cast<int>(bars * share.value), height)),
                         themed(ColourRole::Accent));
        painter.drawText(QRect(bar.right() + gap, y, numbers, height), Qt::AlignRight | Qt::AlignVCenter,
                         percent(share.value));
        y += height + rowGap;
    }
}

}  // namespace perceptory::widgets
