#include "engine/data/DatasetLoader.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
#include "engine/data/FileParts.h"
#include "engine/data/Labels.h"
#include "engine/data/MemoryLimit.h"
#include "engine/data/MissingValues.h"
#include "engine/data/Table.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "engine/data/readers/Utf8.h"

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
    table.values.reserve(2 * count);
    if (task == Task::Regression) table.targetNames = {"y"};
    return table;
}

Table fromGenerator(const DataSpec& spec) {
    const GeneratorType& type = generators().get(spec.id, "data.id");
    PlaneSamples samples = generate(type, spec.parameters, spec.seed);
    Table table = planeTable(type.task, samples.positions.size());
    for (const auto& [x, y] : samples.positions) table.values.insert(table.values.end(), {x, y});
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
        table.values.insert(table.values.end(), {point.x, point.y});
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
    request.targetIndex = spec.targetIndex;
    request.task = spec.task;
    request.features = spec.features;
    request.memoryLimit = options.memoryLimit;
    if (options.trained) {
        request.pipeline = &options.trained->pipeline;
        request.tokens = options.trained->pipeline.tokens();
        request.classNames = options.trained->classNames;
        request.moreTargets = options.trained->moreTargets;
        if (request.moreTargets.empty())
            request.task = request.classNames.empty() ? Task::Regression : Task::Classification;
    }
    return request;
}

std::optional<Table> readTable(const DataSpec& spec, const LoadOptions& options, Parts& parts, Problems& problems) {
    switch (spec.source) {
        case SourceKind::Generator:
            return fromGenerator(spec);
        case SourceKind::Points:
            return fromPoints(spec, options.trained, problems);
        case SourceKind::Dataset:
            return readBundled(bundledSets().get(spec.id, "data.id"), requestOf(spec, options), problems);
        case SourceKind::File:
            return readFiles(spec, requestOf(spec, options), options.baseFolder, parts, problems);
    }
    return {};
}

bool checkLabels(const Target& target, bool isNew, Problems& problems) {
    std::vector<bool> seen(target.classNames.size());
    for (const std::int32_t label : target.labels) {
        if (label < 0) {
            problems.push_back({"data.target", Severity::Error,
                                base::sentence("There are classes the model was not trained with."),
                                base::sentence("Leave out their rows, or train with them.")});
            return false;
        }
        seen[static_cast<std::size_t>(label)] = true;
    }
    if (!isNew || std::ranges::count(seen, true) >= 2) return true;
    problems.push_back({"data.target", Severity::Error,
                        base::sentence("All rows are of one class, so there is nothing to learn."),
                        base::sentence("Choose another target, or add rows of a second class.")});
    return false;
}

bool checkTable(const Table& table, bool isNew, Problems& problems) {
    if (table.count == 0) {
        problems.push_back(
            {"data", Severity::Error, base::sentence("No complete row is left."),
             base::sentence("Use \"missing\": \"mean\", or leave out the columns with missing values.")});
        return false;
    }
    const auto sound = [&](const Target& target) {
        return target.task == Task::Regression || checkLabels(target, isNew, problems);
    };
    return sound(table) && std::ranges::all_of(table.moreTargets, sound);
}

void checkConstant(const Dataset& set, Problems& problems) {
    if (set.inputShape.size() > 1 || set.fields.size() > 1) return;
    constexpr std::size_t shown = 6;
    std::string names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < set.rawNames.size(); ++i)
        if (set.rawMinimum[i] == set.rawMaximum[i] && count++ < shown)
            names += (names.empty() ? "\"" : ", \"") + quotable(set.rawNames[i]) + "\"";
    if (count > shown) names = base::sentence("{0} and {1} more columns", names, count - shown);
    if (count > 0)
        problems.push_back({"data.features", Severity::Warning,
                            base::sentence("The same value stands in every row of {0}, so it cannot help.", names),
                            base::sentence("Leave it out of the features.")});
}

// As an editor counts lines, where the rows come from a text file.
std::string placeOf(const std::vector<std::uint32_t>& lines, std::size_t row) {
    return lines.empty() ? base::sentence("row {0}", row + 1) : base::sentence("line {0}", lines[row]);
}

bool checkFinite(const Dataset& set, const std::vector<std::uint32_t>& lines, Problems& problems) {
    std::vector<bool> reported(set.features());
    bool good = true;
    for (std::size_t i = 0; i < set.inputs.size(); ++i) {
        const std::size_t row = i / set.features(), column = i % set.features();
        if (std::isfinite(set.inputs[i]) || reported[column]) continue;
        reported[column] = true;
        good = false;
        problems.push_back(
            {"data.features[" + std::to_string(column) + "]", Severity::Error,
             base::sentence("\"{0}\" has no finite value for {1}.", quotable(set.featureNames[column]),
                            placeOf(lines, row)),
             base::sentence("Change the formula so that it is defined for all rows, such as log(abs(x1) + 1).")});
    }
    return good;
}

void measure(Dataset& set, bool isPlane) {
    const std::size_t width = set.rawNames.size();
    set.rawMinimum.assign(set.raw.begin(), set.raw.begin() + static_cast<std::ptrdiff_t>(width));
    set.rawMaximum = set.rawMinimum;
    for (std::size_t i = 0; i < set.raw.size(); ++i) {
        set.rawMinimum[i % width] = std::min(set.rawMinimum[i % width], set.raw[i]);
        set.rawMaximum[i % width] = std::max(set.rawMaximum[i % width], set.raw[i]);
    }
    for (std::size_t i = 0; i < width; ++i) {
        const float range = set.rawMaximum[i] - set.rawMinimum[i], margin = range > 0 ? 0.1f * range : 1.0f;
        set.shownMinimum.push_back(isPlane ? static_cast<float>(-planeLimit) : set.rawMinimum[i] - margin);
        set.shownMaximum.push_back(isPlane ? static_cast<float>(planeLimit) : set.rawMaximum[i] + margin);
    }
}

bool takeFields(const DataSpec& spec, const Table& table, InputPipeline& pipeline, Problems& problems) {
    if (!spec.features.empty()) {
        problems.push_back({"data.features", Severity::Error,
                            base::sentence("Features cannot be chosen where the data has fields of its own."),
                            base::sentence("Remove \"features\".")});
        return false;
    }
    if (!spec.preprocessing.empty() && std::ranges::find(table.fields, "x", &Field::name) == table.fields.end())
        problems.push_back({"data.preprocessing", Severity::Warning,
                            base::sentence("Preprocessing works on the field x, and the data has none."),
                            base::sentence("Call the field to be prepared x.")});
    pipeline.setFields(table.fields);
    return true;
}

// Split before anything is measured, so that means and deviations know the training part only.
std::optional<InputPipeline> prepare(const DataSpec& spec, Table& table, const Parts& parts, const Trained* trained,
                                     Problems& problems) {
    if (trained) {
        if (!trained->pipeline.fill().empty()) fillMissing(table, trained->pipeline.fill());
        return trained->pipeline;
    }
    auto pipeline = InputPipeline::make(table.columns, spec.features, problems);
    if (!pipeline) return {};
    if (!table.sourcePositions.empty()) pipeline->setSource({table.sourcePositions, table.sourceColumns});
    pipeline->setTokens(table.tokens);
    if (!table.shape.empty() && spec.features.empty()) pipeline->setInputShape(table.shape);
    if (!table.fields.empty() && !takeFields(spec, table, *pipeline, problems)) return {};
    if (spec.missing == "mean") {
        pipeline->setFill(columnMeans(table, parts.train));
        fillMissing(table, pipeline->fill());
    }
    return pipeline;
}

void countClasses(Target& target, const std::vector<std::uint32_t>& rows) {
    target.classCounts.assign(target.classes(), 0);
    if (target.task == Task::Regression) return;
    for (const std::uint32_t row : rows)
        for (std::size_t unit = 0; unit < target.units(); ++unit)
            ++target.classCounts[static_cast<std::size_t>(target.labels[row * target.units() + unit])];
}

// The model's counts, where there is a model: its weights of classes stay what they were.
void countClasses(Dataset& set, const Trained* trained) {
    if (trained) {
        set.classCounts = trained->classCounts;
        for (std::size_t i = 0; i < std::min(set.moreTargets.size(), trained->moreTargets.size()); ++i)
            set.moreTargets[i].classCounts = trained->moreTargets[i].classCounts;
        return;
    }
    countClasses(set, set.parts.train);
    for (Target& target : set.moreTargets) countClasses(target, set.parts.train);
}

void moveColumns(Table& table, Dataset& set) {
    static_cast<Target&>(set) = std::move(static_cast<Target&>(table));
    set.moreTargets = std::move(table.moreTargets);
    set.count = table.count;
    set.rawNames = std::move(table.columns);
    set.raw = std::move(table.values);
    set.notes = std::move(table.notes);
}

std::shared_ptr<const Dataset> assemble(const DataSpec& spec, Table table, Parts parts, InputPipeline pipeline,
                                        const Trained* trained, Problems& problems) {
    auto set = std::make_shared<Dataset>();
    moveColumns(table, *set);
    set->parts = std::move(parts);
    set->pipeline = std::move(pipeline);
    set->featureNames = set->pipeline.inputNames();
    set->inputShape = set->pipeline.inputShape();
    set->fields = set->pipeline.fields();
    countClasses(*set, trained);
    set->inputs.resize(set->count * set->features());
    set->pipeline.applyFeatures(set->raw, set->count, set->inputs);
    if (!checkFinite(*set, table.lines, problems)) return nullptr;
    if (trained)
        set->pipeline.apply(set->raw, set->count, set->inputs);
    else
        set->pipeline.fit(spec.preprocessing, set->inputs, set->parts.train);
    measure(*set, table.isPlane);
    if (!trained) checkConstant(*set, problems);
    return set;
}

}  // namespace

std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const LoadOptions& options, Problems& problems) {
    Problems found;
    checkData(spec, found);
    problems.insert(problems.end(), found.begin(), found.end());
    if (base::hasError(found)) return nullptr;
    Parts parts;
    auto table = readTable(spec, options, parts, problems);
    if (!table) return nullptr;
    if (spec.missing == "drop") dropIncomplete(*table);
    if (!checkTable(*table, options.trained == nullptr, problems)) return nullptr;
    Problems impossible;
    const bool oneClassARow = table->labels.size() == table->count;
    const std::span<const std::int32_t> labels = oneClassARow ? table->labels : std::span<const std::int32_t>{};
    if (spec.split.mode != "files") parts = splitRows(spec.split, table->count, labels, spec.seed, impossible);
    problems.insert(problems.end(), impossible.begin(), impossible.end());
    if (base::hasError(impossible)) return nullptr;
    auto pipeline = prepare(spec, *table, parts, options.trained, problems);
    if (!pipeline) return nullptr;
    checkMemory(table->count, table->columns.size() + pipeline->inputCount(), options.memoryLimit,
                base::sentence("The data"));
    return assemble(spec, std::move(*table), std::move(parts), std::move(*pipeline), options.trained, problems);
}

std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const std::filesystem::path& baseFolder,
                                           Problems& problems) {
    return loadDataset(spec, LoadOptions{baseFolder}, problems);
}

std::optional<NewRows> readRows(const NewFiles& files, const base::KindSpec& reader, const InputPipeline& pipeline,
                                Problems& problems) {
    const ReaderType& type = readers().get(reader.type, "data.reader");
    ReadRequest request;
    request.path = files.path;
    request.paths = {files.path};
    request.inputFiles = files.inputs;
    request.parameters = reader.parameters;
    // Every row must get its answer, so none may be left out.
    if (type.parameter("bad_rows")) request.parameters["bad_rows"] = "stop";
    request.pipeline = &pipeline;
    request.tokens = pipeline.tokens();
    request.needsTarget = false;
    request.memoryLimit = defaultMemoryLimit;
    auto table = type.read(request, problems);
    if (!table) return {};
    if (pipeline.fill().empty())
        for (std::size_t row = 0; row < table->count; ++row)
            if (!isComplete(*table, row)) {
                problems.push_back(
                    {"data.path", Severity::Error,
                     base::sentence("{0}, {1}: a value is missing, and the model was trained without such rows.",
                                    files.path.filename().string(), placeOf(table->lines, row)),
                     base::sentence("Fill it in, or train with \"missing\": \"mean\".")});
                return {};
            }
    return NewRows{table->count, std::move(table->values), std::move(table->notes)};
}

}  // namespace perceptory::data
