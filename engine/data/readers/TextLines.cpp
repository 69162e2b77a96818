// A text a line, as the numbers of its characters or words (data::Tokens), padded at the end. The class is the name of
// the file, or the first or last column where tabs part them.

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/Labels.h"
#include "engine/data/MemoryLimit.h"
#include "engine/data/readers/Reader.h"
#include "engine/data/readers/TextFile.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longestLine = 1 << 20;  // bytes
constexpr std::int64_t mostEntries = 1'000'000;

// The files themselves, and for a folder its *.txt in the order of their names.
std::vector<fs::path> filesOf(const std::vector<fs::path>& paths) {
    std::vector<fs::path> files;
    for (const fs::path& path : paths) {
        std::error_code none;
        if (!fs::is_directory(path, none)) {
            files.push_back(path);
            continue;
        }
        std::vector<fs::path> inside;
        for (const fs::directory_entry& entry : fs::directory_iterator(path, none))
            if (entry.path().extension() == ".txt") inside.push_back(entry.path());
        if (none || inside.empty())
            throw base::Error(
                base::sentence("{0}: there are no files *.txt in this folder. Choose another folder, or "
                               "name the files in \"paths\".",
                               path.string()));
        std::ranges::sort(inside);
        files.insert(files.end(), inside.begin(), inside.end());
    }
    return files;
}

class Lines {
public:
    Lines(const ReadRequest& request, const std::string& label) : m_request(request), m_label(label) {}

    void read(const fs::path& path) {
        TextFile file(path);
        m_place = path.string();
        m_fileLabel = path.stem().string();
        m_line = 0;
        std::string text;
        for (std::string_view block = file.next(); !block.empty(); block = file.next()) {
            base::tell(m_request.progress, 0);
            checkSize(file.size());
            for (std::size_t end = block.find('\n'); end != block.npos; end = block.find('\n')) {
                take(text.append(block.substr(0, end)));
                text.clear();
                block.remove_prefix(end + 1);
            }
            text += block;
            if (text.size() > longestLine)
                refuse(m_line + 1, base::sentence("it has more than 1 MiB. Part it into several lines."));
        }
        if (!text.empty()) take(text);
        if (std::string note = file.encodingNote(); !note.empty()) notes.push_back(std::move(note));
    }

    std::vector<std::string> texts;
    std::vector<std::int32_t> labels;  // numbers of `counter`
    std::vector<std::uint32_t> lines;
    LabelCounter counter;
    std::int64_t blank = 0;         // lines that were skipped
    std::vector<std::size_t> rows;  // numbers of the texts among all lines
    std::vector<std::string> notes;

private:
    // `reason` ends with what to do.
    [[noreturn]] void refuse(std::uint32_t line, const std::string& reason) const {
        throw base::Error(base::sentence("{0}, line {1}: {2}", m_place, line, reason));
    }

    void checkSize(std::size_t bytes) {
        m_bytes += m_line == 0 ? static_cast<std::int64_t>(bytes) : 0;
        if (m_bytes > m_request.memoryLimit)
            throw base::Error(base::sentence("{0}: the texts need more than {1} bytes. Use fewer or smaller files.",
                                             m_place, m_request.memoryLimit));
    }

    void take(std::string_view line) {
        ++m_line;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) {
            ++blank;
            return;
        }
        if (line.find('\0') != line.npos) refuse(m_line, zeroByteReason());
        std::string_view label = m_fileLabel;
        if (m_label != "file") {
            const std::size_t tab = m_label == "first_column" ? line.find('\t') : line.rfind('\t');
            if (tab != line.npos) {
                label = m_label == "first_column" ? line.substr(0, tab) : line.substr(tab + 1);
                line = m_label == "first_column" ? line.substr(tab + 1) : line.substr(0, tab);
            } else if (m_request.needsTarget) {
                refuse(m_line, base::sentence("there is no tab between text and class. Mend the line, or set \"label\" "
                                              "to \"file\"."));
            }
        }
        texts.push_back(asUtf8(line));
        labels.push_back(counter.add(asUtf8(label)));
        lines.push_back(m_line);
        rows.push_back(texts.size() - 1 + static_cast<std::size_t>(blank));
    }

    const ReadRequest& m_request;
    const std::string m_label;
    std::string m_place, m_fileLabel;
    std::uint32_t m_line = 0;
    std::int64_t m_bytes = 0;
};

void setClasses(const Lines& lines, const ReadRequest& request, Table& table) {
    const bool known = request.pipeline && !request.classNames.empty();
    const LabelCounter::Classes classes = known ? lines.counter.classes(request.classNames) : lines.counter.classes();
    table.classNames = classes.names;
    for (const std::int32_t label : lines.labels)
        table.labels.push_back(classes.indexOf[static_cast<std::size_t>(label)]);
}

Tokens::Choice choiceOf(const base::ParamValues& values) {
    const auto number = [&](const char* id) { return static_cast<std::size_t>(values.integer(id)); };
    return {values.text("unit") == "word" ? Tokens::Unit::Word : Tokens::Unit::Character, number("length"),
            number("vocabulary"), number("min_count")};
}

void noteLines(const Lines& lines, std::size_t cut, Table& table) {
    const Tokens& tokens = *table.tokens;
    const auto steps = static_cast<std::int64_t>(tokens.steps());
    table.notes.push_back(base::sentence("{0} of up to {1}; an embedding of them needs {2} entries.",
                                         base::counted("{0} text", "{0} texts", static_cast<std::int64_t>(table.count)),
                                         tokens.unit() == Tokens::Unit::Word
                                             ? base::counted("{0} word", "{0} words", steps)
                                             : base::counted("{0} character", "{0} characters", steps),
                                         tokens.entries()));
    if (cut > 0)
        table.notes.push_back(base::counted("{0} text is longer and was cut off.",
                                            "{0} texts are longer and were cut off.", static_cast<std::int64_t>(cut)));
    if (lines.blank > 0)
        table.notes.push_back(
            base::counted("{0} blank line was skipped.", "{0} blank lines were skipped.", lines.blank));
    table.notes.insert(table.notes.end(), lines.notes.begin(), lines.notes.end());
}

void encode(const Lines& lines, const ReadRequest& request, Table& table) {
    const Tokens& tokens = *table.tokens;
    const bool words = tokens.unit() == Tokens::Unit::Word;
    for (std::size_t i = 0; i < tokens.steps(); ++i)
        table.columns.push_back((words ? "word_" : "character_") + std::to_string(i + 1));
    table.values = RowStore(tokens.steps());
    std::vector<float> row(tokens.steps());
    std::size_t cut = 0;
    for (std::size_t i = 0; i < table.count; ++i) {
        if (i % 256 == 0) base::tell(request.progress, static_cast<double>(i) / static_cast<double>(table.count));
        cut += tokens.encode(lines.texts[i], row.data());
        table.values.append(row);
    }
    noteLines(lines, cut, table);
}

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    const base::ParamValues values(reader_members::TextLines.parameters, request.parameters);
    if (request.pipeline && !request.tokens) {
        problems.push_back({"data.reader", base::Severity::Error,
                            base::sentence("The model was not trained with texts."),
                            base::sentence("Choose data of the kind it was trained with.")});
        return {};
    }
    Lines lines(request, values.text("label"));
    for (const fs::path& path : filesOf(request.paths)) lines.read(path);
    Table table;
    table.tokens = request.tokens ? *request.tokens : Tokens(lines.texts, choiceOf(values));
    for (const std::size_t row : lines.rows) table.addRow(row);
    table.sourceCount = lines.texts.size() + static_cast<std::size_t>(lines.blank);
    table.lines = lines.lines;
    checkMemory(table.count, 2 * table.tokens->steps(), request.memoryLimit, request.path.string());
    encode(lines, request, table);
    if (request.needsTarget) setClasses(lines, request, table);
    return table;
}

}  // namespace

const ReaderType reader_members::TextLines{
    {"text_lines",
     "Texts (a line each)",
     "Text in UTF-8, one text a line, or a folder with such files (*.txt). Its characters or words become numbers for "
     "an embedding; short texts are padded at the end. Words are letters and digits in a row, in small letters, with "
     "apostrophes inside.",
     {base::choiceParam("label", "Class",
                        "Where the class of a text stands: the name of its file, or a column apart by a tab.", "file",
                        {"file", "first_column", "last_column"}),
      base::integerParam("length", "Length", "Longer texts are cut off; 0: as long as the longest, and 10,000 at most.",
                         0, 0, Tokens::mostSteps),
      base::choiceParam("unit", "Unit", "What becomes a number: each character, or each word.", "character",
                        {"character", "word"}),
      base::integerParam("vocabulary", "Vocabulary",
                         "How many different ones are told apart, the most frequent ones; all others are the same "
                         "unknown one. 0: all.",
                         10'000, 0, mostEntries),
      base::integerParam("min_count", "Minimum count", "Rarer ones are unknown too.", 1, 1, mostEntries)}},
    {".txt"},
    read,
    true};

}  // namespace perceptory::data
