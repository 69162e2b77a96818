// What the samples of each class are taken for. Values: [K, K] counts, a row for each class of the data, a column for
// each class the network says. Facts: part, samples, of (how many the part has).

#include "engine/training/probes/Predictions.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const ClassPredictions found = classPredictions(context, settings);
    const auto classes = static_cast<std::int64_t>(found.classes);
    ProbeResult result{{classes, classes}, std::vector<float>(found.classes * found.classes, 0.0f), found.part.facts()};
    for (std::size_t i = 0; i < found.count(); ++i)
        ++result.values[static_cast<std::size_t>(found.actual[i]) * found.classes +
                        static_cast<std::size_t>(found.said[i])];
    return result;
}

}  // namespace

const ProbeType ConfusionProbe{
    {"confusion", "Confusion matrix", "How many samples of each class are taken for which one.", partParameters()},
    measure};

}  // namespace perceptory::training
