#include "ui/window/ImportDialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/data/readers/Reader.h"
#include "ui/document/Aside.h"
#include "ui/document/DataFiles.h"
#include "ui/document/EngineText.h"
#include "ui/forms/ParamForm.h"
#include "ui/widgets/Theme.h"
#include "ui/window/ImportPreview.h"
#include "ui/window/SplitFields.h"

namespace perceptory::window {

using base::Json;

namespace {

constexpr QSize usualSize{900, 590};
constexpr int choicesWidth = 300;
constexpr int patienceMilliseconds = 350;  // before the files are read anew while somebody types
constexpr int clockMilliseconds = 100;

QString titleOf(const QStringList& files) {
    const QFileInfo first(files.front());
    return files.size() > 1 ? ImportDialog::tr("Data: %n files", nullptr, static_cast<int>(files.size()))
                            : ImportDialog::tr("Data %1").arg(first.fileName());
}

QString sentencesOf(const base::Problems& problems) {
    QStringList lines;
    for (const base::Problem& problem : problems)
        if (problem.severity == base::Severity::Error)
            lines += (QString::fromStdString(problem.sentence) + " " + document::remedyText(problem)).trimmed();
    return lines.join('\n');
}

}  // namespace

ImportDialog::ImportDialog(document::Document& document, document::DataChoices choices,
                           const std::vector<std::string>& readers, QWidget* parent)
    : QDialog(parent), m_document(document), m_choices(std::move(choices)) {
    setWindowTitle(titleOf(m_choices.files));
    setObjectName("importDialog");
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Use these data"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ImportDialog::apply);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::finished, this, &ImportDialog::stop);
    auto* row = new QHBoxLayout;
    row->addWidget(buildChoices(readers));
    row->addSpacing(12);
    row->addWidget(buildSight(), 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(row, 1);
    column->addWidget(m_buttons);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMilliseconds);
    m_clock.setInterval(clockMilliseconds);
    connect(&m_patience, &QTimer::timeout, this, &ImportDialog::read);
    connect(&m_clock, &QTimer::timeout, this, [this] { m_progress->setValue(static_cast<int>(100 * *m_share)); });
    resize(usualSize);
    showReader();
    read();
}

ImportDialog::~ImportDialog() { m_stop.request_stop(); }

QWidget* ImportDialog::buildChoices(const std::vector<std::string>& readers) {
    auto* group = new QWidget;
    group->setFixedWidth(choicesWidth);
    m_reader = new QComboBox;
    m_reader->setAccessibleName(tr("Read as"));
    for (const std::string& id : readers)
        m_reader->addItem(document::shelfText(data::readers().get(id, "data.reader").label),
                          QString::fromStdString(id));
    m_reader->setCurrentIndex(std::max(0, m_reader->findData(QString::fromStdString(m_choices.reader))));
    connect(m_reader, &QComboBox::activated, this, &ImportDialog::chooseReader);
    m_help = new QLabel;
    m_help->setTextFormat(Qt::PlainText);
    m_help->setWordWrap(true);
    m_help->setForegroundRole(QPalette::PlaceholderText);
    m_split = new SplitFields;
    connect(m_split, &SplitFields::changed, this, [this] {
        takeShares();
        readSoon();
    });
    auto* column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Read as"), m_reader);
    column->addLayout(form);
    column->addWidget(m_help);
    column->addLayout(m_formPlace = new QVBoxLayout);
    column->addWidget(m_split);
    column->addStretch(1);
    return group;
}

QWidget* ImportDialog::buildSight() {
    auto* group = new QWidget;
    m_preview = new ImportPreview;
    m_fault = new QLabel;
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setWordWrap(true);
    m_fault->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QPalette palette = m_fault->palette();
    palette.setColor(QPalette::WindowText, widgets::themed(widgets::ColourRole::Error));
    m_fault->setPalette(palette);
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(tr("Reading the data"));
    m_progress->setFormat(tr("Reading: %p %"));
    auto* column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_progress);
    column->addWidget(m_fault);
    column->addWidget(m_preview, 1);
    column->addStretch(0);
    showFault({});
    return group;
}

void ImportDialog::chooseReader(int index) {
    const std::string id = m_reader->itemData(index).toString().toStdString();
    if (id == m_choices.reader) return;
    if (id == "csv") {
        stop();
        emit tableWanted(m_choices.files.front());
        return reject();
    }
    m_choices.reader = id;
    m_choices.parameters = Json::object();
    m_choices.split.clear();
    showReader();
    read();
}

// The parameters of the reader and the ways to split that there are.
void ImportDialog::showReader() {
    const data::ReaderType& type = data::readers().get(m_choices.reader, "data.reader");
    const document::DataFiles files = document::arrangeFiles(m_choices.reader, m_choices.files);
    Json values = files.parameters;
    values.update(m_choices.parameters.is_object() ? m_choices.parameters : Json::object());
    m_choices.parameters = values;
    m_leftOut = files.leftOut;
    const bool hasParts = !files.parts.is_null();
    // Windows that lie beside each other share values: chance would let the test ask for what was trained.
    const std::string usual = hasParts ? "files" : m_choices.reader == "windows" ? "ordered" : "random";
    if (m_choices.split.empty()) m_choices.split = usual;
    m_help->setText(document::shelfText(type.help));
    delete m_form;
    m_form = new forms::ParamForm(type.parameters, values);
    m_formPlace->addWidget(m_form);
    connect(m_form, &forms::ParamForm::changed, this, [this](const QString& id, const Json& value, bool) {
        m_choices.parameters[id.toStdString()] = value;
        readSoon();
    });
    m_split->show(m_choices, hasParts);
    takeShares();
}

void ImportDialog::takeShares() { static_cast<document::SplitShares&>(m_choices) = m_split->shares(); }

void ImportDialog::readSoon() {
    stop();
    m_patience.start();
}

void ImportDialog::stop() {
    m_stop.request_stop();
    ++m_reads;
    m_loaded = {};
    setReading(false);
}

// Only the answer to the last question counts.
void ImportDialog::read() {
    stop();
    m_stop = {};
    m_use = document::dataUse(m_document, m_choices);
    m_share = std::make_shared<std::atomic<double>>(0.0);
    setReading(true);
    const base::Progress progress = [stop = m_stop.get_token(), share = m_share](double done) {
        *share = done;
        return !stop.stop_requested();
    };
    new document::Aside(this, [this, number = m_reads, use = m_use, folder = m_document.folder(), progress] {
        document::LoadedData loaded = document::loadData(use.data, folder, use.name, progress);
        const ImportLook look = loaded.dataset ? lookAt(loaded) : ImportLook{};
        return [this, number, loaded = std::move(loaded), look] {
            if (number == m_reads) take(loaded, look);
        };
    });
}

void ImportDialog::take(document::LoadedData loaded, ImportLook look) {
    for (const QString& file : m_leftOut) look.notes += tr("%1 is left out.").arg(QFileInfo(file).fileName());
    m_loaded = std::move(loaded);
    setReading(false);
    showFault(m_loaded.dataset ? QString() : sentencesOf(m_loaded.problems));
    m_preview->show(look);
}

void ImportDialog::setReading(bool reading) {
    m_reading = reading;
    m_progress->setValue(0);
    m_progress->setVisible(reading);
    m_preview->setEnabled(!reading);  // it may still show what was read before
    reading ? m_clock.start() : m_clock.stop();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(isReady());
}

void ImportDialog::showFault(const QString& text) {
    m_fault->setText(text);
    m_fault->setVisible(!text.isEmpty());
    m_preview->setVisible(text.isEmpty());
}

QString ImportDialog::faults() const { return m_fault->text(); }

QString ImportDialog::previewText() const { return m_preview->text(); }

void ImportDialog::apply() {
    if (!isReady()) return;
    document::useData(m_document, m_use, m_loaded);
    accept();
}

}  // namespace perceptory::window
