#include "ui/window/WarningList.h"

#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::window {

namespace {
constexpr int textMargin = 12;
}

WarningList::WarningList(QWidget* parent) : QListWidget(parent) {
    setAccessibleName(tr("Warnings and notes"));
    setWordWrap(true);
    setResizeMode(QListView::Adjust);
    setSelectionMode(QAbstractItemView::SingleSelection);
}

void WarningList::showLines(const QStringList& warnings, const QStringList& notes) {
    clear();
    for (const QString& warning : warnings) {
        auto* item = new QListWidgetItem(tr("Warning: %1").arg(warning), this);
        item->setForeground(widgets::themed(widgets::ColourRole::Warning));
    }
    addItems(notes);
    fit();
}

QStringList WarningList::lines() const {
    QStringList lines;
    for (int i = 0; i < count(); ++i) lines += item(i)->text();
    return lines;
}

void WarningList::fitHeight(int most) {
    m_most = most;
    fit();
}

// The list itself lays the lines out later than this is wanted.
void WarningList::fit() {
    if (m_most == 0) return;
    const int across = width() - 2 * frameWidth() - textMargin;
    int height = 2 * frameWidth() + 2;
    for (const QString& line : lines())
        height += fontMetrics().boundingRect(0, 0, across, m_most, Qt::TextWordWrap, line).height();
    setFixedHeight(std::min(m_most, height));
}

void WarningList::resizeEvent(QResizeEvent* event) {
    QListWidget::resizeEvent(event);
    fit();
}

}  // namespace perceptory::window
