#include "ui/window/TableTargets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStringListModel>

#include "ui/window/SeveralTargets.h"

namespace perceptory::window {

namespace {
constexpr qsizetype namedTargets = 3;
}

TableTargets::TableTargets(QWidget* parent)
    : QWidget(parent), m_items(new QStringListModel(this)), m_box(new QComboBox) {
    m_box->setModel(m_items);
    m_box->setAccessibleName(tr("Predict"));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* several = new QPushButton(tr("S&everal…"));
    several->setAccessibleName(tr("Predict several columns"));
    several->setToolTip(tr("Choose several columns of numbers that the network learns to say together"));
    several->setAutoDefault(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_box, 1);
    row->addWidget(several);
    setFocusProxy(m_box);
    connect(m_box, &QComboBox::activated, this, &TableTargets::takeOne);
    connect(several, &QPushButton::clicked, this, &TableTargets::askForSeveral);
    fill();
}

QWidget* TableTargets::buddy() const { return m_box; }

void TableTargets::showColumns(const std::vector<data::ColumnSummary>& columns, std::vector<std::size_t> targets) {
    renew(columns);
    m_targets = std::move(targets);
    m_names.clear();
    for (const data::ColumnSummary& column : m_columns) m_names += QString::fromStdString(column.name);
    fill();
}

void TableTargets::renew(const std::vector<data::ColumnSummary>& columns) { m_columns = columns; }

void TableTargets::fill() {
    QStringList chosen;
    for (const std::size_t target : m_targets) chosen += m_names[static_cast<qsizetype>(target)];
    m_box->setToolTip(
        areSeveral() ? tr("The network learns to say all of: %1").arg(chosen.join(QStringLiteral(", "))).toHtmlEscaped()
                     : tr("The column the network learns to say"));
    const qsizetype more = chosen.size() - namedTargets;
    QString together = chosen.mid(0, namedTargets).join(QStringLiteral(", "));
    if (more > 0) together = tr("%1 and %n more", nullptr, static_cast<int>(more)).arg(together);
    m_items->setStringList(areSeveral() ? QStringList{together} + m_names : m_names);
    if (!m_targets.empty()) m_box->setCurrentIndex(areSeveral() ? 0 : static_cast<int>(m_targets.front()));
}

void TableTargets::takeOne(int index) {
    if (areSeveral() && index == 0) return;
    m_targets = {static_cast<std::size_t>(areSeveral() ? index - 1 : index)};
    fill();
    emit chosen();
}

void TableTargets::askForSeveral() {
    auto* dialog = new SeveralTargets(m_columns, m_targets, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_targets = dialog->targets();
        fill();
        m_box->setFocus();
        emit chosen();
    });
    dialog->open();
}

}  // namespace perceptory::window
