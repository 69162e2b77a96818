#include "ui/window/FileDesk.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "engine/project/Project.h"
#include "engine/training/History.h"
#include "ui/document/Aside.h"
#include "ui/document/DataKind.h"
#include "ui/document/Examples.h"
#include "ui/session/SavedWeights.h"
#include "ui/window/DataSumWatch.h"
#include "ui/window/ReadPermits.h"

namespace perceptory::window {

using widgets::MessageBar;

namespace {

QString withEnding(const QString& path) {
    return QFileInfo(path).suffix() == "perceptory" ? path : path + ".perceptory";
}

// What stopped `work`; empty when nothing did.
QString faultOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

}  // namespace

FileDesk::FileDesk(document::Document& document, session::SessionController& session, MessageBar& bar, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_bar(bar),
      m_window(window),
      m_sums(std::make_unique<DataSumWatch>(document,
                                            [this](const QString& sentences) { return tellChanged(sentences); })) {
    connect(&document, &document::Document::pathChanged, this, [this] {
        if (m_document.path().isEmpty()) m_hold.release();
    });
}

FileDesk::~FileDesk() = default;

void FileDesk::report(const QString& sentence) { m_bar.showMessage(MessageBar::Severity::Error, sentence); }

void FileDesk::whenSafe(std::function<void()> then) {
    if (isSaving()) {
        m_afterSaves.push_back([this, then = std::move(then)] { whenSafe(then); });
        return;
    }
    if (!m_document.isModified()) return then();
    auto* box = new QMessageBox(QMessageBox::Question, tr("Unsaved changes"),
                                tr("%1 has changes that are not saved.").arg(m_document.title()),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    if (m_session.hasOwnWeights()) box->setInformativeText(tr("What its network has learned would be lost as well."));
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
    whenSafe([this] {
        ++m_opens;
        m_document.newDocument();
    });
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

void FileDesk::askToRead() {
    constexpr int shown = 4;
    QStringList names;
    std::vector<std::filesystem::path> files = m_document.barredFiles();
    for (const document::OutsideFile& file : m_outsideWeights) files.push_back(file.named);
    for (const std::filesystem::path& file : files) names += QString::fromStdString(file.lexically_normal().string());
    const auto more = static_cast<int>(names.size()) - shown;
    names = names.mid(0, shown);
    if (more > 0) names += tr("… and %n more.", nullptr, more);
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Outside data"),
        tr("%1 asks for data outside of its folder:").arg(m_document.title()) + "\n\n" + names.join('\n'),
        QMessageBox::NoButton, m_window);
    box->setInformativeText(tr("Read it if you know who made the project. It opens without this data otherwise."));
    box->setTextFormat(Qt::PlainText);
    box->setObjectName("outsideData");
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* read = box->addButton(tr("&Read it"), QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(tr("&Don't read"), QMessageBox::RejectRole));
    connect(read, &QPushButton::clicked, this, &FileDesk::readOutside);
    connect(&m_document, &document::Document::changed, box, [box](const document::Change& change) {
        if (change.opened) box->close();
    });
    box->open();
}

void FileDesk::readOutside() {
    std::vector<std::filesystem::path> files;
    for (const document::OutsideFile& file : m_outside) files.push_back(file.named);
    ReadPermits::add(m_document.path(), m_outside);
    if (!m_outsideWeights.empty()) {
        ReadPermits::add(m_document.path(), m_outsideWeights);
        return openAsked(m_document.path());
    }
    m_document.allowFiles(files);
}

void FileDesk::openAsked(const QString& path) {
    whenSafe([this, path] { openAny(path); });
}

void FileDesk::openAny(const QString& path) {
    const document::DropKind kind = document::dropKindOf({path}).kind;
    if (kind == document::DropKind::Table || kind == document::DropKind::Data)
        openData({path});
    else
        open(path);
}

struct FileDesk::Project {
    base::Json json;
    session::SavedRun run;
    QString fault;         // it could not be read
    QString weightsFault;  // only its weights could not
    std::vector<document::OutsideFile> outside, outsideWeights;
};

FileDesk::Project FileDesk::read(const QString& path) {
    Project project;
    project.fault = faultOf([&] { project.json = project::loadProject(path.toStdString()); });
    if (!project.fault.isEmpty()) return project;
    const std::filesystem::path folder = project::folderOf(path.toStdString());
    project.outside = document::outsideFiles(document::dataFiles(project.json, folder), folder);
    project.outsideWeights =
        ReadPermits::missing(path, document::outsideFiles(document::weightsFiles(project.json, folder), folder));
    if (!project.outsideWeights.empty()) return project;
    project.weightsFault = faultOf([&] { project.run = session::readWeights({project.json, folder}); });
    return project;
}

void FileDesk::open(const QString& path) {
    new document::Aside(this, [this, path, number = ++m_opens, before = m_document.revision()] {
        return [this, path, number, before, project = read(path)] {
            if (number != m_opens) return;
            if (!project.fault.isEmpty()) return report(project.fault);
            if (!isSaving() && m_document.revision() == before) return show(path, project);
            whenSafe([this, path, project] { show(path, project); });
        };
    });
}

// The other window would overwrite what is done here, and the other way round.
void FileDesk::askAboutHeld(const QString& path, const Project& project) {
    auto* box = new QMessageBox(QMessageBox::Question, tr("Open elsewhere"),
                                tr("%1 is open in another window.").arg(QFileInfo(path).fileName()),
                                QMessageBox::Cancel, m_window);
    box->setInformativeText(tr("A copy can be opened here. It has no file until it is saved."));
    box->setTextFormat(Qt::PlainText);
    box->setObjectName("openElsewhere");
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* copy = box->addButton(tr("Open a c&opy"), QMessageBox::AcceptRole);
    box->setDefaultButton(copy);
    connect(copy, &QPushButton::clicked, this, [this, path, project] { showCopy(path, project); });
    box->open();
}

void FileDesk::showCopy(const QString& path, const Project& project) {
    const QString title = tr("Copy of %1").arg(QFileInfo(path).completeBaseName());
    std::vector<std::filesystem::path> barred;
    for (const document::OutsideFile& file : ReadPermits::missing(path, project.outside)) barred.push_back(file.named);
    m_session.setWeightsForOpening(project.run.state, project.run.history);
    const QString fault = faultOf(
        [&] { m_document.open(project.json, project::folderOf(path.toStdString()), title, std::move(barred)); });
    if (!fault.isEmpty()) report(fault);
}

void FileDesk::show(const QString& path, const Project& project) {
    if (path != m_document.path() && !m_hold.take(path)) return askAboutHeld(path, project);
    std::vector<document::OutsideFile> outside = ReadPermits::missing(path, project.outside);
    std::vector<std::filesystem::path> barred;
    for (const document::OutsideFile& file : outside) barred.push_back(file.named);
    const QString fault = faultOf([&] { m_document.openRead(project.json, path, barred); });
    if (!fault.isEmpty()) return report(fault);
    m_outside = std::move(outside);
    m_outsideWeights = project.outsideWeights;
    m_session.setWeightsForOpening(project.run.state, project.run.history);
    if (!m_outside.empty() || !m_outsideWeights.empty()) askToRead();
    emit opened(QFileInfo(path).absoluteFilePath());
    if (!project.weightsFault.isEmpty())
        m_bar.showMessage(
            MessageBar::Severity::Warning,
            project.weightsFault + " " + tr("The project is open; training starts from its first weights."));
}

bool FileDesk::openExample(const QString& file, const QString& title) {
    ++m_opens;
    const QString fault =
        faultOf([&] { m_document.open(project::loadProject(file.toStdString()), document::examplesFolder(), title); });
    if (!fault.isEmpty()) report(fault);
    return fault.isEmpty();
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
    document::DocumentHold hold;
    const bool isHeld = path == m_hold.path() || std::ranges::count(m_saves, path, &Save::path) > 0;
    if (!isHeld && !hold.take(path))
        return report(tr("%1 is open in another window. Save under another name.").arg(path));
    // A save that waits will write what this one would.
    if (m_saves.size() < 2 || m_saves.back().path != path) m_saves.push_back({path, std::move(hold), {}});
    if (then) m_saves.back().then.push_back(std::move(then));
    if (m_saves.size() == 1) startSave();
}

void FileDesk::startSave() {
    m_session.requestState([this](const session::SharedState& state) { write(state); });
}

void FileDesk::write(const session::SharedState& state) {
    session::TrainedWeights weights{m_session.snapshot(), m_session.hasOwnWeights() ? state : nullptr, nullptr};
    if (weights.state)
        weights.history = training::historyOf(m_session.log(), static_cast<std::int64_t>(weights.state->progress.step));
    // What the training has belongs to the project before, as long as this one cannot be opened; and weights that were
    // not to be read, or could not be shown without the data, stay the project's until there are new ones.
    const bool isKept = !m_outsideWeights.empty() || m_session.hasOwnWeights();
    const bool keeps = !m_session.hasOpened() || (!weights.state && isKept);
    new document::Aside(this, [this, draft = m_document.beginSave(), weights, keeps, path = m_saves.front().path,
                               summed = m_sums->summing()]() mutable {
        std::vector<document::OutsideFile> outside;
        const QString fault = faultOf([&] {
            draft.json = summed(draft);
            const base::Json entry =
                keeps ? session::keptWeights(draft, path) : session::writeWeights(draft, weights, path);
            document::writeDraft(draft, path, entry);
            outside = document::outsideFiles(document::dataFiles(draft.json, draft.folder),
                                             project::folderOf(path.toStdString()));
        });
        return [this, fault, outside, path] {
            if (fault.isEmpty()) permitSaved(path, outside);
            endSave(fault);
        };
    });
    emit writing();
}

// What was read before is the user's own choice.
void FileDesk::permitSaved(const QString& path, std::vector<document::OutsideFile> outside) {
    const std::vector<std::filesystem::path> barred = m_document.barredFiles();
    std::erase_if(outside, [&](const auto& file) { return std::ranges::find(barred, file.named) != barred.end(); });
    ReadPermits::add(path, outside);
}

void FileDesk::endSave(const QString& fault) {
    Save save = std::move(m_saves.front());
    m_saves.pop_front();
    if (isSaving()) startSave();
    if (fault.isEmpty()) {
        if (save.path != m_hold.path()) m_hold = std::move(save.hold);
        m_hold.take(save.path);
        m_document.endSave(save.path);
        emit opened(QFileInfo(save.path).absoluteFilePath());
        for (const auto& then : save.then) m_afterSaves.push_back([this, then] { whenSafe(then); });
    } else {
        m_document.giveUpSave();
        report(fault);
    }
    if (isSaving()) return;
    for (const auto& then : std::exchange(m_afterSaves, {})) then();
}

}  // namespace perceptory::window
