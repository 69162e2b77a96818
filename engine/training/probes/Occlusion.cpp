// How much a class's score falls when a square of the image is covered: s = score − score without the square, for every
// place of it. Zeiler, Fergus 2014. Values: [1, 1, H', W'], a value for each place. Facts: class, score, size, step.

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/probes/Attribution.h"

namespace perceptory::training {

namespace {

struct Square {
    std::int64_t size, step;

    std::int64_t places(std::int64_t length) const {
        return (std::max<std::int64_t>(length - size, 0) + step - 1) / step + 1;
    }
};

// Covered with the mean of the image.
std::vector<float> covered(const Question& question, const std::vector<std::int64_t>& image, const Square& square,
                           std::int64_t top, std::int64_t left) {
    std::vector<float> inputs = question.inputs;
    double sum = 0;
    for (const float x : inputs) sum += static_cast<double>(x);
    const auto mean = static_cast<float>(sum / static_cast<double>(inputs.size()));
    for (std::int64_t y = top; y < std::min(top + square.size, image[0]); ++y)
        for (std::int64_t x = left; x < std::min(left + square.size, image[1]); ++x)
            std::fill_n(inputs.begin() + (y * image[1] + x) * image[2], image[2], mean);
    return inputs;
}

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const std::vector<std::int64_t>& image = context.dataset.inputShape;
    if (image.size() != 3)
        throw base::Error(base::sentence("Occlusion covers squares of an image, and these data have none."));
    const Question question = questionIn(context, settings);
    const Square square{settings.integer("size"), settings.integer("step")};
    const std::int64_t rows = square.places(image[0]), columns = square.places(image[1]);
    std::vector<float> inputs;
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t column = 0; column < columns; ++column) {
            const std::vector<float> one = covered(question, image, square, row * square.step, column * square.step);
            inputs.insert(inputs.end(), one.begin(), one.end());
        }
    const std::vector<float> outputs = context.forward.outputs(inputs, rows * columns, question.node);
    const std::size_t units = outputs.size() / static_cast<std::size_t>(rows * columns);
    ProbeResult result{
        {1, 1, rows, columns},
        {},
        {{"class", question.classIndex}, {"score", question.score}, {"size", square.size}, {"step", square.step}}};
    for (std::size_t place = 0; place < static_cast<std::size_t>(rows * columns); ++place)
        result.values.push_back(question.score -
                                question.sign * outputs[place * units + static_cast<std::size_t>(question.unit)]);
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = attributionParameters();
    all.push_back(base::integerParam("size", "Size", "Side of the square, in pixels.", 4, 1, 1024));
    all.push_back(base::integerParam("step", "Step", "How far it moves from place to place.", 2, 1, 1024));
    return all;
}

}  // namespace

const ProbeType OcclusionProbe{
    {"occlusion", "Occlusion", "s = score − score with a square covered (Zeiler, Fergus 2014).", parameters()},
    measure};

}  // namespace perceptory::training
