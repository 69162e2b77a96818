#include "engine/data/readers/CsvTally.h"

#include "engine/base/Text.h"
#include "engine/data/Counts.h"

namespace perceptory::data {

void CsvTally::add(std::size_t line) {
    ++count;
    if (lines.size() < 5) lines.push_back(line);
}

std::string CsvTally::words() const { return base::sentence("{0} ({1})", rowsText(count), where()); }

std::string CsvTally::where() const {
    std::string list;
    for (const std::size_t line : lines) list += (list.empty() ? "" : ", ") + std::to_string(line);
    if (count > lines.size()) list += ", …";
    return count == 1 ? base::sentence("line {0}", list) : base::sentence("lines {0}", list);
}

base::Problem CsvTally::ragged(const std::string& name, std::size_t columns, bool skippable) const {
    const bool one = count == 1;
    const std::string sentence = one ? base::sentence("{0}, {1}: the row does not have {2} as the first row has.", name,
                                                      where(), cellsText(columns))
                                     : base::sentence("{0}, {1}: {2} rows do not have {3} as the first row has.", name,
                                                      where(), count, cellsText(columns));
    const std::string fix =
        skippable ? one ? base::sentence("Mend the line, or let bad rows be skipped (\"bad_rows\": \"skip\").")
                        : base::sentence("Mend these lines, or let bad rows be skipped (\"bad_rows\": \"skip\").")
        : one ? base::sentence("Mend the line, or delete what is bad.")
                  : base::sentence("Mend these lines, or delete what is bad.");
    return {skippable ? "data.reader.parameters.bad_rows" : "data.path", base::Severity::Error, sentence, fix};
}

}  // namespace perceptory::data
