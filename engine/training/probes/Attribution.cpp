#include "engine/training/probes/Attribution.h"

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::training {

namespace {

std::vector<float> meanOfRows(const std::vector<float>& rows, std::size_t width) {
    std::vector<double> sums(width, 0);
    for (std::size_t i = 0; i < rows.size(); ++i) sums[i % width] += static_cast<double>(rows[i]);
    std::vector<float> mean;
    const double count = static_cast<double>(rows.size() / width);
    for (const double sum : sums) mean.push_back(static_cast<float>(sum / count));
    return mean;
}

}  // namespace

std::vector<base::ParamType> attributionParameters() {
    return {base::integerParam("row", "Row", "Row of the data, counted from 0.", 0, 0, 1'000'000'000),
            base::integerParam("class", "Class", "Which class is asked about, counted from 0; −1: the predicted one.",
                               -1, -1, 1'000'000)};
}

std::vector<float> Question::slopes(Forward& forward, std::span<const float> rows, std::int64_t count,
                                    bool guided) const {
    std::vector<float> result = forward.slopes(rows, count, {.node = node, .unit = unit, .guided = guided});
    if (sign < 0)
        for (float& slope : result) slope = -slope;
    return result;
}

float Question::scoreOf(Forward& forward, std::span<const float> row) const {
    return sign * forward.outputs(row, 1, node)[static_cast<std::size_t>(unit)];
}

Question questionIn(const ProbeContext& context, const base::ParamValues& settings) {
    const std::int64_t row = settings.integer("row"), wanted = settings.integer("class");
    if (row >= static_cast<std::int64_t>(context.dataset.count))
        throw base::Error(base::sentence("The data has {0} rows, so there is no row {1}. Choose a smaller one.",
                                         context.dataset.count, row));
    Question question;
    std::vector<float> scratch;
    const auto inputs = context.dataset.input(static_cast<std::size_t>(row), scratch);
    question.inputs.assign(inputs.begin(), inputs.end());
    question.node = context.network.output().spec.id;
    const std::vector<float> outputs = context.forward.outputs(question.inputs, 1, question.node);
    const OutputReading& reading = context.reading;
    const int classes = reading.classes;
    if (wanted >= std::max<std::int64_t>(classes, reading.outputs))
        throw base::Error(base::sentence("There are {0} classes, so there is no class {1}. Choose a smaller one.",
                                         std::max(classes, reading.outputs), wanted));
    question.classIndex = wanted >= 0 ? static_cast<int>(wanted) : classes > 0 ? reading.classOf(outputs.data()) : 0;
    if (classes == 2 && reading.outputs == 1)
        question.sign = question.classIndex == 1 ? 1.0f : -1.0f;
    else
        question.unit = question.classIndex;
    question.score = question.sign * outputs[static_cast<std::size_t>(question.unit)];
    return question;
}

ProbeResult attributionResult(const ProbeContext& context, const Question& question, const std::vector<float>& values) {
    ProbeResult result{{static_cast<std::int64_t>(values.size())},
                       values,
                       {{"class", question.classIndex}, {"score", question.score}}};
    const std::vector<std::int64_t>& shape = context.dataset.inputShape;
    if (shape.size() != 3 || tensor::elementCount(shape) != std::ssize(values)) return result;
    const auto channels = static_cast<std::size_t>(shape[2]), pixels = values.size() / channels;
    for (std::size_t i = 0; i < values.size(); ++i) result.values[i % channels * pixels + i / channels] = values[i];
    result.shape = {1, shape[2], shape[0], shape[1]};
    return result;
}

std::vector<float> integratedGradients(Forward& forward, const Question& question, std::int64_t steps) {
    const std::size_t width = question.inputs.size();
    std::vector<float> rows;
    for (std::int64_t k = 0; k < steps; ++k) {
        const float share = (static_cast<float>(k) + 0.5f) / static_cast<float>(steps);
        for (const float x : question.inputs) rows.push_back(share * x);
    }
    std::vector<float> result = meanOfRows(question.slopes(forward, rows, steps), width);
    for (std::size_t i = 0; i < width; ++i) result[i] *= question.inputs[i];
    return result;
}

std::vector<float> smoothGradient(Forward& forward, const Question& question, std::span<const float> noise) {
    const std::size_t width = question.inputs.size();
    std::vector<float> rows(noise.begin(), noise.end());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] += question.inputs[i % width];
    return meanOfRows(question.slopes(forward, rows, static_cast<std::int64_t>(rows.size() / width)), width);
}

}  // namespace perceptory::training
