#include "ui/widgets/ColourLegend.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/Markers.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int kBarHeight = 12;
constexpr int kGap = 3;
constexpr int kSwatch = 16;
constexpr int kBetween = 12;
constexpr double kMarker = 4;

}  // namespace

ColourBar::ColourBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] { setColourMap(m_map.kind()); });
    describe();
}

void ColourBar::setColourMap(ColourMap::Kind kind) {
    m_map = ColourMap::of(kind);
    describe();
}

void ColourBar::setRange(ValueRange range) {
    m_range = range;
    describe();
}

void ColourBar::setMapping(const QString& mapping) {
    m_mapping = mapping;
    describe();
}

void ColourBar::describe() {
    setAccessibleName(tr("Colour scale"));
    QString text = tr("%1 to %2, %3").arg(shortNumber(m_range.low), shortNumber(m_range.high), m_map.name());
    if (!m_mapping.isEmpty()) {
        text = tr("%1, %2").arg(text, m_mapping);
    }
    setAccessibleDescription(text);
    setToolTip(text);
    update();
}

QSize ColourBar::sizeHint() const { return {200, kBarHeight + kGap + fontMetrics().height()}; }
QSize ColourBar::minimumSizeHint() const { return {90, sizeHint().height()}; }

void ColourBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QFontMetrics metrics = fontMetrics();
    const QString low = shortNumber(m_range.low, 3);
    const QString high = shortNumber(m_range.high, 3);
    const QString middle = shortNumber((m_range.low + m_range.high) / 2, 3);
    // The numbers stand centred below the ends of the bar and below its middle.
    const int leftRoom = metrics.horizontalAdvance(low) / 2 + 1;
    const int rightRoom = metrics.horizontalAdvance(high) / 2 + 1;
    const QRect bar(leftRoom, 0, std::max(1, width() - leftRoom - rightRoom), kBarHeight);
    for (int x = 0; x < bar.width(); ++x) {
        painter.fillRect(bar.left() + x, 0, 1, kBarHeight,
                         QColor::fromRgb(m_map.entry(bar.width() > 1 ? 255 * x / (bar.width() - 1) : 128)));
    }
    painter.setPen(themed(ColourRole::Border));
    painter.drawRect(bar.adjusted(0, 0, -1, -1));
    painter.setPen(themed(ColourRole::MutedText));
    const auto number = [&](int x, const QString& text) {
        painter.drawText(QRect(x - 60, kBarHeight + kGap, 120, metrics.height()), Qt::AlignHCenter | Qt::AlignTop,
                         text);
    };
    number(bar.left(), low);
    number(bar.center().x(), middle);
    number(bar.right(), high);
}

ClassLegend::ClassLegend(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Classes"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ClassLegend::setClassNames(const QStringList& names) {
    if (names != m_names) {
        m_names = names;
        setAccessibleDescription(names.join(QStringLiteral(", ")));
        updateGeometry();
        update();
    }
}

void ClassLegend::setRimsExplained(bool explained) {
    m_rimsExplained = explained;
    updateGeometry();
    update();
}

std::vector<ClassLegend::Entry> ClassLegend::entries() const {
    std::vector<Entry> result;
    for (int i = 0; i < m_names.size(); ++i) {
        result.push_back({m_names[i], i, false, false});
    }
    if (m_rimsExplained) {
        result.push_back({tr("training"), 0, true, false});
        result.push_back({tr("test"), 0, true, true});
    }
    return result;
}

std::vector<ClassLegend::Placed> ClassLegend::place(int width, int* height) const {
    const int line = std::max(fontMetrics().height(), kSwatch) + 2;
    std::vector<Placed> placed;
    QPoint at(0, 0);
    int index = 0;
    for (const Entry& entry : entries()) {
        const int needed = kSwatch + kGap + fontMetrics().horizontalAdvance(entry.text);
        if (at.x() > 0 && at.x() + needed > width) {
            at = QPoint(0, at.y() + line);
        }
        placed.push_back({at, index++});
        at.rx() += needed + kBetween;
    }
    *height = placed.empty() ? 0 : at.y() + line;
    return placed;
}

int ClassLegend::heightForWidth(int width) const {
    int height = 0;
    place(width, &height);
    return height;
}

QSize ClassLegend::sizeHint() const { return {240, heightForWidth(240)}; }
QSize ClassLegend::minimumSizeHint() const { return {80, std::max(fontMetrics().height(), kSwatch) + 2}; }

void ClassLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int height = 0;
    const auto all = entries();
    for (const Placed& placed : place(width(), &height)) {
        const Entry& entry = all[static_cast<std::size_t>(placed.entry)];
        const QPointF centre(placed.at.x() + kSwatch / 2.0, placed.at.y() + kSwatch / 2.0);
        const bool test = entry.rimOnly && entry.test;
        const QColor rim =
            themed(entry.rimOnly ? (test ? ColourRole::TestRim : ColourRole::TrainRim) : ColourRole::Border);
        const QColor fill = entry.rimOnly ? themed(ColourRole::Wire) : Theme::instance().classColour(entry.cls);
        if (entry.rimOnly) {
            // The faint outer ring is what sets a white rim off from a white background, as on the map.
            const QColor outer = faded(themed(test ? ColourRole::TrainRim : ColourRole::TestRim), 0.35);
            drawMarker(painter, Marker::Circle, centre, kMarker + 1.4, {outer, outer, 0.8});
        }
        drawMarker(painter, entry.rimOnly ? Marker::Circle : markerOfClass(entry.cls), centre, kMarker,
                   {fill, rim, test ? 1.8 : 1.4});
        painter.setPen(themed(ColourRole::Text));
        const QRect text(placed.at.x() + kSwatch + kGap, placed.at.y(), width() - placed.at.x() - kSwatch - kGap,
                         kSwatch);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(entry.text, Qt::ElideRight, std::max(0, text.width())));
    }
}

}  // namespace perceptory::widgets
