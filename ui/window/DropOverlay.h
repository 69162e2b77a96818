#pragma once
// Takes files dropped on a window. While they hover, an overlay says what letting go will do.

#include <QStringList>
#include <QWidget>

class QMimeData;

namespace perceptory::window {

class DropOverlay : public QWidget {
    Q_OBJECT

public:
    enum class Drop { Nothing, Project, Table, TooMany };

    // Watches `window`, which must outlive it: once shown before its fields, which would take a file for text.
    explicit DropOverlay(QWidget* window);

    QString text() const { return m_text; }

signals:
    void projectDropped(const QString& path);
    void tableDropped(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent*) override;

private:
    struct Content {
        Drop drop = Drop::Nothing;
        QString path;
    };
    static Content contentOf(const QMimeData* data);
    void showFor(const Content& content);

    QString m_text;
};

}  // namespace perceptory::window
