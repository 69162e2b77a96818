#include "engine/data/SourceTable.h"

#include <algorithm>
#include <array>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/FileParts.h"
#include "engine/data/Labels.h"
#include "engine/data/Words.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"

namespace perceptory::data {

using base::Problems;
using base::Severity;

namespace {

Table planeTable(Task task, std::size_t count) {
    Table table;
    table.task = task;
    table.columns = {"x1", "x2"};
    table.count = count;
    table.isPlane = true;
    table.values = RowStore(2);
    if (task == Task::Regression) table.targetNames = {"y"};
    return table;
}

// Words as the model numbers them; those it does not know are unknown.
void useTrainedWords(Table& table, const std::vector<std::vector<std::string>>& words) {
    if (table.categories.empty() || table.categories == words || words.size() != table.columns.size()) return;
    std::vector<std::vector<std::int32_t>> numbers(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const std::string& word : table.categories[i]) {
            const auto found = std::ranges::find(words[i], word);
            numbers[i].push_back(found == words[i].end() ? -1 : static_cast<std::int32_t>(found - words[i].begin()));
        }
    renumberWords(table, numbers);
    table.categories = words;
}

std::optional<Table> fromTableGenerator(const GeneratorType& type, const DataSpec& spec, const Trained* trained,
                                        Problems& problems) {
    Table table = generateTable(type, spec.parameters, spec.seed);
    if (trained) useTrainedWords(table, trained->pipeline.words());
    if (!trained || trained->pipeline.rawCount() == table.columns.size()) return table;
    problems.push_back({"data.parameters", Severity::Error,
                        base::sentence("Its rows have {0}, but the model was trained with {1}.",
                                       valuesText(table.columns.size()), trained->pipeline.rawCount()),
                        base::sentence("Use the parameters the model was trained with.")});
    return {};
}

std::optional<Table> fromGenerator(const DataSpec& spec, const Trained* trained, Problems& problems) {
    const GeneratorType& type = generators().get(spec.id, "data.id");
    if (type.table) return fromTableGenerator(type, spec, trained, problems);
    PlaneSamples samples = generate(type, spec.parameters, spec.seed);
    Table table = planeTable(type.task, samples.positions.size());
    for (const auto& [x, y] : samples.positions) table.values.append(std::array{x, y});
    table.labels = std::move(samples.labels);
    table.targets = std::move(samples.targets);
    const std::int64_t classes = type.classes(base::ParamValues(type.parameters, spec.parameters));
    for (std::int64_t c = 0; c < classes; ++c) table.classNames.push_back(std::to_string(c));
    return table;
}

std::optional<Table> fromPoints(const DataSpec& spec, const Trained* trained, Problems& problems) {
    Table table = planeTable(spec.task.value_or(Task::Classification), spec.points.size());
    LabelCounter labels;
    for (std::size_t i = 0; i < spec.points.size(); ++i) {
        const PointSpec& point = spec.points[i];
        table.values.append(std::array{point.x, point.y});
        if (table.task == Task::Classification) {
            table.labels.push_back(labels.add(point.label));
        } else if (const auto value = readNumber(point.label)) {
            table.targets.push_back(static_cast<float>(*value));
        } else {
            problems.push_back({"data.points[" + std::to_string(i) + "]", Severity::Error,
                                base::sentence("The value \"{0}\" is not a number.", point.label),
                                base::sentence("Write [x, y, value].")});
            return {};
        }
    }
    if (table.task == Task::Regression) return table;
    const auto classes = trained ? labels.classes(trained->classNames) : labels.classes();
    for (std::int32_t& label : table.labels) label = classes.indexOf[static_cast<std::size_t>(label)];
    table.classNames = classes.names;
    return table;
}

ReadRequest requestOf(const DataSpec& spec, const LoadOptions& options) {
    ReadRequest request;
    request.path = options.baseFolder / (spec.paths.empty() ? spec.path : spec.paths.front());
    for (const std::string& path : spec.paths) request.paths.push_back(options.baseFolder / path);
    if (request.paths.empty()) request.paths = {request.path};
    for (const NamedFile& file : spec.inputFiles)
        request.inputFiles.push_back({file.name, (options.baseFolder / file.path).string()});
    for (const NamedFile& file : spec.targetFiles)
        request.targetFiles.push_back({file.name, (options.baseFolder / file.path).string()});
    request.parameters = spec.reader.parameters;
    request.targetName = spec.targetName;
    request.moreTargetNames = spec.moreTargetNames;
    request.targetIndex = spec.targetIndex;
    request.columns = spec.columns;
    if (spec.split.mode == "group") request.groupColumn = spec.split.column;
    request.task = spec.task;
    request.features = spec.features;
    request.fillsMissing = spec.missing == "mean";
    request.memoryLimit = options.memoryLimit;
    request.beginning = options.beginning;
    request.progress = options.progress;
    if (options.trained) {
        request.pipeline = &options.trained->pipeline;
        request.tokens = options.trained->pipeline.tokens();
        request.words = options.trained->pipeline.words();
        request.classNames = options.trained->classNames;
        request.moreTargets = options.trained->moreTargets;
        if (request.moreTargets.empty())
            request.task = request.classNames.empty() ? Task::Regression : Task::Classification;
    }
    return request;
}

}  // namespace

std::optional<Table> readSource(const DataSpec& spec, const LoadOptions& options, Parts& parts, Problems& problems) {
    switch (spec.source) {
        case SourceKind::Generator:
            return fromGenerator(spec, options.trained, problems);
        case SourceKind::Points:
            return fromPoints(spec, options.trained, problems);
        case SourceKind::Dataset:
            return readBundled(bundledSets().get(spec.id, "data.id"), requestOf(spec, options), parts, problems);
        case SourceKind::File:
            return readFiles(spec, requestOf(spec, options), options.baseFolder, parts, problems);
    }
    return {};
}

}  // namespace perceptory::data
