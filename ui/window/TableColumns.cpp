#include "ui/window/TableColumns.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <algorithm>

namespace perceptory::window {

using data::ColumnUse;

namespace {

QString nameOf(ColumnUse use) {
    switch (use) {
        case ColumnUse::Auto:
            return TableColumns::tr("Automatic");
        case ColumnUse::Number:
            return TableColumns::tr("Numbers");
        case ColumnUse::OneHot:
            return TableColumns::tr("Words: an input each");
        case ColumnUse::Index:
            return TableColumns::tr("Words: numbers for an embedding");
        case ColumnUse::Ignore:
            break;
    }
    return TableColumns::tr("Left out");
}

}  // namespace

TableColumns::TableColumns(InputsModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_list(new QListView), m_use(new QComboBox) {
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setAccessibleName(tr("Inputs of the network"));
    m_list->setMinimumHeight(80);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(buildHead());
    column->addWidget(m_list, 1);
    column->addWidget(buildUse());
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TableColumns::showUse);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &TableColumns::showUse);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TableColumns::showUse);
    showUse();
}

QWidget* TableColumns::buildHead() {
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    auto* name = new QLabel(tr("&Inputs"));
    name->setBuddy(m_list);
    auto* all = new QPushButton(tr("A&ll"));
    auto* none = new QPushButton(tr("&None"));
    all->setAccessibleName(tr("All columns of use"));
    none->setAccessibleName(tr("No column"));
    row->addWidget(name, 1);
    for (QPushButton* button : {all, none}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    connect(all, &QPushButton::clicked, m_model, [this] { m_model->tick(true); });
    connect(none, &QPushButton::clicked, m_model, [this] { m_model->tick(false); });
    return head;
}

QWidget* TableColumns::buildUse() {
    auto* group = new QWidget;
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    auto* name = new QLabel(tr("&Column as"));
    name->setBuddy(m_use);
    m_use->setAccessibleName(tr("What becomes of the chosen columns"));
    m_use->setToolTip(tr("Choose one or several columns of the list first."));
    m_use->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const ColumnUse use :
         {ColumnUse::Auto, ColumnUse::Number, ColumnUse::OneHot, ColumnUse::Index, ColumnUse::Ignore})
        m_use->addItem(nameOf(use), static_cast<int>(use));
    row->addWidget(name);
    row->addWidget(m_use, 1);
    connect(m_use, &QComboBox::activated, this,
            [this] { m_model->setUse(chosen(), static_cast<ColumnUse>(m_use->currentData().toInt())); });
    return group;
}

QModelIndexList TableColumns::chosen() const {
    QModelIndexList list;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes())
        if (m_model->flags(index) & Qt::ItemIsEnabled) list += index;
    return list;
}

void TableColumns::showUse() {
    const QModelIndexList columns = chosen();
    m_use->setEnabled(!columns.isEmpty());
    const auto same = [&](const QModelIndex& index) { return m_model->use(index) == m_model->use(columns.front()); };
    const bool one = !columns.isEmpty() && std::ranges::all_of(columns, same);
    m_use->setCurrentIndex(one ? m_use->findData(static_cast<int>(m_model->use(columns.front()))) : -1);
    const bool guessed = columns.size() == 1;
    m_use->setItemText(
        0, guessed ? tr("Automatic: %1").arg(nameOf(m_model->guess(columns.front()))) : nameOf(ColumnUse::Auto));
}

}  // namespace perceptory::window
