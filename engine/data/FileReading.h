#pragma once
// Files in turn, each part behind those before it, as one table.

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

class FileReading {
public:
    // `request` is the project's but for the paths; `files`: how many will come, for progress. `type` and `problems`
    // must outlive it.
    FileReading(const ReaderType& type, ReadRequest request, std::size_t files, base::Problems& problems);

    // The files of a part, for problems at `where`. Readers of one file read each, and it is said which one a problem
    // is about. Rows that do not train are read as those that do: their words are known or unknown, and their classes
    // must be known. False after an error; errors as ReaderType::read.
    bool take(const std::vector<std::filesystem::path>& files, const std::string& where, bool trains);

    std::size_t count() const { return m_table ? m_table->count : 0; }
    std::optional<Table> table() { return std::move(m_table); }

private:
    bool read(const std::vector<std::filesystem::path>& files, const std::string& where, bool trains);
    void nameFile(std::size_t firstProblem);
    void readAlike();
    void readColumnsAlike();

    const ReaderType& m_type;
    ReadRequest m_request;
    base::Progress m_progress;
    std::size_t m_files, m_done = 0;
    base::Problems& m_problems;
    std::filesystem::path m_first;
    std::optional<Table> m_table;
};

}  // namespace perceptory::data
