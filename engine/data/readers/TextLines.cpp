// A text a line, as the numbers of its characters (data::Tokens), padded at the end. The class is the name of the file,
// or the first or last column where tabs part them.

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
constexpr std::int64_t mostSteps = 10'000;

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
            checkSize(file.size());
            for (std::size_t end = block.find('\n'); end != block.npos; end = block.find('\n')) {
                take(text.append(block.substr(0, end)));
                text.clear();
                block.remove_prefix(end + 1);
            }
            text += block;
            if (text.size() > longestLine) refuse(m_line + 1, base::sentence("it has more than 1 MiB."));
        }
        take(text);
    }

    std::vector<std::string> texts;
    std::vector<std::int32_t> labels;  // numbers of `counter`
    std::vector<std::uint32_t> lines;
    LabelCounter counter;

private:
    [[noreturn]] void refuse(std::uint32_t line, const std::string& reason) const {
        throw base::Error(base::sentence("{0}, line {1}: {2} Mend the line.", m_place, line, reason));
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
        if (line.empty()) return;
        std::string_view label = m_fileLabel;
        if (m_label != "file") {
            const std::size_t tab = m_label == "first_column" ? line.find('\t') : line.rfind('\t');
            if (tab != line.npos) {
                label = m_label == "first_column" ? line.substr(0, tab) : line.substr(tab + 1);
                line = m_label == "first_column" ? line.substr(tab + 1) : line.substr(0, tab);
            } else if (m_request.needsTarget) {
                refuse(m_line, base::sentence("there is no tab between text and class."));
            }
        }
        texts.push_back(asUtf8(line));
        labels.push_back(counter.add(asUtf8(label)));
        lines.push_back(m_line);
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
    const Tokens tokens =
        request.tokens ? *request.tokens : Tokens(lines.texts, static_cast<std::size_t>(values.integer("length")));
    checkMemory(lines.texts.size(), 2 * tokens.steps(), request.memoryLimit, request.path.string());

    Table table;
    table.tokens = tokens;
    table.count = lines.texts.size();
    table.lines = lines.lines;
    for (std::size_t i = 0; i < tokens.steps(); ++i) table.columns.push_back("character_" + std::to_string(i + 1));
    table.values.resize(table.count * tokens.steps());
    std::size_t cut = 0;
    for (std::size_t i = 0; i < table.count; ++i)
        cut += tokens.encode(lines.texts[i], table.values.data() + i * tokens.steps());
    if (request.needsTarget) setClasses(lines, request, table);
    table.notes.push_back(base::sentence("{0} texts of up to {1} characters; an embedding of them needs {2} entries.",
                                         table.count, tokens.steps(), tokens.entries()));
    if (cut > 0) table.notes.push_back(base::sentence("{0} texts are longer and were cut off.", cut));
    return table;
}

}  // namespace

const ReaderType reader_members::TextLines{
    {"text_lines",
     "Texts (a line each)",
     "Text in UTF-8, one text a line, or a folder with such files (*.txt). Its characters become numbers for an "
     "embedding; short texts are padded at the end.",
     {base::choiceParam("label", "Class",
                        "Where the class of a text stands: the name of its file, or a column apart by a tab.", "file",
                        {"file", "first_column", "last_column"}),
      base::integerParam("length", "Length", "Longer texts are cut off; 0: as long as the longest.", 0, 0, mostSteps)}},
    {".txt"},
    read,
    true};

}  // namespace perceptory::data
