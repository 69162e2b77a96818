#include "ui/window/FileDesk.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

#include "engine/base/Error.h"
#include "engine/project/Project.h"
#include "ui/document/Examples.h"
#include "ui/session/SavedWeights.h"
#include "ui/window/TableDialog.h"

namespace perceptory::window {

using widgets::MessageBar;

namespace {

QString withEnding(const QString& path) {
    return QFileInfo(path).suffix() == "perceptory" ? path : path + ".perceptory";
}

}  // namespace

FileDesk::FileDesk(document::Document& document, session::SessionController& session, MessageBar& bar, QWidget* window)
    : QObject(window), m_document(document), m_session(session), m_bar(bar), m_window(window) {}

void FileDesk::report(const std::string& sentence) {
    m_bar.showMessage(MessageBar::Severity::Error, QString::fromStdString(sentence));
}

void FileDesk::whenSafe(std::function<void()> then) {
    if (!m_document.isModified()) return then();
    auto* box = new QMessageBox(QMessageBox::Question, tr("Unsaved changes"),
                                tr("%1 has changes that are not saved.").arg(m_document.title()),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box->setTextFormat(Qt::PlainText);
    box->setObjectName("unsavedChanges");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, then = std::move(then)](int answer) {
        if (answer == QMessageBox::Save) saveThen(then);
        if (answer == QMessageBox::Discard) then();
    });
    box->open();
}

void FileDesk::newProject() {
    whenSafe([this] { m_document.newDocument(); });
}

void FileDesk::openByDialog() {
    whenSafe([this] {
        const QString path =
            QFileDialog::getOpenFileName(m_window, tr("Open project or table"), {},
                                         tr("Projects and tables (*.perceptory *.csv *.tsv *.txt *.data);;"
                                            "Projects (*.perceptory);;All files (*)"));
        if (!path.isEmpty()) openAny(path);
    });
}

void FileDesk::openTableByDialog() {
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Open table"), {},
                                                      tr("Tables (*.csv *.tsv *.txt *.data);;All files (*)"));
    if (!path.isEmpty()) askAboutTable({.path = path});
}

void FileDesk::changeTable() {
    if (const auto choices = document::tableChoices(m_document)) askAboutTable(*choices);
}

void FileDesk::openTable(const QString& path) { askAboutTable({.path = path}); }

void FileDesk::askAboutTable(const document::TableChoices& choices) {
    auto* dialog = new TableDialog(m_document, choices, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void FileDesk::openAsked(const QString& path) {
    whenSafe([this, path] { openAny(path); });
}

void FileDesk::openAny(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    if (QStringList{"csv", "tsv", "txt", "data"}.contains(ending))
        openTable(path);
    else
        open(path);
}

bool FileDesk::open(const QString& path) {
    try {
        m_document.load(path);
    } catch (const base::Error& error) {
        report(error.sentence());
        return false;
    }
    emit opened(QFileInfo(path).absoluteFilePath());
    try {
        m_session.setWeightsForOpening(session::readWeights(m_document));
    } catch (const base::Error& error) {
        m_bar.showMessage(MessageBar::Severity::Warning,
                          QString::fromStdString(error.sentence()) + " " +
                              tr("The project is open; training starts from its first weights."));
    }
    return true;
}

bool FileDesk::openExample(const QString& file, const QString& title) {
    try {
        m_document.open(project::loadProject(file.toStdString()), document::examplesFolder(), title);
    } catch (const base::Error& error) {
        report(error.sentence());
        return false;
    }
    return true;
}

void FileDesk::save() { saveThen({}); }

void FileDesk::saveThen(std::function<void()> then) {
    if (!m_document.path().isEmpty()) return saveTo(m_document.path(), std::move(then));
    const QString path = QFileDialog::getSaveFileName(m_window, tr("Save project"), m_document.title() + ".perceptory",
                                                      tr("Projects (*.perceptory)"));
    if (!path.isEmpty()) saveTo(withEnding(path), std::move(then));
}

void FileDesk::saveAs() {
    const QString path = QFileDialog::getSaveFileName(
        m_window, tr("Save project as"),
        m_document.path().isEmpty() ? m_document.title() + ".perceptory" : m_document.path(),
        tr("Projects (*.perceptory)"));
    if (!path.isEmpty()) saveTo(withEnding(path));
}

void FileDesk::saveTo(const QString& path, std::function<void()> then) {
    m_session.requestState([this, path, then = std::move(then)](const session::SharedState& state) {
        try {
            base::Json weights;
            if (state && m_session.hasOwnWeights())
                weights = session::writeWeights(m_document, *m_session.snapshot(), *state, path);
            m_document.save(path, weights);
        } catch (const base::Error& error) {
            return report(error.sentence());
        }
        emit opened(QFileInfo(path).absoluteFilePath());
        if (then) then();
    });
}

}  // namespace perceptory::window
