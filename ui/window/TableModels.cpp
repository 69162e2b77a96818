#include "ui/window/TableModels.h"

#include <QFont>

#include "ui/widgets/Theme.h"

namespace perceptory::window {

void PreviewModel::show(data::FilePreview preview) {
    beginResetModel();
    m_preview = std::move(preview);
    m_inputs.clear();
    endResetModel();
}

void PreviewModel::mark(std::size_t target, const std::vector<bool>& inputs) {
    m_target = target;
    m_inputs = inputs;
    if (columnCount() == 0) return;
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::ForegroundRole});
}

int PreviewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_preview.rows.size());
}

int PreviewModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_preview.columns.size());
}

bool PreviewModel::isUsed(std::size_t column) const {
    return column == m_target || (column < m_inputs.size() && m_inputs[column]);
}

QVariant PreviewModel::data(const QModelIndex& index, int role) const {
    const auto column = static_cast<std::size_t>(index.column());
    if (role == Qt::ForegroundRole && !isUsed(column)) return widgets::themed(widgets::ColourRole::MutedText);
    if (role == Qt::TextAlignmentRole && m_preview.columns[column].isNumeric)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const std::vector<std::string>& row = m_preview.rows[static_cast<std::size_t>(index.row())];
    return column < row.size() ? QString::fromStdString(row[column]) : QString();
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const auto column = static_cast<std::size_t>(section);
    const bool target = column == m_target;
    if (role == Qt::FontRole && target) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    if (role == Qt::ForegroundRole && !isUsed(column)) return widgets::themed(widgets::ColourRole::MutedText);
    if (role != Qt::DisplayRole) return {};
    const QString name = QString::fromStdString(m_preview.columns[column].name);
    return target ? tr("%1 (predicted)").arg(name) : name;
}

void InputsModel::show(const data::FilePreview& preview, std::vector<bool> inputs, std::size_t target) {
    beginResetModel();
    take(preview);
    m_inputs = std::move(inputs);
    m_target = target;
    endResetModel();
}

void InputsModel::renew(const data::FilePreview& preview) {
    take(preview);
    if (rowCount() > 0) emit dataChanged(index(0), index(rowCount() - 1));
}

void InputsModel::take(const data::FilePreview& preview) {
    m_columns = preview.columns;
    m_isAll = preview.isAll;
}

void InputsModel::setTarget(std::size_t target) {
    // What was predicted until now is an input like the others.
    if (m_target < m_inputs.size()) m_inputs[m_target] = m_columns[m_target].isNumeric;
    m_target = target;
    if (rowCount() > 0) emit dataChanged(index(0), index(rowCount() - 1));
    emit ticked();
}

void InputsModel::tick(bool all) {
    for (std::size_t i = 0; i < m_inputs.size(); ++i) m_inputs[i] = all && m_columns[i].isNumeric;
    if (rowCount() > 0) emit dataChanged(index(0), index(rowCount() - 1));
    emit ticked();
}

std::vector<bool> InputsModel::inputs() const {
    std::vector<bool> inputs = m_inputs;
    if (m_target < inputs.size()) inputs[m_target] = false;
    return inputs;
}

int InputsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

Qt::ItemFlags InputsModel::flags(const QModelIndex& index) const {
    if (!index.isValid() || static_cast<std::size_t>(index.row()) == m_target) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable;
}

QString InputsModel::hurdle(std::size_t column) const {
    const data::ColumnSummary& summary = m_columns[column];
    const data::OddCell& odd = m_columns[column].odd;
    const auto line = static_cast<qulonglong>(odd.line);
    if (m_isAll && summary.distinct == 1) return tr("constant");
    if (odd.isInfinite) return tr("infinite in line %1").arg(line);
    if (odd.line > 0) return tr("words: “%1” in line %2").arg(QString::fromStdString(odd.text), QString::number(line));
    return summary.isNumeric ? QString() : tr("no values");
}

QVariant InputsModel::data(const QModelIndex& index, int role) const {
    const auto row = static_cast<std::size_t>(index.row());
    const data::ColumnSummary& column = m_columns[row];
    if (role == Qt::CheckStateRole) return m_inputs[row] && row != m_target ? Qt::Checked : Qt::Unchecked;
    if (role != Qt::DisplayRole) return {};
    const QString name = QString::fromStdString(column.name);
    if (row == m_target) return tr("%1 – predicted").arg(name);
    if (const QString reason = hurdle(row); !reason.isEmpty()) return tr("%1 – %2").arg(name, reason);
    return column.missing > 0 ? tr("%1 – cells missing: %n", nullptr, static_cast<int>(column.missing)).arg(name)
                              : name;
}

bool InputsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !index.isValid()) return false;
    m_inputs[static_cast<std::size_t>(index.row())] = value.toInt() == Qt::Checked;
    emit dataChanged(index, index);
    emit ticked();
    return true;
}

}  // namespace perceptory::window
