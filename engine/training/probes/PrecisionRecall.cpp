// How much of a class is found, and how much of what is taken for it is. Values: [points, 3]: recall, precision, the
// threshold. Facts: part, samples, of, class, cases, auc (by trapezes), average_precision.

#include "engine/training/probes/Predictions.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    RankedCurve curve = rankedCurve(context, settings, precisionRecallOf);
    curve.result.facts["average_precision"] = averagePrecision(curve.ranking);
    return std::move(curve.result);
}

}  // namespace

const ProbeType PrecisionRecallProbe{{"precision_recall", "Precision-recall curve",
                                      "Precision against recall of a class at every threshold.", curveParameters()},
                                     measure};

}  // namespace perceptory::training
