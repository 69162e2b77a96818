// How well each class is told. Values: [K, 4]: precision = hits / said, recall = hits / there are, F1 = 2·hits / (said
// + there are), and how many there are; 0 where nothing is divided. Facts: part, samples, of, accuracy, and the plain
// mean over the classes as macro_precision, macro_recall, macro_f1.

#include "engine/training/probes/Predictions.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const ClassPredictions found = classPredictions(context, settings);
    std::vector<double> hits(found.classes), said(found.classes), there(found.classes);
    double right = 0;
    for (std::size_t i = 0; i < found.count(); ++i) {
        const auto actual = static_cast<std::size_t>(found.actual[i]), told = static_cast<std::size_t>(found.said[i]);
        ++there[actual];
        ++said[told];
        if (actual != told) continue;
        ++hits[actual];
        ++right;
    }
    const auto share = [](double part, double all) { return all > 0 ? part / all : 0.0; };
    ProbeResult result{{static_cast<std::int64_t>(found.classes), 4}, {}, found.part.facts()};
    double means[3] = {};
    for (std::size_t k = 0; k < found.classes; ++k) {
        const double numbers[3] = {share(hits[k], said[k]), share(hits[k], there[k]),
                                   share(2 * hits[k], said[k] + there[k])};
        for (std::size_t i = 0; i < 3; ++i) {
            means[i] += numbers[i] / static_cast<double>(found.classes);
            result.values.push_back(static_cast<float>(numbers[i]));
        }
        result.values.push_back(static_cast<float>(there[k]));
    }
    result.facts["accuracy"] = share(right, static_cast<double>(found.count()));
    result.facts["macro_precision"] = means[0];
    result.facts["macro_recall"] = means[1];
    result.facts["macro_f1"] = means[2];
    return result;
}

}  // namespace

const ProbeType ClassReportProbe{
    {"class_report", "Report of classes", "Precision, recall and F1 of each class.", partParameters()}, measure};

}  // namespace perceptory::training
