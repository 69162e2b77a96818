// What the samples of each class are taken for. Values: [K, K] counts, a row for each class of the data, a column for
// each class the network says. Facts: part, samples, of (how many the part has).

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::training {

namespace {

const std::vector<std::uint32_t>& rowsOf(const data::Parts& parts, const std::string& part) {
    if (part == "train") return parts.train;
    if (part == "validation") return parts.validation;
    if (part == "test") return parts.test;
    return !parts.test.empty() ? parts.test : !parts.validation.empty() ? parts.validation : parts.train;
}

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const data::Dataset& dataset = context.dataset;
    const OutputReading& reading = context.reading;
    const auto classes = static_cast<std::size_t>(reading.classes);
    if (classes == 0 || reading.units() != 1 || dataset.labels.size() != dataset.count)
        throw base::Error(base::sentence("The network does not say one class for a sample, so none can be confused."));
    const std::vector<std::uint32_t>& rows = rowsOf(dataset.parts, settings.text("part"));
    const std::size_t count = std::min(rows.size(), static_cast<std::size_t>(settings.integer("samples")));
    std::vector<float> inputs, scratch;
    for (const std::uint32_t row : std::span(rows).first(count)) {
        const auto one = dataset.input(row, scratch);
        inputs.insert(inputs.end(), one.begin(), one.end());
    }
    const std::vector<float> outputs = context.forward.outputs(inputs, static_cast<std::int64_t>(count));
    const auto width = static_cast<std::size_t>(reading.width());
    ProbeResult result{{reading.classes, reading.classes},
                       std::vector<float>(classes * classes, 0.0f),
                       {{"part", settings.text("part")}, {"samples", count}, {"of", rows.size()}}};
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t actual = dataset.labels[rows[i]];
        const int said = reading.classOf(outputs.data() + i * width);
        if (actual >= 0 && static_cast<std::size_t>(actual) < classes)
            ++result.values[static_cast<std::size_t>(actual) * classes + static_cast<std::size_t>(said)];
    }
    return result;
}

std::vector<base::ParamType> parameters() {
    return {base::choiceParam("part", "Part", "Of the data; \"usual\": test, else validation, else training.", "usual",
                              {"usual", "train", "validation", "test"}, base::Changes::NextBatch),
            base::integerParam("samples", "Samples", "At most, the first of the part.", 1'000'000, 1, 100'000'000)};
}

}  // namespace

const ProbeType ConfusionProbe{
    {"confusion", "Confusion matrix", "How many samples of each class are taken for which one.", parameters()},
    measure};

}  // namespace perceptory::training
