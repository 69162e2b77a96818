#include "ui/window/TableFiles.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace perceptory::window {

using document::TableFile;

namespace {

constexpr int widestName = 260, rowsSeen = 3;

bool trains(const TableFile& file) { return file.part == "train"; }

}  // namespace

TableFiles::TableFiles(std::vector<TableFile> files, QWidget* parent)
    : QWidget(parent), m_files(std::move(files)), m_note(new QLabel) {
    auto* rows = new QWidget;
    auto* form = new QFormLayout(rows);
    form->setContentsMargins(0, 0, 0, 0);
    for (std::size_t i = 0; i < m_files.size(); ++i) add(*form, i);
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(rows);
    // Whole rows.
    const int all = static_cast<int>(m_files.size()), seen = std::min(all, rowsSeen), gap = form->verticalSpacing();
    if (all > 0) area->setFixedHeight((rows->sizeHint().height() + gap) / all * seen - gap);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
    column->addWidget(m_note);
    showNote();
    setHidden(m_files.size() < 2);
}

void TableFiles::add(QFormLayout& form, std::size_t place) {
    const QFileInfo file(m_files[place].path);
    auto* name = new QLabel(fontMetrics().elidedText(file.fileName(), Qt::ElideMiddle, widestName));
    name->setTextFormat(Qt::PlainText);
    name->setToolTip(file.absoluteFilePath().toHtmlEscaped());
    auto* part = new QComboBox;
    part->setAccessibleName(tr("What the rows of %1 are for").arg(file.fileName()));
    part->addItem(tr("Training"), "train");
    part->addItem(tr("Validation"), "validation");
    part->addItem(tr("Test"), "test");
    part->setCurrentIndex(part->findData(QString::fromStdString(m_files[place].part)));
    connect(part, &QComboBox::activated, this, [this, part, place] {
        m_files[place].part = part->currentData().toString().toStdString();
        showNote();
        emit changed();
    });
    form.addRow(name, part);
}

void TableFiles::showNote() {
    m_note->setText(std::ranges::all_of(m_files, trains)
                        ? tr("The rows of all files are one table, of which a share tests.")
                        : tr("The files are the parts: the rows of each stay together."));
}

QStringList TableFiles::inReadingOrder() const {
    const auto first = std::ranges::find_if(m_files, trains);
    if (first == m_files.end()) return {};
    QStringList paths{first->path};
    for (const TableFile& file : m_files)
        if (&file != &*first) paths += file.path;
    return paths;
}

}  // namespace perceptory::window
