#pragma once
/// Undo and redo by keyboard belong to a field while its text is being edited, and to the window as soon as it was
/// entered: fields of Qt keep the keys for themselves as long as they have the focus. GUI thread.

#include <QObject>

namespace perceptory::widgets {

class UndoKeys : public QObject {
    Q_OBJECT

public:
    /// Watches all fields of the application.
    explicit UndoKeys(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace perceptory::widgets
