#include "engine/exchange/cpp/SampleRows.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/backends/KernelLibrary.h"
#include "engine/backends/cpu/Executable.h"
#include "engine/base/Random.h"

namespace perceptory::exchange::cpp {

namespace {

constexpr std::size_t mostRows = 10;
constexpr std::size_t mostNumbers = 1'000'000;  // of all rows, as long as there is one

const std::vector<data::Field>& fieldsOf(const ProgramSource& source) {
    return source.preprocessing ? source.preprocessing->featureFields() : source.network.fields();
}

// How many rows the smallest table has that a field says the row of; 0: any numbers will do.
std::int64_t tableRows(const network::Network& network, const std::string& field) {
    std::int64_t least = 0;
    for (const network::NodeCheck& node : network.nodes()) {
        if (!node.type->rows) continue;
        const base::ParamValues values(node.type->parameters, node.spec.parameters);
        for (const std::size_t input : node.inputs) {
            const network::NodeCheck* before = &network.nodes()[input];
            while (before->type->passes && before->inputs.size() == 1) before = &network.nodes()[before->inputs[0]];
            if (before->spec.type != "input" || before->spec.field != field) continue;
            const std::int64_t rows = node.type->rows(values);
            least = least == 0 ? rows : std::min(least, rows);
        }
    }
    return least;
}

// [count][Network::rowSize()], as the network sees them.
std::vector<float> drawPrepared(const network::Network& network, std::size_t count) {
    base::RandomStream random(1, base::stableHash("samples of an export"));
    std::vector<float> rows;
    for (std::size_t row = 0; row < count; ++row)
        for (const data::Field& field : network.fields()) {
            const std::int64_t table = tableRows(network, field.name);
            for (std::int64_t i = 0; i < field.size(); ++i)
                rows.push_back(table ? static_cast<float>(random.below(static_cast<std::uint32_t>(table)))
                                     : static_cast<float>(random.normal()));
        }
    return rows;
}

// [count][Network::rowSize()] -> [count][Program::outputCount()], as `predict` works it out.
std::vector<float> outputsOf(const ProgramSource& source, const Program& program, std::span<const float> rows,
                             std::size_t count) {
    tensor::Buffer weights(source.weights.size());
    for (std::int64_t i = 0; i < weights.size(); ++i) weights.set(i, source.weights.get(i));
    const network::Lowered lowered = source.network.lower(false);
    ir::PlanRequest request{.batch = static_cast<std::int64_t>(count)};
    for (const Port& port : program.outputs) request.keep.push_back(lowered.nodes.at(port.title));
    backends::cpu::ThreadPool pool(1);
    backends::cpu::Executable executable(ir::compilePlan(lowered.graph, request), backends::kernels(),
                                         {&weights, nullptr}, pool);
    const auto rowOf = [](const backends::MatrixView& view, std::size_t row) {
        return static_cast<float*>(view.data) + static_cast<std::int64_t>(row) * view.stride;
    };
    const auto width = static_cast<std::size_t>(source.network.rowSize());
    for (const network::RowInput& input : lowered.inputs)
        for (std::size_t row = 0; row < count && executable.plan().places.contains(input.value); ++row)
            std::copy_n(rows.data() + row * width + static_cast<std::size_t>(input.first), input.count,
                        rowOf(executable.view(input.value), row));
    executable.run({});
    std::vector<float> results;
    for (std::size_t row = 0; row < count; ++row)
        for (std::size_t i = 0; i < program.outputs.size(); ++i) {
            const float* values = rowOf(executable.view(request.keep[i]), row);
            results.insert(results.end(), values, values + program.outputs[i].size());
        }
    return results;
}

}  // namespace

std::int64_t placeInRow(const ProgramSource& source, const Port& port) {
    std::int64_t first = 0;
    for (const data::Field& field : fieldsOf(source)) {
        if (field.name == port.title) break;
        first += field.size();
    }
    return first;
}

SampleRows drawRows(const ProgramSource& source, const Program& program) {
    const auto numbers = static_cast<std::size_t>(program.inputCount() + program.outputCount());
    SampleRows samples{std::clamp<std::size_t>(mostNumbers / std::max<std::size_t>(numbers, 1), 1, mostRows), {}, {}};
    std::vector<float> prepared = drawPrepared(source.network, samples.count), given = prepared;
    if (source.preprocessing) {
        given.resize(samples.count * source.preprocessing->featureCount());
        source.preprocessing->undo(prepared, samples.count, given);
        source.preprocessing->prepare(given, samples.count, prepared);
    }
    samples.outputs = outputsOf(source, program, prepared, samples.count);
    const std::size_t width = given.size() / samples.count;
    for (std::size_t row = 0; row < samples.count; ++row)
        for (const Port& port : program.inputs) {
            const auto values = given.begin() + static_cast<std::ptrdiff_t>(row * width) + placeInRow(source, port);
            samples.inputs.insert(samples.inputs.end(), values, values + port.size());
        }
    return samples;
}

double difference(const Program& program, const SampleRows& rows, std::span<const float> found) {
    const auto width = static_cast<std::size_t>(program.outputCount());
    double worst = 0;
    for (const Port& port : program.outputs) {
        double apart = 0, largest = 0;
        for (std::size_t row = 0; row < rows.count; ++row)
            for (std::int64_t i = port.first; i < port.first + port.size(); ++i) {
                const std::size_t place = row * width + static_cast<std::size_t>(i);
                const double x = static_cast<double>(found[place]), y = static_cast<double>(rows.outputs[place]);
                if (std::isnan(x) && std::isnan(y)) continue;
                largest = std::max(largest, std::abs(y));
                if (x == y) continue;  // infinite ones too
                apart = std::isnan(x - y) ? std::numeric_limits<double>::infinity() : std::max(apart, std::abs(x - y));
            }
        if (apart > 0) worst = std::max(worst, apart / largest);
    }
    return worst;
}

}  // namespace perceptory::exchange::cpp
