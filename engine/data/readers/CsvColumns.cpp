#include "engine/data/readers/CsvColumns.h"

#include <algorithm>
#include <set>

#include "engine/base/Text.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

using base::Problems;
using base::Severity;

namespace {

std::optional<std::size_t> positionOf(const std::vector<std::string>& names, const std::string& name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

std::string firstNames(const std::vector<std::string>& names) {
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(6, names.size()); ++i)
        list += (i ? ", \"" : "\"") + quotable(names[i]) + "\"";
    return names.size() > 6 ? list + ", …" : list;
}

// `meant`: those of the names that could be the one.
void reportUnknown(const std::string& where, const std::string& name, const std::vector<std::string>& names,
                   const std::vector<std::string>& meant, Problems& problems) {
    const std::string guess = base::nearest(name, meant);
    problems.push_back({where, Severity::Error,
                        base::sentence("The file has no column called \"{0}\".", quotable(name)),
                        guess.empty() ? base::sentence("Its columns are {0}.", firstNames(names))
                                      : base::sentence("Did you mean \"{0}\"?", quotable(guess))});
}

std::optional<std::size_t> chooseTarget(const std::vector<std::string>& names, const ReadRequest& request,
                                        Problems& problems) {
    if (!request.targetName.empty()) {
        const auto found = positionOf(names, request.targetName);
        if (!found) reportUnknown("data.target", request.targetName, names, names, problems);
        return found;
    }
    const auto count = static_cast<std::int64_t>(names.size());
    const std::int64_t index = request.targetIndex.value_or(count - 1);
    if (index >= -count && index < count) return static_cast<std::size_t>(index < 0 ? index + count : index);
    problems.push_back({"data.target", Severity::Error,
                        base::sentence("There is no column {0}: the file has {1}.", index, count),
                        base::sentence("Count from 0, or give the name of the column.")});
    return {};
}

// Columns the features name, themselves or inside formulas.
std::set<std::size_t> wantedColumns(const std::vector<std::string>& names, const std::vector<std::size_t>& candidates,
                                    const ReadRequest& request, Problems& problems) {
    std::set<std::size_t> wanted;
    std::vector<std::string> candidateNames;
    for (const std::size_t position : candidates) candidateNames.push_back(names[position]);
    for (std::size_t i = 0; i < request.features.size(); ++i) {
        const FeatureSpec& feature = request.features[i];
        const std::string where = "data.features[" + std::to_string(i) + "]";
        if (feature.id.empty()) {
            if (const auto formula = Formula::parse(feature.formula, candidateNames, where, problems))
                for (const std::size_t column : formula->columns()) wanted.insert(candidates[column]);
        } else if (const auto position = positionOf(names, feature.id)) {
            if (std::ranges::count(candidates, *position) == 0)
                problems.push_back(
                    {where, Severity::Error,
                     base::sentence("\"{0}\" is the target, so it cannot be an input.", quotable(feature.id)),
                     base::sentence("Remove it from the features, or choose another target.")});
            wanted.insert(*position);
        } else if (!features().find(feature.id)) {
            reportUnknown(where, feature.id, candidateNames, candidateNames, problems);
        } else if (candidates.size() == 2) {
            wanted.insert(candidates.begin(), candidates.end());
        }
    }
    return wanted;
}

// Without names the place decides: the file as in training, or with the inputs alone, or with one column behind them.
std::optional<std::vector<std::size_t>> columnsByPlace(std::size_t count, const InputPipeline& pipeline,
                                                       Problems& problems) {
    const std::size_t needed = pipeline.rawCount();
    if (count == pipeline.source().columns) return pipeline.source().positions;
    if (count != needed && count != needed + 1) {
        problems.push_back(
            {"data.path", Severity::Error,
             base::sentence("The file has no header and {0} columns; the model needs {1}.", count, needed),
             base::sentence("Give the columns {0}, or add a header with their names.",
                            firstNames(pipeline.rawNames()))});
        return {};
    }
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < needed; ++i) result.push_back(i);
    return result;
}

std::optional<std::vector<std::size_t>> columnsByName(const std::vector<std::string>& names,
                                                      const InputPipeline& pipeline, Problems& problems) {
    std::vector<std::size_t> result;
    std::vector<std::string> missing;
    for (const std::string& name : pipeline.rawNames()) {
        if (const auto position = positionOf(names, name))
            result.push_back(*position);
        else
            missing.push_back(name);
    }
    if (missing.empty()) return result;
    // A column that is another input already was not meant.
    std::vector<std::string> unused;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (std::ranges::count(result, i) == 0) unused.push_back(names[i]);
    if (missing.size() == 1)
        reportUnknown("data.path", missing[0], names, unused, problems);
    else
        problems.push_back(
            {"data.path", Severity::Error,
             base::sentence("The file lacks {0} of the {1} columns the model needs: {2}.", missing.size(),
                            pipeline.rawCount(), firstNames(missing)),
             base::sentence("Its own columns are {0}; choose a file with those of the model.", firstNames(names))});
    return {};
}

std::optional<std::vector<std::size_t>> newColumns(const CsvColumns& columns, const ReadRequest& request,
                                                   Problems& problems) {
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < columns.names.size(); ++i)
        if (i != columns.target) candidates.push_back(i);
    if (candidates.empty()) {
        problems.push_back({"data.path", Severity::Error,
                            base::sentence("The file has one column only, so nothing is left to learn from."),
                            base::sentence("Check the delimiter, or choose a file with more columns.")});
        return {};
    }
    if (request.features.empty()) return candidates;
    const auto wanted = wantedColumns(columns.names, candidates, request, problems);
    return wanted.empty() ? candidates : std::vector(wanted.begin(), wanted.end());
}

}  // namespace

std::vector<std::string> columnNames(std::span<const std::string_view> firstRow, bool header) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < firstRow.size(); ++i) {
        const bool named = header && !firstRow[i].empty();
        const std::string wanted = named ? asUtf8(firstRow[i]) : "column " + std::to_string(i + 1);
        std::string name = wanted;
        for (int copy = 2; taken.contains(name); ++copy) name = wanted + " (" + std::to_string(copy) + ")";
        taken.insert(name);
        names.push_back(std::move(name));
    }
    return names;
}

std::optional<CsvColumns> chooseColumns(std::vector<std::string> names, bool header, const ReadRequest& request,
                                        Problems& problems) {
    CsvColumns columns{std::move(names), {}, {}};
    const std::size_t before = problems.size();
    if (request.needsTarget) columns.target = chooseTarget(columns.names, request, problems);
    auto inputs = !request.pipeline ? newColumns(columns, request, problems)
                  : header          ? columnsByName(columns.names, *request.pipeline, problems)
                                    : columnsByPlace(columns.names.size(), *request.pipeline, problems);
    if (!inputs || problems.size() > before) return {};
    columns.inputs = std::move(*inputs);
    return columns;
}

}  // namespace perceptory::data
