#include "ui/widgets/MapSheet.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int gap = 4, smallest = 24, largest = 128;  // pixels
constexpr int mostCaptions = 16;

}  // namespace

MapSheet::MapSheet(QWidget* parent) : QAbstractScrollArea(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    describe();
}

void MapSheet::setMaps(Maps maps) {
    const bool alike = maps.count == m_maps.count && maps.height == m_maps.height && maps.width == m_maps.width &&
                       maps.names.isEmpty() == m_maps.names.isEmpty();
    m_maps = std::move(maps);
    if (!m_locked || !alike) findRange();
    if (!alike) {
        m_marked.clear();
        m_chosen = 0;
        layOut();
    }
    describe();
    viewport()->update();
}

void MapSheet::setSharedRange(bool shared) {
    m_shared = shared;
    viewport()->update();
}

void MapSheet::setLocked(bool locked) {
    m_locked = locked;
    if (!locked) findRange();
    viewport()->update();
}

void MapSheet::setColourMap(ColourMap::Kind kind) {
    m_kind = kind;
    m_map = ColourMap::of(kind);
    findRange();
    viewport()->update();
}

void MapSheet::setMarked(std::vector<bool> marked) {
    m_marked = std::move(marked);
    viewport()->update();
}

ValueRange MapSheet::rangeOf(std::span<const float> values) const {
    float low = std::numeric_limits<float>::infinity(), high = -low;
    for (const float value : values)
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    if (low > high) return {0, 1};
    if (m_map.diverging()) {
        high = std::max(std::abs(low), std::abs(high));
        low = -high;
    }
    return low < high ? ValueRange{low, high} : ValueRange{low, low + 1};
}

ValueRange MapSheet::shownRange() const {
    return m_shared || m_chosen >= m_maps.count ? m_range : rangeOf(m_maps.map(m_chosen));
}

void MapSheet::findRange() { m_range = rangeOf(m_maps.values); }

bool MapSheet::hasCaptions() const { return !m_maps.names.isEmpty() && m_maps.count <= mostCaptions; }

// From the top of a row to that of the next.
int MapSheet::pitch() const { return m_picture.height() + gap + (hasCaptions() ? fontMetrics().height() : 0); }

// As large as all of them fit, whole multiples of their pixels where these are few.
void MapSheet::layOut() {
    const int room = std::max(1, viewport()->width() - gap), count = std::max(1, m_maps.count);
    const double ratio = m_maps.width > 0 ? double(m_maps.height) / m_maps.width : 1;
    for (int side = largest; side >= smallest; side -= 4) {
        const int width = ratio > 1 ? std::max(4, int(side / ratio)) : side;
        const int height = ratio > 1 ? side : std::max(4, int(side * ratio));
        m_columns = std::max(1, room / (width + gap));
        m_picture = {std::min(width, room), height};
        const int rows = (count + m_columns - 1) / m_columns;
        if (rows * pitch() + gap <= viewport()->height()) break;
    }
    const int rows = (count + m_columns - 1) / m_columns, whole = rows * pitch() + gap;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(pitch());
    verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
}

QRect MapSheet::cellRect(int map) const {
    const QPoint corner(gap + map % m_columns * (m_picture.width() + gap),
                        gap + map / m_columns * pitch() - verticalScrollBar()->value());
    return {corner, m_picture};
}

int MapSheet::mapAt(QPoint point) const {
    const int column = (point.x() - gap) / (m_picture.width() + gap);
    const int row = (point.y() - gap + verticalScrollBar()->value()) / pitch();
    const int map = row * m_columns + column;
    const bool inside = column >= 0 && column < m_columns && map >= 0 && map < m_maps.count;
    return inside && cellRect(map).contains(point) ? map : -1;
}

QImage MapSheet::imageOf(int map) const {
    const std::span<const float> values = m_maps.map(map);
    const ValueRange range = m_shared ? m_range : rangeOf(values);
    const std::size_t pixels = m_maps.pixels();
    const auto light = [&](std::size_t place) { return static_cast<int>(ColourMap::index(values[place], range)); };
    QImage image(m_maps.width, m_maps.height, QImage::Format_RGB32);
    for (std::size_t i = 0; i < pixels; ++i) {
        const int y = static_cast<int>(i) / m_maps.width, x = static_cast<int>(i) % m_maps.width;
        reinterpret_cast<QRgb*>(image.scanLine(y))[x] = m_maps.channels == 3
                                                            ? qRgb(light(i), light(pixels + i), light(2 * pixels + i))
                                                            : m_map.at(values[i], range);
    }
    return image;
}

void MapSheet::paintCell(QPainter& painter, int map) const {
    const QRect cell = cellRect(map);
    painter.drawImage(cell, imageOf(map));
    if (hasCaptions()) {
        painter.setPen(themed(ColourRole::Text));
        const QRect below(cell.left(), cell.bottom() + 2, cell.width(), fontMetrics().height());
        painter.drawText(below, Qt::AlignHCenter, fontMetrics().elidedText(nameOf(map), Qt::ElideRight, cell.width()));
    }
    const bool marked = static_cast<std::size_t>(map) < m_marked.size() && m_marked[static_cast<std::size_t>(map)];
    if (marked) {
        painter.setPen(QPen(themed(ColourRole::Warning), 1, Qt::DashLine));
        painter.drawRect(cell.adjusted(-1, -1, 0, 0));
    }
    if (map != m_chosen) return;
    painter.setPen(QPen(themed(hasFocus() ? ColourRole::FocusRing : ColourRole::Accent), 2));
    painter.drawRect(cell.adjusted(-2, -2, 1, 1));
}

void MapSheet::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    for (int map = 0; map < m_maps.count; ++map) {
        const QRect cell = cellRect(map);
        if (cell.top() > event->rect().bottom()) break;
        if (cell.adjusted(-2, -2, 2, 2 + fontMetrics().height()).intersects(event->rect())) paintCell(painter, map);
    }
}

void MapSheet::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

QString MapSheet::nameOf(int map) const { return map < m_maps.names.size() ? m_maps.names[map] : QString::number(map); }

QString MapSheet::textAt(QPoint point) const {
    const int map = mapAt(point);
    if (map < 0) return {};
    const QRect cell = cellRect(map);
    const int x = std::clamp((point.x() - cell.left()) * m_maps.width / cell.width(), 0, m_maps.width - 1);
    const int y = std::clamp((point.y() - cell.top()) * m_maps.height / cell.height(), 0, m_maps.height - 1);
    QStringList numbers;
    for (int channel = 0; channel < m_maps.channels; ++channel)
        numbers << shortNumber(m_maps.map(
            map)[static_cast<std::size_t>(channel) * m_maps.pixels() + static_cast<std::size_t>(y * m_maps.width + x)]);
    return tr("%1, row %2, column %3: %4").arg(nameOf(map)).arg(y).arg(x).arg(numbers.join(QStringLiteral(", ")));
}

void MapSheet::choose(int map) {
    if (map < 0 || map >= m_maps.count || map == m_chosen) return;
    m_chosen = map;
    const QRect cell = cellRect(map).adjusted(0, -gap, 0, gap);
    if (cell.top() < 0) verticalScrollBar()->setValue(verticalScrollBar()->value() + cell.top());
    if (cell.bottom() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + cell.bottom() - viewport()->height());
    describe();
    viewport()->update();
    emit chosenChanged(map);
}

void MapSheet::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) choose(mapAt(event->position().toPoint()));
}

void MapSheet::mouseMoveEvent(QMouseEvent* event) { emit told(textAt(event->position().toPoint())); }

void MapSheet::leaveEvent(QEvent* event) {
    QAbstractScrollArea::leaveEvent(event);
    emit told({});
}

void MapSheet::keyPressEvent(QKeyEvent* event) {
    const int last = m_maps.count - 1;
    switch (event->key()) {
        case Qt::Key_Left:
            return choose(std::max(0, m_chosen - 1));
        case Qt::Key_Right:
            return choose(std::min(last, m_chosen + 1));
        case Qt::Key_Up:
            return choose(m_chosen - m_columns);
        case Qt::Key_Down:
            return choose(m_chosen + m_columns);
        case Qt::Key_Home:
            return choose(0);
        case Qt::Key_End:
            return choose(last);
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

void MapSheet::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void MapSheet::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void MapSheet::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) setColourMap(m_kind);
}

void MapSheet::describe() {
    QString text = tr("%n maps of %1 × %2", nullptr, m_maps.count).arg(m_maps.height).arg(m_maps.width);
    if (m_chosen < m_maps.count) {
        const ValueRange range = rangeOf(m_maps.map(m_chosen));
        text +=
            tr("; %1 is chosen, from %2 to %3").arg(nameOf(m_chosen), shortNumber(range.low), shortNumber(range.high));
    }
    setAccessibleDescription(text);
}

std::vector<Gesture> MapSheet::gestures() {
    return {{tr("← → ↑ ↓"), tr("choose a map")}, {tr("Home, End"), tr("the first, the last map")}};
}

}  // namespace perceptory::widgets
