#include "engine/data/readers/CsvTable.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/MemoryLimit.h"
#include "engine/data/Words.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

using base::Severity;

namespace {

constexpr double exactUpTo = 1 << 24;  // a float holds all whole numbers up to here

bool isTooLarge(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool large = error == std::errc::result_out_of_range || std::abs(value) > std::numeric_limits<float>::max();
    return end == text.data() + text.size() && error != std::errc::invalid_argument && large;
}

std::string withOthers(const std::string& cell, std::size_t count) {
    if (count == 1) return base::sentence("{0}.", cell);
    return count == 2 ? base::sentence("{0}; {1} more such cell.", cell, count - 1)
                      : base::sentence("{0}; {1} more such cells.", cell, count - 1);
}

}  // namespace

// Columns that share a name were given others.
void CsvTable::noteRenamed(const CsvRow& row, const std::vector<std::string>& names) {
    for (std::size_t i = 0; m_style.header && i < names.size(); ++i)
        if (const std::string own = asUtf8(row.cells[i]); !own.empty() && own != names[i])
            m_table.notes.push_back(
                base::sentence("{0}: another column is called \"{1}\"; this one is read as \"{2}\".", place(),
                               quotable(own), quotable(names[i])));
}

void CsvTable::begin(const CsvRow& row) {
    m_columns = chooseColumns(columnNames(row.cells, m_style.header), m_style.header, m_look, m_request, m_problems);
    m_failed = !m_columns;
    if (m_failed) return;
    noteRenamed(row, m_columns->names);
    m_table.numberStyle = m_style.numbers();
    m_texts.resize(m_columns->inputs.size());
    for (const std::size_t position : m_columns->targets)
        m_table.targetColumns.push_back({m_columns->names[position], position});
    if (m_columns->targets.size() == 1) m_target.emplace(m_request, m_table.targetColumns[0].name);
    for (const std::size_t position : m_columns->inputs) m_table.columns.push_back(m_columns->names[position]);
    if (m_request.pipeline) m_table.columns = m_request.pipeline->rawNames();
    m_words = CsvWords(m_columns->uses, m_request.words);
    m_table.values = RowStore(m_table.columns.size());
    m_row.resize(m_table.columns.size());
    m_table.sourcePositions = m_columns->inputs;
    m_table.sourceColumns = m_columns->names.size();
}

void CsvTable::take(const CsvRow& row) {
    if (m_failed) return;
    if (!m_columns) {
        begin(row);
        if (m_failed || m_style.header) return;
    }
    if (row.isMalformed) return leaveOut(m_malformed, row.line);
    if (row.cells.size() != m_columns->names.size()) return leaveOut(m_ragged, row.line);
    const auto missing = [&](std::size_t position) { return isMissing(row.cells[position]); };
    if (std::ranges::any_of(m_columns->targets, missing)) return leaveOut(m_noTarget, row.line);
    for (const std::size_t position : m_columns->targets) {
        const std::string_view cell = row.cells[position];
        const std::optional<double> value = m_style.number(cell);
        if (value) weigh(position, cell, *value, row.line);
        if (m_target)
            m_target->add(cell, value, row.line);
        else
            m_numbers.add(m_columns->names[position], cell, value, row.line);
    }
    takeInputs(row);
    if (m_columns->group) m_table.groups.push_back(m_groups.add(row.cells[*m_columns->group]));
    m_table.lines.push_back(static_cast<std::uint32_t>(row.line));
    m_table.addRow(m_sourceRow++);
}

void CsvTable::leaveOut(CsvTally& reason, std::size_t line) {
    reason.add(line);
    ++m_sourceRow;
}

void CsvTable::takeInputs(const CsvRow& row) {
    for (std::size_t i = 0; i < m_columns->inputs.size(); ++i) {
        const std::string_view cell = row.cells[m_columns->inputs[i]];
        m_row[i] = m_words.has(i) && !isMissing(cell) ? m_words.number(i, cell) : number(i, cell, row.line);
    }
    m_table.values.append(m_row);
}

// NaN for what is missing; a text is kept account of.
float CsvTable::number(std::size_t input, std::string_view cell, std::size_t line) {
    if (const auto value = m_style.number(cell)) {
        weigh(m_columns->inputs[input], cell, *value, line);
        return static_cast<float>(*value);
    }
    if (!isMissing(cell)) m_texts[input].add(cell, line);
    return std::numeric_limits<float>::quiet_NaN();
}

void CsvTable::Cells::add(std::string_view cell, std::size_t inLine) {
    if (count++ > 0) return;
    line = inLine;
    first = asUtf8(cell);
}

void CsvTable::weigh(std::size_t position, std::string_view cell, double value, std::size_t line) {
    if (std::abs(value) >= exactUpTo && static_cast<double>(static_cast<float>(value)) != value)
        m_rounded[position].add(cell, line);
    const std::string_view sign = m_style.signs ? signOf(cell) : std::string_view();
    if (sign.empty()) return;
    Signs& signs = m_signs[position];
    if (signs.first.empty()) signs.first = sign;
    if (sign != signs.first && signs.other.empty()) signs = {signs.first, sign, line};
}

// Numbers of an account or of a moment have more digits than a float; what only they tell apart melts together. Classes
// are told apart by their texts.
void CsvTable::noteRounded() {
    for (const auto& [position, cells] : m_rounded) {
        const bool isTarget = std::ranges::count(m_columns->targets, position) > 0;
        if (isTarget && m_table.task == Task::Classification) continue;
        m_table.notes.push_back(base::sentence(
            "The column \"{0}\" has numbers of more digits than are kept, about 7 (line {1}: {2}). Leave it "
            "out, or subtract in the file what all have in common.",
            quotable(m_columns->names[position]), cells.line, quotable(cells.first)));
    }
}

void CsvTable::noteSigns() {
    for (const auto& [position, signs] : m_signs)
        if (!signs.other.empty())
            m_table.notes.push_back(
                base::sentence("The column \"{0}\" has numbers with {1} and, in line {2}, with {3}; all are taken as "
                               "they stand. Convert them to one unit in the file.",
                               quotable(m_columns->names[position]), signs.first, signs.line, signs.other));
}

void CsvTable::checkSize(std::size_t bytesRead, std::size_t fileSize) const {
    if (m_failed || bytesRead == 0) return;
    const double share = static_cast<double>(fileSize) / static_cast<double>(bytesRead);
    const auto rows = static_cast<std::size_t>(static_cast<double>(m_table.count) * std::max(1.0, share));
    checkMemory(rows, m_table.columns.size(), m_request.memoryLimit, m_request.path.string());
}

bool CsvTable::reportBadRows() {
    if (m_malformed.count > 0)
        m_table.notes.push_back(base::sentence("{0} left out: text follows a closing quote.", m_malformed.words()));
    if (m_ragged.count == 0) return true;
    const std::size_t columns = m_columns->names.size();
    if (skipsBadRows(m_request.parameters)) {
        m_table.notes.push_back(base::sentence("{0} left out: not {1}.", m_ragged.words(), cellsText(columns)));
        return true;
    }
    m_problems.push_back(m_ragged.ragged(place(), columns, !m_request.pipeline));
    return false;
}

bool CsvTable::reportTexts() {
    constexpr std::size_t shown = 8;
    std::size_t columns = 0;
    for (std::size_t i = 0; i < m_texts.size(); ++i) {
        if (m_texts[i].count == 0 || ++columns > shown) continue;
        const std::string name = quotable(m_table.columns[i]), text = quotable(m_texts[i].first);
        const std::string cell =
            isTooLarge(m_texts[i].first)
                ? base::sentence("{0}, line {1}, column \"{2}\": \"{3}\" is beyond the numbers that can be used",
                                 place(), m_texts[i].line, name, text)
                : base::sentence("{0}, line {1}, column \"{2}\": \"{3}\" is not a number", place(), m_texts[i].line,
                                 name, text);
        m_problems.push_back(
            {"data.path", Severity::Error, withOthers(cell, m_texts[i].count),
             m_request.pipeline
                 ? base::sentence("Write numbers there; the model needs this column.")
                 : base::sentence("Leave \"{0}\" out of the features, or write numbers instead.", name)});
    }
    if (columns > shown)
        m_problems.push_back(
            {"data.path", Severity::Error,
             columns == shown + 1
                 ? base::sentence("{0}: {1} more column holds texts instead of numbers.", place(), 1)
                 : base::sentence("{0}: {1} more columns hold texts instead of numbers.", place(), columns - shown),
             m_request.pipeline ? base::sentence("Check the delimiter and the decimal sign.")
                                : base::sentence("Check the delimiter and the decimal sign, or choose features.")});
    return columns == 0;
}

// Columns with more words than an input for each of them makes sense.
bool CsvTable::reportWords() {
    bool good = true;
    for (std::size_t i = 0; i < m_columns->inputs.size(); ++i) {
        if (m_columns->uses[i] != ColumnUse::OneHot || m_words.distinct(i) <= CsvWords::mostOneHot) continue;
        good = false;
        const std::string name = quotable(m_table.columns[i]);
        m_problems.push_back(
            {"data.columns." + m_table.columns[i], Severity::Error,
             base::sentence("{0}: the column \"{1}\" has {2} different values, too many for an input each.", place(),
                            name, m_words.distinct(i)),
             base::sentence("Say \"index\" for an embedding, or \"ignore\".")});
    }
    return good;
}

void CsvTable::note(Table& table) const {
    table.notes.insert(table.notes.begin(),
                       base::sentence("{0}: {1}; {2}, {3}.", place(), m_style.words(), rowsText(table.count),
                                      columnsText(m_columns->names.size())));
    table.notes.insert(table.notes.end(), m_columns->notes.begin(), m_columns->notes.end());
    if (m_noTarget.count > 0)
        table.notes.push_back(base::sentence("{0} left out: the target is missing.", m_noTarget.words()));
}

std::optional<Table> CsvTable::finish() {
    if (m_failed) return {};
    if (!m_columns)
        throw base::Error(base::sentence("{0}: there is no row with anything in it. Choose another file.", place()));
    const bool rowsGood = reportBadRows(), cellsGood = reportTexts(), wordsGood = reportWords();
    if (!rowsGood || !cellsGood || !wordsGood) return {};
    if (m_table.count == 0) {
        const bool noTarget = m_noTarget.count > 0;
        m_problems.push_back({"data.path", Severity::Error,
                              noTarget ? base::sentence("{0}: no row has a target.", place())
                                       : base::sentence("{0}: the file has a header but no rows.", place()),
                              noTarget ? base::sentence("Choose another target, or another file.")
                                       : base::sentence("Add rows, or choose another file.")});
        return {};
    }
    if (m_target ? !m_target->finish(m_table, m_problems) : !m_numbers.finish(m_table, place(), m_problems)) return {};
    m_words.finish(m_table);
    m_table.sourceCount = m_sourceRow;
    note(m_table);
    noteRounded();
    noteSigns();
    if (!m_request.words.empty()) noteUnknownWords(m_table);
    return std::move(m_table);
}

}  // namespace perceptory::data
