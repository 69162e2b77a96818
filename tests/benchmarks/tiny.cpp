// Speed of the executor for tiny networks, one thread, per instruction set: `benchmark_tiny`. Medians of five.

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/backends/KernelLibrary.h"
#include "engine/base/Random.h"

namespace {

using namespace perceptory;

// Processor time of this thread, so that other programs count little.
double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

template <class Row>
int indexOf(const Row* rows, int count, const std::string& id) {
    for (int i = 0; i < count; ++i)
        if (id == rows[i].id) return i;
    return -1;
}

// Seconds of one call, the median of five measurements of at least 0.1 s.
double seconds(const std::function<void()>& work) {
    std::vector<double> results;
    for (int round = 0; round < 6; ++round) {
        int calls = 0;
        const double start = now();
        double elapsed = 0;
        while (elapsed < 0.1) {
            work();
            ++calls;
            elapsed = now() - start;
        }
        if (round > 0) results.push_back(elapsed / calls);  // the first warms up
    }
    std::ranges::sort(results);
    return results[2];
}

// A network of tanh units with its buffers.
struct Net {
    std::vector<backends::TinyLayer> layers;
    backends::TinyNet net;
    std::vector<float> weights;

    Net(const backends::KernelTable& table, const std::vector<int>& widths) {
        for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
            backends::TinyLayer layer{widths[l], widths[l + 1], net.units, net.units + widths[l], net.parameters};
            layer.bias = layer.weights + layer.inputs * layer.outputs;
            layer.activation = indexOf(table.unary, table.unaryCount, "tanh");
            net.parameters = layer.bias + layer.outputs;
            net.units += layer.inputs;
            layers.push_back(layer);
        }
        net.units += widths.back();
        net.layers = layers.data();
        net.layerCount = static_cast<int>(layers.size());
        net.loss = indexOf(table.losses, table.lossCount, "mean_squared_error");
        base::RandomStream random(1, 1);
        for (int i = 0; i < net.parameters; ++i) weights.push_back(static_cast<float>(random.uniform(-1, 1)));
    }
};

double microsecondsPerStep(const backends::KernelTable& table, const std::vector<int>& widths) {
    constexpr int steps = 1000, batch = 10;
    Net net(table, widths);
    base::RandomStream random(2, 2);
    std::vector<float> data;
    for (int row = 0; row < steps * 4; ++row)  // two inputs, one target, the factors
        for (int lane = 0; lane < backends::tinyLanes; ++lane)
            data.push_back(lane >= batch ? 0 : row % 4 == 3 ? 1.0f / batch : static_cast<float>(random.uniform(-1, 1)));
    std::vector<double> numbers(8 * steps), losses(steps);
    for (int step = 0; step < steps; ++step) numbers[static_cast<std::size_t>(8 * step)] = 0.03;
    const std::int64_t floats = table.tiny->scratchFloats(net.net, 1);
    std::vector<float> memory(static_cast<std::size_t>(floats) + 16);
    void* scratch = memory.data();
    std::size_t space = memory.size() * sizeof(float);
    std::align(64, static_cast<std::size_t>(floats) * sizeof(float), scratch, space);
    table.tiny->prepare(net.net, 1, scratch);
    backends::TinyRun run;
    run.net = &net.net;
    run.weights = net.weights.data();
    run.update = indexOf(table.updates, table.updateCount, "sgd");
    run.numbers = numbers.data();
    run.data = data.data();
    run.steps = steps;
    run.losses = losses.data();
    run.scratch = scratch;
    return seconds([&] { table.tiny->train(run); }) / steps * 1e6;
}

double millionPointsPerSecond(const backends::KernelTable& table) {
    constexpr std::int64_t points = 10'000;
    Net net(table, {2, 4, 2, 1});
    std::vector<float> inputs(2 * points, 0.3f), outputs(7 * points);
    backends::TinyForward job;
    job.net = &net.net;
    job.weights = net.weights.data();
    job.inputs = inputs.data();
    job.outputs = outputs.data();
    job.samples = job.stride = points;
    return points / seconds([&] { table.tiny->forward(job); }) * 1e-6;
}

}  // namespace

int main() {
    std::printf("%-6s %22s %24s %24s\n", "isa", "2-4-2-1 us/step", "2-8-8-8-1 us/step", "grid Mpoints/s");
    for (const std::string& isa : backends::supportedInstructionSets()) {
        const backends::KernelTable& table = backends::kernels(isa);
        std::printf("%-6s %22.3f %24.3f %24.0f\n", isa.c_str(), microsecondsPerStep(table, {2, 4, 2, 1}),
                    microsecondsPerStep(table, {2, 8, 8, 8, 1}), millionPointsPerSecond(table));
    }
}
