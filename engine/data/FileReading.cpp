#include "engine/data/FileReading.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/TableJoin.h"

namespace perceptory::data {

FileReading::FileReading(const ReaderType& type, ReadRequest request, std::size_t files, base::Problems& problems)
    : m_type(type),
      m_request(std::move(request)),
      m_progress(m_request.progress),
      m_files(files),
      m_problems(problems) {}

bool FileReading::take(const std::vector<std::filesystem::path>& files, const std::string& where, bool trains) {
    if (m_type.severalFiles) return read(files, where, trains);
    return std::ranges::all_of(files, [&](const auto& file) { return read({file}, where, trains); });
}

bool FileReading::read(const std::vector<std::filesystem::path>& files, const std::string& where, bool trains) {
    const auto share = [this](std::size_t done) { return static_cast<double>(done) / static_cast<double>(m_files); };
    m_request.paths = files;
    m_request.path = files.front();
    m_request.progress = base::piece(m_progress, share(m_done), share(m_done + files.size()));
    m_done += files.size();
    if (m_table && !m_request.pipeline)
        m_request.words = trains ? std::vector<std::vector<std::string>>() : m_table->categories;
    const std::size_t before = m_problems.size();
    auto table = m_type.read(m_request, m_problems);
    if (!table && !m_type.severalFiles) nameFile(before);
    if (!table) return false;
    if (m_table)
        return joinRows(*m_table, std::move(*table),
                        {where, m_request.path.filename().string(), m_first.filename().string(), trains}, m_problems);
    m_table = std::move(table);
    m_first = m_request.path;
    readAlike();
    return true;
}

// Of several files it must be said which one a problem is about.
void FileReading::nameFile(std::size_t firstProblem) {
    const std::string name = m_request.path.filename().string();
    for (std::size_t i = firstProblem; m_files > 1 && i < m_problems.size(); ++i)
        if (std::string& said = m_problems[i].sentence; said.find(name) == said.npos)
            said = base::sentence("{0}: {1}", name, said);
}

// The files that follow are to have the same columns, read as the same numbers.
void FileReading::readAlike() {
    m_request.tokens = m_table->tokens;
    m_request.classNames = m_table->classNames;
    m_request.numberStyle = m_table->numberStyle;
    if (m_table->targetColumns.size() == 1) m_request.targetName = m_table->targetColumns[0].name;
    if (m_type.parameter("height") && m_table->shape.size() == 3) {
        m_request.parameters["height"] = m_table->shape[0];
        m_request.parameters["width"] = m_table->shape[1];
        m_request.parameters["colour"] = m_table->shape[2] == 3 ? "rgb" : "grey";
    }
    if (m_type.preview && !m_request.pipeline) readColumnsAlike();
}

void FileReading::readColumnsAlike() {
    if (m_table->moreTargets.empty()) m_request.task = m_table->task;
    for (std::size_t i = 0; i < m_table->columns.size(); ++i) {
        const bool words = !m_table->categories.empty() && !m_table->categories[i].empty();
        const ColumnUse use = !words ? ColumnUse::Number : m_table->asIndex[i] ? ColumnUse::Index : ColumnUse::OneHot;
        m_request.columns.push_back({m_table->columns[i], use});
    }
    if (!m_request.features.empty()) return;
    for (const std::string& name : m_table->columns) m_request.features.push_back({name, ""});
}

}  // namespace perceptory::data
