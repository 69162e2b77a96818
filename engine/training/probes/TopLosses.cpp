// The samples with the largest losses. Values: [most, 4]: row of the data, loss, true class, said class; −1 for classes
// where the network says none. Facts: part, samples, of.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/Trainer.h"
#include "engine/training/probes/Predictions.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    if (!context.trainer) throw base::Error(base::sentence("Nothing is trained, so there is nothing to measure."));
    const PartRows part = partRows(context, settings);
    std::vector<float> losses = context.trainer->lossOfEach(part.rows);
    for (float& loss : losses)
        if (std::isnan(loss)) loss = std::numeric_limits<float>::infinity();  // what is broken is worst
    std::vector<std::size_t> order(losses.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t most = std::min(order.size(), static_cast<std::size_t>(settings.integer("most")));
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(most),
                              [&](std::size_t a, std::size_t b) { return losses[a] > losses[b]; });
    order.resize(most);
    std::vector<std::uint32_t> worst;
    for (const std::size_t i : order) worst.push_back(part.rows[i]);
    const data::Dataset& dataset = context.dataset;
    const bool classes =
        context.reading.classes > 0 && context.reading.units() == 1 && dataset.labels.size() == dataset.count;
    const std::vector<float> outputs = classes ? outputsOf(context, worst) : std::vector<float>();
    ProbeResult result{{static_cast<std::int64_t>(most), 4}, {}, part.facts()};
    for (std::size_t i = 0; i < most; ++i) {
        const float* output = outputs.data() + i * static_cast<std::size_t>(context.reading.width());
        result.values.push_back(static_cast<float>(worst[i]));
        result.values.push_back(losses[order[i]]);
        result.values.push_back(classes ? static_cast<float>(dataset.labels[worst[i]]) : -1);
        result.values.push_back(classes ? static_cast<float>(context.reading.classOf(output)) : -1);
    }
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = partParameters();
    all.push_back(base::integerParam("most", "Most", "How many samples.", 50, 1, 100'000));
    return all;
}

}  // namespace

const ProbeType TopLossesProbe{{"top_losses", "Largest losses", "The samples the network is worst at.", parameters()},
                               measure};

}  // namespace perceptory::training
