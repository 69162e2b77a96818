#include "ui/window/TableDialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "ui/document/Aside.h"
#include "ui/document/EngineText.h"
#include "ui/document/TableGuess.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/WindowSize.h"
#include "ui/window/SplitFields.h"
#include "ui/window/TableCheck.h"
#include "ui/window/TableColumns.h"
#include "ui/window/TableFiles.h"
#include "ui/window/TableLook.h"
#include "ui/window/TableStyle.h"
#include "ui/window/TableTargets.h"
#include "ui/window/WarningList.h"

namespace perceptory::window {

using base::Json;

namespace {

constexpr QSize usualSize{880, 600};
constexpr int widestColumn = 160, measuredColumns = 64, fewestRowsSeen = 96, warningLines = 3;

QString titleOf(const document::TableChoices& choices) {
    const QString name = QFileInfo(choices.path).fileName();
    if (choices.files.size() < 2) return TableDialog::tr("Table %1").arg(name);
    return TableDialog::tr("Table %1 and %n more", nullptr, static_cast<int>(choices.files.size()) - 1).arg(name);
}

bool begins(const std::string& text, const char* with) { return text.rfind(with, 0) == 0; }

// What is said names the file itself where `where` is its name.
QString sentenceOf(const base::Problem& problem) {
    const bool path = begins(problem.where, "data.") || problem.sentence.find(problem.where) != std::string::npos;
    const std::string sentence = (path ? "" : problem.where + ": ") + problem.sentence;
    return (QString::fromStdString(sentence) + " " + document::remedyText(problem)).trimmed();
}

}  // namespace

TableDialog::TableDialog(document::Document& document, document::TableChoices choices, QWidget* parent)
    : QDialog(parent),
      m_document(document),
      m_asked(std::move(choices)),
      m_preview(new PreviewModel(this)),
      m_inputs(new InputsModel(this)),
      m_fields(new QWidget),
      m_rows(new QTableView),
      m_size(new QLabel),
      m_files(new TableFiles(m_asked.files)),
      m_style(new TableStyle(m_asked.parameters)),
      m_targets(new TableTargets),
      m_split(new SplitFields(Qt::Horizontal)),
      m_check(new TableCheck(document, this)),
      m_warnings(new WarningList),
      m_fileFault(fault()),
      m_busy(new QProgressBar),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setWindowTitle(titleOf(m_asked));
    setObjectName("tableDialog");
    m_rows->setModel(m_preview);
    m_rows->setAccessibleName(tr("First rows of the table"));
    m_rows->setSelectionMode(QAbstractItemView::NoSelection);
    m_rows->setTabKeyNavigation(false);
    m_rows->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_rows->setMinimumHeight(fewestRowsSeen);
    m_size->setTextFormat(Qt::PlainText);
    m_size->setForegroundRole(QPalette::PlaceholderText);
    auto* fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->addWidget(buildReader());
    fields->addWidget(m_files);
    connect(m_files, &TableFiles::changed, this, &TableDialog::look);
    fields->addWidget(m_style);
    connect(m_style, &TableStyle::changed, this, &TableDialog::look);
    fields->addWidget(m_rows, 1);
    fields->addWidget(m_size);
    fields->addWidget(m_fileFault);
    fields->addWidget(buildUse());
    fields->addWidget(m_split);
    m_split->show(m_asked.shares, false);
    connect(m_split, &SplitFields::changed, this, &TableDialog::judge);
    m_warnings->setFixedHeight(warningLines * (fontMetrics().lineSpacing() + 2) + 2 * m_warnings->frameWidth());
    fields->addWidget(m_warnings);
    connect(m_check, &TableCheck::found, this, &TableDialog::tell);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Reading the table"));
    m_busy->hide();
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Use this table"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &TableDialog::apply);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_fields, 1);
    column->addWidget(m_busy);
    column->addWidget(m_buttons);
    resize(widgets::onScreen(*this, usualSize));
    setReady(false);
    look();
}

TableDialog::~TableDialog() { m_stop.request_stop(); }

QLabel* TableDialog::fault() {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setProperty("fault", true);
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, widgets::themed(widgets::ColourRole::Error));
    label->setPalette(palette);
    label->hide();
    return label;
}

// Shown where there is a choice.
QWidget* TableDialog::buildReader() {
    m_readerRow = new QWidget;
    auto* row = new QHBoxLayout(m_readerRow);
    row->setContentsMargins(0, 0, 0, 0);
    m_reader = new QComboBox;
    m_reader->setAccessibleName(tr("Read as"));
    auto* name = new QLabel(tr("&Read as"));
    name->setBuddy(m_reader);
    row->addWidget(name);
    row->addWidget(m_reader);
    row->addStretch(1);
    m_readerRow->hide();
    connect(m_reader, &QComboBox::activated, this, [this](int index) {
        const QString id = m_reader->itemData(index).toString();
        if (id == QStringLiteral("csv")) return;
        reject();
        emit readerWanted(id);
    });
    return m_readerRow;
}

void TableDialog::setReaders(const std::vector<std::string>& readers) {
    for (const std::string& id : readers)
        m_reader->addItem(document::shelfText(data::readers().get(id, "data.reader").label),
                          QString::fromStdString(id));
    m_reader->setCurrentIndex(m_reader->findData(QStringLiteral("csv")));
    m_readerRow->setVisible(readers.size() > 1);
}

QWidget* TableDialog::buildUse() {
    auto* group = new QWidget;
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* target = new QLabel(tr("&Predict"));
    target->setBuddy(m_targets->buddy());
    form->addRow(target, m_targets);
    const auto add = [&](const QString& name, QComboBox* box) {
        box->setAccessibleName(QString(name).remove('&'));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        form->addRow(name, box);
    };
    m_task = new QComboBox;
    m_task->addItem(tr("As its values suggest"), -1);
    m_task->addItem(tr("Classes: which of several kinds"), static_cast<int>(data::Task::Classification));
    m_task->addItem(tr("Numbers: how much"), static_cast<int>(data::Task::Regression));
    if (m_asked.task) m_task->setCurrentIndex(m_task->findData(static_cast<int>(*m_asked.task)));
    add(tr("&As"), m_task);
    form->addRow(m_targetFault = fault());
    m_missing = new QComboBox;
    m_missing->addItem(tr("Leave their rows out"), "drop");
    m_missing->addItem(tr("Fill in the mean of the column"), "mean");
    m_missing->setToolTip(tr("Empty cells, ?, -, NA and nan. The mean is that of the training rows."));
    m_missing->setCurrentIndex(m_asked.missing == "mean" ? 1 : 0);
    add(tr("&Missing cells"), m_missing);
    form->addRow(m_missingFault = fault());
    m_badRows = new QComboBox;
    m_badRows->addItem(tr("Stop and say which"), "stop");
    m_badRows->addItem(tr("Leave them out"), "skip");
    m_badRows->setToolTip(tr("Rows with too few or too many cells"));
    if (m_asked.parameters.is_object() && m_asked.parameters.value("bad_rows", Json()) == "skip")
        m_badRows->setCurrentIndex(1);
    add(tr("&Bad rows"), m_badRows);
    connect(m_badRows, &QComboBox::activated, this, &TableDialog::look);
    connect(m_missing, &QComboBox::activated, this, &TableDialog::judge);
    connect(m_task, &QComboBox::activated, this, &TableDialog::judge);
    connect(m_targets, &TableTargets::chosen, this, &TableDialog::targetChosen);
    row->addLayout(form, 1);
    row->addSpacing(12);
    row->addWidget(buildInputs(), 1);
    return group;
}

QWidget* TableDialog::buildInputs() {
    auto* group = new QWidget;
    auto* column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(new TableColumns(m_inputs), 1);
    column->addWidget(m_inputsFault = fault());
    connect(m_inputs, &InputsModel::ticked, this, &TableDialog::inputsTicked);
    return group;
}

// Only the answer to the last question counts.
void TableDialog::look() {
    const unsigned number = ++m_looks;
    showShares();
    const QStringList paths = readingOrder();
    if (paths.isEmpty()) return refuseWithoutTraining();
    new document::Aside(this, [this, number, paths, asked = parameters()] {
        TableLook found = lookAtTables(paths, asked);
        return [this, number, found = std::move(found)] {
            if (number != m_looks) return;
            m_readable = found.problems.empty() && !found.preview.columns.empty();
            if (!found.preview.columns.empty()) showPreview(found.preview);
            judge();
            if (!m_readable) showFaults(found.problems);
        };
    });
}

QStringList TableDialog::readingOrder() const {
    return m_files->files().empty() ? QStringList{m_asked.path} : m_files->inReadingOrder();
}

void TableDialog::refuseWithoutTraining() {
    m_readable = false;
    judge();
    showFaults({{"data.paths", base::Severity::Error, tr("No file is there to train.").toStdString(),
                 tr("Choose “Training” for one at least.").toStdString()}});
}

void TableDialog::showPreview(const data::FilePreview& preview) {
    std::vector<std::string> names;
    for (const data::ColumnSummary& column : preview.columns) names.push_back(column.name);
    m_preview->show(preview);
    m_style->showFound(preview.parameters);
    const auto rows = static_cast<int>(preview.looked);
    const QString columns = tr("Columns: %Ln", nullptr, static_cast<int>(names.size()));
    const QString seen = preview.isAll ? tr("rows: %Ln", nullptr, rows)
                                       : tr("the first %Ln rows were looked at, there are more", nullptr, rows);
    const QString size = QStringLiteral("%1 · %2").arg(columns, seen);
    m_size->setText(m_files->files().size() < 2
                        ? size
                        : QStringLiteral("%1 · %2").arg(QFileInfo(readingOrder().front()).fileName(), size));
    if (names != m_names && !names.empty()) {
        m_names = std::move(names);
        begin(preview);
    } else if (!m_names.empty() && !names.empty()) {
        m_inputs->renew(preview);
        m_targets->renew(preview.columns);
    }
    if (!m_names.empty()) inputsTicked();
    for (int i = 0; i < std::min(m_preview->columnCount(), measuredColumns); ++i) {
        m_rows->resizeColumnToContents(i);
        m_rows->setColumnWidth(i, std::clamp(m_rows->columnWidth(i), 48, widestColumn));
    }
}

// The choices there were, where they fit these columns, else guesses.
void TableDialog::begin(const data::FilePreview& preview) {
    const bool asked = !m_begun && (!m_asked.target.empty() || m_asked.targetIndex || !m_asked.features.is_null());
    m_begun = true;
    std::vector<std::size_t> targets = asked ? askedTargets() : std::vector<std::size_t>{};
    const bool allThere = targets.size() == 1 + m_asked.moreTargets.size();
    m_keptTargets = allThere ? targets : std::vector<std::size_t>{};
    if (targets.empty()) targets = {document::guessTarget(preview)};
    m_targets->showColumns(preview.columns, std::move(targets));
    showTask();
    m_inputs->show(preview, firstChoice(preview, asked), m_targets->targets());
    m_keptInputs = m_inputs->inputs();
    m_keptUses = m_inputs->uses();
}

std::vector<std::size_t> TableDialog::askedTargets() const {
    std::vector<std::size_t> targets;
    const auto count = static_cast<std::int64_t>(m_names.size());
    const auto add = [&](std::int64_t place) {
        const auto target = static_cast<std::size_t>(place);
        if (place >= 0 && place < count && std::ranges::find(targets, target) == targets.end())
            targets.push_back(target);
    };
    const auto addName = [&](const std::string& name) { add(std::ranges::find(m_names, name) - m_names.begin()); };
    if (!m_asked.target.empty()) {
        addName(m_asked.target);
        for (const std::string& name : m_asked.moreTargets) addName(name);
    } else if (m_asked.targetIndex) {
        add(*m_asked.targetIndex < 0 ? *m_asked.targetIndex + count : *m_asked.targetIndex);
    }
    return targets;
}

InputsModel::Choice TableDialog::firstChoice(const data::FilePreview& preview, bool asked) {
    InputsModel::Choice choice{document::guessInputs(preview, m_targets->targets()), {}};
    choice.uses.resize(m_names.size(), data::ColumnUse::Auto);
    if (!asked) return choice;
    const auto placeOf = [&](const Json& name) {
        return std::ranges::find(m_names, name.is_string() ? name.get<std::string>() : "") - m_names.begin();
    };
    for (std::size_t i = 0; i < m_names.size() && m_asked.features.is_null(); ++i)
        choice.inputs[i] = document::useOf(preview.columns[i], preview.looked) != data::ColumnUse::Ignore;
    if (m_asked.features.is_array()) {
        m_formulas = Json::array();
        choice.inputs.assign(m_names.size(), false);
        for (const Json& feature : m_asked.features) {
            const auto place = static_cast<std::size_t>(placeOf(feature));
            if (place == m_names.size())
                m_formulas.push_back(feature);
            else
                choice.inputs[place] = true;
        }
    }
    if (!m_asked.columns.is_object()) return choice;
    for (const auto& [name, word] : m_asked.columns.items()) {
        const auto place = static_cast<std::size_t>(placeOf(name));
        const auto use = std::ranges::find(data::columnUseWords(), word.is_string() ? word.get<std::string>() : "auto");
        if (place == m_names.size() || use == data::columnUseWords().end()) continue;
        choice.uses[place] = static_cast<data::ColumnUse>(use - data::columnUseWords().begin());
        if (choice.uses[place] == data::ColumnUse::Ignore)
            choice.inputs[place] = false;
        else if (m_asked.features.is_null())
            choice.inputs[place] = true;
    }
    return choice;
}

void TableDialog::targetChosen() {
    m_task->setCurrentIndex(0);
    showTask();
    m_inputs->setTargets(m_targets->targets());
}

// Several targets are numbers.
void TableDialog::showTask() {
    const bool several = m_targets->targets().size() > 1;
    if (several) m_task->setCurrentIndex(m_task->findData(static_cast<int>(data::Task::Regression)));
    m_task->setEnabled(!several);
}

// Files that are the parts need no shares.
void TableDialog::showShares() {
    m_split->setHidden(std::ranges::any_of(m_files->files(), [](const auto& file) { return file.part != "train"; }));
}

void TableDialog::judge() {
    base::Problems problems = m_preview->preview().problems;
    const base::Problems sure = m_readable ? obstacles() : base::Problems{};
    problems.insert(problems.end(), sure.begin(), sure.end());
    if (m_readable && sure.empty() && isOneClass())
        problems.push_back({"data.target", base::Severity::Error,
                            tr("All rows are of one class, so there is nothing to learn.").toStdString(),
                            tr("Choose another target, or add rows of a second class.").toStdString()});
    showFaults(m_readable ? problems : base::Problems{});
    setReady(m_readable && sure.empty());
    m_check->stop();
    m_warnings->showLines({}, m_ready ? QStringList{tr("Looking for what is suspicious…")} : QStringList{});
    if (m_ready) m_check->ask(choices());
}

base::Problems TableDialog::obstacles() const {
    const std::vector<data::ColumnSummary>& columns = m_preview->preview().columns;
    const auto problem = [](const char* where, const QString& sentence, const QString& remedy) {
        return base::Problem{where, base::Severity::Error, sentence.toStdString(), remedy.toStdString()};
    };
    if (columns.size() < 2)
        return {problem("data.path", tr("The table has one column, and two are needed: one to predict, one to see."),
                        tr("If its cells are divided by another sign, choose it as the separator."))};
    base::Problems problems;
    const std::vector<std::size_t>& targets = m_targets->targets();
    const auto isText = [&](std::size_t target) { return !columns[target].isNumeric; };
    const auto text = std::ranges::find_if(targets, isText);
    if (targets.size() > 1 && text != targets.end())
        problems.push_back(problem("data.target",
                                   tr("“%1” holds no numbers, so it cannot be predicted together with other columns.")
                                       .arg(QString::fromStdString(m_names[*text])),
                                   tr("Predict it alone, or leave it out of those that are predicted.")));
    if (std::ranges::count(m_inputs->inputs(), true) == 0 && m_formulas.empty())
        problems.push_back(problem("data.features", tr("No column is an input, so the network would see nothing."),
                                   tr("Tick one at least.")));
    return problems;
}

void TableDialog::tell(const TableFound& found) {
    if (found.isRead) {
        const bool isFine = found.warnings.isEmpty() && found.notes.isEmpty();
        return m_warnings->showLines(found.warnings,
                                     isFine ? QStringList{tr("Nothing suspicious was found.")} : found.notes);
    }
    m_warnings->showLines({}, {});
    if (faults().isEmpty()) showFaults(found.faults);
}

QStringList TableDialog::warnings() const { return m_warnings->lines(); }

// Numbers are classes when the user says so, or, as the reader has it, where they are whole.
bool TableDialog::isOneClass() const {
    const data::FilePreview& preview = m_preview->preview();
    if (!preview.isAll || m_targets->targets().size() != 1) return false;
    const std::size_t target = m_targets->targets().front();
    if (target >= preview.columns.size() || preview.columns[target].distinct != 1) return false;
    const int task = m_task->currentData().toInt();
    if (task >= 0) return task == static_cast<int>(data::Task::Classification);
    if (!preview.columns[target].isNumeric) return true;
    return std::ranges::none_of(preview.rows, [&](const std::vector<std::string>& row) {
        return target < row.size() && row[target].find_first_of(".,") != std::string::npos;
    });
}

void TableDialog::inputsTicked() {
    m_preview->mark(m_inputs->targets(), m_inputs->inputs());
    judge();
}

Json TableDialog::parameters() const {
    Json result = m_style->parameters();
    if (m_badRows->currentIndex() > 0) result["bad_rows"] = m_badRows->currentData().toString().toStdString();
    return result;
}

Json TableDialog::features() const {
    const std::vector<bool> inputs = m_inputs->inputs();
    const auto chosen = static_cast<std::size_t>(std::ranges::count(inputs, true));
    if (chosen + m_targets->targets().size() == inputs.size() && m_formulas.empty() && m_inputs->guessesAll())
        return nullptr;
    Json list = Json::array();
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (inputs[i]) list.push_back(m_names[i]);
    for (const Json& formula : m_formulas) list.push_back(formula);
    return list;
}

document::TableChoices TableDialog::choices() const {
    document::TableChoices choices;
    choices.files = m_files->files();
    choices.path = readingOrder().value(0, m_asked.path);
    fillTarget(choices);
    if (m_task->currentIndex() > 0) choices.task = static_cast<data::Task>(m_task->currentData().toInt());
    const bool isKept =
        m_targets->targets() == m_keptTargets && m_inputs->inputs() == m_keptInputs && m_inputs->uses() == m_keptUses;
    choices.features = isKept ? m_asked.features : features();
    choices.columns = isKept ? m_asked.columns : m_inputs->uses();
    choices.parameters = parameters();
    choices.missing = m_missing->currentData().toString().toStdString();
    choices.shares = m_split->shares();
    return choices;
}

void TableDialog::fillTarget(document::TableChoices& choices) const {
    const std::vector<std::size_t>& targets = m_targets->targets();
    if (targets.empty()) return;
    if (targets == m_keptTargets) {
        choices.target = m_asked.target;
        choices.moreTargets = m_asked.moreTargets;
        choices.targetIndex = m_asked.targetIndex;
    } else {
        choices.target = m_names[targets.front()];
        for (auto more = targets.begin() + 1; more != targets.end(); ++more)
            choices.moreTargets.push_back(m_names[*more]);
    }
}

void TableDialog::apply() {
    if (!m_ready) return;
    m_check->stop();
    showFaults({});
    setReading(true);
    m_stop = {};
    document::openTable(m_document, choices(), m_stop.get_token(), [this](const base::Problems& problems) {
        setReading(false);
        if (problems.empty()) return accept();
        showFaults(problems);
        m_targets->setFocus();
        m_check->ask(choices());
    });
}

void TableDialog::setReading(bool reading) {
    m_fields->setEnabled(!reading);
    m_busy->setVisible(reading);
    setReady(!reading);
}

void TableDialog::setReady(bool ready) {
    m_ready = ready;
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(ready);
}

void TableDialog::showFaults(const base::Problems& problems) {
    std::map<QLabel*, QStringList> texts;
    for (const base::Problem& problem : problems) {
        if (problem.severity != base::Severity::Error) continue;
        const bool inputs = begins(problem.where, "data.features") || begins(problem.where, "data.columns");
        QLabel* label = begins(problem.where, "data.target") ? m_targetFault
                        : inputs                             ? m_inputsFault
                        : problem.where == "data"            ? m_missingFault
                                                             : m_fileFault;
        texts[label] += sentenceOf(problem);
    }
    for (QLabel* label : {m_fileFault, m_targetFault, m_inputsFault, m_missingFault}) {
        label->setText(texts[label].join('\n'));
        label->setVisible(!texts[label].isEmpty());
    }
}

QString TableDialog::faults() const {
    QStringList lines;
    for (const QLabel* label : {m_fileFault, m_targetFault, m_inputsFault, m_missingFault})
        if (!label->text().isEmpty()) lines += label->text();
    return lines.join('\n');
}

}  // namespace perceptory::window
