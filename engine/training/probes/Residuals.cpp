// How far predicted numbers are from the true ones. Values: [samples, 2]: true, predicted. Facts: part, samples, of,
// output, name, r2 = 1 − Σ(true − predicted)² / Σ(true − mean)², bins (counts of predicted − true), and what
// Spread::toJson tells of predicted − true.

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/probes/Predictions.h"
#include "engine/training/probes/Spread.h"

namespace perceptory::training {

namespace {

double determination(const std::vector<float>& values) {
    double mean = 0, squares = 0, left = 0;
    const double count = static_cast<double>(values.size() / 2);
    for (std::size_t i = 0; i < values.size(); i += 2) mean += double{values[i]} / count;
    for (std::size_t i = 0; i < values.size(); i += 2) {
        squares += (double{values[i]} - mean) * (double{values[i]} - mean);
        left += (double{values[i]} - double{values[i + 1]}) * (double{values[i]} - double{values[i + 1]});
    }
    return squares > 0 ? 1 - left / squares : 0;
}

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const data::Dataset& dataset = context.dataset;
    const OutputReading& reading = context.reading;
    const auto width = static_cast<std::size_t>(reading.width());
    if (dataset.targets.empty() || reading.answers != Answers::Numbers ||
        dataset.targets.size() != dataset.count * width)
        throw base::Error(base::sentence("The network does not predict numbers, so nothing is left over."));
    const auto output = static_cast<std::size_t>(settings.integer("output"));
    if (output >= width)
        throw base::Error(base::sentence(
            "There are {0} numbers for a sample, so there is no number {1}. Choose a smaller one.", width, output));
    const PartRows part = partRows(context, settings);
    const std::vector<float> outputs = outputsOf(context, part.rows);
    ProbeResult result{{std::ssize(part.rows), 2}, {}, part.facts()};
    std::vector<float> residuals;
    for (std::size_t i = 0; i < part.rows.size(); ++i) {
        const float actual = dataset.targets[part.rows[i] * width + output], said = outputs[i * width + output];
        result.values.insert(result.values.end(), {actual, said});
        residuals.push_back(said - actual);
    }
    const Spread spread = spreadOf(std::move(residuals), static_cast<int>(settings.integer("bins")));
    result.facts.update(spread.toJson());
    result.facts["bins"] = spread.bins;
    result.facts["output"] = output;
    result.facts["name"] = output < dataset.targetNames.size() ? dataset.targetNames[output] : std::string();
    result.facts["r2"] = determination(result.values);
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = partParameters();
    all.push_back(
        base::integerParam("output", "Number", "Which of a sample's numbers, counted from 0.", 0, 0, 1'000'000));
    all.push_back(base::integerParam("bins", "Bins", "Of the histogram.", 32, 1, 4096));
    return all;
}

}  // namespace

const ProbeType ResidualsProbe{{"residuals", "Residuals", "r = predicted − true, sample by sample.", parameters()},
                               measure};

}  // namespace perceptory::training
