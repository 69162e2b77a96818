#include "ui/window/ExportDialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDirIterator>
#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>
#include <filesystem>

#include "engine/base/Error.h"
#include "engine/training/History.h"
#include "engine/training/TrainSpec.h"
#include "ui/document/Aside.h"
#include "ui/document/EngineText.h"
#include "ui/forms/ParamForm.h"

namespace perceptory::window {

namespace {

constexpr QSize usualSize(560, 520);
constexpr int afterChange = 300;  // milliseconds without another one
constexpr int pathRole = Qt::UserRole;

QString problemsText(const base::Problems& problems) {
    QStringList lines;
    for (const base::Problem& problem : problems) lines << document::problemText(problem);
    return lines.join('\n');
}

// What came from the training may belong to a network that was changed since.
void restore(training::Trainer& trainer, const training::RestorePoint& state) {
    const bool fits = state.weights.size() == trainer.weights().size() &&
                      state.optimizerSlots.size() == trainer.optimization().optimizerSlots().size();
    if (!fits)
        throw base::Error(ExportDialog::tr("The network is being changed. Choose the format again.").toStdString());
    trainer.restore(state);
}

// A name that every file system takes.
QString fileName(const QString& title) {
    QString name;
    for (const QChar c : title) name += c.isLetterOrNumber() || c == '-' || c == ' ' ? c : QChar('_');
    return name.trimmed().isEmpty() ? QStringLiteral("network") : name.trimmed();
}

}  // namespace

struct ExportDialog::Attempt {
    QString path;
    exchange::ExportResult result;
    QString fault;
    std::shared_ptr<training::Trainer> trainer;
};

void FileList::showFiles(const QString& folder) {
    clear();
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    QStringList paths;
    while (files.hasNext()) paths << files.next();
    paths.sort();
    for (const QString& path : paths) {
        const QString size = QLocale().formattedDataSize(QFileInfo(path).size());
        auto* item = new QListWidgetItem(QDir(folder).relativeFilePath(path) + QStringLiteral("   ") + size, this);
        item->setData(pathRole, path);
    }
}

QStringList FileList::mimeTypes() const { return {QStringLiteral("text/uri-list")}; }

QMimeData* FileList::mimeData(const QList<QListWidgetItem*>& items) const {
    QList<QUrl> urls;
    for (const QListWidgetItem* item : items) urls << QUrl::fromLocalFile(item->data(pathRole).toString());
    auto* data = new QMimeData;
    data->setUrls(urls);
    return data;
}

ExportDialog::ExportDialog(document::Document& document, session::SessionController& session, QWidget* parent)
    : QDialog(parent),
      m_document(document),
      m_session(session),
      m_formats(new QComboBox),
      m_help(new QLabel),
      m_words(new QLabel),
      m_place(new QVBoxLayout),
      m_files(new FileList) {
    setWindowTitle(tr("Export"));
    resize(usualSize);
    for (const exchange::ExporterType* type : exchange::exporters().members())
        m_formats->addItem(document::shelfText(type->label), QString::fromStdString(type->id));
    m_formats->setAccessibleName(tr("Format"));
    for (QLabel* label : {m_help, m_words}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_files->setAccessibleName(tr("Files"));
    m_files->setToolTip(tr("Drag them out to other programs"));
    m_files->setSelectionMode(QListWidget::ExtendedSelection);
    m_files->setDragDropMode(QListWidget::DragOnly);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_export = buttons->addButton(tr("&Save as…"), QDialogButtonBox::AcceptRole);
    m_export->setEnabled(false);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_formats);
    column->addWidget(m_help);
    column->addLayout(m_place);
    auto* heading = new QLabel(tr("What is &written:"));
    heading->setBuddy(m_files);
    column->addWidget(heading);
    column->addWidget(m_files, 1);
    column->addWidget(m_words);
    column->addWidget(buttons);
    m_soon.setSingleShot(true);
    m_soon.setInterval(afterChange);
    connect(&m_soon, &QTimer::timeout, this, &ExportDialog::write);
    connect(m_formats, &QComboBox::currentIndexChanged, this, &ExportDialog::chooseFormat);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::ask);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    chooseFormat();
}

QString ExportDialog::words() const { return m_words->text(); }

const exchange::ExporterType& ExportDialog::exporter() const {
    return exchange::exporters().get(m_formats->currentData().toString().toStdString(), "format");
}

void ExportDialog::chooseFormat() {
    const exchange::ExporterType& type = exporter();
    m_help->setText(document::shelfText(type.help));
    m_values = base::Json::object();
    delete std::exchange(m_form, nullptr);
    if (!type.parameters.empty()) {
        m_form = new forms::ParamForm(type.parameters, m_values);
        m_place->addWidget(m_form);
        connect(m_form, &forms::ParamForm::changed, this,
                [this](const QString& id, const base::Json& value, bool final) {
                    m_values[id.toStdString()] = value;
                    if (final) writeSoon();
                });
    }
    writeSoon();
}

void ExportDialog::writeSoon() {
    m_written.clear();
    m_export->setEnabled(false);
    m_files->clear();
    m_words->setText(tr("Trying it …"));
    m_soon.start();
}

// One after the other: they share the run.
void ExportDialog::write() {
    if (m_isWriting) {
        m_again = true;
        return;
    }
    const session::SharedSnapshot& snapshot = m_session.snapshot();
    if (!m_session.hasOpened() || !snapshot->dataset)
        return showFault(tr("There is no network that could be exported yet. Mend the problems of the project first."));
    m_isWriting = true;
    m_session.requestState([this, dataset = snapshot->dataset, spec = m_document.spec(),
                            project = m_document.json()](const session::SharedState& state) {
        const QString folder = m_folder->filePath(QString::number(++m_attempts));
        const exchange::ExporterType& type = exporter();
        const QString name = fileName(m_document.title());
        Attempt attempt;
        attempt.path = folder + '/' + name + (type.folder ? QString() : '.' + QString::fromStdString(type.id));
        attempt.trainer = m_trainer;
        if (!state) {
            attempt.fault = tr("There is no network that could be exported yet. Press Play first.");
            return show(attempt);
        }
        exchange::RunStory story{project,
                                 training::historyOf(m_session.log(), static_cast<std::int64_t>(state->progress.step))};
        new document::Aside(this, [this, kept = m_folder, folder, attempt, state, dataset, spec, &type,
                                   values = m_values, story = std::move(story)]() mutable {
            try {
                QDir().mkpath(folder);
                if (!attempt.trainer) {
                    attempt.trainer = std::make_shared<training::Trainer>(spec, dataset, training::TrainerOptions{});
                    restore(*attempt.trainer, *state);
                }
                attempt.result =
                    exchange::exportTrained(type, *attempt.trainer, base::ParamValues(type.parameters, values),
                                            attempt.path.toStdString(), story);
            } catch (const std::exception& error) {
                attempt.fault = QString::fromUtf8(error.what());
            }
            return [this, attempt] { show(attempt); };
        });
    });
}

void ExportDialog::show(const Attempt& attempt) {
    m_isWriting = false;
    m_trainer = attempt.trainer;
    if (std::exchange(m_again, false)) return write();
    if (m_soon.isActive()) return;  // something else is asked by now
    if (!attempt.fault.isEmpty()) return showFault(attempt.fault);
    QString words = QString::fromStdString(attempt.result.checked);
    if (!attempt.result.problems.empty()) words = (problemsText(attempt.result.problems) + '\n' + words).trimmed();
    m_words->setText(words);
    if (base::hasError(attempt.result.problems)) return;
    m_written = attempt.path;
    m_files->showFiles(QFileInfo(attempt.path).absolutePath());
    m_export->setEnabled(true);
}

void ExportDialog::showFault(const QString& sentence) { m_words->setText(sentence); }

void ExportDialog::ask() {
    const QString name = QDir::home().filePath(QFileInfo(m_written).fileName());
    const QString path = exporter().folder ? QFileDialog::getSaveFileName(this, tr("A new folder for the export"), name)
                                           : QFileDialog::getSaveFileName(this, tr("Export"), name);
    if (!path.isEmpty()) exportTo(path);
}

void ExportDialog::exportTo(const QString& path) {
    namespace fs = std::filesystem;
    const fs::path from(m_written.toStdString()), to(path.toStdString());
    std::error_code error;
    if (fs::is_directory(to) && !fs::is_empty(to, error))
        return showFault(tr("%1 holds other files. Choose a new folder.").arg(path));
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
    if (error)
        return showFault(tr("%1: it could not be written (%2). Choose another place.")
                             .arg(path, QString::fromStdString(error.message())));
    m_words->setText(tr("Written to %1.").arg(path));
    emit exported(path);
}

}  // namespace perceptory::window
