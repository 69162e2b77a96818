#include "ui/window/TableModels.h"

#include <QFont>
#include <algorithm>

#include "ui/document/TableGuess.h"
#include "ui/widgets/Theme.h"

namespace perceptory::window {

using data::ColumnUse;

namespace {

bool isFlagged(const std::vector<bool>& flags, std::size_t place) { return place < flags.size() && flags[place]; }

}  // namespace

void PreviewModel::show(data::FilePreview preview) {
    beginResetModel();
    m_preview = std::move(preview);
    m_targets.clear();
    m_inputs.clear();
    endResetModel();
}

void PreviewModel::mark(std::vector<bool> targets, std::vector<bool> inputs) {
    m_targets = std::move(targets);
    m_inputs = std::move(inputs);
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
    return isFlagged(m_targets, column) || isFlagged(m_inputs, column);
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
    const bool target = isFlagged(m_targets, column);
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

void InputsModel::show(const data::FilePreview& preview, Choice choice, const std::vector<std::size_t>& targets) {
    beginResetModel();
    take(preview);
    m_choice = std::move(choice);
    m_choice.uses.resize(m_columns.size(), ColumnUse::Auto);
    flag(targets);
    endResetModel();
}

void InputsModel::renew(const data::FilePreview& preview) {
    take(preview);
    allChanged();
}

void InputsModel::take(const data::FilePreview& preview) {
    m_columns = preview.columns;
    m_looked = preview.looked;
    m_isAll = preview.isAll;
}

void InputsModel::allChanged() {
    if (rowCount() > 0) emit dataChanged(index(0), index(rowCount() - 1));
}

ColumnUse InputsModel::useOf(std::size_t column) const {
    const ColumnUse chosen = m_choice.uses[column];
    return chosen == ColumnUse::Auto ? document::useOf(m_columns[column], m_looked) : chosen;
}

void InputsModel::flag(const std::vector<std::size_t>& targets) {
    m_targets.assign(m_columns.size(), false);
    for (const std::size_t target : targets) m_targets[target] = true;
}

void InputsModel::setTargets(const std::vector<std::size_t>& targets) {
    // What was predicted until now is an input like the others.
    for (std::size_t i = 0; i < m_targets.size(); ++i)
        if (m_targets[i]) m_choice.inputs[i] = useOf(i) != ColumnUse::Ignore;
    flag(targets);
    allChanged();
    emit ticked();
}

void InputsModel::tick(bool all) {
    for (std::size_t i = 0; i < m_columns.size(); ++i) m_choice.inputs[i] = all && useOf(i) != ColumnUse::Ignore;
    allChanged();
    emit ticked();
}

void InputsModel::setUse(const QModelIndexList& columns, ColumnUse use) {
    for (const QModelIndex& column : columns) {
        const auto row = static_cast<std::size_t>(column.row());
        m_choice.inputs[row] = use != ColumnUse::Ignore;
        m_choice.uses[row] = use == ColumnUse::Ignore ? ColumnUse::Auto : use;
    }
    allChanged();
    emit ticked();
}

ColumnUse InputsModel::use(const QModelIndex& column) const {
    const auto row = static_cast<std::size_t>(column.row());
    return m_choice.inputs[row] ? m_choice.uses[row] : ColumnUse::Ignore;
}

ColumnUse InputsModel::guess(const QModelIndex& column) const {
    return document::useOf(m_columns[static_cast<std::size_t>(column.row())], m_looked);
}

std::vector<bool> InputsModel::inputs() const {
    std::vector<bool> inputs = m_choice.inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (m_targets[i]) inputs[i] = false;
    return inputs;
}

base::Json InputsModel::uses() const {
    base::Json uses = base::Json::object();
    const std::vector<bool> used = inputs();
    for (std::size_t i = 0; i < used.size(); ++i)
        if (used[i] && m_choice.uses[i] != ColumnUse::Auto)
            uses[m_columns[i].name] = data::columnUseWords()[static_cast<std::size_t>(m_choice.uses[i])];
    return uses;
}

bool InputsModel::guessesAll() const {
    return std::ranges::none_of(m_columns,
                                [&](const auto& column) { return column.guess(m_looked) == ColumnUse::Ignore; });
}

int InputsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

Qt::ItemFlags InputsModel::flags(const QModelIndex& index) const {
    if (!index.isValid() || m_targets[static_cast<std::size_t>(index.row())]) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable;
}

QString InputsModel::remark(std::size_t column) const {
    const data::ColumnSummary& summary = m_columns[column];
    const data::OddCell& odd = summary.odd;
    const auto line = static_cast<qulonglong>(odd.line);
    const auto different = static_cast<int>(summary.distinct);
    if (m_isAll && summary.distinct == 1) return tr("constant");
    if (document::numbersTheRows(summary, m_looked)) return tr("numbers the rows");
    if (useOf(column) == ColumnUse::Index) return tr("words: numbers for an embedding, %Ln kinds", nullptr, different);
    if (useOf(column) == ColumnUse::OneHot) return tr("words: %Ln kinds, an input each", nullptr, different);
    if (odd.isInfinite) return tr("infinite in line %1").arg(line);
    if (odd.line > 0 && summary.guess(m_looked) == ColumnUse::Ignore)
        return summary.dates == summary.texts ? tr("dates") : tr("texts that hardly repeat");
    if (odd.line > 0) return tr("words: “%1” in line %2").arg(QString::fromStdString(odd.text), QString::number(line));
    if (!summary.isNumeric) return tr("no values");
    return summary.missing > 0 ? tr("cells missing: %n", nullptr, static_cast<int>(summary.missing)) : QString();
}

QVariant InputsModel::data(const QModelIndex& index, int role) const {
    const auto row = static_cast<std::size_t>(index.row());
    if (role == Qt::CheckStateRole) return m_choice.inputs[row] && !m_targets[row] ? Qt::Checked : Qt::Unchecked;
    if (role != Qt::DisplayRole) return {};
    const QString name = QString::fromStdString(m_columns[row].name);
    if (m_targets[row]) return tr("%1 – predicted").arg(name);
    const QString said = remark(row);
    return said.isEmpty() ? name : tr("%1 – %2").arg(name, said);
}

bool InputsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !index.isValid()) return false;
    m_choice.inputs[static_cast<std::size_t>(index.row())] = value.toInt() == Qt::Checked;
    emit dataChanged(index, index);
    emit ticked();
    return true;
}

}  // namespace perceptory::window
