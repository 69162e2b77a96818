#pragma once
// The examples that come with the program, and below them the templates for the Studio, as cards. Arrow keys walk,
// Enter or a click opens.

#include <QDialog>

class QListWidget;
class QListWidgetItem;

namespace perceptory::window {

class ExamplesGallery : public QDialog {
    Q_OBJECT

public:
    explicit ExamplesGallery(QWidget* parent = nullptr);
    QListWidget* list() const { return m_list; }
    QListWidget* templates() const { return m_templates; }

signals:
    void chosen(const QString& file, const QString& title);

private:
    void addExamples();
    void addTemplates();
    void join(QListWidget* list, QListWidget* other);
    void choose(QListWidgetItem* card);
    void showPictures();

    QListWidget *m_list, *m_templates;
};

}  // namespace perceptory::window
