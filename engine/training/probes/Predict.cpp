// What the network says to a row that somebody made up. Values: a probability for each class [K], or the numbers that
// are predicted. Facts: names (of the values), class (the one that is said; −1 for numbers).

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::training {

namespace {

// Numbers apart by spaces, "-" for a missing one.
std::vector<float> rowOf(const std::string& text, std::size_t columns) {
    std::vector<float> row;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(' ', at)) != text.npos) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        float value = std::numeric_limits<float>::quiet_NaN();
        const char *first = text.data() + at, *last = text.data() + end;
        const bool isMissing = end - at == 1 && text[at] == '-';
        if (!isMissing && (std::from_chars(first, last, value).ptr != last || !std::isfinite(value)))
            throw base::Error(
                base::sentence("predict: \"{0}\" is not a number. Give numbers apart by spaces, or - for "
                               "a missing one.",
                               text.substr(at, std::min<std::size_t>(end - at, 40))));
        row.push_back(value);
        at = end;
    }
    if (row.size() != columns)
        throw base::Error(
            base::sentence("predict: the data has {0} columns, but there are {1} values. Give one for "
                           "each column.",
                           columns, row.size()));
    return row;
}

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const data::InputPipeline& pipeline = context.dataset.pipeline;
    const OutputReading& reading = context.reading;
    if (reading.units() != 1)
        throw base::Error(
            base::sentence("predict: the network says something of every pixel or step of a row. Ask it "
                           "with a file: perceptory-cli predict."));
    const std::vector<float> row = rowOf(settings.text("values"), pipeline.rawCount());
    const auto missing = std::ranges::find_if(row, [](float value) { return std::isnan(value); });
    if (pipeline.fill().empty() && missing != row.end())
        throw base::Error(
            base::sentence("predict: the value of \"{0}\" is missing, and the model was trained without "
                           "such rows. Fill it in.",
                           pipeline.rawNames()[static_cast<std::size_t>(missing - row.begin())]));
    const std::vector<float> inputs = pipeline.apply(row, 1);
    const std::vector<float> output = context.forward.outputs(inputs, 1);
    if (reading.classes == 0) {
        const std::vector<std::string>& names = reading.names.empty() ? context.dataset.targetNames : reading.names;
        return {{static_cast<std::int64_t>(output.size())}, output, {{"names", names}, {"class", -1}}};
    }
    ProbeResult result{{reading.classes}, std::vector<float>(static_cast<std::size_t>(reading.classes)), {}};
    reading.probabilities(output.data(), result.values.data());
    result.facts = {{"names", context.dataset.classNames}, {"class", reading.classOf(output.data())}};
    return result;
}

}  // namespace

const ProbeType PredictProbe{{"predict",
                              "Prediction",
                              "What the network says to a row of your own.",
                              {{.id = "values",
                                .label = "Values",
                                .help = "One for each raw column, apart by spaces; - for a missing one.",
                                .kind = base::ParamKind::Text,
                                .fallback = ""}}},
                             measure};

}  // namespace perceptory::training
