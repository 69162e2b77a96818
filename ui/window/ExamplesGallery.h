#pragma once
// The examples that come with the program, as cards. Arrow keys walk, Enter or a click opens.

#include <QDialog>

class QListWidget;

namespace perceptory::window {

class ExamplesGallery : public QDialog {
    Q_OBJECT

public:
    explicit ExamplesGallery(QWidget* parent = nullptr);
    QListWidget* list() const { return m_list; }

signals:
    void chosen(const QString& file, const QString& title);

private:
    void showPictures();

    QListWidget* m_list;
};

}  // namespace perceptory::window
