#include "ui/views/data/SampleDetail.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "ui/document/commands/RowCommands.h"
#include "ui/views/data/EditsDialog.h"
#include "ui/views/data/SamplePicture.h"

namespace perceptory::views {

namespace {

constexpr std::size_t mostValues = 4096;  // lines of values

QString counted(std::size_t number) { return QLocale().toString(static_cast<qulonglong>(number)); }

}  // namespace

SampleValues::SampleValues(SampleList& list, QObject* parent) : QAbstractTableModel(parent), m_list(list) {
    const auto renew = [this] {
        beginResetModel();
        m_values.clear();
        std::vector<float> scratch;
        if (m_list.dataset() && m_list.current()) {
            const auto values = valuesOf(*m_list.dataset(), *m_list.current(), m_list.isPrepared(), scratch);
            m_values.assign(values.begin(),
                            values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), mostValues)));
        }
        endResetModel();
    };
    connect(&m_list, &SampleList::chosenChanged, this, renew);
    connect(&m_list, &SampleList::preparedChanged, this, renew);
    renew();
}

int SampleValues::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_values.size());
}

QVariant SampleValues::data(const QModelIndex& index, int role) const {
    const auto place = static_cast<std::size_t>(index.row());
    if (!index.isValid() || !m_list.dataset() || place >= m_values.size()) return {};
    if (role == Qt::TextAlignmentRole && index.column() == 1) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    if (index.column() == 1) return valueText(*m_list.dataset(), place, m_list.isPrepared(), m_values[place]);
    const auto& names = columnNames(*m_list.dataset(), m_list.isPrepared());
    return place < names.size() ? QString::fromStdString(names[place]) : QString();
}

QVariant SampleValues::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
    return section == 0 ? tr("Column") : tr("Value");
}

SampleDetail::SampleDetail(document::Document& document, SampleList& list, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_list(list),
      m_head(new QLabel),
      m_where(new QLabel),
      m_target(new QLabel),
      m_picture(new SamplePicture),
      m_values(new QTableView),
      m_classLabel(new QLabel(tr("C&lass"))),
      m_class(new QComboBox),
      m_leaveOut(new QPushButton(tr("Leave &out"))),
      m_edits(new QPushButton) {
    build();
    connect(m_class, &QComboBox::activated, this, &SampleDetail::relabel);
    connect(m_leaveOut, &QPushButton::clicked, this, &SampleDetail::leaveOut);
    connect(m_edits, &QPushButton::clicked, this, &SampleDetail::openEdits);
    connect(&m_list, &SampleList::datasetChanged, this, &SampleDetail::showDataset);
    connect(&m_list, &SampleList::chosenChanged, this, &SampleDetail::showSample);
    connect(&m_list, &SampleList::preparedChanged, this, &SampleDetail::showSample);
    connect(&m_document, &document::Document::changed, this, [this](const document::Change& change) {
        if (!(change.parts & document::DataPart)) return;
        showEdits();
        showClass();
    });
    showDataset();
    showSample();
    showEdits();
}

void SampleDetail::build() {
    QFont bold = m_head->font();
    bold.setBold(true);
    m_head->setFont(bold);
    for (QLabel* label : {m_head, m_where, m_target}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_values->setModel(new SampleValues(m_list, this));
    m_values->setAccessibleName(tr("Values of the sample"));
    m_values->setSelectionMode(QTableView::SingleSelection);
    m_values->setTabKeyNavigation(false);
    m_values->setAlternatingRowColors(true);
    m_values->setWordWrap(false);
    m_values->verticalHeader()->hide();
    m_values->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_values->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_values->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_values->horizontalHeader()->setHighlightSections(false);
    m_classLabel->setBuddy(m_class);
    m_class->setAccessibleName(tr("Class of the chosen samples"));
    m_class->setToolTip(tr("Gives the chosen samples another class. The project keeps that; the file stays as it is."));
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_leaveOut->setToolTip(
        tr("Takes the chosen samples out of the data. The project keeps that; the file stays as it is."));
    m_edits->setToolTip(tr("What was left out or got another class, to be taken back"));
    auto* classRow = new QHBoxLayout;
    classRow->addWidget(m_classLabel);
    classRow->addWidget(m_class, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_leaveOut, 1);
    buttons->addWidget(m_edits, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_head);
    column->addWidget(m_where);
    column->addWidget(m_picture, 1);
    column->addWidget(m_values, 1);
    column->addWidget(m_target);
    column->addLayout(classRow);
    column->addLayout(buttons);
    setMinimumWidth(230);
}

void SampleDetail::showDataset() {
    const auto& dataset = m_list.dataset();
    const bool classes = dataset && hasClasses(*dataset), images = dataset && hasImages(*dataset);
    m_picture->setVisible(images);
    m_values->setVisible(!images);
    m_class->setVisible(classes);
    m_classLabel->setVisible(classes);
    m_target->setVisible(!classes);
    const QSignalBlocker quiet(m_class);
    m_class->clear();
    for (std::size_t i = 0; classes && i < dataset->classes(); ++i)
        m_class->addItem(className(*dataset, static_cast<int>(i)));
}

void SampleDetail::showSample() {
    const auto& dataset = m_list.dataset();
    const auto current = m_list.current();
    const bool any = dataset && current && m_list.isShown(*current);
    m_leaveOut->setEnabled(any);
    m_class->setEnabled(any);
    if (!any) {
        m_head->setText(tr("No sample"));
        m_where->clear();
        m_target->clear();
        m_picture->setImage({});
        return showClass();
    }
    const std::size_t row = std::size_t{dataset->sourceRow(*current)} + 1, chosen = m_list.chosen().size();
    m_head->setText(chosen > 1 ? tr("%1 samples chosen").arg(counted(chosen)) : tr("Row %1").arg(counted(row)));
    m_where->setText(chosen > 1 ? tr("The last one: row %1, %2").arg(counted(row), partName(m_list.part(*current)))
                                : tr("Part: %1").arg(partName(m_list.part(*current))));
    m_target->setText(tr("%1: %2").arg(targetTitle(*dataset), targetText(*dataset, *current)));
    m_picture->setImage(sampleImage(*dataset, *current, m_list.isPrepared()));
    showClass();
}

// What the project says counts before the data that are still read with it. Nothing where the chosen ones differ.
void SampleDetail::showClass() {
    const QSignalBlocker quiet(m_class);
    m_class->setCurrentIndex(-1);
    const auto& dataset = m_list.dataset();
    if (!dataset || !hasClasses(*dataset) || m_list.chosen().empty()) return;
    std::map<std::uint64_t, QString> edited;
    for (const data::RowEdit& edit : m_document.spec().data.edits)
        if (edit.label) edited[edit.row] = QString::fromStdString(*edit.label);
    std::optional<QString> common;
    for (const std::uint32_t row : m_list.chosen()) {
        const auto own = edited.find(dataset->sourceRow(row));
        const QString name = own != edited.end() ? own->second : className(*dataset, classOf(*dataset, row));
        if (common && *common != name) return;
        common = name;
    }
    m_class->setCurrentIndex(m_class->findText(*common, Qt::MatchExactly));
}

void SampleDetail::showEdits() {
    const std::size_t count = m_document.spec().data.edits.size();
    m_edits->setText(count == 0 ? tr("No &edits") : tr("&Edits: %1…").arg(counted(count)));
    m_edits->setEnabled(count > 0);
}

std::vector<std::uint32_t> SampleDetail::chosenSourceRows() const {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t row : m_list.chosen()) rows.push_back(m_list.dataset()->sourceRow(row));
    return rows;
}

void SampleDetail::relabel() {
    if (m_class->currentIndex() < 0 || m_list.chosen().empty()) return;
    document::relabelRows(m_document, chosenSourceRows(), m_class->currentText().toStdString());
}

void SampleDetail::leaveOut() {
    if (m_leaveOut->isEnabled()) document::excludeRows(m_document, chosenSourceRows());
}

void SampleDetail::openEdits() {
    auto* dialog = new EditsDialog(m_document, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}  // namespace perceptory::views
