#pragma once
// Rows of cells from the bytes of a CSV file (RFC 4180): cells may stand in double quotes, and then hold delimiters,
// line ends and doubled quotes. Lines end with LF, CR LF or CR. Blank lines are skipped, and so is a first line that
// names the delimiter, as spreadsheets write it: sep=;

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perceptory::data {

struct CsvRow {
    std::size_t line = 0;                     // where the row begins, counted from 1 as editors do
    std::span<const std::string_view> cells;  // without quotes and outer blanks; valid during the call only
    bool isMalformed = false;                 // text follows a closing quote
};

// Takes the file in blocks of any size. Memory: one row.
class CsvScanner {
public:
    static constexpr std::size_t longestRow = 1 << 20;  // bytes
    static constexpr std::size_t mostColumns = 65536;

    // The delimiter ' ' stands for any number of blanks and tabs. `place` begins the messages: the path. `marks`: rows
    // that are malformed are marked instead of refused.
    CsvScanner(char delimiter, std::string place, bool marks = false)
        : m_delimiter(delimiter), m_place(std::move(place)), m_marks(marks) {}

    using Sink = std::function<void(const CsvRow&)>;

    // Throws Error naming the line for a zero byte, a row too long or with too many cells, and text behind a closing
    // quote.
    void feed(std::string_view block, const Sink& sink);
    // The end of the file. Throws Error for a quote that was never closed.
    void finish(const Sink& sink);

private:
    enum class State { CellStart, Plain, Quoted, QuoteSeen };

    void take(char c, const Sink& sink);
    void takeQuoted(char c);
    void takeAfterQuote(char c);
    void append(char c);
    bool isDelimiter(char c) const { return c == m_delimiter || (m_delimiter == ' ' && c == '\t'); }
    bool namesDelimiter() const;
    void endCell();
    void endRow(const Sink& sink);
    [[noreturn]] void refuse(std::size_t line, const std::string& reason) const;

    char m_delimiter;
    std::string m_place;
    bool m_marks, m_isMalformed = false;
    State m_state = State::CellStart;
    bool m_afterReturn = false;
    std::size_t m_line = 1, m_rowLine = 1;
    std::string m_text;               // the cells of the row, one behind the other
    std::vector<std::size_t> m_ends;  // where each ends in m_text
    std::vector<std::string_view> m_cells;
};

}  // namespace perceptory::data
