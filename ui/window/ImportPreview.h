#pragma once
// Shows what was read: its size, pictures or rows, classes, and what is suspicious.

#include <QWidget>

#include "ui/window/ImportLook.h"

class QLabel;
class QStandardItemModel;
class QTableView;

namespace perceptory::views {
class PictureGrid;
}

namespace perceptory::window {

class WarningList;

class ImportPreview : public QWidget {
    Q_OBJECT

public:
    explicit ImportPreview(QWidget* parent = nullptr);

    void show(const ImportLook& look);
    QString text() const;  // size and warnings, a line each

private:
    QTableView* table(const QString& accessibleName);
    void showRows(const ImportLook& look);
    void showClasses(const ImportLook& look);

    QLabel* m_size;
    views::PictureGrid* m_pictures;
    QStandardItemModel *m_rowItems, *m_classItems;
    QTableView *m_rows, *m_classes;
    WarningList* m_news;
};

}  // namespace perceptory::window
