#include "engine/training/probes/Predictions.h"

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::training {

namespace {

const std::vector<std::uint32_t>& rowsOf(const data::Parts& parts, const std::string& part) {
    if (part == "train") return parts.train;
    if (part == "validation") return parts.validation;
    if (part == "test") return parts.test;
    return !parts.test.empty() ? parts.test : !parts.validation.empty() ? parts.validation : parts.train;
}

// Of that class against the others.
Ranking rankingOf(const ClassPredictions& predictions, std::size_t classIndex) {
    std::vector<float> scores;
    std::vector<char> isCase;
    for (std::size_t i = 0; i < predictions.count(); ++i) {
        scores.push_back(predictions.scores[i * predictions.classes + classIndex]);
        isCase.push_back(predictions.actual[i] == static_cast<int>(classIndex));
    }
    return rank(scores, isCase);
}

}  // namespace

std::vector<base::ParamType> partParameters() {
    return {base::choiceParam("part", "Part", "Of the data; \"usual\": test, else validation, else training.", "usual",
                              {"usual", "train", "validation", "test"}, base::Changes::NextBatch),
            base::integerParam("samples", "Samples", "At most, the first of the part.", 1'000'000, 1, 100'000'000)};
}

PartRows partRows(const ProbeContext& context, const base::ParamValues& settings) {
    const std::vector<std::uint32_t>& rows = rowsOf(context.dataset.parts, settings.text("part"));
    const std::size_t count = std::min(rows.size(), static_cast<std::size_t>(settings.integer("samples")));
    return {settings.text("part"), rows.size(), {rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count)}};
}

std::vector<float> outputsOf(const ProbeContext& context, std::span<const std::uint32_t> rows,
                             const std::string& node) {
    std::vector<float> inputs, scratch;
    for (const std::uint32_t row : rows) {
        const auto one = context.dataset.input(row, scratch);
        inputs.insert(inputs.end(), one.begin(), one.end());
    }
    return context.forward.outputs(inputs, std::ssize(rows), node);
}

ClassPredictions classPredictions(const ProbeContext& context, const base::ParamValues& settings) {
    const data::Dataset& dataset = context.dataset;
    const OutputReading& reading = context.reading;
    if (reading.classes == 0 || reading.units() != 1 || dataset.labels.size() != dataset.count)
        throw base::Error(base::sentence("The network does not say one class for a sample, so none can be confused."));
    ClassPredictions result{partRows(context, settings), static_cast<std::size_t>(reading.classes), {}, {}, {}, {}, {}};
    const std::vector<float> outputs = outputsOf(context, result.part.rows);
    const auto width = static_cast<std::size_t>(reading.width());
    for (std::size_t i = 0; i < result.part.rows.size(); ++i) {
        const std::int32_t actual = dataset.labels[result.part.rows[i]];
        if (actual < 0 || actual >= reading.classes) continue;
        const float* output = outputs.data() + i * width;
        const std::size_t first = result.probabilities.size();
        result.rows.push_back(result.part.rows[i]);
        result.actual.push_back(actual);
        result.said.push_back(reading.classOf(output));
        result.probabilities.resize(first + result.classes);
        result.scores.resize(first + result.classes);
        reading.probabilities(output, result.probabilities.data() + first);
        reading.scores(output, result.scores.data() + first);
    }
    return result;
}

std::size_t oneClass(const ClassPredictions& predictions, const base::ParamValues& settings) {
    const auto wanted = static_cast<std::size_t>(settings.integer("class"));
    if (wanted >= predictions.classes)
        throw base::Error(base::sentence("There are {0} classes, so there is no class {1}. Choose a smaller one.",
                                         predictions.classes, wanted));
    return wanted;
}

std::vector<base::ParamType> curveParameters() {
    std::vector<base::ParamType> all = partParameters();
    all.push_back(
        base::integerParam("class", "Class", "Which class against all others, counted from 0.", 0, 0, 1'000'000));
    return all;
}

RankedCurve rankedCurve(const ProbeContext& context, const base::ParamValues& settings,
                        std::vector<CurvePoint> (*curveOf)(const Ranking&)) {
    const ClassPredictions found = classPredictions(context, settings);
    const std::size_t wanted = oneClass(found, settings);
    RankedCurve made{rankingOf(found, wanted), {}};
    const std::vector<CurvePoint> curve = curveOf(made.ranking);
    made.result = {{std::ssize(curve), 3}, {}, found.part.facts()};
    for (const CurvePoint& point : curve)
        for (const double number : {point.x, point.y, point.threshold})
            made.result.values.push_back(static_cast<float>(number));
    made.result.facts["class"] = wanted;
    made.result.facts["cases"] = made.ranking.cases;
    made.result.facts["auc"] = areaOf(curve);
    return made;
}

}  // namespace perceptory::training
