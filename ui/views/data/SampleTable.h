#pragma once
// Samples as rows of a table: part, target and the columns, as they were read or as the network sees them. A click on
// the head of a column sorts by it, a third one gives the order of the source back. GUI thread.

#include <QAbstractTableModel>
#include <QTableView>

#include "ui/views/data/SampleList.h"

namespace perceptory::views {

class SampleTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Part, Target, FirstValue };

    explicit SampleTableModel(SampleList& list, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(std::uint32_t row, int column) const;

    SampleList& m_list;
    std::size_t m_columns = 0;  // of values
    mutable std::vector<float> m_scratch;
};

class SampleTable : public QTableView {
    Q_OBJECT

public:
    explicit SampleTable(SampleList& list, QWidget* parent = nullptr);

signals:
    void leaveOutWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void measureColumns();
    void showChoice();
    void takeChoice();
    void sortBy(int column);

    SampleList& m_list;
    SampleTableModel* m_model;
    bool m_showing = false;  // the choice of the list, so what the view says about it is no wish
};

}  // namespace perceptory::views
