// How well the score of a class tells it from all others, whatever the threshold. Values: [points, 3]: false alarms /
// others, hits / cases, the threshold. Facts: part, samples, of, class, auc, cases.

#include "engine/training/probes/Predictions.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    return rankedCurve(context, settings, rocOf).result;
}

}  // namespace

const ProbeType RocProbe{
    {"roc", "ROC curve", "Hits against false alarms of a class at every threshold (Fawcett 2006).", curveParameters()},
    measure};

}  // namespace perceptory::training
