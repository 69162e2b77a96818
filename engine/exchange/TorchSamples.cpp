#include "engine/exchange/TorchSamples.h"

#include <algorithm>

#include "engine/base/Random.h"
#include "engine/exchange/TorchTensors.h"

namespace perceptory::exchange {

namespace {

constexpr std::size_t mostSamples = 8;

// How many rows the layers have that look up what stands in a field; 0: any numbers will do.
std::int64_t rowsLookedUp(const network::Network& network, const std::string& field) {
    std::int64_t rows = 0;
    for (const network::NodeCheck& node : network.nodes())
        for (const std::size_t input : node.inputs) {
            const network::NodeSpec& from = network.nodes()[input].spec;
            if (!node.type->rows || from.type != "input" || from.field != field) continue;
            const std::int64_t own = node.type->rows(base::ParamValues(node.type->parameters, node.spec.parameters));
            rows = rows == 0 ? own : std::min(rows, own);
        }
    return rows;
}

// Number k of a field of sample i. Numbers of rows in a sequence are followed by padding, by more from sample to
// sample.
double drawn(base::RandomStream& random, std::int64_t known, const data::Field& field, std::size_t i, std::int64_t k) {
    if (known == 0) return random.normal();
    if (field.size() == 1) return random.below(static_cast<std::uint32_t>(known));
    const std::int64_t padding = static_cast<std::int64_t>(i) % field.size();
    if (k >= field.size() - padding || known == 1) return 0;
    return 1 + random.below(static_cast<std::uint32_t>(known - 1));
}

std::vector<float> drawnRows(const network::Network& network, std::uint64_t seed) {
    base::RandomStream random(seed, base::stableHash("samples"));
    std::vector<float> rows;
    for (std::size_t i = 0; i < mostSamples; ++i)
        for (const data::Field& field : network.fields()) {
            const std::int64_t known = rowsLookedUp(network, field.name);
            for (std::int64_t k = 0; k < field.size(); ++k)
                rows.push_back(static_cast<float>(drawn(random, known, field, i, k)));
        }
    return rows;
}

// Rows that training did not see, if there are any.
std::vector<float> rowsOf(const data::Dataset& dataset) {
    const data::Parts& parts = dataset.parts;
    const auto& from = !parts.test.empty() ? parts.test : !parts.validation.empty() ? parts.validation : parts.train;
    std::vector<float> rows, scratch;
    for (std::size_t i = 0; i < std::min(mostSamples, from.size()); ++i) {
        const std::span<const float> row = dataset.input(from[i], scratch);
        rows.insert(rows.end(), row.begin(), row.end());
    }
    return rows;
}

}  // namespace

tensor::NamedTensors torchSamples(const TorchModule& module, training::Trainer& trainer) {
    const network::Network& network = trainer.network();
    const auto size = static_cast<std::size_t>(network.rowSize());
    std::vector<float> rows = rowsOf(trainer.dataset());
    if (rows.empty()) rows = drawnRows(network, trainer.spec().training.seed);
    const std::size_t count = rows.size() / size;
    tensor::NamedTensors samples;
    std::size_t first = 0;
    for (const data::Field& field : network.fields()) {
        if (std::ranges::find(module.inputs, field.name, &TorchPort::id) != module.inputs.end())
            samples.push_back(torchTensor("inputs." + field.name, count, field.shape,
                                          [&](std::size_t row) { return rows.data() + row * size + first; }));
        first += static_cast<std::size_t>(field.size());
    }
    for (const TorchPort& output : module.outputs) {
        const std::vector<float> values = trainer.forward().outputs(rows, static_cast<std::int64_t>(count), output.id);
        const auto width = static_cast<std::size_t>(tensor::elementCount(output.engine));
        samples.push_back(torchTensor("outputs." + output.id, count, output.engine,
                                      [&](std::size_t row) { return values.data() + row * width; }));
    }
    return samples;
}

}  // namespace perceptory::exchange
