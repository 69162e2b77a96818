#pragma once
// A line about every column of the samples shown: missing values, range, mean, words, and its distribution as a small
// picture. Worked out aside. GUI thread.

#include <QAbstractTableModel>

#include "ui/views/data/ColumnStatistics.h"
#include "ui/views/data/LazyPanel.h"

class QLabel;
class QTableView;

namespace perceptory::views {

class StatisticsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Distribution, Missing, Minimum, Maximum, Mean, Deviation, Words, Columns };

    using QAbstractTableModel::QAbstractTableModel;
    void show(std::vector<ColumnStatistics> columns);
    const std::vector<ColumnStatistics>& columns() const { return m_columns; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ColumnStatistics> m_columns;
};

class StatisticsPanel : public LazyPanel {
    Q_OBJECT

public:
    explicit StatisticsPanel(SampleList& list);
    ~StatisticsPanel() override;

    const StatisticsModel& model() const { return *m_model; }

protected:
    void renew() override;

private:
    StatisticsModel* m_model;
    QTableView* m_table;
    QLabel* m_state;
    std::shared_ptr<std::atomic<bool>> m_stop;
};

}  // namespace perceptory::views
