#pragma once
// Builds a table from the rows of a CSV file, and keeps account of what does not fit.

#include <map>

#include "engine/data/readers/CsvColumns.h"
#include "engine/data/readers/CsvScanner.h"
#include "engine/data/readers/CsvSniffer.h"
#include "engine/data/readers/CsvTally.h"
#include "engine/data/readers/CsvTarget.h"
#include "engine/data/readers/CsvWords.h"

namespace perceptory::data {

// All arguments must outlive it.
class CsvTable {
public:
    // `look`: at the first rows; empty with a model.
    CsvTable(const ReadRequest& request, const CsvStyle& style, FilePreview look, base::Problems& problems)
        : m_request(request), m_style(style), m_look(std::move(look)), m_problems(problems) {}

    void take(const CsvRow& row);
    // False once it is clear that no table will come of it.
    bool usable() const { return !m_failed; }
    // Throws Error when at this rate the whole file would pass the memory limit.
    void checkSize(std::size_t bytesRead, std::size_t fileSize) const;
    std::optional<Table> finish();

private:
    // Cells of a column that are no numbers, or none that a float holds.
    struct Cells {
        std::size_t count = 0, line = 0;
        std::string first;

        void add(std::string_view cell, std::size_t line);
    };

    // The first sign of a column, and the first other one.
    struct Signs {
        std::string_view first, other;
        std::size_t line = 0;  // of the other
    };

    void begin(const CsvRow& row);
    void noteRenamed(const CsvRow& row, const std::vector<std::string>& names);
    void takeInputs(const CsvRow& row);
    // The row is not part of the table, but counts: rows keep their numbers when it is mended.
    void leaveOut(CsvTally& reason, std::size_t line);
    float number(std::size_t input, std::string_view cell, std::size_t line);
    // Keeps account of numbers that a float cannot hold, and of signs; `position`: of the column in the file.
    void weigh(std::size_t position, std::string_view cell, double value, std::size_t line);
    void noteRounded();
    void noteSigns();
    std::string place() const { return m_request.path.filename().string(); }
    bool reportBadRows();
    bool reportTexts();
    bool reportWords();
    void note(Table& table) const;

    const ReadRequest& m_request;
    const CsvStyle& m_style;
    FilePreview m_look;
    base::Problems& m_problems;
    bool m_failed = false;
    std::optional<CsvColumns> m_columns;
    std::optional<CsvTarget> m_target;
    CsvNumbers m_numbers;
    CsvWords m_words;
    LabelCounter m_groups;
    Table m_table;
    std::vector<Cells> m_texts;              // per input column
    std::map<std::size_t, Cells> m_rounded;  // by position in the file
    std::map<std::size_t, Signs> m_signs;    // by position in the file
    std::vector<float> m_row;                // being read
    CsvTally m_ragged, m_malformed, m_noTarget;
    std::uint32_t m_sourceRow = 0;  // number of the next one in the file
};

}  // namespace perceptory::data
