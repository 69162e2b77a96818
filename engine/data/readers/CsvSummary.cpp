#include "engine/data/readers/CsvSummary.h"

#include <algorithm>

#include "engine/data/readers/CsvColumns.h"
#include "engine/data/readers/CsvScanner.h"
#include "engine/data/readers/CsvSniffer.h"
#include "engine/data/readers/TextFile.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

class Summary {
public:
    explicit Summary(const CsvStyle& style) : m_style(style) {}

    void take(const CsvRow& row) {
        if (m_columns.empty()) {
            for (std::string& name : columnNames(row.cells, m_style.header))
                m_columns.push_back({std::move(name), true, 0, {}});
            if (m_style.header) return;
        }
        if (row.cells.size() != m_columns.size()) return;
        ++m_rows;
        for (std::size_t i = 0; i < m_columns.size(); ++i) look(m_columns[i], row.cells[i]);
    }

    std::vector<ColumnSummary> finish() {
        for (ColumnSummary& column : m_columns) column.isNumeric = column.isNumeric && column.missing < m_rows;
        return std::move(m_columns);
    }

private:
    void look(ColumnSummary& column, std::string_view cell) const {
        constexpr std::size_t shown = 3;
        if (isMissing(cell)) {
            ++column.missing;
            return;
        }
        column.isNumeric = column.isNumeric && m_style.number(cell);
        const std::string text = asUtf8(cell.substr(0, 40));
        if (column.examples.size() < shown && !std::ranges::count(column.examples, text))
            column.examples.push_back(text);
    }

    const CsvStyle& m_style;
    std::vector<ColumnSummary> m_columns;
    std::size_t m_rows = 0;
};

}  // namespace

std::vector<ColumnSummary> summarizeCsv(const std::filesystem::path& path, const base::Json& parameters) {
    TextFile file(path);
    const base::ParamValues values(reader_members::Csv.parameters, parameters);
    const CsvStyle style = sniffCsv(file.head(), file.headIsAll(), values, path.string());
    Summary summary(style);
    CsvScanner scanner(style.delimiter, path.string());
    const auto sink = [&](const CsvRow& row) { summary.take(row); };
    scanner.feed(file.head(), sink);
    if (file.headIsAll()) scanner.finish(sink);
    return summary.finish();
}

}  // namespace perceptory::data
