#include "ui/window/TableDialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "engine/base/Error.h"
#include "ui/document/Aside.h"
#include "ui/document/EngineText.h"
#include "ui/document/TableGuess.h"
#include "ui/widgets/Theme.h"

namespace perceptory::window {

using base::Json;

namespace {

constexpr QSize usualSize{780, 560};
constexpr int widestColumn = 160, measuredColumns = 64;

struct Look {
    data::FilePreview preview;
    base::Problems problems;
};

Look lookAt(const QString& path, const Json& parameters) {
    const std::string file = path.toStdString(), name = QFileInfo(path).fileName().toStdString();
    try {
        return {data::readers().get("csv", "data.reader").preview(file, parameters), {}};
    } catch (const base::Error& error) {
        return {{}, {{name, base::Severity::Error, error.sentence(), {}}}};
    } catch (const std::exception& error) {
        return {{}, {{name, base::Severity::Error, error.what(), {}}}};
    }
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
      m_targets(new QStringListModel(this)),
      m_fields(new QWidget),
      m_rows(new QTableView),
      m_size(new QLabel),
      m_fileFault(fault()),
      m_busy(new QProgressBar),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setWindowTitle(tr("Table %1").arg(QFileInfo(m_asked.path).fileName()));
    setObjectName("tableDialog");
    m_rows->setModel(m_preview);
    m_rows->setAccessibleName(tr("First rows of the table"));
    m_rows->setSelectionMode(QAbstractItemView::NoSelection);
    m_rows->setTabKeyNavigation(false);
    m_rows->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_rows->setMinimumHeight(110);
    m_size->setTextFormat(Qt::PlainText);
    m_size->setForegroundRole(QPalette::PlaceholderText);
    auto* fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->addWidget(buildStyle());
    fields->addWidget(m_rows, 1);
    fields->addWidget(m_size);
    fields->addWidget(m_fileFault);
    fields->addWidget(buildUse());
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
    resize(usualSize);
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

QComboBox* TableDialog::style(const QString& name, const QString& id) {
    auto* box = new QComboBox;
    box->setObjectName(id);
    box->setAccessibleName(QString(name).remove('&'));
    box->addItem(tr("Automatic"), "auto");
    connect(box, &QComboBox::activated, this, &TableDialog::look);
    m_styles.push_back(box);
    return box;
}

QWidget* TableDialog::buildStyle() {
    auto* group = new QWidget;
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString& name, const QString& id,
                         const std::vector<std::pair<QString, QString>>& items) {
        QComboBox* box = style(name, id);
        for (const auto& [value, text] : items) box->addItem(text, value);
        if (m_asked.parameters.is_object()) {
            const auto asked = m_asked.parameters.find(id.toStdString());
            if (asked != m_asked.parameters.end() && asked->is_string())
                box->setCurrentIndex(std::max(0, box->findData(QString::fromStdString(asked->get<std::string>()))));
        }
        auto* label = new QLabel(name);
        label->setBuddy(box);
        row->addWidget(label);
        row->addWidget(box, 1);
        row->addSpacing(8);
    };
    add(tr("&Separator"), "delimiter",
        {{"comma", tr("Comma ,")}, {"semicolon", tr("Semicolon ;")}, {"tab", tr("Tab")}});
    add(tr("&First row"), "header", {{"yes", tr("Names")}, {"no", tr("Values")}});
    add(tr("&Decimal sign"), "decimal", {{"point", tr("Point 1.5")}, {"comma", tr("Comma 1,5")}});
    return group;
}

QWidget* TableDialog::buildUse() {
    auto* group = new QWidget;
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [&](const QString& name, QComboBox* box) {
        box->setAccessibleName(QString(name).remove('&'));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        form->addRow(name, box);
    };
    m_target = new QComboBox;
    m_target->setModel(m_targets);
    m_target->setToolTip(tr("The column the network learns to say"));
    add(tr("&Predict"), m_target);
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
    connect(m_task, &QComboBox::activated, this, &TableDialog::tellPreview);
    connect(m_target, &QComboBox::activated, this, &TableDialog::targetChosen);
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
    m_columns = new QListView;
    m_columns->setModel(m_inputs);
    m_columns->setUniformItemSizes(true);
    m_columns->setAccessibleName(tr("Inputs of the network"));
    m_columns->setMinimumHeight(96);
    auto* head = new QHBoxLayout;
    auto* name = new QLabel(tr("&Inputs"));
    name->setBuddy(m_columns);
    auto* all = new QPushButton(tr("A&ll"));
    auto* none = new QPushButton(tr("&None"));
    all->setAccessibleName(tr("All columns with numbers"));
    none->setAccessibleName(tr("No column"));
    head->addWidget(name, 1);
    for (QPushButton* button : {all, none}) {
        button->setAutoDefault(false);
        head->addWidget(button);
    }
    column->addLayout(head);
    column->addWidget(m_columns, 1);
    column->addWidget(m_inputsFault = fault());
    connect(all, &QPushButton::clicked, m_inputs, [this] { m_inputs->tick(true); });
    connect(none, &QPushButton::clicked, m_inputs, [this] { m_inputs->tick(false); });
    connect(m_inputs, &InputsModel::ticked, this, &TableDialog::inputsTicked);
    return group;
}

// Only the answer to the last question counts.
void TableDialog::look() {
    const unsigned number = ++m_looks;
    new document::Aside(this, [this, number, path = m_asked.path, asked = parameters()] {
        Look found = lookAt(path, asked);
        return [this, number, found = std::move(found)] {
            if (number != m_looks) return;
            showFaults(found.problems);
            if (found.problems.empty()) {
                showPreview(found.preview);
                tellPreview();
            }
            setReady(found.problems.empty() && !found.preview.columns.empty());
        };
    });
}

void TableDialog::showPreview(const data::FilePreview& preview) {
    std::vector<std::string> names;
    for (const data::ColumnSummary& column : preview.columns) names.push_back(column.name);
    m_preview->show(preview);
    showFound(preview.parameters);
    const auto rows = static_cast<int>(preview.looked);
    const QString columns = tr("Columns: %Ln", nullptr, static_cast<int>(names.size()));
    const QString seen = preview.isAll ? tr("rows: %Ln", nullptr, rows)
                                       : tr("the first %Ln rows were looked at, there are more", nullptr, rows);
    m_size->setText(QStringLiteral("%1 · %2").arg(columns, seen));
    if (names != m_names && !names.empty()) {
        m_names = std::move(names);
        begin(preview);
    } else if (!m_names.empty() && !names.empty()) {
        m_inputs->renew(preview);
    }
    if (!m_names.empty()) inputsTicked();
    for (int i = 0; i < std::min(m_preview->columnCount(), measuredColumns); ++i) {
        m_rows->resizeColumnToContents(i);
        m_rows->setColumnWidth(i, std::clamp(m_rows->columnWidth(i), 48, widestColumn));
    }
}

// The choices there were, where they fit these columns, else guesses.
void TableDialog::begin(const data::FilePreview& preview) {
    QStringList names;
    for (const std::string& name : m_names) names += QString::fromStdString(name);
    m_targets->setStringList(names);
    std::size_t target = document::guessTarget(preview);
    const bool asked = !m_begun && (!m_asked.target.empty() || m_asked.targetIndex || !m_asked.features.is_null());
    m_begun = true;
    const auto found = std::ranges::find(m_names, m_asked.target);
    if (asked && found != m_names.end()) target = static_cast<std::size_t>(found - m_names.begin());
    if (asked && m_asked.targetIndex && *m_asked.targetIndex < static_cast<std::int64_t>(m_names.size()))
        target = static_cast<std::size_t>(std::max<std::int64_t>(0, *m_asked.targetIndex));
    std::vector<bool> inputs = document::guessInputs(preview, target);
    if (asked && m_asked.features.is_null()) inputs.assign(m_names.size(), true);
    if (asked && m_asked.features.is_array()) {
        m_formulas = Json::array();
        inputs.assign(m_names.size(), false);
        for (const Json& feature : m_asked.features) {
            const auto place = std::ranges::find(m_names, feature.is_string() ? feature.get<std::string>() : "");
            if (place == m_names.end())
                m_formulas.push_back(feature);
            else
                inputs[static_cast<std::size_t>(place - m_names.begin())] = true;
        }
    }
    m_target->setCurrentIndex(static_cast<int>(target));
    m_inputs->show(preview, std::move(inputs), target);
}

// "Automatic: Comma ,"
void TableDialog::showFound(const Json& found) {
    for (QComboBox* box : m_styles) {
        const std::string key = box->objectName().toStdString();
        const int place =
            found.contains(key) ? box->findData(QString::fromStdString(found[key].get<std::string>())) : -1;
        if (box->currentIndex() == 0 && place > 0) box->setItemText(0, tr("Automatic: %1").arg(box->itemText(place)));
    }
}

void TableDialog::targetChosen() {
    m_task->setCurrentIndex(0);
    m_inputs->setTarget(static_cast<std::size_t>(m_target->currentIndex()));
    tellPreview();
}

void TableDialog::tellPreview() {
    base::Problems problems = m_preview->preview().problems;
    if (isOneClass())
        problems.push_back({"data.target", base::Severity::Error,
                            tr("All rows are of one class, so there is nothing to learn.").toStdString(),
                            tr("Choose another target, or add rows of a second class.").toStdString()});
    showFaults(problems);
}

// Numbers are classes when the user says so, or, as the reader has it, where they are whole.
bool TableDialog::isOneClass() const {
    const data::FilePreview& preview = m_preview->preview();
    const auto target = static_cast<std::size_t>(std::max(0, m_target->currentIndex()));
    if (!preview.isAll || target >= preview.columns.size() || preview.columns[target].distinct != 1) return false;
    const int task = m_task->currentData().toInt();
    if (task >= 0) return task == static_cast<int>(data::Task::Classification);
    if (!preview.columns[target].isNumeric) return true;
    return std::ranges::none_of(preview.rows, [&](const std::vector<std::string>& row) {
        return target < row.size() && row[target].find_first_of(".,") != std::string::npos;
    });
}

void TableDialog::inputsTicked() {
    m_preview->mark(static_cast<std::size_t>(std::max(0, m_target->currentIndex())), m_inputs->inputs());
}

Json TableDialog::parameters() const {
    Json result = Json::object();
    for (const QComboBox* box : m_styles)
        if (box->currentIndex() > 0)
            result[box->objectName().toStdString()] = box->currentData().toString().toStdString();
    if (m_badRows->currentIndex() > 0) result["bad_rows"] = m_badRows->currentData().toString().toStdString();
    return result;
}

Json TableDialog::features() const {
    const std::vector<bool> inputs = m_inputs->inputs();
    const auto chosen = static_cast<std::size_t>(std::ranges::count(inputs, true));
    if (chosen + 1 == inputs.size() && m_formulas.empty()) return nullptr;
    Json list = Json::array();
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (inputs[i]) list.push_back(m_names[i]);
    for (const Json& formula : m_formulas) list.push_back(formula);
    return list;
}

document::TableChoices TableDialog::choices() const {
    document::TableChoices choices;
    choices.path = m_asked.path;
    const int target = m_target->currentIndex();
    if (target >= 0) choices.target = m_names[static_cast<std::size_t>(target)];
    if (m_task->currentIndex() > 0) choices.task = static_cast<data::Task>(m_task->currentData().toInt());
    choices.features = features();
    choices.parameters = parameters();
    choices.missing = m_missing->currentData().toString().toStdString();
    return choices;
}

void TableDialog::apply() {
    if (!m_ready) return;
    showFaults({});
    setReading(true);
    m_stop = {};
    document::openTable(m_document, choices(), m_stop.get_token(), [this](const base::Problems& problems) {
        setReading(false);
        if (problems.empty()) return accept();
        showFaults(problems);
        m_target->setFocus();
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
        QLabel* label = begins(problem.where, "data.target")     ? m_targetFault
                        : begins(problem.where, "data.features") ? m_inputsFault
                        : problem.where == "data"                ? m_missingFault
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
