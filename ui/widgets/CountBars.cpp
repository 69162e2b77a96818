#include "ui/widgets/CountBars.h"

#include <QLocale>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int kMargin = 8;
constexpr int kGap = 6;
constexpr int kBetween = 6;  // things
constexpr int kWidestName = 180;
constexpr int kSwatch = 10;

QString numberText(std::int64_t number) { return QLocale().toString(static_cast<qlonglong>(number)); }

}  // namespace

CountBars::CountBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CountBars::setCounts(const QStringList& things, std::vector<Group> groups) {
    m_things = things;
    m_groups = std::move(groups);
    m_most = 0;
    for (Group& group : m_groups) {
        group.counts.resize(static_cast<std::size_t>(things.size()), 0);
        for (const std::int64_t count : group.counts) {
            m_most = std::max(m_most, count);
        }
    }
    describe();
    updateGeometry();
    update();
}

void CountBars::describe() {
    QStringList lines;
    for (int i = 0; i < m_things.size(); ++i) {
        QStringList counts;
        for (const Group& group : m_groups) {
            counts += tr("%1 %2").arg(group.name, numberText(group.counts[static_cast<std::size_t>(i)]));
        }
        lines += tr("%1: %2").arg(m_things[i], counts.join(QStringLiteral(", ")));
    }
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
}

// A bar is as high as its number is written.
int CountBars::barHeight() const { return fontMetrics().height(); }
int CountBars::thingHeight() const { return barHeight() * static_cast<int>(m_groups.size()) + kBetween; }
int CountBars::legendHeight() const { return m_groups.size() > 1 ? fontMetrics().height() + 2 * kBetween : 0; }

int CountBars::nameWidth() const {
    int widest = 0;
    for (const QString& thing : m_things) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(thing));
    }
    return std::min(widest + 2, kWidestName);  // widths are rounded
}

int CountBars::numberWidth() const { return fontMetrics().horizontalAdvance(numberText(m_most)); }

QSize CountBars::sizeHint() const { return minimumSizeHint() + QSize(160, 0); }

QSize CountBars::minimumSizeHint() const {
    return {2 * kMargin + nameWidth() + numberWidth() + 2 * kGap + 80,
            2 * kMargin + legendHeight() + thingHeight() * static_cast<int>(m_things.size())};
}

void CountBars::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.fillRect(event->rect(), themed(ColourRole::Base));
    if (m_things.isEmpty() || m_groups.empty()) {
        return;
    }
    if (m_groups.size() > 1) {
        paintLegend(painter);
    }
    const int top = kMargin + legendHeight();
    const int last = static_cast<int>(m_things.size()) - 1;
    const int from = std::clamp((event->rect().top() - top) / thingHeight(), 0, last);
    const int to = std::clamp((event->rect().bottom() - top) / thingHeight(), 0, last);
    for (int thing = from; thing <= to; ++thing) {
        paintThing(painter, thing);
    }
}

void CountBars::paintLegend(QPainter& painter) const {
    const QFontMetrics metrics = fontMetrics();
    int x = kMargin;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const QRect swatch(x, kMargin + (metrics.height() - kSwatch) / 2, kSwatch, kSwatch);
        painter.fillRect(swatch, Theme::instance().series(static_cast<int>(i)));
        x += kSwatch + kGap;
        painter.setPen(themed(ColourRole::Text));
        painter.drawText(x, kMargin + metrics.ascent(), m_groups[i].name);
        x += metrics.horizontalAdvance(m_groups[i].name) + 3 * kGap;
    }
}

void CountBars::paintThing(QPainter& painter, int thing) const {
    const QFontMetrics metrics = fontMetrics();
    const int top = kMargin + legendHeight() + thing * thingHeight(), left = kMargin + nameWidth() + kGap;
    const int room = std::max(1, width() - left - kMargin - kGap - numberWidth());
    painter.setPen(themed(ColourRole::Text));
    painter.drawText(QRect(kMargin, top, nameWidth(), thingHeight() - kBetween), Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(m_things[thing], Qt::ElideMiddle, nameWidth()));
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const std::int64_t count = m_groups[i].counts[static_cast<std::size_t>(thing)];
        const double share = m_most > 0 ? static_cast<double>(count) / static_cast<double>(m_most) : 0;
        const int y = top + static_cast<int>(i) * barHeight();
        // What is there is seen, however few it is.
        const int length = count > 0 ? std::max(1, static_cast<int>(share * room)) : 0;
        painter.fillRect(QRect(left, y + 2, length, barHeight() - 4), Theme::instance().series(static_cast<int>(i)));
        painter.setPen(themed(count > 0 ? ColourRole::Text : ColourRole::MutedText));
        painter.drawText(left + length + kGap, y + metrics.ascent(), numberText(count));
    }
}

}  // namespace perceptory::widgets
