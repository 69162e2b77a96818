#include "engine/data/readers/TableColumns.h"

#include <algorithm>
#include <array>

#include "engine/base/Text.h"
#include "engine/data/readers/CsvPreview.h"
#include "engine/data/readers/CsvSniffer.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

std::vector<base::ParamType> withTableParameters(std::vector<base::ParamType> own) {
    own.push_back(delimiterParameter());
    own.push_back(base::choiceParam("header", "Header", "Whether the first row names the columns.", "auto",
                                    {"auto", "yes", "no"}));
    own.push_back(base::choiceParam("decimal", "Decimal sign", "What stands before the decimals.", "auto",
                                    {"auto", "point", "comma"}));
    return own;
}

base::ParamType columnParameter(std::string id, std::string label, std::string help) {
    base::ParamType type;
    type.id = std::move(id);
    type.label = std::move(label);
    type.help = std::move(help);
    type.kind = base::ParamKind::Text;
    type.fallback = "";
    return type;
}

base::Json csvParameters(const base::Json& parameters) {
    base::Json result = base::Json::object();
    for (const char* id : std::array{"delimiter", "header", "decimal"})
        if (parameters.contains(id)) result[id] = parameters[id];
    return result;
}

FilePreview previewTable(const std::filesystem::path& path, const base::Json& parameters) {
    FilePreview preview = previewCsv(path, csvParameters(parameters));
    base::Json found = parameters;
    found.update(csvParameters(preview.parameters));
    preview.parameters = std::move(found);
    return preview;
}

std::optional<std::size_t> placeOfColumn(const FilePreview& look, const std::string& name, const std::string& id,
                                         base::Problems& problems) {
    const auto found = std::ranges::find(look.columns, name, &ColumnSummary::name);
    if (found != look.columns.end()) return static_cast<std::size_t>(found - look.columns.begin());
    constexpr std::size_t shown = 6;
    std::vector<std::string> names;
    std::string list;
    for (const ColumnSummary& column : look.columns) {
        if (names.size() < shown) list += (names.empty() ? "\"" : ", \"") + quotable(column.name) + "\"";
        if (names.size() == shown) list += ", …";
        names.push_back(column.name);
    }
    const std::string guess = base::nearest(name, names);
    problems.push_back({"data.reader.parameters." + id, base::Severity::Error,
                        base::sentence("The file has no column called \"{0}\".", quotable(name)),
                        guess.empty() ? base::sentence("Its columns are {0}.", list)
                                      : base::sentence("Did you mean \"{0}\"?", quotable(guess))});
    return {};
}

}  // namespace perceptory::data
