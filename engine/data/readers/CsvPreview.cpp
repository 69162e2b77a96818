#include "engine/data/readers/CsvPreview.h"

#include <algorithm>
#include <set>

#include "engine/data/readers/CsvColumns.h"
#include "engine/data/readers/CsvScanner.h"
#include "engine/data/readers/CsvSniffer.h"
#include "engine/data/readers/CsvTally.h"
#include "engine/data/readers/TextFile.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

constexpr std::size_t shownRows = 50;

const char* delimiterWord(char delimiter) {
    return std::ranges::find(csvDelimiters, delimiter, &CsvDelimiter::character)->word;
}

// As programs write a number that is none: inf, -Infinity, in any letter case.
bool isInfinite(std::string_view cell) {
    if (cell.starts_with('+') || cell.starts_with('-')) cell.remove_prefix(1);
    std::string lower(cell.substr(0, 9));
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower == "inf" || lower == "infinity";
}

class Looker {
public:
    explicit Looker(const CsvStyle& style) : m_style(style) {}

    void take(const CsvRow& row) {
        if (m_preview.columns.empty()) {
            for (std::string& name : columnNames(row.cells, m_style.header))
                m_preview.columns.push_back({std::move(name), true, 0, 0});
            m_cells.resize(row.cells.size());
            if (m_style.header) return;
        }
        ++m_preview.looked;
        if (row.isMalformed) return;
        if (m_preview.rows.size() < shownRows) show(row);
        if (row.cells.size() != m_preview.columns.size()) return m_ragged.add(row.line);
        ++m_whole;
        for (std::size_t i = 0; i < row.cells.size(); ++i) look(i, row.cells[i], row.line);
    }

    FilePreview finish(const std::string& name, bool skipsBadRows) {
        if (m_ragged.count > 0 && !skipsBadRows)
            m_preview.problems.push_back(m_ragged.ragged(name, m_preview.columns.size(), true));
        for (ColumnSummary& column : m_preview.columns) column.isNumeric = column.isNumeric && column.missing < m_whole;
        for (std::size_t i = 0; i < m_cells.size(); ++i) m_preview.columns[i].distinct = m_cells[i].size();
        m_preview.parameters = {{"delimiter", delimiterWord(m_style.delimiter)},
                                {"header", m_style.header ? "yes" : "no"},
                                {"decimal", m_style.decimalComma ? "comma" : "point"},
                                {"thousands", m_style.groups ? "grouped" : "plain"}};
        return std::move(m_preview);
    }

private:
    void show(const CsvRow& row) {
        std::vector<std::string>& shown = m_preview.rows.emplace_back();
        for (const std::string_view cell : row.cells) shown.push_back(asUtf8(cell));
    }

    void look(std::size_t place, std::string_view cell, std::size_t line) {
        ColumnSummary& column = m_preview.columns[place];
        if (isMissing(cell)) {
            ++column.missing;
            return;
        }
        if (!m_style.number(cell)) {
            if (column.isNumeric) column.odd = {quotable(cell), line, isInfinite(cell)};
            column.isNumeric = false;
            ++column.texts;
            column.dates += isDate(cell) || isTimeOfDay(cell);
        }
        if (!m_cells[place].contains(cell)) m_cells[place].emplace(cell);
    }

    const CsvStyle& m_style;
    FilePreview m_preview;
    std::vector<std::set<std::string, std::less<>>> m_cells;  // different ones, per column
    CsvTally m_ragged;
    std::size_t m_whole = 0;  // rows with a cell for every column
};

}  // namespace

FilePreview previewCsv(const std::filesystem::path& path, const base::Json& parameters) {
    TextFile file(path);
    const base::ParamValues values(reader_members::Csv.parameters, parameters);
    const CsvStyle style = sniffCsv(file.head(), file.headIsAll(), values, path.string());
    Looker looker(style);
    const bool skips = skipsBadRows(parameters);
    CsvScanner scanner(style.delimiter, path.string(), skips);
    const auto sink = [&](const CsvRow& row) { looker.take(row); };
    scanner.feed(file.head(), sink);
    if (file.headIsAll()) scanner.finish(sink);
    FilePreview preview = looker.finish(path.filename().string(), skips);
    preview.isAll = file.headIsAll();
    return preview;
}

}  // namespace perceptory::data
