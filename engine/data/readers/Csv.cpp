#include <algorithm>

#include "engine/data/readers/CsvPreview.h"
#include "engine/data/readers/CsvTable.h"
#include "engine/data/readers/TextFile.h"

namespace perceptory::data {

namespace {

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    TextFile file(request.path);
    const std::string place = request.path.string();
    const base::ParamValues parameters(reader_members::Csv.parameters, request.parameters);
    const CsvStyle style = sniffCsv(file.head(), file.headIsAll(), parameters, place, request.usualNumbers());
    CsvTable table(request, style, request.pipeline ? FilePreview{} : previewCsv(request.path, request.parameters),
                   problems);
    CsvScanner scanner(style.delimiter, place, skipsBadRows(request.parameters));
    const auto sink = [&](const CsvRow& row) { table.take(row); };
    const std::size_t wanted =
        request.beginning > 0 ? static_cast<std::size_t>(request.beginning) : std::max<std::size_t>(1, file.size());
    std::size_t done = 0;
    bool isAll = true;
    for (auto block = file.next(); !block.empty() && table.usable(); block = file.next()) {
        isAll = request.beginning <= 0 || done < wanted;
        if (!isAll) break;
        scanner.feed(block, sink);
        done += block.size();
        if (request.beginning <= 0) table.checkSize(done, file.size());
        base::tell(request.progress, std::min(1.0, static_cast<double>(done) / static_cast<double>(wanted)));
    }
    if (table.usable() && isAll) scanner.finish(sink);
    auto result = table.finish();
    if (const std::string note = file.encodingNote(); result && !note.empty()) result->notes.push_back(note);
    return result;
}

}  // namespace

const ReaderType reader_members::Csv{
    {"csv",
     "Table (CSV)",
     "Text in UTF-8, a row per line, cells separated by comma, semicolon, tab, bar or blanks, in double quotes where "
     "needed "
     "(RFC 4180). Empty cells, ?, -, NA and nan are missing values. Columns of a few different texts become an "
     "input for each of them; dates and texts of many kinds are left out. Several files with the same columns are one "
     "table.",
     {delimiterParameter(),
      base::choiceParam("header", "Header", "Whether the first row names the columns.", "auto", {"auto", "yes", "no"}),
      base::choiceParam("decimal", "Decimal sign", "What stands before the decimals.", "auto",
                        {"auto", "point", "comma"}),
      base::choiceParam("thousands", "Thousands", "Whether digits stand in groups, as in 1,234,567.", "auto",
                        {"auto", "plain", "grouped"}),
      base::choiceParam("bad_rows", "Bad rows",
                        "What to do with rows that have too few or too many cells, or text behind a closing quote.",
                        "stop", {"stop", "skip"})}},
    {".csv", ".tsv", ".txt"},
    read,
    false,
    previewCsv};

}  // namespace perceptory::data
