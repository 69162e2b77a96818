// A text a line, as the numbers of its characters or words (data::Tokens), padded at the end. The class is the name of
// the file, or the first or last column where tabs part them.

#include <algorithm>
#include <functional>

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

struct Line {
    std::string_view text, label;  // UTF-8; valid during the call only
    std::uint32_t number = 0;      // in its file, counted from 1
    std::size_t row = 0;           // among the lines of all files, counted from 0
};

// The lines of files in turn, which are not kept.
class Lines {
public:
    using Sink = std::function<void(const Line&)>;

    Lines(const ReadRequest& request, const std::string& label) : m_request(request), m_label(label) {}

    void read(const std::vector<fs::path>& files, const base::Progress& progress, const Sink& sink) {
        for (std::size_t i = 0; i < files.size(); ++i) {
            const auto share = [&](std::size_t done) {
                return static_cast<double>(done) / static_cast<double>(files.size());
            };
            readFile(files[i], base::piece(progress, share(i), share(i + 1)), sink);
        }
    }

    const std::string& place() const { return m_place; }  // the file that is read
    std::size_t rows() const { return m_row; }
    std::int64_t blank() const { return m_blank; }  // lines that were skipped
    const std::vector<std::string>& notes() const { return m_notes; }

private:
    void readFile(const fs::path& path, const base::Progress& progress, const Sink& sink) {
        TextFile file(path);
        m_place = path.string();
        m_fileLabel = path.stem().string();
        m_line = 0;
        std::string text;
        std::size_t done = 0;
        for (std::string_view block = file.next(); !block.empty(); block = file.next()) {
            done += block.size();
            for (std::size_t end = block.find('\n'); end != block.npos; end = block.find('\n')) {
                take(text.append(block.substr(0, end)), sink);
                text.clear();
                block.remove_prefix(end + 1);
            }
            text += block;
            if (text.size() > longestLine)
                refuse(m_line + 1, base::sentence("it has more than 1 MiB. Part it into several lines."));
            base::tell(progress, std::min(1.0, static_cast<double>(done) / static_cast<double>(file.size())));
        }
        if (!text.empty()) take(text, sink);
        if (std::string note = file.encodingNote(); !note.empty()) m_notes.push_back(std::move(note));
    }

    // `reason` ends with what to do.
    [[noreturn]] void refuse(std::uint32_t line, const std::string& reason) const {
        throw base::Error(base::sentence("{0}, line {1}: {2}", m_place, line, reason));
    }

    void take(std::string_view line, const Sink& sink) {
        ++m_line;
        const std::size_t row = m_row++;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) {
            ++m_blank;
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
        sink({asUtf8(line), asUtf8(label), m_line, row});
    }

    const ReadRequest& m_request;
    const std::string m_label;
    std::string m_place, m_fileLabel;
    std::uint32_t m_line = 0;
    std::size_t m_row = 0;
    std::int64_t m_blank = 0;
    std::vector<std::string> m_notes;
};

class TextsReader {
public:
    explicit TextsReader(const ReadRequest& request)
        : m_request(request),
          m_values(reader_members::TextLines.parameters, request.parameters),
          m_files(filesOf(request.paths)) {}

    // Read twice where the tokens are not known yet: counted, and then made numbers.
    Table run() {
        constexpr double counted = 0.4;
        const bool isNew = !m_request.tokens;
        if (isNew) count(base::piece(m_request.progress, 0, counted));
        m_table.tokens = isNew ? Tokens(*m_counter, choice()) : *m_request.tokens;
        const Tokens& tokens = *m_table.tokens;
        const bool words = tokens.unit() == Tokens::Unit::Word;
        for (std::size_t i = 0; i < tokens.steps(); ++i)
            m_table.columns.push_back((words ? "word_" : "character_") + std::to_string(i + 1));
        m_table.values = RowStore(tokens.steps());
        if (isNew) checkSize(m_texts);
        encode(base::piece(m_request.progress, isNew ? counted : 0, 1));
        return std::move(m_table);
    }

private:
    Tokens::Unit unit() const { return m_values.text("unit") == "word" ? Tokens::Unit::Word : Tokens::Unit::Character; }

    Tokens::Choice choice() const {
        const auto number = [&](const char* id) { return static_cast<std::size_t>(m_values.integer(id)); };
        return {unit(), number("length"), number("vocabulary"), number("min_count")};
    }

    void count(const base::Progress& progress) {
        m_counter.emplace(unit());
        Lines lines(m_request, m_values.text("label"));
        lines.read(m_files, progress, [&](const Line& line) {
            const std::size_t before = m_counter->longest();
            if (m_counter->add(line.text) > before)
                m_longest = base::sentence("{0}, line {1}", fs::path(lines.place()).filename().string(), line.number);
            ++m_texts;
            if (m_counter->bytes() > m_request.memoryLimit)
                throw base::Error(
                    base::sentence("{0}, line {1}: the different words need more than {2} bytes. Use "
                                   "fewer or smaller files, or \"unit\": \"character\".",
                                   lines.place(), line.number, m_request.memoryLimit));
        });
    }

    void checkSize(std::size_t rows) const {
        const std::string longest =
            m_longest.empty() ? std::string()
                              : base::sentence(" The longest text, in {0}, has {1}.", m_longest, m_counter->longest());
        checkMemory(rows, m_table.tokens->steps(), m_request.memoryLimit, m_request.path.string(),
                    base::sentence("Set a smaller \"length\", where longer texts are cut off.") + longest);
    }

    void encode(const base::Progress& progress) {
        constexpr std::size_t often = 1024;
        Lines lines(m_request, m_values.text("label"));
        LabelCounter counter;
        std::vector<float> row(m_table.tokens->steps());
        std::size_t cut = 0;
        lines.read(m_files, progress, [&](const Line& line) {
            cut += m_table.tokens->encode(line.text, row.data());
            m_table.values.append(row);
            m_table.labels.push_back(counter.add(line.label));
            m_table.lines.push_back(line.number);
            m_table.addRow(line.row);
            if (m_table.count % often == 0) checkSize(m_table.count);
        });
        if (m_table.count == 0)
            throw base::Error(base::sentence("{0}: there is no line with anything in it. Choose another file.",
                                             m_request.path.string()));
        m_table.sourceCount = lines.rows();
        setClasses(counter);
        note(lines, cut);
    }

    void setClasses(const LabelCounter& counter) {
        if (!m_request.needsTarget) return m_table.labels.clear();
        const bool known = m_request.pipeline && !m_request.classNames.empty();
        const LabelCounter::Classes classes = known ? counter.classes(m_request.classNames) : counter.classes();
        m_table.classNames = classes.names;
        for (std::int32_t& label : m_table.labels) label = classes.indexOf[static_cast<std::size_t>(label)];
    }

    void note(const Lines& lines, std::size_t cut) {
        const Tokens& tokens = *m_table.tokens;
        const auto steps = static_cast<std::int64_t>(tokens.steps());
        m_table.notes.push_back(base::sentence(
            "{0} of up to {1}; an embedding of them needs {2} entries.",
            base::counted("{0} text", "{0} texts", static_cast<std::int64_t>(m_table.count)),
            tokens.unit() == Tokens::Unit::Word ? base::counted("{0} word", "{0} words", steps)
                                                : base::counted("{0} character", "{0} characters", steps),
            tokens.entries()));
        if (cut > 0)
            m_table.notes.push_back(base::counted("{0} text is longer and was cut off.",
                                                  "{0} texts are longer and were cut off.",
                                                  static_cast<std::int64_t>(cut)));
        if (lines.blank() > 0)
            m_table.notes.push_back(
                base::counted("{0} blank line was skipped.", "{0} blank lines were skipped.", lines.blank()));
        m_table.notes.insert(m_table.notes.end(), lines.notes().begin(), lines.notes().end());
    }

    const ReadRequest& m_request;
    const base::ParamValues m_values;
    const std::vector<fs::path> m_files;
    std::optional<TokenCounter> m_counter;
    std::size_t m_texts = 0;
    std::string m_longest;  // where the longest text stands
    Table m_table;
};

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    if (!request.pipeline || request.tokens) return TextsReader(request).run();
    problems.push_back({"data.reader", base::Severity::Error, base::sentence("The model was not trained with texts."),
                        base::sentence("Choose data of the kind it was trained with.")});
    return {};
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
