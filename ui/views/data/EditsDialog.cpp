#include "ui/views/data/EditsDialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QStringListModel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/commands/RowCommands.h"

namespace perceptory::views {

namespace {

QString lineOf(const data::RowEdit& edit) {
    const QString row = QLocale().toString(static_cast<qulonglong>(edit.row + 1));
    return edit.label ? EditsDialog::tr("Row %1: class %2").arg(row, QString::fromStdString(*edit.label))
                      : EditsDialog::tr("Row %1: left out").arg(row);
}

}  // namespace

EditsDialog::EditsDialog(document::Document& document, QWidget* parent)
    : QDialog(parent), m_document(document), m_lines(new QStringListModel(this)), m_list(new QListView) {
    setWindowTitle(tr("Edits of the data"));
    resize(380, 360);
    m_list->setModel(m_lines);
    m_list->setAccessibleName(tr("Edits of the data"));
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QListView::ExtendedSelection);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    auto* note =
        new QLabel(tr("Rows of the source that are used otherwise than it says. The source itself is not changed."));
    note->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_takeBack = buttons->addButton(tr("&Take back"), QDialogButtonBox::ActionRole);
    m_takeAllBack = buttons->addButton(tr("Take &all back"), QDialogButtonBox::ActionRole);
    for (QPushButton* button : buttons->findChildren<QPushButton*>()) button->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->addWidget(note);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_takeBack, &QPushButton::clicked, this, &EditsDialog::takeBack);
    connect(m_takeAllBack, &QPushButton::clicked, this, [this] { document::takeBackAllEdits(m_document); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_takeBack->setEnabled(m_list->selectionModel()->hasSelection()); });
    connect(&m_document, &document::Document::changed, this, [this](const document::Change& change) {
        if (change.parts & document::DataPart) showEdits();
    });
    showEdits();
    m_list->setFocus();
}

void EditsDialog::showEdits() {
    const int row = m_list->currentIndex().row();
    QStringList lines;
    for (const data::RowEdit& edit : m_document.spec().data.edits) lines += lineOf(edit);
    m_lines->setStringList(lines);
    const int count = static_cast<int>(lines.size());
    if (count > 0) m_list->setCurrentIndex(m_lines->index(std::clamp(row, 0, count - 1)));
    m_takeBack->setEnabled(m_list->selectionModel()->hasSelection());
    m_takeAllBack->setEnabled(count > 0);
}

void EditsDialog::takeBack() {
    std::vector<std::uint32_t> rows;
    const auto& edits = m_document.spec().data.edits;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes())
        if (const auto place = static_cast<std::size_t>(index.row()); place < edits.size())
            rows.push_back(static_cast<std::uint32_t>(edits[place].row));
    document::takeBackEdits(m_document, rows);
}

}  // namespace perceptory::views
