#pragma once
// The beginning of a table as lists for the dialog. Tens of thousands of columns cost no more than those that are seen.

#include <QAbstractListModel>
#include <QAbstractTableModel>

#include "engine/data/readers/Reader.h"

namespace perceptory::window {

// The first rows; the targets are marked, columns that are not used are pale.
class PreviewModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    void show(data::FilePreview preview);
    const data::FilePreview& preview() const { return m_preview; }
    void mark(std::vector<bool> targets, std::vector<bool> inputs);  // a flag for each column

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isUsed(std::size_t column) const;

    data::FilePreview m_preview;
    std::vector<bool> m_targets, m_inputs;
};

// The columns with a tick for those the network sees, and how they are read. The targets cannot be
// ticked.
class InputsModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;
    struct Choice {
        std::vector<bool> inputs;
        std::vector<data::ColumnUse> uses;  // Auto for those nothing is said about
    };
    void show(const data::FilePreview& preview, Choice choice, const std::vector<std::size_t>& targets);
    void renew(const data::FilePreview& preview);  // the same columns, read another way
    void setTargets(const std::vector<std::size_t>& targets);
    void tick(bool all);                                               // all of use, or none
    void setUse(const QModelIndexList& columns, data::ColumnUse use);  // Ignore: no tick; else one
    data::ColumnUse use(const QModelIndex& column) const;              // Ignore where there is no tick
    data::ColumnUse guess(const QModelIndex& column) const;            // what Auto comes to
    const std::vector<bool>& targets() const { return m_targets; }
    // Without the targets.
    std::vector<bool> inputs() const;
    // As in the project: {NAME: use} of those that are not Auto.
    base::Json uses() const;
    bool guessesAll() const;  // no column would be left out if nothing was said

    int rowCount(const QModelIndex& parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    void ticked();

private:
    void take(const data::FilePreview& preview);
    void allChanged();
    void flag(const std::vector<std::size_t>& targets);
    data::ColumnUse useOf(std::size_t column) const;  // chosen, else guessed
    QString remark(std::size_t column) const;         // what is special; empty for plain numbers

    std::vector<data::ColumnSummary> m_columns;
    std::size_t m_looked = 0;
    bool m_isAll = false;  // they were looked at to the end of the file
    Choice m_choice;
    std::vector<bool> m_targets;  // a flag for each column
};

}  // namespace perceptory::window
