#include "ui/widgets/UndoKeys.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTimer>

namespace perceptory::widgets {

namespace {

QLineEdit* fieldOf(QObject* watched) {
    if (auto* box = qobject_cast<QAbstractSpinBox*>(watched)) return box->findChild<QLineEdit*>();
    return qobject_cast<QLineEdit*>(watched);
}

bool isUndo(const QKeyEvent& key) { return key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo); }

bool enters(const QEvent& event) {
    if (event.type() == QEvent::FocusOut) return true;
    if (event.type() != QEvent::KeyPress) return false;
    const int key = static_cast<const QKeyEvent&>(event).key();
    return key == Qt::Key_Return || key == Qt::Key_Enter;
}

}  // namespace

UndoKeys::UndoKeys(QObject* parent) : QObject(parent) { qApp->installEventFilter(this); }

bool UndoKeys::eventFilter(QObject* watched, QEvent* event) {
    const bool asks = event->type() == QEvent::ShortcutOverride;
    if (!asks && !enters(*event)) return false;
    QLineEdit* field = fieldOf(watched);
    if (!field) return false;
    if (!asks) {
        QTimer::singleShot(0, field, [field] { field->setModified(false); });
        return false;
    }
    if (field->isModified() || !isUndo(static_cast<const QKeyEvent&>(*event))) return false;
    event->ignore();
    return true;
}

}  // namespace perceptory::widgets
