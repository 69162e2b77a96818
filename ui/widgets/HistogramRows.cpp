#include "ui/widgets/HistogramRows.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <numeric>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int barsHeight = 30, gap = 8, margin = 4;

double sharePlace(double value, ValueRange range) {
    const double length = double{range.high} - double{range.low};
    return length > 0 ? (value - double{range.low}) / length : 0.5;
}

double edgeOf(const HistogramRow& row, int bar) {
    const double share = double(bar) / double(std::max<std::size_t>(1, row.counts.size()));
    return double{row.range.low} + share * (double{row.range.high} - double{row.range.low});
}

}  // namespace

HistogramRows::HistogramRows(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HistogramRows::setRows(std::vector<HistogramRow> rows) {
    if (rows.size() != m_rows.size()) {
        m_row = m_bar = 0;
        updateGeometry();
    }
    m_rows = std::move(rows);
    m_range = m_rows.empty() ? ValueRange{0, 1} : m_rows.front().range;
    for (const HistogramRow& row : m_rows) {
        m_range.low = std::min(m_range.low, row.range.low);
        m_range.high = std::max(m_range.high, row.range.high);
    }
    if (m_row < static_cast<int>(m_rows.size()))
        m_bar = std::clamp(m_bar, 0,
                           std::max(0, static_cast<int>(m_rows[static_cast<std::size_t>(m_row)].counts.size()) - 1));
    setMinimumHeight(minimumSizeHint().height());
    describe();
    update();
}

void HistogramRows::describe() {
    QStringList lines;
    for (const HistogramRow& row : m_rows) lines << tr("%1: %2").arg(row.name, row.words);
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
}

void HistogramRows::setSharedRange(bool shared) {
    m_shared = shared;
    update();
}

void HistogramRows::setMarkedRow(int row) {
    m_marked = row;
    update();
}

ValueRange HistogramRows::rangeOf(int row) const {
    return m_shared ? m_range : m_rows[static_cast<std::size_t>(row)].range;
}

int HistogramRows::pitch() const { return 2 * fontMetrics().height() + barsHeight + gap; }

QSize HistogramRows::minimumSizeHint() const { return {160, pitch() * static_cast<int>(m_rows.size()) + margin}; }

QRect HistogramRows::rowRect(int row) const { return {0, row * pitch(), width(), pitch()}; }

QRect HistogramRows::barsRect(int row) const {
    return {margin, row * pitch() + fontMetrics().height() + 2, width() - 2 * margin, barsHeight};
}

QRectF HistogramRows::barRect(int row, int bar) const {
    const HistogramRow& one = m_rows[static_cast<std::size_t>(row)];
    const QRectF room = barsRect(row);
    const double most = double{*std::ranges::max_element(one.counts)};
    const auto place = [&](int edge) {
        return room.left() + sharePlace(edgeOf(one, edge), rangeOf(row)) * room.width();
    };
    const double height = most > 0 ? double{one.counts[static_cast<std::size_t>(bar)]} / most * room.height() : 0;
    // What is there is seen, however narrow it is.
    const double left = place(bar), width = std::max(1.0, place(bar + 1) - left);
    return {std::min(left, room.right() - width), room.bottom() - height, width, height};
}

int HistogramRows::barAt(int row, int x) const {
    const HistogramRow& one = m_rows[static_cast<std::size_t>(row)];
    for (int bar = 0; bar < static_cast<int>(one.counts.size()); ++bar) {
        const QRectF rect = barRect(row, bar);
        if (x >= rect.left() && x < rect.right()) return bar;
    }
    return -1;
}

QString HistogramRows::textOf(int row, int bar) const {
    const HistogramRow& one = m_rows[static_cast<std::size_t>(row)];
    const double all = std::accumulate(one.counts.begin(), one.counts.end(), 0.0);
    return tr("%1, %2 … %3: %4 of %5")
        .arg(one.name, shortNumber(edgeOf(one, bar), 3), shortNumber(edgeOf(one, bar + 1), 3))
        .arg(double{one.counts[static_cast<std::size_t>(bar)]}, 0, 'f', 0)
        .arg(all, 0, 'f', 0);
}

void HistogramRows::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row)
        if (rowRect(row).intersects(event->rect())) paintRow(painter, row);
}

void HistogramRows::paintRow(QPainter& painter, int row) const {
    const HistogramRow& one = m_rows[static_cast<std::size_t>(row)];
    const QRect bars = barsRect(row);
    const int line = fontMetrics().height(), top = rowRect(row).top();
    const int words = std::min(fontMetrics().horizontalAdvance(one.words) + 2, bars.width() * 2 / 3);
    painter.setPen(themed(ColourRole::MutedText));
    painter.drawText(QRect(bars.right() - words, top, words, line), Qt::AlignRight | Qt::AlignVCenter,
                     fontMetrics().elidedText(one.words, Qt::ElideRight, words));
    QFont font = painter.font();
    font.setBold(row == m_marked);
    painter.setFont(font);
    painter.setPen(themed(ColourRole::Text));
    const int name = bars.width() - words - 8;
    painter.drawText(QRect(bars.left(), top, name, line), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(one.name, Qt::ElideMiddle, name));
    font.setBold(false);
    painter.setFont(font);
    const ValueRange range = rangeOf(row);
    for (int bar = 0; bar < static_cast<int>(one.counts.size()); ++bar)
        painter.fillRect(barRect(row, bar), Theme::instance().series(0));
    painter.setPen(themed(ColourRole::Grid));
    painter.drawLine(bars.bottomLeft(), bars.bottomRight());
    painter.setPen(themed(ColourRole::MutedText));
    const QRect below(bars.left(), bars.bottom() + 1, bars.width(), line);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, shortNumber(double{range.low}, 3));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, shortNumber(double{range.high}, 3));
    const double zero = sharePlace(0, range);
    if (zero > 0.0 && zero < 1.0) {
        const int x = bars.left() + static_cast<int>(zero * bars.width());
        painter.drawLine(x, bars.top(), x, bars.bottom() + 2);
        const int room = fontMetrics().horizontalAdvance(QStringLiteral("−0.000"));
        if (x - bars.left() > room && bars.right() - x > room)
            painter.drawText(QRect(x - room, below.top(), 2 * room, line), Qt::AlignCenter, QStringLiteral("0"));
    }
    if (!hasFocus() || row != m_row || one.counts.empty()) return;
    painter.setPen(QPen(themed(ColourRole::FocusRing), 2));
    const QRectF bar = barRect(row, m_bar);
    painter.drawRect(QRectF(bar.left() - 1, bars.top(), std::max(3.0, bar.width() + 2), bars.height()));
}

void HistogramRows::mouseMoveEvent(QMouseEvent* event) {
    const int row = event->position().toPoint().y() / pitch();
    const int bar =
        row >= 0 && row < static_cast<int>(m_rows.size()) ? barAt(row, event->position().toPoint().x()) : -1;
    emit told(bar >= 0 ? textOf(row, bar) : QString());
}

void HistogramRows::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    emit told({});
}

void HistogramRows::keyPressEvent(QKeyEvent* event) {
    QPoint step;
    if (event->key() == Qt::Key_Left) step = {-1, 0};
    if (event->key() == Qt::Key_Right) step = {1, 0};
    if (event->key() == Qt::Key_Up) step = {0, -1};
    if (event->key() == Qt::Key_Down) step = {0, 1};
    if (step.isNull() || m_rows.empty()) return QWidget::keyPressEvent(event);
    m_row = std::clamp(m_row + step.y(), 0, static_cast<int>(m_rows.size()) - 1);
    const auto bars = static_cast<int>(m_rows[static_cast<std::size_t>(m_row)].counts.size());
    m_bar = std::clamp(m_bar + step.x(), 0, std::max(0, bars - 1));
    emit reached(rowRect(m_row));
    tellBar();
}

void HistogramRows::tellBar() {
    if (!m_rows.empty() && !m_rows[static_cast<std::size_t>(m_row)].counts.empty()) emit told(textOf(m_row, m_bar));
    update();
}

void HistogramRows::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    tellBar();
}

void HistogramRows::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    emit told({});
    update();
}

std::vector<Gesture> HistogramRows::gestures() {
    return {{tr("↑ ↓"), tr("from layer to layer")}, {tr("← →"), tr("from bar to bar")}};
}

}  // namespace perceptory::widgets
