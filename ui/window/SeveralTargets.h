#pragma once
// Which columns of a table are predicted together: a list with a tick for each.

#include <QAbstractListModel>
#include <QDialog>
#include <vector>

#include "engine/data/readers/Reader.h"

class QDialogButtonBox;

namespace perceptory::window {

// Only columns of numbers can be ticked. Tens of thousands of columns cost no more than those that are seen.
class TargetsModel : public QAbstractListModel {
    Q_OBJECT

public:
    // `targets` that cannot be ticked are left out.
    TargetsModel(std::vector<data::ColumnSummary> columns, const std::vector<std::size_t>& targets,
                 QObject* parent = nullptr);
    // Those there were at the beginning in their order, then the others in the order of the file.
    std::vector<std::size_t> targets() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

private:
    std::vector<data::ColumnSummary> m_columns;
    std::vector<std::size_t> m_first;
    std::vector<bool> m_ticked;
};

class SeveralTargets : public QDialog {
    Q_OBJECT

public:
    SeveralTargets(std::vector<data::ColumnSummary> columns, const std::vector<std::size_t>& targets,
                   QWidget* parent = nullptr);
    // One at least, once the dialog was accepted.
    std::vector<std::size_t> targets() const { return m_model->targets(); }

private:
    TargetsModel* m_model;
    QDialogButtonBox* m_buttons;
};

}  // namespace perceptory::window
