#pragma once
// Takes files dropped on a window. While they hover, an overlay says what letting go will do.

#include <QWidget>

#include "ui/document/DataKind.h"

class QMimeData;

namespace perceptory::window {

class DropOverlay : public QWidget {
    Q_OBJECT

public:
    // Watches `window`, which must outlive it: once shown before its fields, which would take a file for text.
    explicit DropOverlay(QWidget* window);

    QString text() const { return m_answer.sentence; }

signals:
    void projectDropped(const QString& path);
    void dataDropped(const QStringList& paths);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent*) override;

private:
    bool takeDrop(QEvent* event);
    void showFor(const QMimeData& hovering);

    document::DropAnswer m_answer;  // of what hovers; asked once, because it may look into folders
};

}  // namespace perceptory::window
