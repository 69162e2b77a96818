#include "ui/document/Document.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUndoCommand>
#include <algorithm>
#include <utility>

#include "engine/base/Error.h"
#include "engine/data/DataSpec.h"
#include "engine/project/Project.h"
#include "ui/document/Examples.h"
#include "ui/document/JsonPatch.h"
#include "ui/document/JsonPath.h"
#include "ui/document/OutsideFiles.h"
#include "ui/document/commands/BlockGraph.h"

namespace perceptory::document {

using base::Json;

namespace {

unsigned partOf(const std::string& root) {
    if (root == "data") return DataPart;
    if (root == "network") return NetworkPart;
    if (root == "training") return TrainingPart;
    if (root == "view") return ViewPart;
    return root.empty() ? AllParts : OtherPart;
}

unsigned partsOf(const JsonPatch& patch) {
    unsigned parts = 0;
    for (const std::string& root : patch.roots()) parts |= partOf(root);
    return parts;
}

}  // namespace

class Document::EditCommand : public QUndoCommand {
public:
    EditCommand(Document& document, JsonPatch patch, const QString& text, int mergeId)
        : QUndoCommand(text), m_document(document), m_patch(std::move(patch)), m_mergeId(mergeId) {}

    int id() const override { return m_mergeId; }

    void redo() override {
        m_patch.apply(m_document.m_json);
        m_document.changedBy(partsOf(m_patch), text());
    }

    void undo() override {
        m_patch.revert(m_document.m_json);
        m_document.changedBy(partsOf(m_patch), text());
    }

    // `later` has been applied already.
    bool mergeWith(const QUndoCommand* later) override {
        const auto* edit = dynamic_cast<const EditCommand*>(later);
        if (!edit) return false;
        Json before = m_document.m_json;
        edit->m_patch.revert(before);
        m_patch.revert(before);
        m_patch = JsonPatch::between(before, m_document.m_json);
        setObsolete(m_patch.empty());
        return true;
    }

private:
    Document& m_document;
    JsonPatch m_patch;
    int m_mergeId;
};

Document::Document(QObject* parent) : QObject(parent), m_json(Json::object()) {
    qRegisterMetaType<Change>();
    connect(&m_undo, &QUndoStack::cleanChanged, this, [this] { emit modifiedChanged(isModified()); });
    newDocument();
}

// The stack's last words would reach a document that is half gone.
Document::~Document() { m_undo.disconnect(this); }

Json Document::value(const std::string& path) const { return valueAt(m_json, path); }

void Document::setValue(const std::string& path, const Json& value, const QString& text, const QString& mergeKey) {
    edit(
        text, [&](Json& project) { setValueAt(project, path, value); }, mergeKey);
}

void Document::edit(const QString& text, const std::function<void(Json&)>& change, const QString& mergeKey) {
    Json after = m_json;
    change(after);
    JsonPatch patch = JsonPatch::between(m_json, after);
    if (patch.empty()) return;
    int id = -1;
    if (m_gestures > 0) {
        id = m_lastMergeId;
    } else if (!mergeKey.isEmpty()) {
        if (mergeKey != m_lastMergeKey) ++m_lastMergeId;
        id = m_lastMergeId;
    }
    m_lastMergeKey = m_gestures > 0 ? QString() : mergeKey;
    m_undo.push(new EditCommand(*this, std::move(patch), text, id));
}

void Document::editGraph(const QString& text, const std::function<void(Json&)>& change, const QString& mergeKey) {
    Json after = graph();
    change(after);
    if (after == graph()) return;
    edit(
        text, [&](Json& project) { putGraph(project, m_openBlock, after); }, mergeKey);
}

void Document::setOpenBlock(const std::string& id) {
    if (id == m_openBlock || (!id.empty() && !blockOf(m_json, id))) return;
    m_openBlock = id;
    m_graphIsOld = true;
    emit openBlockChanged();
}

void Document::beginGesture() {
    if (m_gestures++ > 0) return;
    ++m_lastMergeId;
    m_lastMergeKey.clear();
}

void Document::endGesture() {
    if (m_gestures > 0) --m_gestures;
}

void Document::setView(const std::string& key, const Json& value) {
    if (valueAt(m_json, "view." + key) == value) return;
    setValueAt(m_json, "view." + key, value);
    changedBy(ViewPart, {});
    if (!m_path.isEmpty()) noteChangeBesides();
}

void Document::noteTraining(std::chrono::milliseconds spent) {
    if (!m_path.isEmpty() || spent > longestPlay) noteChangeBesides();
}

void Document::noteChangeBesides() {
    const bool wasModified = isModified();
    m_changedBesides = true;
    if (!wasModified) emit modifiedChanged(true);
}

void Document::newDocument() { open(defaultProject(), examplesFolder(), {}); }

void Document::open(Json project, const std::filesystem::path& folder, const QString& title,
                    std::vector<std::filesystem::path> barred) {
    project::checkProjectFormat(project, title.isEmpty() ? "project" : title.toStdString());
    m_barred = std::move(barred);
    replaceAll(std::move(project), {}, folder, title);
}

void Document::openRead(Json project, const QString& path, std::vector<std::filesystem::path> barred) {
    project::checkProjectFormat(project, path.toStdString());
    m_barred = std::move(barred);
    replaceAll(std::move(project), path, std::filesystem::path(project::folderOf(path.toStdString())), {});
}

void Document::openRecovered(Draft draft, const QString& title, std::vector<std::filesystem::path> barred) {
    open(std::move(draft.json), draft.folder, title, std::move(barred));
    noteChangeBesides();
}

std::vector<std::filesystem::path> Document::barredFiles() const {
    std::vector<std::filesystem::path> named;
    if (m_barred.empty()) return named;
    for (const std::filesystem::path& file : dataFiles(m_json, m_folder))
        if (std::ranges::find(m_barred, file) != m_barred.end()) named.push_back(file);
    return named;
}

void Document::allowFiles(const std::vector<std::filesystem::path>& files) {
    const bool wasBarred = !barredFiles().empty();
    std::erase_if(m_barred, [&](const auto& barred) { return std::ranges::find(files, barred) != files.end(); });
    if (wasBarred && barredFiles().empty()) changedBy(DataPart, {});
}

void Document::load(const QString& path) { openRead(project::loadProject(path.toStdString()), path); }

void Document::save(const QString& path) {
    const Draft draft = beginSave();
    try {
        writeDraft(draft, path, nullptr);
    } catch (...) {
        giveUpSave();
        throw;
    }
    endSave(path);
}

void writeDraft(const Draft& draft, const QString& path, const Json& weights) {
    const std::string file = path.toStdString();
    Json project = project::withPathsFor(draft.json, draft.folder.string(), project::folderOf(file));
    if (weights.is_null())
        project.erase("weights");
    else
        project["weights"] = weights;
    project::saveProject(project, file, base::Previous::Backup);
}

Draft Document::beginSave() {
    m_hasUnwritten = isModified();
    m_isSaving = true;
    m_changedBesides = false;
    m_lastMergeKey.clear();
    m_undo.setClean();
    return {m_json, m_folder};
}

void Document::endSave(const QString& path) {
    if (!std::exchange(m_isSaving, false)) return;
    m_hasUnwritten = false;
    m_path = path;
    emit pathChanged();
    emit modifiedChanged(isModified());
}

void Document::giveUpSave() {
    if (!std::exchange(m_isSaving, false)) return;
    m_changedBesides = m_changedBesides || m_hasUnwritten;
    m_hasUnwritten = false;
    emit modifiedChanged(isModified());
}

QString Document::title() const {
    if (!m_path.isEmpty()) return QFileInfo(m_path).completeBaseName();
    if (const Json name = value("name"); name.is_string() && name != m_nameAsOpened)
        return QString::fromStdString(name.get<std::string>());
    return m_title.isEmpty() ? QCoreApplication::translate("document", "Untitled") : m_title;
}

void Document::replaceAll(Json project, const QString& path, const std::filesystem::path& folder,
                          const QString& title) {
    m_json = std::move(project);
    m_path = path;
    m_folder = folder;
    m_title = title;
    m_nameAsOpened = value("name");
    m_changedBesides = false;
    m_isSaving = m_hasUnwritten = false;
    m_gestures = 0;
    m_lastMergeKey.clear();
    m_undo.clear();
    changedBy(AllParts, {}, true);
    emit pathChanged();
    emit modifiedChanged(false);
}

void Document::changedBy(unsigned parts, const QString& text, bool opened) {
    ++m_revision;
    if (parts != ViewPart) parse();
    const bool isGone = opened || (!m_openBlock.empty() && !blockOf(m_json, m_openBlock));
    const bool wasOpen = isGone && !std::exchange(m_openBlock, {}).empty();
    if (parts != ViewPart) m_graphIsOld = true;
    if (wasOpen) emit openBlockChanged();
    emit changed({parts, m_revision, text, opened});
}

void Document::parse() {
    m_problems.clear();
    m_spec = training::RunSpec::fromJson(m_json, m_problems);
    data::checkData(m_spec.data, m_problems);
    checkBarred();
}

const Json& Document::graph() const {
    showGraph();
    return m_graph.is_null() ? m_json : m_graph;
}

const network::NetworkSpec& Document::graphSpec() const {
    showGraph();
    return m_graph.is_null() ? m_spec.network : m_graphSpec;
}

void Document::showGraph() const {
    if (!std::exchange(m_graphIsOld, false)) return;
    m_graph = nullptr;
    if (m_openBlock.empty() && !hasBlocks(m_json)) return;
    base::Problems ignored;
    m_graph = graphOf(m_json, m_openBlock);
    m_graphSpec = network::NetworkSpec::fromJson(m_graph.value("network", Json()), ignored);
}

void Document::checkBarred() {
    for (const std::filesystem::path& file : barredFiles()) {
        const QString name = QString::fromStdString(file.filename().string());
        const QString sentence =
            QCoreApplication::translate("document", "%1 is not read, because it lies outside of the project's folder.");
        const QString fix = QCoreApplication::translate("document", "Press \"Read it\", or open another table.");
        m_problems.push_back({"", base::Severity::Error, sentence.arg(name).toStdString(), fix.toStdString()});
    }
}

}  // namespace perceptory::document
