#include "ui/window/SeveralTargets.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace perceptory::window {

namespace {
constexpr QSize usualSize{360, 380};
}

TargetsModel::TargetsModel(std::vector<data::ColumnSummary> columns, const std::vector<std::size_t>& targets,
                           QObject* parent)
    : QAbstractListModel(parent), m_columns(std::move(columns)), m_ticked(m_columns.size()) {
    for (const std::size_t target : targets) {
        if (!m_columns[target].isNumeric) continue;
        m_first.push_back(target);
        m_ticked[target] = true;
    }
}

std::vector<std::size_t> TargetsModel::targets() const {
    std::vector<std::size_t> targets;
    for (const std::size_t target : m_first)
        if (m_ticked[target]) targets.push_back(target);
    for (std::size_t i = 0; i < m_ticked.size(); ++i)
        if (m_ticked[i] && std::ranges::find(m_first, i) == m_first.end()) targets.push_back(i);
    return targets;
}

int TargetsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

Qt::ItemFlags TargetsModel::flags(const QModelIndex& index) const {
    if (!index.isValid() || !m_columns[static_cast<std::size_t>(index.row())].isNumeric) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable;
}

QVariant TargetsModel::data(const QModelIndex& index, int role) const {
    const auto row = static_cast<std::size_t>(index.row());
    if (role == Qt::CheckStateRole) return m_ticked[row] ? Qt::Checked : Qt::Unchecked;
    if (role != Qt::DisplayRole) return {};
    const QString name = QString::fromStdString(m_columns[row].name);
    return m_columns[row].isNumeric ? name : tr("%1 – no numbers").arg(name);
}

bool TargetsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !(flags(index) & Qt::ItemIsUserCheckable)) return false;
    m_ticked[static_cast<std::size_t>(index.row())] = value.toInt() == Qt::Checked;
    emit dataChanged(index, index);
    return true;
}

SeveralTargets::SeveralTargets(std::vector<data::ColumnSummary> columns, const std::vector<std::size_t>& targets,
                               QWidget* parent)
    : QDialog(parent),
      m_model(new TargetsModel(std::move(columns), targets, this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setWindowTitle(tr("Columns to predict"));
    auto* help = new QLabel(
        tr("The network says a number for each column that is ticked. A column of words can be predicted only alone."));
    help->setTextFormat(Qt::PlainText);
    help->setWordWrap(true);
    auto* list = new QListView;
    list->setModel(m_model);
    list->setUniformItemSizes(true);
    list->setAccessibleName(tr("Columns to predict"));
    const std::vector<std::size_t> ticked = m_model->targets();
    if (!ticked.empty()) list->setCurrentIndex(m_model->index(static_cast<int>(ticked.front())));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const auto judge = [this] { m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!m_model->targets().empty()); };
    connect(m_model, &QAbstractItemModel::dataChanged, this, judge);
    auto* column = new QVBoxLayout(this);
    column->addWidget(help);
    column->addWidget(list, 1);
    column->addWidget(m_buttons);
    resize(usualSize);
    judge();
    list->setFocus();
}

}  // namespace perceptory::window
