#pragma once
// The rows that were left out or got another class, to be taken back one by one or all. Follows the project. GUI
// thread.

#include <QDialog>

#include "ui/document/Document.h"

class QListView;
class QPushButton;
class QStringListModel;

namespace perceptory::views {

class EditsDialog : public QDialog {
    Q_OBJECT

public:
    explicit EditsDialog(document::Document& document, QWidget* parent = nullptr);

    QListView* list() const { return m_list; }

private:
    void showEdits();
    void takeBack();

    document::Document& m_document;
    QStringListModel* m_lines;
    QListView* m_list;
    QPushButton* m_takeBack;
    QPushButton* m_takeAllBack;
};

}  // namespace perceptory::views
