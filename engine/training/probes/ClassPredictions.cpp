// What the network says about each sample. Values: [samples, 3]: row of the data, true class, said class. Facts: part,
// samples, of.

#include "engine/training/probes/Predictions.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const ClassPredictions found = classPredictions(context, settings);
    ProbeResult result{{static_cast<std::int64_t>(found.count()), 3}, {}, found.part.facts()};
    for (std::size_t i = 0; i < found.count(); ++i)
        result.values.insert(result.values.end(),
                             {static_cast<float>(found.rows[i]), static_cast<float>(found.actual[i]),
                              static_cast<float>(found.said[i])});
    return result;
}

}  // namespace

const ProbeType ClassPredictionsProbe{
    {"class_predictions", "Predicted classes", "The true and the said class of each sample.", partParameters()},
    measure};

}  // namespace perceptory::training
