#pragma once
// What is predicted of a table: one column by a list that drops down, several by a dialog of their own.

#include <QStringList>
#include <QWidget>
#include <vector>

#include "engine/data/readers/Reader.h"

class QComboBox;
class QStringListModel;

namespace perceptory::window {

class TableTargets : public QWidget {
    Q_OBJECT

public:
    explicit TableTargets(QWidget* parent = nullptr);

    QWidget* buddy() const;  // of a label
    // `targets`: indexes of columns, one at least.
    void showColumns(const std::vector<data::ColumnSummary>& columns, std::vector<std::size_t> targets);
    void renew(const std::vector<data::ColumnSummary>& columns);  // the same ones, read another way
    // In the order of the network's outputs; empty before there are columns.
    const std::vector<std::size_t>& targets() const { return m_targets; }

signals:
    void chosen();

private:
    bool areSeveral() const { return m_targets.size() > 1; }
    void fill();
    void takeOne(int index);
    void askForSeveral();

    std::vector<data::ColumnSummary> m_columns;
    std::vector<std::size_t> m_targets;
    QStringList m_names;
    QStringListModel* m_items;  // the columns; in front of them, where several are predicted, those together
    QComboBox* m_box;
};

}  // namespace perceptory::window
