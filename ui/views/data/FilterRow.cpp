#include "ui/views/data/FilterRow.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {

constexpr int all = -1;

void addField(QHBoxLayout* row, QLabel* label, QWidget* field) {
    label->setBuddy(field);
    row->addWidget(label);
    row->addWidget(field);
    row->addSpacing(8);
}

}  // namespace

FilterRow::FilterRow(SampleList& list, QWidget* parent)
    : QWidget(parent),
      m_list(list),
      m_part(new QComboBox),
      m_classLabel(new QLabel(tr("&Class"))),
      m_class(new QComboBox),
      m_search(new QLineEdit),
      m_looks(new QButtonGroup(this)),
      m_fault(new QLabel) {
    buildFields();
    auto* row = new QHBoxLayout;
    addField(row, new QLabel(tr("&Part")), m_part);
    addField(row, m_classLabel, m_class);
    addField(row, new QLabel(tr("&Search")), m_search);
    row->setStretchFactor(m_search, 1);
    buildLooks();
    for (QAbstractButton* look : m_looks->buttons()) row->addWidget(look);
    row->setSpacing(4);
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setWordWrap(true);
    m_fault->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_fault);
    connect(m_part, &QComboBox::activated, this, &FilterRow::apply);
    connect(m_class, &QComboBox::activated, this, &FilterRow::apply);
    connect(m_search, &QLineEdit::textChanged, this, &FilterRow::apply);
    connect(&m_list, &SampleList::datasetChanged, this, &FilterRow::showDataset);
    connect(&m_list, &SampleList::rowsChanged, this, &FilterRow::showFault);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &FilterRow::showFault);
    showDataset();
}

void FilterRow::buildFields() {
    m_part->setAccessibleName(tr("Part of the data"));
    m_part->addItem(tr("All parts"), all);
    for (const SamplePart part : {SamplePart::Training, SamplePart::Validation, SamplePart::Test})
        m_part->addItem(partName(part), static_cast<int>(part));
    m_class->setAccessibleName(tr("Class shown"));
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_class->setMaximumWidth(200);
    m_search->setAccessibleName(tr("Search the samples"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(140);
}

void FilterRow::buildLooks() {
    const auto add = [this](const QString& text, const QString& help, bool prepared) {
        auto* button = new QRadioButton(text);
        button->setToolTip(help);
        m_looks->addButton(button, prepared);
    };
    add(tr("As &read"), tr("The values of the source"), false);
    add(tr("As the &network sees it"), tr("After features and preprocessing"), true);
    m_looks->button(0)->setChecked(true);
    connect(m_looks, &QButtonGroup::idClicked, this, [this](int id) { m_list.setPrepared(id == 1); });
}

QAbstractButton* FilterRow::lookButton(bool prepared) const { return m_looks->button(prepared); }

QString FilterRow::faultText() const { return m_fault->isHidden() ? QString() : m_fault->text(); }

// The fields show what the list has kept of the filter.
void FilterRow::showDataset() {
    const QSignalBlocker quietPart(m_part), quietClass(m_class), quietSearch(m_search);
    const auto& dataset = m_list.dataset();
    const SampleFilter& filter = m_list.filter();
    m_class->clear();
    m_class->addItem(tr("All classes"), all);
    const bool classes = dataset && hasClasses(*dataset);
    for (int i = 0; classes && i < static_cast<int>(dataset->classes()); ++i)
        m_class->addItem(className(*dataset, i), i);
    m_class->setVisible(classes);
    m_classLabel->setVisible(classes);
    m_class->setCurrentIndex(m_class->findData(filter.cls.value_or(all)));
    m_part->setCurrentIndex(m_part->findData(filter.part ? static_cast<int>(*filter.part) : all));
    m_search->setText(filter.search);
    const bool columns = dataset && !dataset->rawNames.empty() && !hasImages(*dataset);
    m_search->setPlaceholderText(columns ? tr("Words, or such as %1>0.5").arg(searchName(dataset->rawNames.front()))
                                         : tr("Words of a class, or such as row<100"));
    m_search->setToolTip(tr(
        "Words of the class or of a column; a column with = != < > <= >= and a value; row for the number of the row. "
        "Several may follow one another and must all hold."));
}

void FilterRow::showFault() {
    QPalette palette = m_fault->palette();
    palette.setColor(QPalette::WindowText, widgets::themed(widgets::ColourRole::Error));
    m_fault->setPalette(palette);
    m_fault->setText(m_list.fault());
    m_fault->setVisible(!m_list.fault().isEmpty());
}

void FilterRow::apply() {
    SampleFilter filter;
    if (const int part = m_part->currentData().toInt(); part != all) filter.part = static_cast<SamplePart>(part);
    if (const int cls = m_class->currentData().toInt(); cls != all && m_class->count() > 1) filter.cls = cls;
    filter.search = m_search->text();
    m_list.setFilter(filter);
}

}  // namespace perceptory::views
