#include "app/cli/Workloads.h"

#include "engine/base/Random.h"

namespace perceptory::cli {

using base::Json;

namespace {

struct Layer {
    std::string type;
    Json parameters = Json::object();
    std::vector<int> from{-1};  // its inputs, counted from itself: −1 is the layer before
};

// Layers and how they are trained.
struct Setup {
    std::vector<std::int64_t> input;
    std::vector<Layer> layers;
    std::string loss;
    base::KindSpec optimizer;
    int batch = 0;
    int batches = 0;  // in memory, shown in turn
    int classes = 10;
    double low = -1, high = 1;
};

training::RunSpec specOf(const Setup& setup) {
    training::RunSpec spec;
    spec.network.nodes.push_back({"in", "input", {}});
    for (const Layer& layer : setup.layers) {
        const std::size_t place = spec.network.nodes.size();
        std::vector<std::string> inputs;
        for (const int from : layer.from)
            inputs.push_back(spec.network.nodes[place - static_cast<std::size_t>(-from)].id);
        spec.network.nodes.push_back({"n" + std::to_string(place), layer.type, inputs, layer.parameters});
    }
    spec.training.loss = {setup.loss};
    spec.training.optimizer = setup.optimizer;
    spec.training.batchSize = setup.batch;
    spec.training.shuffle = false;
    return spec;
}

std::shared_ptr<const data::Dataset> dataFor(const Setup& setup) {
    auto dataset = std::make_shared<data::Dataset>();
    dataset->count = static_cast<std::size_t>(setup.batch) * static_cast<std::size_t>(setup.batches);
    dataset->inputShape = setup.input;
    for (std::int64_t i = 0; i < tensor::elementCount(setup.input); ++i)
        dataset->featureNames.push_back("x" + std::to_string(i));
    for (int i = 0; i < setup.classes; ++i) dataset->classNames.push_back(std::to_string(i));
    base::RandomStream random(1, base::stableHash("workload"));
    for (std::size_t row = 0; row < dataset->count; ++row) {
        for (std::size_t i = 0; i < dataset->features(); ++i)
            dataset->inputs.push_back(static_cast<float>(random.uniform(setup.low, setup.high)));
        dataset->labels.push_back(static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(setup.classes))));
        dataset->parts.train.push_back(static_cast<std::uint32_t>(row));
    }
    return dataset;
}

std::unique_ptr<training::Trainer> trainerFor(const Setup& setup, const training::TrainerOptions& options) {
    return std::make_unique<training::Trainer>(specOf(setup), dataFor(setup), options);
}

Workload training(const std::string& name, const Setup& setup) {
    return {name, setup.batch, [setup](const training::TrainerOptions& options) {
                RunningWorkload running{trainerFor(setup, options), {}};
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

Workload grid(const Setup& setup) {
    return {"grid", 10'000, [setup](const training::TrainerOptions& options) {
                RunningWorkload running{trainerFor(setup, options), {}};
                running.repeat = [trainer = running.trainer.get(), points = gridPoints(100)](int steps) {
                    for (int i = 0; i < steps; ++i) trainer->forward().outputs(points, 10'000);
                };
                return running;
            }};
}

Workload forward(const std::string& name, const Setup& setup) {
    return {name, setup.batch, [setup](const training::TrainerOptions& options) {
                RunningWorkload running{trainerFor(setup, options), {}};
                running.repeat = [trainer = running.trainer.get(), batch = setup.batch](int steps) {
                    const std::vector<float>& inputs = trainer->dataset().inputs;
                    const std::size_t count = static_cast<std::size_t>(batch) * trainer->dataset().features();
                    for (int i = 0; i < steps; ++i)
                        trainer->forward().outputs(std::span(inputs).first(count), static_cast<std::size_t>(batch));
                };
                return running;
            }};
}

Layer dense(int units, const std::string& activation) {
    return {"dense", {{"units", units}, {"activation", activation}}};
}

// The points of TensorFlow Playground: hidden layers and output with tanh.
Setup points(const std::vector<int>& units) {
    Setup setup{{2}, {}, "mean_squared_error", {"sgd", {{"learning_rate", 0.03}}}, 10, 25, 2, -6, 6};
    for (const int count : units) setup.layers.push_back(dense(count, "tanh"));
    return setup;
}

Setup hiddenLayer(int inputs, int units, int batch, const base::KindSpec& optimizer) {
    return {{inputs}, {dense(units, "relu"), dense(10, "linear")}, "softmax_cross_entropy", optimizer, batch, 16};
}

// Convolutions of `kernel`, each with ReLU and a pool of 2, and a dense layer.
Setup convolutions(const std::vector<std::int64_t>& input, int kernel, const std::vector<int>& filters, int batch,
                   int batches, const base::KindSpec& optimizer) {
    Setup setup{input, {}, "softmax_cross_entropy", optimizer, batch, batches};
    for (const int count : filters) {
        setup.layers.push_back(
            {"conv2d", {{"filters", count}, {"kernel_size", kernel}, {"padding", "same"}, {"activation", "relu"}}});
        setup.layers.push_back({"max_pool"});
    }
    setup.layers.push_back({"flatten"});
    setup.layers.push_back(dense(10, "linear"));
    return setup;
}

Layer convolution(int filters, int kernel, int stride, int from = -1) {
    return {
        "conv2d",
        {{"filters", filters}, {"kernel_size", kernel}, {"stride", stride}, {"padding", kernel / 2}, {"bias", false}},
        {from}};
}

// relu(bn(conv(relu(bn(conv(x))))) + x), with a convolution of 1 for x where the sizes change (He et al. 2016).
void residualBlock(std::vector<Layer>& layers, int filters, int stride, bool changes) {
    const Layer relu{"activation", {{"activation", "relu"}}};
    layers.insert(layers.end(),
                  {convolution(filters, 3, stride), {"batch_norm"}, relu, convolution(filters, 3, 1), {"batch_norm"}});
    if (changes) layers.insert(layers.end(), {convolution(filters, 1, stride, -6), {"batch_norm"}});
    layers.insert(layers.end(), {{"add", Json::object(), changes ? std::vector{-3, -1} : std::vector{-1, -6}}, relu});
}

Setup resnet(const base::KindSpec& optimizer) {
    Setup setup{{32, 32, 3}, {}, "softmax_cross_entropy", optimizer, 64, 4};
    setup.layers = {convolution(16, 3, 1), {"batch_norm"}, {"activation", {{"activation", "relu"}}}};
    residualBlock(setup.layers, 16, 1, false);
    residualBlock(setup.layers, 32, 2, true);
    residualBlock(setup.layers, 64, 2, true);
    setup.layers.insert(setup.layers.end(), {{"global_average_pool"}, dense(10, "linear")});
    return setup;
}

std::vector<Workload> all() {
    const base::KindSpec sgd{"sgd", {{"learning_rate", 0.01}}}, adam{"adam", {{"learning_rate", 0.001}}},
        momentum{"momentum", {{"learning_rate", 0.01}, {"momentum", 0.9}}};
    const Setup tiny = points({4, 2, 1}), lenet = convolutions({28, 28, 1}, 5, {8, 16}, 64, 8, momentum),
                cnn = convolutions({32, 32, 3}, 3, {32, 64, 128}, 128, 4, adam);
    return {
        training("tiny_mlp", tiny),
        training("tiny_mlp_wide", points({8, 8, 8, 1})),
        training("mlp_sgd", hiddenLayer(784, 128, 64, sgd)),
        training("mlp_adam", hiddenLayer(784, 128, 64, adam)),
        training("mlp_cifar", hiddenLayer(3072, 500, 32, adam)),
        training("lenet", lenet),
        forward("lenet_forward", lenet),
        training("cnn_cifar", cnn),
        forward("cnn_cifar_forward", cnn),
        training("resnet_small", resnet(momentum)),
        training("lstm",
                 {{32, 28}, {{"lstm", {{"units", 64}}}, dense(10, "linear")}, "softmax_cross_entropy", adam, 64, 4}),
        grid(tiny)};
}

}  // namespace

const std::vector<Workload>& workloads() {
    static const std::vector<Workload> result = all();
    return result;
}

}  // namespace perceptory::cli
