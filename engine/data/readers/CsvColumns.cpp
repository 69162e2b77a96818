#include "engine/data/readers/CsvColumns.h"

#include <algorithm>
#include <set>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/Labels.h"
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

// False after reporting that there is no such column.
bool findColumn(const std::vector<std::string>& names, const std::string& name, const std::string& where,
                std::size_t& position, Problems& problems) {
    const auto found = positionOf(names, name);
    if (!found) reportUnknown(where, name, names, names, problems);
    position = found.value_or(0);
    return found.has_value();
}

void chooseTargets(CsvColumns& columns, const ReadRequest& request, Problems& problems) {
    std::size_t position = 0;
    if (!request.targetName.empty()) {
        if (findColumn(columns.names, request.targetName, "data.target", position, problems))
            columns.targets = {position};
        for (const std::string& name : request.moreTargetNames)
            if (findColumn(columns.names, name, "data.target", position, problems)) columns.targets.push_back(position);
        return;
    }
    const auto count = static_cast<std::int64_t>(columns.names.size());
    const std::int64_t index = request.targetIndex.value_or(count - 1);
    if (index >= -count && index < count) {
        columns.targets = {static_cast<std::size_t>(index < 0 ? index + count : index)};
        return;
    }
    problems.push_back({"data.target", Severity::Error,
                        base::sentence("There is no column {0}: the file has {1}.", index, count),
                        base::sentence("Count from 0, or give the name of the column.")});
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
                problems.push_back({where, Severity::Error,
                                    base::sentence("\"{0}\" is the target or left out, so it cannot be an input.",
                                                   quotable(feature.id)),
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

// Without names the place decides: the file as in training, or with the inputs alone, or with the targets behind them.
std::optional<std::vector<std::size_t>> columnsByPlace(std::size_t count, const InputPipeline& pipeline,
                                                       Problems& problems) {
    const std::size_t needed = pipeline.rawCount(), targets = pipeline.source().targets.size();
    if (count == pipeline.source().columns) return pipeline.source().positions;
    if (count != needed && count != needed + std::max<std::size_t>(1, targets)) {
        problems.push_back(
            {"data.path", Severity::Error,
             base::sentence("The file has no header and {0}; the model needs {1}.", columnsText(count), needed),
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

void targetsByPlace(CsvColumns& columns, const InputPipeline& pipeline, Problems& problems) {
    const std::size_t needed = pipeline.rawCount(), count = columns.names.size();
    const InputPipeline::Source& source = pipeline.source();
    if (count == needed) {
        problems.push_back({"data.target", Severity::Error,
                            base::sentence("The file has no header and {0}, the inputs alone, so \"{1}\" is missing, "
                                           "which the model was trained to tell.",
                                           columnsText(count), quotable(source.targets.front().name)),
                            base::sentence("Add that column behind them, or choose a file that has it.")});
        return;
    }
    for (std::size_t i = 0; i < source.targets.size(); ++i)
        columns.targets.push_back(count == source.columns ? source.targets[i].position : needed + i);
}

void targetsByName(CsvColumns& columns, const std::vector<SourceColumn>& targets, Problems& problems) {
    std::vector<std::string> unused;
    for (std::size_t i = 0; i < columns.names.size(); ++i)
        if (std::ranges::count(columns.inputs, i) == 0) unused.push_back(columns.names[i]);
    for (const SourceColumn& target : targets) {
        if (const auto position = positionOf(columns.names, target.name)) {
            columns.targets.push_back(*position);
            continue;
        }
        const std::string name = quotable(target.name), guess = base::nearest(target.name, unused);
        problems.push_back(
            {"data.target", Severity::Error,
             base::sentence("The file has no column called \"{0}\", which the model was trained to tell.", name),
             guess.empty()
                 ? base::sentence("Choose a file with that column; the columns of this one are {0}.",
                                  firstNames(columns.names))
                 : base::sentence("If \"{0}\" is meant, call it \"{1}\" in the file.", quotable(guess), name)});
    }
}

// Those the model was trained to tell, whatever stands where now.
void modelTargets(CsvColumns& columns, bool header, const ReadRequest& request, Problems& problems) {
    const std::vector<SourceColumn>& targets = request.pipeline->source().targets;
    if (targets.empty()) return chooseTargets(columns, request, problems);  // of models that do not keep them
    if (header) return targetsByName(columns, targets, problems);
    targetsByPlace(columns, *request.pipeline, problems);
}

// What the project says of each column of the file.
std::vector<ColumnUse> usesAsked(const std::vector<std::string>& names, const ReadRequest& request,
                                 Problems& problems) {
    std::vector<ColumnUse> uses(names.size(), ColumnUse::Auto);
    std::size_t position = 0;
    for (const ColumnSpec& column : request.columns)
        if (findColumn(names, column.name, "data.columns." + column.name, position, problems))
            uses[position] = column.use;
    return uses;
}

std::string whyIgnored(const ColumnSummary& column, std::size_t looked) {
    const std::string name = quotable(column.name);
    if (column.dates == column.texts) return base::sentence("\"{0}\" holds dates or times and is left out.", name);
    return base::sentence("\"{0}\" has {1} different texts in {2} rows and is left out.", name, column.distinct,
                          looked - column.missing);
}

// Words that were meant as numbers: infinite ones, or with another decimal sign.
bool isAlmostNumber(const OddCell& cell) {
    std::string point = cell.text;
    std::ranges::replace(point, ',', '.');
    return cell.line > 0 && (cell.isInfinite || readNumber(point));
}

// Number, OneHot, Index, or Ignore with a note.
ColumnUse useOf(std::size_t position, ColumnUse asked, const FilePreview& look, bool named, CsvColumns& columns) {
    if (asked != ColumnUse::Auto) return asked;
    if (position >= look.columns.size()) return ColumnUse::Number;
    const ColumnSummary& column = look.columns[position];
    const ColumnUse guess = column.guess(look.looked);
    if (guess == ColumnUse::OneHot && isAlmostNumber(column.odd))
        columns.notes.push_back(
            base::sentence("The column \"{0}\" is read as words, since \"{1}\" in line {2} is not a number as those of "
                           "this file are written. Say \"number\" in \"columns\" to have such cells told.",
                           quotable(column.name), column.odd.text, column.odd.line));
    if (guess != ColumnUse::Ignore) return guess;
    if (named) return ColumnUse::OneHot;
    columns.notes.push_back(whyIgnored(column, look.looked));
    return ColumnUse::Ignore;
}

// Columns that may be inputs: neither targets, nor left out by the project, nor what keeps rows together unless it is
// asked for as a feature.
std::vector<std::size_t> candidatesOf(const CsvColumns& columns, const std::vector<ColumnUse>& asked,
                                      const ReadRequest& request) {
    const auto isAsked = [&](std::size_t i) {
        return std::ranges::find(request.features, columns.names[i], &FeatureSpec::id) != request.features.end();
    };
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < columns.names.size(); ++i)
        if (std::ranges::count(columns.targets, i) == 0 && (columns.group != i || isAsked(i)) &&
            asked[i] != ColumnUse::Ignore)
            candidates.push_back(i);
    return candidates;
}

void newColumns(CsvColumns& columns, const FilePreview& look, const ReadRequest& request, Problems& problems) {
    const std::vector<ColumnUse> asked = usesAsked(columns.names, request, problems);
    const std::vector<std::size_t> candidates = candidatesOf(columns, asked, request);
    std::set<std::size_t> wanted;
    if (!request.features.empty()) wanted = wantedColumns(columns.names, candidates, request, problems);
    const bool named = !wanted.empty();
    if (!named) wanted.insert(candidates.begin(), candidates.end());
    for (const std::size_t position : wanted)
        if (const ColumnUse use = useOf(position, asked[position], look, named, columns); use != ColumnUse::Ignore) {
            columns.inputs.push_back(position);
            columns.uses.push_back(use);
        }
    if (!columns.inputs.empty()) return;
    const std::string file = request.path.filename().string();
    problems.push_back(
        {"data.path", Severity::Error,
         columns.names.size() > 1
             ? base::sentence("{0}: no column but the target can be an input, so nothing is left to learn from.", file)
             : base::sentence("{0}: the file has one column only, so nothing is left to learn from.", file),
         columns.names.size() > 1
             ? base::sentence("Choose another target, or say in \"columns\" what to do with the others.")
             : base::sentence("Check the delimiter, or choose a file with more columns.")});
}

// The columns a model was trained with.
void modelColumns(CsvColumns& columns, bool header, const ReadRequest& request, Problems& problems) {
    const InputPipeline& pipeline = *request.pipeline;
    const auto& words = request.words;
    auto inputs = header ? columnsByName(columns.names, pipeline, problems)
                         : columnsByPlace(columns.names.size(), pipeline, problems);
    if (!inputs) return;
    columns.inputs = std::move(*inputs);
    if (request.needsTarget) modelTargets(columns, header, request, problems);
    for (std::size_t i = 0; i < columns.inputs.size(); ++i)
        columns.uses.push_back(words.empty() || words[i].empty() ? ColumnUse::Number : ColumnUse::Index);
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

std::optional<CsvColumns> chooseColumns(std::vector<std::string> names, bool header, const FilePreview& look,
                                        const ReadRequest& request, Problems& problems) {
    CsvColumns columns{std::move(names), {}, {}, {}, {}, {}};
    const std::size_t before = problems.size();
    if (request.needsTarget && !request.pipeline) chooseTargets(columns, request, problems);
    std::size_t group = 0;
    if (!request.groupColumn.empty() &&
        findColumn(columns.names, request.groupColumn, "data.split.column", group, problems))
        columns.group = group;
    if (problems.size() > before) return {};
    if (request.pipeline)
        modelColumns(columns, header, request, problems);
    else
        newColumns(columns, look, request, problems);
    if (problems.size() > before) return {};
    return columns;
}

}  // namespace perceptory::data
