#include "engine/data/readers/CsvScanner.h"

#include <utility>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

void CsvScanner::refuse(std::size_t line, const std::string& reason) const {
    throw base::Error(base::sentence("{0}, line {1}: {2}", m_place, line, reason));
}

void CsvScanner::append(char c) {
    if (m_text.size() >= longestRow)
        refuse(m_rowLine,
               base::sentence(
                   "the row is longer than 1 MiB. Check for a quote that is never closed, and that this is a table."));
    m_text += c;
}

void CsvScanner::endCell() {
    if (m_ends.size() >= mostColumns)
        refuse(m_rowLine,
               base::sentence("the row has more than 65,536 cells. Check the delimiter, and that this is a table."));
    m_ends.push_back(m_text.size());
    m_state = State::CellStart;
}

bool CsvScanner::namesDelimiter() const {
    if (m_rowLine != 1 || m_cells.size() > 2 || m_cells[0].size() < 4 || m_cells[0].size() > 5) return false;
    std::string word(m_cells[0].substr(0, 4));
    for (char& c : word) c = static_cast<char>(c | 0x20);  // small letters; "=" stays
    const std::string_view rest = m_cells[0].substr(4);
    if (word != "sep=") return false;
    return m_cells.size() == 2 ? rest.empty() && m_cells[1].empty() : rest == std::string_view(&m_delimiter, 1);
}

void CsvScanner::endRow(const Sink& sink) {
    const bool blanksEndIt = m_delimiter == ' ' && m_state == State::CellStart && !m_ends.empty();
    if (!blanksEndIt) endCell();
    m_cells.clear();
    std::size_t begin = 0;
    for (const std::size_t end : m_ends) {
        m_cells.push_back(trimmed(std::string_view(m_text).substr(begin, end - begin)));
        begin = end;
    }
    const bool blank = m_cells.size() == 1 && m_cells[0].empty();
    const bool isMalformed = std::exchange(m_isMalformed, false);
    if (!blank && !namesDelimiter()) sink({m_rowLine, m_cells, isMalformed});
    m_text.clear();
    m_ends.clear();
}

void CsvScanner::takeQuoted(char c) {
    if (c == '"') {
        m_state = State::QuoteSeen;
        return;
    }
    if (c == '\n') ++m_line;
    append(c);
}

void CsvScanner::takeAfterQuote(char c) {
    if (c == '"') {
        append(c);
        m_state = State::Quoted;
    } else if (!isBlank(c)) {
        if (!m_marks)
            refuse(m_line,
                   base::sentence("text follows a closing quote. Double the quotes inside a cell, or remove them."));
        m_isMalformed = true;
        m_state = State::Plain;
        append(c);
    }
}

void CsvScanner::take(char c, const Sink& sink) {
    if (c == '\0') refuse(m_line, zeroByteReason());
    if (m_state == State::Quoted) return takeQuoted(c);
    const bool endOfPair = c == '\n' && m_afterReturn;
    m_afterReturn = c == '\r';
    if (endOfPair) return;
    if (c == '\n' || c == '\r') {
        endRow(sink);
        m_rowLine = ++m_line;
    } else if (isDelimiter(c)) {
        if (m_delimiter != ' ' || m_state != State::CellStart) endCell();
    } else if (m_state == State::QuoteSeen) {
        takeAfterQuote(c);
    } else if (m_state == State::CellStart && c == '"') {
        m_state = State::Quoted;
    } else if (m_state == State::Plain || !isBlank(c)) {
        m_state = State::Plain;
        append(c);
    }
}

void CsvScanner::feed(std::string_view block, const Sink& sink) {
    for (const char c : block) take(c, sink);
}

void CsvScanner::finish(const Sink& sink) {
    if (m_state == State::Quoted)
        refuse(m_rowLine, base::sentence("a quote that opens in this row is never closed. Close it or remove it."));
    if (!m_ends.empty() || m_state != State::CellStart) endRow(sink);
}

}  // namespace perceptory::data
