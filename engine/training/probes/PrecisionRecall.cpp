// How much of a class is found, and how much of what is taken for it is. Values: [points, 3]: recall, precision, the
// threshold. Facts: part, samples, of, class, cases, auc (by trapezes), average_precision.

#include "engine/training/probes/Predictions.h"
#include "engine/training/probes/Ranking.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const ClassPredictions found = classPredictions(context, settings);
    const std::size_t wanted = oneClass(found, settings);
    const Ranking ranking = rankingOf(found, wanted);
    const std::vector<CurvePoint> curve = precisionRecallOf(ranking);
    ProbeResult result = curveResult(found, curve);
    result.facts["class"] = wanted;
    result.facts["cases"] = ranking.cases;
    result.facts["auc"] = areaOf(curve);
    result.facts["average_precision"] = averagePrecision(ranking);
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = partParameters();
    all.push_back(oneClassParameter());
    return all;
}

}  // namespace

const ProbeType PrecisionRecallProbe{{"precision_recall", "Precision-recall curve",
                                      "Precision against recall of a class at every threshold.", parameters()},
                                     measure};

}  // namespace perceptory::training
