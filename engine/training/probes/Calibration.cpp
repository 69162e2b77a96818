// Whether the network is right as often as it is sure. Values: [bins, 3]: mean probability, share that is right,
// samples; a bin holds the probabilities above its lower and up to its upper edge. Of the class that is said, or of one
// class against the others. Facts: part, samples, of, class, ece = Σ samples/all · |probability − share| (Guo et al.
// 2017).

#include <algorithm>
#include <cmath>

#include "engine/training/probes/Predictions.h"

namespace perceptory::training {

namespace {

struct Bin {
    double samples = 0, sure = 0, right = 0;  // sums
};

std::vector<Bin> binsOf(const ClassPredictions& found, const base::ParamValues& settings) {
    const bool said = settings.integer("class") < 0;
    const int wanted = said ? 0 : static_cast<int>(oneClass(found, settings));
    const auto count = static_cast<std::size_t>(settings.integer("bins"));
    std::vector<Bin> bins(count);
    for (std::size_t i = 0; i < found.count(); ++i) {
        const int which = said ? found.said[i] : wanted;
        const double sure = double{found.probabilities[i * found.classes + static_cast<std::size_t>(which)]};
        const double place = std::ceil(sure * static_cast<double>(count)) - 1;
        Bin& bin = bins[std::min(static_cast<std::size_t>(std::max(0.0, place)), count - 1)];
        ++bin.samples;
        bin.sure += sure;
        if (found.actual[i] == which) ++bin.right;
    }
    return bins;
}

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const ClassPredictions found = classPredictions(context, settings);
    const std::vector<Bin> bins = binsOf(found, settings);
    ProbeResult result{{std::ssize(bins), 3}, {}, found.part.facts()};
    double error = 0;
    for (const Bin& bin : bins) {
        const double samples = std::max(1.0, bin.samples);
        for (const double number : {bin.sure / samples, bin.right / samples, bin.samples})
            result.values.push_back(static_cast<float>(number));
        error += std::abs(bin.sure - bin.right);
    }
    result.facts["class"] = settings.integer("class");
    result.facts["ece"] = found.count() > 0 ? error / static_cast<double>(found.count()) : 0;
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = partParameters();
    all.push_back(base::integerParam("class", "Class", "Which class, counted from 0; −1: the one that is said.", -1, -1,
                                     1'000'000));
    all.push_back(base::integerParam("bins", "Bins", "Of the probabilities.", 10, 1, 1000));
    return all;
}

}  // namespace

const ProbeType CalibrationProbe{
    {"calibration", "Calibration", "How often the network is right where it is sure to some degree (Guo et al. 2017).",
     parameters()},
    measure};

}  // namespace perceptory::training
