#include "ui/widgets/ArrowsChoose.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>

namespace perceptory::widgets {

ArrowsChoose::ArrowsChoose(QLineEdit* field, QListWidget* list) : QObject(field), m_list(list) {
    field->installEventFilter(this);
}

bool ArrowsChoose::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QObject::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    if (step == 0) return QObject::eventFilter(watched, event);
    for (int row = m_list->currentRow() + step; row >= 0 && row < m_list->count(); row += step)
        if (m_list->item(row)->flags() & Qt::ItemIsEnabled) {
            m_list->setCurrentRow(row);
            break;
        }
    return true;
}

}  // namespace perceptory::widgets
