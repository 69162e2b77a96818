#include "engine/project/StartingNetwork.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/project/NetworkBuilder.h"
#include "engine/project/NetworkFit.h"

namespace perceptory::project {

using base::Json;
using data::Task;

namespace {

constexpr std::int64_t smallestMap = 8;      // pixels a side that are still pooled
constexpr std::int64_t recurrentSteps = 64;  // longer sequences are made shorter before they are walked through
constexpr std::int64_t largeSide = 100;      // pixels of an image that takes long
constexpr double mostBias = 1000;            // as far as the initializer goes

bool isImage(const tensor::Shape& shape) { return shape.size() == 3; }
std::int64_t shorterSide(const tensor::Shape& image) { return std::min(image[0], image[1]); }
bool isLarge(const tensor::Shape& shape) { return isImage(shape) && std::max(shape[0], shape[1]) > largeSide; }

// Two plain numbers a row, of which a picture can be made; users and items are no such numbers.
bool isPlane(const data::Dataset& dataset) {
    const std::vector<InputField> inputs = inputFieldsOf(dataset);
    return dataset.isPlane() && inputs.size() == 1 && inputs[0].entries == 0 && inputs[0].field.shape.size() == 1;
}

struct Spread {
    double mean = 0, deviation = 0;
};

// Of the numbers that the training rows ask for.
Spread spreadOf(const data::Dataset& dataset, const data::Target& target) {
    const std::size_t width = target.targetNames.size();
    double sum = 0, squares = 0, count = 0;
    for (const std::uint32_t row : dataset.parts.train)
        for (std::size_t k = 0; k < width; ++k) {
            const double value = target.targets[row * width + k];
            sum += value;
            squares += value * value;
            ++count;
        }
    if (count == 0) return {};
    const double mean = sum / count;
    return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

// Three digits are enough to begin with.
double rounded(double value) {
    if (value == 0) return 0;
    const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
    return unit >= 1 ? std::round(value / unit) * unit
                     : std::round(value * std::round(1 / unit)) / std::round(1 / unit);
}

// The last layer for a target, and its loss.
struct Ending {
    std::int64_t outputs = 1;
    const char* activation = "linear";
    const char* loss = "mean_squared_error";
    double bias = 0;  // at the start
};

class Starter {
public:
    explicit Starter(const data::Dataset& dataset) : m_dataset(dataset), m_inputs(inputFieldsOf(dataset)) {}

    void run() {
        for (std::size_t i = 0; i < m_dataset.targetCount(); ++i) addOutput(m_dataset.target(i));
    }

    Json nodes() const { return m_build.nodes(); }
    // {output, target, type} for each target.
    const Json& losses() const { return m_losses; }

private:
    bool single() const { return m_dataset.targetCount() == 1; }

    Ending endingFor(const data::Target& target) const {
        // As TensorFlow Playground.
        if (isPlane(m_dataset) && single() && target.classes() == 2) return {1, "tanh"};
        const std::int64_t outputs = outputsFor(m_dataset, target);
        if (target.task == Task::Classification) return {outputs, "linear", "softmax_cross_entropy"};
        // Numbers far from 0 would take thousands of steps to be reached at all.
        const double mean = spreadOf(m_dataset, target).mean;
        return {outputs, "linear", "mean_squared_error",
                std::abs(mean) < 1 ? 0 : rounded(std::clamp(mean, -mostBias, mostBias))};
    }

    void addOutput(const data::Target& target) {
        const Ending ending = endingFor(target);
        const std::string id = single() ? "out" : "out_" + target.targetName;
        const int field = fieldOfUnits(m_dataset, target);
        Part out;
        if (field >= 0)
            out = last(id, units(static_cast<std::size_t>(field)), ending);
        else if (target.targetShape.empty())
            out = last(id, summary(), ending);
        else
            out = spreadOutput(id, target, ending);
        m_losses.push_back({{"output", out.id}, {"target", target.targetName}, {"type", ending.loss}});
    }

    Part last(const std::string& id, const Part& at, const Ending& ending) {
        const bool image = isImage(at.shape);
        Json parameters = image ? Json{{"filters", ending.outputs}, {"kernel_size", 1}}
                                : Json{{"units", ending.outputs}, {"activation", ending.activation}};
        if (ending.bias != 0)
            parameters["bias_initializer"] = Json{{"type", "constant"}, {"parameters", {{"value", ending.bias}}}};
        tensor::Shape shape = at.shape;
        shape.back() = ending.outputs;
        return m_build.add(id, image ? "conv2d" : "dense", {at}, std::move(parameters), std::move(shape));
    }

    // Units that no input has: all of them from one row of numbers.
    Part spreadOutput(const std::string& id, const data::Target& target, const Ending& ending) {
        const bool classes = target.task == Task::Classification;
        tensor::Shape shape = target.targetShape;
        if (classes) shape.push_back(ending.outputs);
        Ending whole = ending;
        whole.outputs = tensor::elementCount(shape);
        const Part all = last(id + "_row", summary(), whole);
        std::string sizes;
        for (const std::int64_t size : shape) sizes += (sizes.empty() ? "" : "×") + std::to_string(size);
        return m_build.add(id, "reshape", {all}, {{"shape", sizes}}, shape);
    }

    Part inputOf(std::size_t field) {
        Part& input = m_fields[field];
        const data::Field& own = m_inputs[field].field;
        if (input.id.empty()) input = m_build.input(m_inputs.size() == 1 ? "in" : own.name, own.name, own.shape);
        return input;
    }

    // The field with its places, pixel by pixel or step by step.
    const Part& units(std::size_t field) {
        Part& part = m_units[field];
        if (part.id.empty()) {
            const Part in = inputOf(field);
            part = isImage(in.shape) ? downAndUp(in) : recurrent(stepsOf(field, in), true);
        }
        return part;
    }

    // All fields as one row of numbers.
    const Part& summary() {
        if (!m_summary.id.empty()) return m_summary;
        std::vector<Part> rows;
        for (std::size_t field = 0; field < m_inputs.size(); ++field)
            rows.push_back(m_units.contains(field) ? m_build.add("mean", "global_average_pool", {m_units[field]},
                                                                 Json::object(), {m_units[field].shape.back()})
                                                   : rowOf(field));
        return m_summary = hidden(m_build.join(std::move(rows)));
    }

    Part hidden(const Part& row) {
        if (isPlane(m_dataset)) return m_build.dense("h2", m_build.dense("h1", row, 4, "tanh"), 2, "tanh");
        const bool plain = std::ranges::all_of(m_inputs, [](const InputField& input) {
            return input.field.shape.size() == 1 && (input.entries == 0 || input.field.size() == 1);
        });
        const Part h1 = m_build.dense("h1", row, 32, "relu");
        return plain ? m_build.dense("h2", h1, 16, "relu") : h1;
    }

    Part rowOf(std::size_t field) {
        const Part in = inputOf(field);
        if (isImage(in.shape)) return convolutions(in);
        if (m_inputs[field].entries > 0 && in.shape.front() == 1) return embedding(field, in, 16);
        if (m_inputs[field].entries > 0 || in.shape.size() == 2) return walked(stepsOf(field, in), field);
        return m_build.row(in);
    }

    Part embedding(std::size_t field, const Part& in, std::int64_t dimension) {
        const std::string name = m_inputs.size() == 1 ? "vectors" : in.id + "_vectors";
        const tensor::Shape shape =
            in.shape.front() == 1 ? tensor::Shape{dimension} : tensor::Shape{in.shape.front(), dimension};
        return m_build.add(name, "embedding", {in}, {{"entries", m_inputs[field].entries}, {"dimension", dimension}},
                           shape);
    }

    // {T, C}: words as vectors, plain numbers one a step.
    Part stepsOf(std::size_t field, const Part& in) {
        if (in.shape.size() == 2) return in;
        if (m_inputs[field].entries > 0 && in.shape.front() > 1) return embedding(field, in, 32);
        return m_build.add("steps", "reshape", {in}, {{"shape", std::to_string(in.shape.front()) + "×1"}},
                           {in.shape.front(), 1});
    }

    Part recurrent(const Part& steps, bool everyStep) {
        constexpr std::int64_t state = 32;
        Json parameters{{"units", state}};
        if (everyStep) parameters["return_sequences"] = true;
        return m_build.add("gru", "gru", {steps}, parameters,
                           everyStep ? tensor::Shape{steps.shape[0], state} : tensor::Shape{state});
    }

    Part conv1d(const Part& steps, std::int64_t filters, std::int64_t stride) {
        return m_build.add(
            "conv", "conv1d", {steps},
            {{"filters", filters}, {"kernel_size", 5}, {"stride", stride}, {"padding", "same"}, {"activation", "relu"}},
            {(steps.shape[0] + stride - 1) / stride, filters});
    }

    // A sequence as a row. Of a long text what stands anywhere in it (Kim 2014); long series are thinned out first.
    Part walked(Part steps, std::size_t field) {
        if (m_inputs[field].entries > 0 && steps.shape[0] > recurrentSteps)
            return m_build.add("most", "global_max_pool", {conv1d(steps, 32, 1)}, Json::object(), {32});
        while (steps.shape[0] >= recurrentSteps) steps = conv1d(steps, 16, 2);
        return recurrent(steps, false);
    }

    static std::int64_t firstFilters(const Part& image) { return isLarge(image.shape) ? 8 : 16; }

    Part convolutions(Part at) {
        std::int64_t filters = firstFilters(at);
        for (int stage = 1;; ++stage) {
            at = m_build.conv("conv" + std::to_string(stage), at, filters);
            if (shorterSide(at.shape) < smallestMap) return m_build.row(at);
            at = m_build.pool("pool" + std::to_string(stage), at);
            filters = std::min<std::int64_t>(64, 2 * filters);
        }
    }

    // A U-Net (Ronneberger, Fischer, Brox 2015) of two levels at most: sizes that are odd cannot be doubled back.
    Part downAndUp(Part at) {
        std::vector<Part> levels;
        std::int64_t filters = firstFilters(at);
        while (levels.size() < 2 && at.shape[0] % 2 == 0 && at.shape[1] % 2 == 0 &&
               shorterSide(at.shape) >= 2 * smallestMap) {
            const std::string level = std::to_string(levels.size() + 1);
            levels.push_back(m_build.conv("down" + level, at, filters));
            at = m_build.pool("pool" + level, levels.back());
            filters = std::min<std::int64_t>(32, 2 * filters);
        }
        at = m_build.conv("middle", at, filters);
        for (; !levels.empty(); levels.pop_back()) {
            const Part& down = levels.back();
            const std::string level = std::to_string(levels.size());
            const Part up = m_build.add("up" + level, "upsample", {at}, Json::object(),
                                        {down.shape[0], down.shape[1], at.shape[2]});
            at = m_build.conv("up" + level + "conv", m_build.join({up, down}), down.shape[2]);
        }
        return at;
    }

    const data::Dataset& m_dataset;
    std::vector<InputField> m_inputs;
    NetworkBuilder m_build;
    std::map<std::size_t, Part> m_fields, m_units;  // by field, as far as they are there
    Part m_summary;
    Json m_losses = Json::array();
};

// Adam moves a weight by about its rate in a step, so numbers of wide spread need a larger one.
Json optimizerFor(const data::Dataset& dataset) {
    if (isPlane(dataset)) return {{"type", "sgd"}, {"parameters", {{"learning_rate", 0.03}}}};
    const auto fields = dataset.inputFields();
    const bool images = std::ranges::any_of(fields, [](const data::Field& field) { return isImage(field.shape); });
    double spread = 1;
    for (std::size_t i = 0; i < dataset.targetCount(); ++i)
        spread = std::max(spread, spreadOf(dataset, dataset.target(i)).deviation);
    const double rate = (images ? 0.002 : 0.005) * std::min(10.0, spread);
    return {{"type", "adam"}, {"parameters", {{"learning_rate", rounded(rate)}}}};
}

int batchFor(const data::Dataset& dataset) {
    if (isPlane(dataset)) return 10;
    const auto fields = dataset.inputFields();
    const bool large = std::ranges::any_of(fields, [](const data::Field& field) { return isLarge(field.shape); });
    return large ? 8 : !dataset.targetShape.empty() ? 16 : 32;
}

}  // namespace

void startNetwork(Json& project, const data::Dataset& dataset) {
    Starter starter(dataset);
    starter.run();
    project["network"] = Json{{"nodes", starter.nodes()}};
    Json& training = project["training"];
    if (!training.is_object()) training = Json::object();
    for (const char* key : {"losses", "schedule", "clip", "stopping", "metrics", "class_weights"}) training.erase(key);
    training["loss"] = Json{{"type", starter.losses().front()["type"]}};
    if (starter.losses().size() > 1) {
        training.erase("loss");
        training["losses"] = starter.losses();
    }
    training["optimizer"] = optimizerFor(dataset);
    training["batch_size"] = batchFor(dataset);
}

}  // namespace perceptory::project
