// How well the score of a class tells it from all others, whatever the threshold. Values: [points, 3]: false alarms /
// others, hits / cases, the threshold. Facts: part, samples, of, class, auc, cases.

#include "engine/training/probes/Predictions.h"
#include "engine/training/probes/Ranking.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const ClassPredictions found = classPredictions(context, settings);
    const std::size_t wanted = oneClass(found, settings);
    const Ranking ranking = rankingOf(found, wanted);
    const std::vector<CurvePoint> curve = rocOf(ranking);
    ProbeResult result = curveResult(found, curve);
    result.facts["class"] = wanted;
    result.facts["cases"] = ranking.cases;
    result.facts["auc"] = areaOf(curve);
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = partParameters();
    all.push_back(oneClassParameter());
    return all;
}

}  // namespace

const ProbeType RocProbe{
    {"roc", "ROC curve", "Hits against false alarms of a class at every threshold (Fawcett 2006).", parameters()},
    measure};

}  // namespace perceptory::training
