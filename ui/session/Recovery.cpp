#include "ui/session/Recovery.h"

#include <QStandardPaths>
#include <QUuid>
#include <algorithm>
#include <charconv>
#include <map>

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/RegularFile.h"
#include "engine/base/Text.h"
#include "engine/project/Project.h"

namespace perceptory::session {

using base::Json;

namespace {

namespace fs = std::filesystem;

constexpr const char *projectName = "project.perceptory", *noteName = "note.json", *unfinished = "unfinished",
                     *prefix = "gen-";
constexpr std::int64_t mostNoteBytes = 1 << 20;

std::unique_ptr<QLockFile> lockOf(const fs::path& folder) {
    auto lock = std::make_unique<QLockFile>(QString::fromStdString((folder / "lock").string()));
    lock->setStaleLockTime(std::chrono::milliseconds(0));  // a lock is as old as its program
    return lock;
}

// By number.
std::map<std::uint64_t, fs::path> copiesIn(const fs::path& folder) {
    std::map<std::uint64_t, fs::path> copies;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        std::uint64_t number = 0;
        if (!name.starts_with(prefix)) continue;
        const char* end = name.data() + name.size();
        if (std::from_chars(name.data() + std::string_view(prefix).size(), end, number).ptr == end)
            copies.emplace(number, entry.path());
    }
    return copies;
}

Json noteJson(const RecoveryNote& note, const fs::path& base) {
    Json barred = Json::array();
    for (const fs::path& file : note.barred) barred.push_back(file.string());
    return {{"title", note.title.toStdString()},
            {"path", note.path.toStdString()},
            {"folder", base.string()},
            {"saved", QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString()},
            {"step", note.step},
            {"barred", std::move(barred)}};
}

qint64 sizeOf(const fs::path& folder) {
    std::uintmax_t bytes = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) bytes += entry.file_size();
    return static_cast<qint64>(bytes);
}

// Throws what is wrong with it.
RecoveryCopy copyAt(const fs::path& folder, const fs::path& copy) {
    const std::string file = (copy / noteName).string();
    const Json note = base::parseJson(base::RegularFile(file).text(mostNoteBytes), file);
    RecoveryCopy result;
    result.folder = folder;
    result.project = copy / projectName;
    project::loadProject(result.project.string());
    result.note.title = QString::fromStdString(note.at("title").get<std::string>());
    result.note.path = QString::fromStdString(note.at("path").get<std::string>());
    for (const Json& barred : note.at("barred")) result.note.barred.emplace_back(barred.get<std::string>());
    result.note.step = note.at("step").get<qint64>();
    result.base = note.at("folder").get<std::string>();
    result.saved =
        QDateTime::fromString(QString::fromStdString(note.at("saved").get<std::string>()), Qt::ISODateWithMs);
    result.bytes = sizeOf(copy);
    return result;
}

// A copy that is damaged must not cost those before it.
std::optional<RecoveryCopy> newestIn(const fs::path& folder) {
    const std::map<std::uint64_t, fs::path> copies = copiesIn(folder);
    for (auto copy = copies.rbegin(); copy != copies.rend(); ++copy) {
        try {
            return copyAt(folder, copy->second);
        } catch (const std::exception&) {  // whatever is wrong with it
        }
    }
    return {};
}

}  // namespace

fs::path RecoveryFolder::usualRoot() {
    return fs::path(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString()) / "recovery";
}

RecoveryFolder::RecoveryFolder(fs::path folder, std::unique_ptr<QLockFile> lock)
    : m_folder(std::move(folder)), m_lock(std::move(lock)) {
    const std::map<std::uint64_t, fs::path> copies = copiesIn(m_folder);
    if (!copies.empty()) m_generation = copies.rbegin()->first;
}

std::shared_ptr<RecoveryFolder> RecoveryFolder::make(const fs::path& root) {
    const fs::path folder = root / QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw base::Error(base::sentence("{0}: cannot be made ({1}). Save the project to keep it.", folder.string(),
                                         error.message()));
    std::unique_ptr<QLockFile> lock = lockOf(folder);
    if (!lock->tryLock(0))
        throw base::Error(base::sentence("{0}: cannot be locked. Save the project to keep it.", folder.string()));
    return std::shared_ptr<RecoveryFolder>(new RecoveryFolder(folder, std::move(lock)));
}

std::shared_ptr<RecoveryFolder> RecoveryFolder::adopt(const fs::path& folder) {
    std::unique_ptr<QLockFile> lock = lockOf(folder);
    if (!lock->tryLock(0)) return nullptr;
    if (!newestIn(folder)) return nullptr;
    auto adopted = std::shared_ptr<RecoveryFolder>(new RecoveryFolder(folder, std::move(lock)));
    try {
        adopted->m_weights = project::loadProject(newestIn(folder)->project.string()).value("weights", Json());
    } catch (const base::Error&) {  // then the next copy has none
    }
    return adopted;
}

std::vector<RecoveryCopy> RecoveryFolder::abandoned(const fs::path& root) {
    std::vector<RecoveryCopy> found;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(root, ignored)) {
        const std::unique_ptr<QLockFile> lock = lockOf(entry.path());
        if (!lock->tryLock(0)) continue;
        if (std::optional<RecoveryCopy> copy = newestIn(entry.path()))
            found.push_back(std::move(*copy));
        else if (copiesIn(entry.path()).empty()) {  // it had nothing to keep
            lock->unlock();
            fs::remove_all(entry.path(), ignored);
        }
    }
    std::ranges::sort(found, std::ranges::greater(), &RecoveryCopy::saved);
    return found;
}

// The same file under another name costs no room.
Json RecoveryFolder::weightsBefore(const fs::path& copy) const {
    if (!m_weights.is_object()) return nullptr;
    const fs::path before = m_folder / (prefix + std::to_string(m_generation)),
                   name = m_weights["path"].get<std::string>();
    std::error_code error;
    fs::create_hard_link(before / name, copy / name, error);
    if (error) fs::copy_file(before / name, copy / name, error);
    return error ? Json() : m_weights;
}

void RecoveryFolder::keep(const document::Draft& draft, const RecoveryNote& note, const TrainedWeights* weights) {
    const fs::path copy = m_folder / unfinished;
    const QString file = QString::fromStdString((copy / projectName).string());
    std::error_code error;
    fs::remove_all(copy, error);
    fs::create_directories(copy, error);
    if (error)
        throw base::Error(
            base::sentence("{0}: cannot be made ({1}). Save the project to keep it.", copy.string(), error.message()));
    Json entry = weights ? writeWeights(draft, *weights, file) : weightsBefore(copy);
    document::writeDraft(draft, file, entry);
    base::replaceFile((copy / noteName).string(), noteJson(note, draft.folder).dump(1));
    base::renameFolder(copy.string(), (m_folder / (prefix + std::to_string(m_generation + 1))).string());
    ++m_generation;
    m_weights = std::move(entry);
    for (const auto& [number, old] : copiesIn(m_folder))
        if (number + mostCopies <= m_generation) fs::remove_all(old, error);
}

void RecoveryFolder::clear() {
    std::error_code ignored;
    // The lock last: a folder without one that still has copies would be offered.
    for (const auto& [number, copy] : copiesIn(m_folder)) fs::remove_all(copy, ignored);
    fs::remove_all(m_folder / unfinished, ignored);
    m_lock->unlock();
    fs::remove_all(m_folder, ignored);
}

Recovered readCopy(const RecoveryCopy& copy) {
    const fs::path folder = copy.project.parent_path();
    Json project = project::loadProject(copy.project.string());
    Recovered recovered;
    try {
        recovered.run = readWeights({project, folder});
    } catch (const base::Error& error) {
        recovered.weightsFault = QString::fromUtf8(error.what());
    }
    project.erase("weights");
    recovered.draft = {project::withPathsFor(std::move(project), folder.string(), copy.base.string()), copy.base};
    return recovered;
}

}  // namespace perceptory::session
