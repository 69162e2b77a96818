#include "tests/engine/data/ReaderCase.h"

#include "engine/base/Error.h"

namespace perceptory {

using namespace data;

namespace {

using Faults = std::vector<std::string>;

void checkTarget(const Table& table, const Target& target, Faults& faults) {
    if (target.task == Task::Regression) {
        if (target.targets.size() != table.count * target.targetNames.size())
            faults.push_back("numbers to predict lack");
        return;
    }
    if (target.labels.size() != table.count * target.units()) faults.push_back("labels lack");
    for (const std::int32_t label : target.labels)
        if (label < -1 || label >= std::ssize(target.classNames)) return faults.push_back("a label without a class");
}

void checkTable(const Table& table, bool hasTarget, Faults& faults) {
    if (table.values.count() != table.count) faults.push_back("rows lack");
    if (table.values.width() != table.columns.size()) return faults.push_back("columns lack");
    std::vector<float> row(table.columns.size());
    if (table.count > 0) table.values.read(table.count - 1, row.data());
    if (!hasTarget) return;
    checkTarget(table, table, faults);
    for (const Target& target : table.moreTargets) checkTarget(table, target, faults);
}

void checkWords(const std::string& sentence, Faults& faults) {
    if (sentence.empty()) faults.push_back("a problem without words");
    try {
        static_cast<void>(base::Json(sentence).dump());
    } catch (const base::Json::exception&) {
        faults.push_back("words that are no UTF-8");
    }
}

}  // namespace

ReaderCase::ReaderCase(const ReaderType& type, ReaderSample sample) : m_type(type), m_sample(std::move(sample)) {
    for (const auto& [name, bytes] : m_sample.files) {
        std::filesystem::create_directories((m_folder.path() / name).parent_path());
        write(name, bytes);
    }
}

void ReaderCase::write(const std::string& name, const std::string& bytes) {
    support::writeContent(m_folder / name, bytes);
    m_sizes[name] = static_cast<long>(bytes.size());
}

long ReaderCase::size() const {
    long size = 0;
    for (const auto& [name, bytes] : m_sizes) size += bytes;
    return size;
}

std::vector<NamedFile> ReaderCase::named(const std::map<std::string, std::string>& files) const {
    std::vector<NamedFile> result;
    for (const auto& [name, path] : files) result.push_back({name, m_folder / path});
    return result;
}

ReadRequest ReaderCase::request(bool needsTarget) const {
    ReadRequest request;
    for (const std::string& path : m_sample.paths) request.paths.push_back(m_folder.path() / path);
    request.inputFiles = named(m_sample.inputs);
    request.targetFiles = named(m_sample.targets);
    if (request.paths.empty()) request.paths = {m_folder.path()};
    request.path = request.paths.front();
    request.parameters = m_sample.parameters;
    request.needsTarget = needsTarget;
    request.memoryLimit = std::int64_t{1} << 30;
    return request;
}

ReaderCase::Outcome ReaderCase::read(bool needsTarget) const {
    Outcome outcome;
    try {
        base::Problems problems;
        const auto table = m_type.read(request(needsTarget), problems);
        outcome.isTable = table.has_value();
        if (outcome.isTable == base::hasError(problems)) outcome.faults.push_back("a table and an error, or neither");
        for (const base::Problem& problem : problems) checkWords(problem.sentence, outcome.faults);
        if (table) checkTable(*table, needsTarget, outcome.faults);
    } catch (const base::Error& error) {
        checkWords(error.sentence(), outcome.faults);
    }
    return outcome;
}

}  // namespace perceptory
