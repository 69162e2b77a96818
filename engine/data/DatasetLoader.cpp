#include "engine/data/DatasetLoader.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/DatasetChecks.h"
#include "engine/data/MissingValues.h"
#include "engine/data/RowEdits.h"
#include "engine/data/SourceTable.h"
#include "engine/data/Words.h"
#include "engine/data/generators/Generator.h"

namespace perceptory::data {

using base::Problems;
using base::Severity;

namespace {

// How far loading is when the source is read, its columns are measured, and the preprocessing is fitted.
constexpr double readShare = 0.7, measuredShare = 0.75, fittedShare = 0.95;

// Values that a piece of rows holds at once, so that it stays in the cache.
constexpr std::size_t pieceValues = 1 << 16;

// Calls take(first row, raw values of `count` rows, count) for all rows in turn.
template <class Take>
void inPieces(const RowStore& rows, const base::Progress& progress, const Take& take) {
    const std::size_t most = std::max<std::size_t>(1, pieceValues / std::max<std::size_t>(1, rows.width()));
    std::vector<float> raw(most * rows.width());
    for (std::size_t first = 0; first < rows.count(); first += most) {
        const std::size_t count = std::min(most, rows.count() - first);
        for (std::size_t i = 0; i < count; ++i) rows.read(first + i, raw.data() + i * rows.width());
        take(first, std::span<const float>(raw).first(count * rows.width()), count);
        base::tell(progress, static_cast<double>(first + count) / static_cast<double>(rows.count()));
    }
}

void showRange(Dataset& set, bool isPlane) {
    for (std::size_t i = 0; i < set.rawNames.size(); ++i) {
        const float range = set.rawMaximum[i] - set.rawMinimum[i], margin = range > 0 ? 0.1f * range : 1.0f;
        set.shownMinimum.push_back(isPlane ? static_cast<float>(-planeLimit) : set.rawMinimum[i] - margin);
        set.shownMaximum.push_back(isPlane ? static_cast<float>(planeLimit) : set.rawMaximum[i] + margin);
    }
}

// The ranges of the raw columns; false, and problems, where a feature has no finite value.
bool measure(Dataset& set, const std::vector<std::uint32_t>& lines, const base::Progress& progress,
             Problems& problems) {
    set.raw.read(0, (set.rawMinimum.resize(set.raw.width()), set.rawMinimum.data()));
    set.rawMaximum = set.rawMinimum;
    FiniteCheck finite(set.pipeline.featureNames(), lines, problems);
    const std::size_t width = set.pipeline.featureCount();
    std::vector<float> features;
    inPieces(set.raw, progress, [&](std::size_t first, std::span<const float> raw, std::size_t count) {
        for (std::size_t i = 0; i < raw.size(); ++i) {
            const std::size_t column = i % set.raw.width();
            set.rawMinimum[column] = std::min(set.rawMinimum[column], raw[i]);
            set.rawMaximum[column] = std::max(set.rawMaximum[column], raw[i]);
        }
        features.resize(count * width);
        set.pipeline.applyFeatures(raw, count, features);
        for (std::size_t i = 0; i < count; ++i)
            finite.take(first + i, std::span<const float>(features).subspan(i * width, width));
    });
    return finite.good();
}

// Kept ready while they are small enough; training then copies them only.
void keepInputs(Dataset& set, const base::Progress& progress) {
    if (static_cast<std::int64_t>(set.count * set.features() * sizeof(float)) > mostKeptInputs) return;
    set.inputs.resize(set.count * set.features());
    inPieces(set.raw, progress, [&](std::size_t first, std::span<const float> raw, std::size_t count) {
        set.pipeline.apply(raw, count, std::span(set.inputs).subspan(first * set.features(), count * set.features()));
    });
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
    keepTrainedWords(table, parts.train);
    auto pipeline = InputPipeline::make({table.columns, table.categories, table.asIndex}, spec.features, problems);
    if (!pipeline) return {};
    InputPipeline::Source source = pipeline->source();
    if (!table.sourcePositions.empty()) source = {table.sourcePositions, table.sourceColumns};
    source.numbers = table.numberStyle;
    source.targets = table.targetColumns;
    pipeline->setSource(std::move(source));
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
    set.sourceRows = std::move(table.sourceRows);
    set.words = std::move(table.categories);
    set.notes = std::move(table.notes);
}

std::shared_ptr<const Dataset> assemble(const DataSpec& spec, Table table, Parts parts, InputPipeline pipeline,
                                        const LoadOptions& options, Problems& problems) {
    auto set = std::make_shared<Dataset>();
    moveColumns(table, *set);
    set->parts = std::move(parts);
    set->pipeline = std::move(pipeline);
    countClasses(*set, options.trained);
    const auto piece = [&](double from, double to) { return base::piece(options.progress, from, to); };
    if (!measure(*set, table.lines, piece(readShare, measuredShare), problems)) return nullptr;
    const auto raw = [&](std::size_t row, float* into) { set->raw.read(row, into); };
    if (!options.trained &&
        !set->pipeline.fit(spec.preprocessing, raw, set->parts.train, problems, piece(measuredShare, fittedShare)))
        return nullptr;
    set->featureNames = set->pipeline.inputNames();
    set->inputShape = set->pipeline.inputShape();
    set->fields = set->pipeline.fields();
    keepInputs(*set, piece(fittedShare, 1));
    showRange(*set, table.isPlane);
    if (!options.trained) {
        checkConstant(*set, problems);
        checkUntrained(*set, problems);
    }
    return set;
}

// In the order of the rows, and by files, only neighbours at the border have values in common.
void noteOverlap(const SplitSpec& split, Table& table) {
    if (table.rowsOverlap && (split.mode == "random" || split.mode == "k_fold"))
        table.notes.push_back(
            base::sentence("Windows that begin close together share values, so use the split \"ordered\": in a "
                           "random one the test would ask for what the training has seen."));
}

// Shared out as the project says, unless the source did so.
bool split(const DataSpec& spec, const Table& table, Parts& parts, Problems& problems) {
    if (spec.split.mode == "files") return true;
    const bool oneClassARow = table.labels.size() == table.count;
    Problems impossible;
    if (spec.split.mode == "group" && table.groups.size() != table.count)
        impossible.push_back({"data.split.mode", Severity::Error,
                              base::sentence("This source has no column that tells which rows belong together."),
                              base::sentence("Use \"random\".")});
    else
        parts = splitRows(spec.split,
                          {table.count, oneClassARow ? table.labels : std::span<const std::int32_t>{}, table.groups},
                          spec.seed, impossible);
    problems.insert(problems.end(), impossible.begin(), impossible.end());
    return !base::hasError(impossible);
}

}  // namespace

std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const LoadOptions& options, Problems& problems) {
    Problems found;
    checkData(spec, found);
    problems.insert(problems.end(), found.begin(), found.end());
    if (base::hasError(found)) return nullptr;
    Parts parts;
    LoadOptions reading = options;
    reading.progress = base::piece(options.progress, 0, readShare);
    auto table = readSource(spec, reading, parts, problems);
    if (!table) return nullptr;
    if (spec.missing == "drop") dropIncomplete(*table, parts);
    if (!checkCount(*table, problems)) return nullptr;
    // Edits come behind the split: a row that is left out, or of another class, moves no other between the parts.
    if (!split(spec, *table, parts, problems) || !editRows(spec, *table, parts, problems)) return nullptr;
    if (!checkClasses(*table, options.trained == nullptr, problems)) return nullptr;
    if (!options.trained) noteOverlap(spec.split, *table);
    auto pipeline = prepare(spec, *table, parts, options.trained, problems);
    if (!pipeline) return nullptr;
    return assemble(spec, std::move(*table), std::move(parts), std::move(*pipeline), options, problems);
}

std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const std::filesystem::path& baseFolder,
                                           Problems& problems) {
    return loadDataset(spec, LoadOptions{baseFolder}, problems);
}

}  // namespace perceptory::data
