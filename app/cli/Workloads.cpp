#include "app/cli/Workloads.h"

#include "engine/base/Random.h"

namespace perceptory::cli {

using base::Json;

namespace {

struct Shape {
    std::vector<int> units;  // inputs first
    std::string activation;  // of the hidden layers
    std::string last;        // of the last layer
    std::string loss;
    std::string optimizer;
    double rate = 0;
    int batch = 0;
    int batches = 0;  // in memory, shown in turn
    double low = -1, high = 1;
};

training::RunSpec specOf(const Shape& shape) {
    training::RunSpec spec;
    spec.network.nodes.push_back({"in", "input", {}});
    for (std::size_t i = 1; i < shape.units.size(); ++i) {
        const bool isLast = i + 1 == shape.units.size();
        spec.network.nodes.push_back(
            {"h" + std::to_string(i),
             "dense",
             {spec.network.nodes.back().id},
             Json{{"units", shape.units[i]}, {"activation", isLast ? shape.last : shape.activation}}});
    }
    spec.training.loss = {shape.loss};
    spec.training.optimizer = {shape.optimizer, Json{{"learning_rate", shape.rate}}};
    spec.training.batchSize = shape.batch;
    spec.training.shuffle = false;
    return spec;
}

std::shared_ptr<const data::Dataset> dataFor(const Shape& shape) {
    auto dataset = std::make_shared<data::Dataset>();
    const int features = shape.units.front(), classes = std::max(2, shape.units.back());
    dataset->count = static_cast<std::size_t>(shape.batch) * static_cast<std::size_t>(shape.batches);
    dataset->inputShape = {features};
    for (int i = 0; i < features; ++i) dataset->featureNames.push_back("x" + std::to_string(i));
    for (int i = 0; i < classes; ++i) dataset->classNames.push_back(std::to_string(i));
    base::RandomStream random(1, base::stableHash("workload"));
    for (std::size_t row = 0; row < dataset->count; ++row) {
        for (int i = 0; i < features; ++i)
            dataset->inputs.push_back(static_cast<float>(random.uniform(shape.low, shape.high)));
        dataset->labels.push_back(static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(classes))));
        dataset->parts.train.push_back(static_cast<std::uint32_t>(row));
    }
    return dataset;
}

std::unique_ptr<training::Trainer> trainerFor(const Shape& shape, const training::TrainerOptions& options) {
    return std::make_unique<training::Trainer>(specOf(shape), dataFor(shape), options);
}

Workload training(const std::string& name, const Shape& shape) {
    return {name, shape.batch, [shape](const training::TrainerOptions& options) {
                RunningWorkload running{trainerFor(shape, options), {}};
                running.repeat = [trainer = running.trainer.get(),
                                  losses = std::vector<double>(4096)](int steps) mutable {
                    while (steps > 0) steps -= trainer->runSteps(std::min(steps, 4096), losses.data());
                };
                return running;
            }};
}

std::vector<float> gridPoints(int side) {
    std::vector<float> points;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            points.push_back(-6 + 12 * static_cast<float>(x) / static_cast<float>(side - 1));
            points.push_back(-6 + 12 * static_cast<float>(y) / static_cast<float>(side - 1));
        }
    return points;
}

Workload grid(const Shape& shape) {
    return {"grid", 10'000, [shape](const training::TrainerOptions& options) {
                RunningWorkload running{trainerFor(shape, options), {}};
                running.repeat = [trainer = running.trainer.get(), points = gridPoints(100)](int steps) {
                    for (int i = 0; i < steps; ++i) trainer->forward().outputs(points, 10'000);
                };
                return running;
            }};
}

const Shape tiny{{2, 4, 2, 1}, "tanh", "tanh", "mean_squared_error", "sgd", 0.03, 10, 25, -6, 6};
const Shape tinyWide{{2, 8, 8, 8, 1}, "tanh", "tanh", "mean_squared_error", "sgd", 0.03, 10, 25, -6, 6};
const Shape mlpSgd{{784, 128, 10}, "relu", "linear", "softmax_cross_entropy", "sgd", 0.01, 64, 16};
const Shape mlpAdam{{784, 128, 10}, "relu", "linear", "softmax_cross_entropy", "adam", 0.001, 64, 16};
const Shape mlpCifar{{3072, 500, 10}, "relu", "linear", "softmax_cross_entropy", "adam", 0.001, 32, 16};

}  // namespace

const std::vector<Workload>& workloads() {
    static const std::vector<Workload> all{training("tiny_mlp", tiny),      training("tiny_mlp_wide", tinyWide),
                                           training("mlp_sgd", mlpSgd),     training("mlp_adam", mlpAdam),
                                           training("mlp_cifar", mlpCifar), grid(tiny)};
    return all;
}

const std::vector<std::string>& missingWorkloads() {
    static const std::vector<std::string> names{"lenet",        "lenet_forward", "cnn_cifar", "cnn_cifar_forward",
                                                "resnet_small", "lstm"};
    return names;
}

}  // namespace perceptory::cli
