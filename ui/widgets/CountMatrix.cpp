#include "ui/widgets/CountMatrix.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

CountMatrix::CountMatrix(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void CountMatrix::setCounts(const QStringList& names, std::vector<double> counts) {
    if (names.size() != m_names.size()) m_cell = {};
    m_names = names;
    m_counts = std::move(counts);
    double right = 0, all = 0;
    for (int line = 0; line < size(); ++line) {
        right += count(line, line);
        all += sumOf(line);
    }
    setAccessibleDescription(
        tr("%n classes; %1 of %2 samples are on the diagonal", nullptr, size()).arg(right).arg(all));
    update();
}

double CountMatrix::count(int line, int column) const {
    return m_counts[static_cast<std::size_t>(line * size() + column)];
}

double CountMatrix::sumOf(int line) const {
    double sum = 0;
    for (int column = 0; column < size(); ++column) sum += count(line, column);
    return sum;
}

QString CountMatrix::textOf(int line, int column) const {
    if (line == column)
        return tr("%1 told rightly: %2 of %3").arg(m_names[line]).arg(count(line, line)).arg(sumOf(line));
    return tr("%1 taken for %2: %3 of %4")
        .arg(m_names[line], m_names[column])
        .arg(count(line, column))
        .arg(sumOf(line));
}

int CountMatrix::margin() const {
    int widest = 0;
    for (const QString& name : m_names) widest = std::max(widest, fontMetrics().horizontalAdvance(name));
    return std::min(widest, width() / 4) + 6;
}

QRect CountMatrix::cellRect(int line, int column) const {
    const int top = fontMetrics().height() + 4, left = margin();
    const int room = std::max(1, std::min(width() - left, height() - top) - 1), n = std::max(1, size());
    const int x = left + column * room / n, y = top + line * room / n;
    return {x, y, left + (column + 1) * room / n - x, top + (line + 1) * room / n - y};
}

void CountMatrix::paintEvent(QPaintEvent*) {
    if (m_names.isEmpty()) return;
    QPainter painter(this);
    const int line = fontMetrics().height();
    painter.setPen(themed(ColourRole::MutedText));
    for (int i = 0; i < size(); ++i) {
        const QRect side = cellRect(i, 0), top = cellRect(0, i);
        if (side.height() >= line)
            painter.drawText(QRect(0, side.top(), side.left() - 4, side.height()), Qt::AlignRight | Qt::AlignVCenter,
                             fontMetrics().elidedText(m_names[i], Qt::ElideRight, side.left() - 4));
        if (top.width() >= fontMetrics().horizontalAdvance(QStringLiteral("00")))
            painter.drawText(QRect(top.left(), 0, top.width(), line), Qt::AlignCenter,
                             fontMetrics().elidedText(m_names[i], Qt::ElideRight, top.width()));
    }
    for (int row = 0; row < size(); ++row) {
        const double all = sumOf(row);
        for (int column = 0; column < size(); ++column) {
            const QRect cell = cellRect(row, column);
            const float share = all > 0 ? static_cast<float>(count(row, column) / all) : 0.0f;
            painter.fillRect(cell.adjusted(0, 0, -1, -1), QColor(m_map.at(share, {0, 1})));
            const QString number = QString::number(count(row, column));
            if (cell.height() < line || cell.width() < fontMetrics().horizontalAdvance(number) + 2) continue;
            painter.setPen(QColor(m_map.at(share > 0.5f ? 0.0f : 1.0f, {0, 1})));  // the map's other end
            painter.drawText(cell, Qt::AlignCenter, number);
        }
    }
    if (!hasFocus()) return;
    painter.setPen(QPen(themed(ColourRole::FocusRing), 2));
    painter.drawRect(cellRect(m_cell.y(), m_cell.x()));
}

std::optional<QPoint> CountMatrix::cellAt(QPoint point) const {
    for (int line = 0; line < size(); ++line)
        for (int column = 0; column < size(); ++column)
            if (cellRect(line, column).contains(point)) return QPoint(column, line);
    return std::nullopt;
}

void CountMatrix::mouseMoveEvent(QMouseEvent* event) {
    const std::optional<QPoint> cell = cellAt(event->position().toPoint());
    emit told(cell ? textOf(cell->y(), cell->x()) : QString());
}

void CountMatrix::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const std::optional<QPoint> cell = cellAt(event->position().toPoint())) emit cellChosen(cell->y(), cell->x());
}

void CountMatrix::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    emit told({});
}

void CountMatrix::keyPressEvent(QKeyEvent* event) {
    QPoint step;
    if (event->key() == Qt::Key_Left) step = {-1, 0};
    if (event->key() == Qt::Key_Right) step = {1, 0};
    if (event->key() == Qt::Key_Up) step = {0, -1};
    if (event->key() == Qt::Key_Down) step = {0, 1};
    const bool chosen = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (chosen && !m_names.isEmpty()) return emit cellChosen(m_cell.y(), m_cell.x());
    if (step.isNull() || m_names.isEmpty()) return QWidget::keyPressEvent(event);
    m_cell = {std::clamp(m_cell.x() + step.x(), 0, size() - 1), std::clamp(m_cell.y() + step.y(), 0, size() - 1)};
    tellCell();
}

void CountMatrix::tellCell() {
    if (!m_names.isEmpty()) emit told(textOf(m_cell.y(), m_cell.x()));
    update();
}

void CountMatrix::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    tellCell();
}

void CountMatrix::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    emit told({});
    update();
}

void CountMatrix::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    m_map = ColourMap::of(ColourMap::Kind::Cividis);
    update();
}

std::vector<Gesture> CountMatrix::gestures() {
    return {{tr("← → ↑ ↓"), tr("from cell to cell")},
            {tr("Return, double click"), tr("look at the samples of a cell")}};
}

}  // namespace perceptory::widgets
