#include "ui/window/DataSumWatch.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "engine/project/DataSums.h"
#include "ui/document/Aside.h"
#include "ui/document/EngineText.h"
#include "ui/document/OutsideFiles.h"

namespace perceptory::window {

namespace fs = std::filesystem;

namespace {

fs::path placeOf(const fs::path& folder, const std::string& path) {
    return fs::absolute(folder / path).lexically_normal();
}

}  // namespace

DataSumWatch::DataSumWatch(const document::Document& document, Tell tell, QObject* parent)
    : QObject(parent), m_document(document), m_tell(std::move(tell)) {
    connect(&document, &document::Document::changed, this, [this](const document::Change& change) {
        if (change.opened) m_told.clear();
        if (change.opened || change.parts & document::DataPart) look();
    });
}

std::vector<fs::path> DataSumWatch::readableFiles() const {
    std::vector<fs::path> files = document::dataFiles(m_document.json(), m_document.folder());
    const std::vector<fs::path> barred = m_document.barredFiles();
    std::erase_if(files, [&](const fs::path& file) { return std::ranges::find(barred, file) != barred.end(); });
    for (fs::path& file : files) file = file.lexically_normal();
    return files;
}

// A file that looks as before is not read again.
DataSumWatch::KnownFiles DataSumWatch::lookAt(const std::vector<fs::path>& files, const KnownFiles& before) {
    KnownFiles known;
    for (const fs::path& file : files) {
        std::error_code fault;
        Known now{fs::last_write_time(file, fault), fs::file_size(file, fault), {}};
        const auto found = before.find(file);
        const bool same = found != before.end() && found->second.time == now.time && found->second.size == now.size;
        now.sum = same ? found->second.sum : project::dataSum(file);
        if (!now.sum.empty()) known[file] = std::move(now);
    }
    return known;
}

void DataSumWatch::look() {
    m_again = m_looking;
    const std::vector<fs::path> files = readableFiles();
    if (m_looking || files.empty()) return;
    m_looking = true;
    new document::Aside(
        this, [this, files, before = m_known] { return [this, known = lookAt(files, before)] { take(known); }; });
}

void DataSumWatch::take(KnownFiles known) {
    m_looking = false;
    m_known = std::move(known);
    if (m_again) return look();
    const auto sumOf = [this](const std::string& path) {
        const auto found = m_known.find(placeOf(m_document.folder(), path));
        return found == m_known.end() ? std::string() : found->second.sum;
    };
    QStringList news;
    std::set<std::string> told;
    for (const base::Problem& problem : project::changedData(m_document.json(), sumOf)) {
        if (m_told.contains(problem.sentence)) continue;
        told.insert(problem.sentence);
        news += document::problemText(problem);
    }
    if (!news.isEmpty() && m_tell(news.join('\n'))) m_told.merge(told);
}

std::function<base::Json(document::Draft)> DataSumWatch::summing() const {
    return [known = m_known, readable = readableFiles()](document::Draft draft) {
        return project::withDataSums(std::move(draft.json), [&](const std::string& path) {
            const fs::path file = placeOf(draft.folder, path);
            if (const auto found = known.find(file); found != known.end()) return found->second.sum;
            return std::ranges::find(readable, file) == readable.end() ? std::string() : project::dataSum(file);
        });
    };
}

}  // namespace perceptory::window
