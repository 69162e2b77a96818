#include "ui/views/data/SplitPanel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>

#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/PreparationCommands.h"
#include "ui/views/data/Faults.h"

namespace perceptory::views {

namespace {

constexpr int mostFolds = 1000, fieldWidth = 260;

void put(QSpinBox& spin, double value) {
    const QSignalBlocker quiet(&spin);
    spin.setValue(qRound(value));
}

}  // namespace

SplitPanel::SplitPanel(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_rows(new QFormLayout(this)),
      m_test(new QLabel),
      m_counts(new QLabel),
      m_faults(faultLabel()) {
    m_rows->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    buildMode();
    buildShares();
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    m_rows->addRow(m_counts);
    m_rows->addRow(m_faults);
    buildSeed();
    buildBalance();
    connect(&m_document, &document::Document::changed, this, [this](const document::Change& change) {
        if (change.parts & document::DataPart) showDocument();
    });
    showDocument();
}

void SplitPanel::addRow(const QString& name, QWidget* field, const QString& help) {
    field->setToolTip(help);
    field->setAccessibleDescription(help);
    m_rows->addRow(name, field);
    if (field->accessibleName().isEmpty()) field->setAccessibleName(QString(name).remove('&'));
}

QSpinBox* SplitPanel::spin(int least, int most, const QString& suffix) {
    auto* spin = new QSpinBox;
    spin->setRange(least, most);
    spin->setSuffix(suffix);
    spin->setKeyboardTracking(false);
    return spin;
}

void SplitPanel::buildMode() {
    m_mode = new QComboBox;
    m_mode->addItem(tr("By chance, every class alike"), "random");
    m_mode->addItem(tr("In the order of the rows"), "ordered");
    m_mode->addItem(tr("Whole groups of rows"), "group");
    m_mode->addItem(tr("In folds, one of which tests"), "k_fold");
    m_mode->addItem(tr("As the files are"), "files");
    m_mode->setMinimumWidth(fieldWidth);
    addRow(tr("&Part the rows"), m_mode,
           tr("Groups keep rows together that belong to one person, place or thing. Folds take turns in testing. Files "
              "are for sources that come in parts."));
    m_column = new QComboBox;
    m_column->setEditable(true);
    m_column->setInsertPolicy(QComboBox::NoInsert);
    m_column->setMinimumWidth(fieldWidth);
    addRow(tr("&Column of the groups"), m_column, tr("Rows with the same value in this column stay together"));
    m_column->lineEdit()->setAccessibleName(tr("Column of the groups"));
    m_folds = spin(2, mostFolds, {});
    addRow(tr("&Folds"), m_folds, tr("Into how many equal parts the rows are cut"));
    m_fold = spin(1, mostFolds, {});
    addRow(tr("Fold that &tests"), m_fold, tr("Counted from 1; the others train"));
    connect(m_mode, &QComboBox::activated, this,
            [this] { document::setSplitMode(m_document, m_mode->currentData().toString().toStdString()); });
    const auto setColumn = [this] {
        const std::string column = m_column->currentText().trimmed().toStdString();
        if (column != m_document.spec().data.split.column) document::setSplitDetail(m_document, "column", column);
    };
    connect(m_column, &QComboBox::activated, this, setColumn);
    connect(m_column->lineEdit(), &QLineEdit::editingFinished, this, setColumn);
    connect(m_folds, &QSpinBox::valueChanged, this,
            [this](int folds) { document::setSplitDetail(m_document, "folds", folds); });
    connect(m_fold, &QSpinBox::valueChanged, this,
            [this](int fold) { document::setSplitDetail(m_document, "fold", fold - 1); });
}

void SplitPanel::buildShares() {
    m_train = spin(1, 100, tr(" %"));
    addRow(tr("Tra&in"), m_train, tr("Share of the rows the network learns from"));
    m_validation = spin(0, 99, tr(" %"));
    addRow(tr("&Validate"), m_validation, tr("Share of the rows that tells when to stop and which settings are best"));
    addRow(tr("Test"), m_test, tr("The rest: rows that are looked at only to measure"));
    for (QSpinBox* share : {m_train, m_validation})
        connect(share, &QSpinBox::valueChanged, this, &SplitPanel::setShare);
}

void SplitPanel::buildSeed() {
    m_seedRow = new QWidget;
    auto* row = new QHBoxLayout(m_seedRow);
    row->setContentsMargins(0, 0, 0, 0);
    m_seed = new QLineEdit;
    m_seed->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{1,18}")), m_seed));
    m_seed->setAccessibleName(tr("Seed of the data"));
    m_seedRow->setFocusProxy(m_seed);
    auto* dice = new QPushButton(tr("&New seed"));
    dice->setAutoDefault(false);
    dice->setToolTip(tr("Part the rows by other chance; generated data are drawn anew"));
    row->addWidget(m_seed, 1);
    row->addWidget(dice);
    m_seedRow->setMinimumWidth(fieldWidth);
    addRow(tr("&Seed"), m_seedRow, tr("The same seed gives the same parts"));
    connect(dice, &QPushButton::clicked, this, [this] { document::newDataSeed(m_document); });
    connect(m_seed, &QLineEdit::editingFinished, this, [this] {
        bool ok = false;
        const qulonglong seed = m_seed->text().toULongLong(&ok);
        if (ok && seed != m_document.spec().data.seed) document::setDataSeed(m_document, seed);
    });
}

void SplitPanel::buildBalance() {
    m_balance = new QComboBox;
    m_balance->setMinimumWidth(fieldWidth);
    const auto add = [this](const QString& text, data::Balance balance) {
        m_balance->addItem(text, static_cast<int>(balance));
    };
    add(tr("Leave classes as they are"), data::Balance::None);
    add(tr("Draw each class equally often"), data::Balance::WeightedSampling);
    add(tr("Repeat rows of small classes"), data::Balance::Oversample);
    add(tr("Leave out rows of large classes"), data::Balance::Undersample);
    addRow(tr("&Balance"), m_balance,
           tr("What an epoch does about classes of unequal size: weighted sampling, oversampling or undersampling"));
    connect(m_balance, &QComboBox::activated, this,
            [this] { document::setBalance(m_document, static_cast<data::Balance>(m_balance->currentData().toInt())); });
}

void SplitPanel::setShare() {
    const bool folds = m_document.spec().data.split.mode == "k_fold";
    if (folds) return document::setSplitDetail(m_document, "validation", m_validation->value() / 100.0);
    document::setShares(m_document, m_train->value() / 100.0, m_validation->value() / 100.0);
}

void SplitPanel::showDocument() {
    const data::DataSpec& spec = m_document.spec().data;
    const data::SplitSpec& split = spec.split;
    const bool file = spec.source == data::SourceKind::File;
    offer("group", file);
    offer("files", file || spec.source == data::SourceKind::Dataset);
    m_mode->setCurrentIndex(m_mode->findData(QString::fromStdString(split.mode)));
    m_validation->setMaximum(split.mode == "k_fold" ? 99 : std::max(0, 100 - qRound(100 * split.train)));
    m_train->setMaximum(std::max(1, 100 - qRound(100 * split.validation)));
    put(*m_train, 100 * split.train);
    put(*m_validation, 100 * split.validation);
    m_test->setText(tr("%1 %, the rest").arg(qRound(100 * split.test)));
    m_fold->setMaximum(static_cast<int>(std::min<std::int64_t>(split.folds, mostFolds)));
    put(*m_folds, static_cast<double>(split.folds));
    put(*m_fold, static_cast<double>(split.fold + 1));
    if (!m_column->lineEdit()->hasFocus()) m_column->setEditText(QString::fromStdString(split.column));
    if (!m_seed->hasFocus()) m_seed->setText(QString::number(spec.seed));
    m_balance->setCurrentIndex(m_balance->findData(static_cast<int>(spec.balance)));
    showFields(split);
}

void SplitPanel::offer(const char* mode, bool possible) {
    auto* items = qobject_cast<QStandardItemModel*>(m_mode->model());
    items->item(m_mode->findData(mode))->setEnabled(possible);
}

void SplitPanel::showFields(const data::SplitSpec& split) {
    const bool folds = split.mode == "k_fold", shares = !folds && split.mode != "files";
    m_rows->setRowVisible(m_column, split.mode == "group");
    m_rows->setRowVisible(m_folds, folds);
    m_rows->setRowVisible(m_fold, folds);
    m_rows->setRowVisible(m_train, shares);
    m_rows->setRowVisible(m_validation, shares || folds);
    m_rows->setRowVisible(m_test, shares);
}

void SplitPanel::showDataset(const data::Dataset* dataset) {
    m_counts->setText(dataset ? tr("Rows: %1 train, %2 validate, %3 test.")
                                    .arg(dataset->parts.train.size())
                                    .arg(dataset->parts.validation.size())
                                    .arg(dataset->parts.test.size())
                              : QString());
    const QString column = m_column->currentText();
    const QSignalBlocker quiet(m_column);
    m_column->clear();
    if (dataset && dataset->rawNames.size() <= 1000)
        for (const std::string& name : dataset->rawNames) m_column->addItem(QString::fromStdString(name));
    m_column->setEditText(column);
}

void SplitPanel::showProblems(const base::Problems& problems) { showFaults(*m_faults, problems); }

}  // namespace perceptory::views
