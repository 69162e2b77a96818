#pragma once
// The list of a table's columns: which the network sees, and as what.

#include <QWidget>

#include "ui/window/TableModels.h"

class QComboBox;
class QListView;
class QPushButton;

namespace perceptory::window {

class TableColumns : public QWidget {
    Q_OBJECT

public:
    // `model` outlives this.
    explicit TableColumns(InputsModel* model, QWidget* parent = nullptr);

private:
    QWidget* buildHead();
    QWidget* buildUse();
    QModelIndexList chosen() const;
    void showUse();

    InputsModel* m_model;
    QListView* m_list;
    QComboBox* m_use;
};

}  // namespace perceptory::window
