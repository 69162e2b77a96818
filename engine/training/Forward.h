#pragma once
// Results of a network for given inputs, without training: the outputs of any of its nodes, and how they change with
// what goes in. One thread per object.

#include <map>
#include <memory>
#include <span>
#include <tuple>

#include "engine/backends/cpu/Executable.h"
#include "engine/training/TinyPlan.h"

namespace perceptory::training {

// What a node puts out for many samples, unit by unit: values[unit · count + sample].
struct NodeOutput {
    int units = 0;
    std::int64_t count = 0;
    std::vector<float> values;

    std::span<const float> unit(int index) const {
        return std::span(values).subspan(static_cast<std::size_t>(index * count), static_cast<std::size_t>(count));
    }
};

// What is derived by what: a unit of `node`, by every number of the input or by every value that `by` puts out.
struct SlopeOf {
    std::string node;
    std::int64_t unit = 0;
    std::string by{};     // id of a node; empty: the input
    bool guided = false;  // backward through a ReLU only what is positive: ir/GuidedBackward.h

    // The same plan for all units.
    bool operator<(const SlopeOf& other) const {
        return std::tie(node, by, guided) < std::tie(other.node, other.by, other.guided);
    }
};

class Forward {
public:
    // Reads `weights` at every call; all arguments outlive this object.
    Forward(const network::Network& network, tensor::Buffer& weights, const backends::cpu::Processor& processor);
    ~Forward();

    // inputs: [count][Network::rowSize()]. Node ids that do not exist are left out.
    std::map<std::string, NodeOutput> run(std::span<const float> inputs, std::int64_t count,
                                          const std::vector<std::string>& nodes);

    // What a node puts out, row by row: [count][units]. Empty: the network's first output.
    std::vector<float> outputs(std::span<const float> inputs, std::int64_t count, std::string node = {});

    // Derivatives for each row: [count][Network::rowSize()], 0 for numbers that only say which row to take, or
    // [count][units of `by`].
    std::vector<float> slopes(std::span<const float> inputs, std::int64_t count, const SlopeOf& of);

private:
    struct Slopes;
    Slopes& slopesOf(const SlopeOf& of);
    bool runTiny(std::span<const float> inputs, std::int64_t count, const std::vector<std::string>& nodes,
                 std::map<std::string, NodeOutput>& results);
    void runPlan(std::span<const float> inputs, std::int64_t count, const std::vector<std::string>& nodes,
                 std::map<std::string, NodeOutput>& results);
    backends::cpu::Executable& plan(std::int64_t batch, const std::vector<std::string>& nodes);

    const network::Network& m_network;
    tensor::Buffer& m_weights;
    const backends::cpu::Processor m_processor;
    network::Lowered m_lowered;
    std::optional<TinyChain> m_chain;
    std::map<std::pair<std::int64_t, std::vector<std::string>>, std::unique_ptr<backends::cpu::Executable>> m_plans;
    std::map<SlopeOf, std::unique_ptr<Slopes>> m_slopes;
    tensor::Buffer m_tinyInputs, m_tinyOutputs;
};

}  // namespace perceptory::training
