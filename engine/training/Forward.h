#pragma once
// Results of a network for given inputs, without training: the outputs of any of its nodes, and how they change with
// what goes in. One thread per object.

#include <map>
#include <memory>
#include <span>

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

    // The derivative of a unit of `node` by every number of the input: [count][Network::rowSize()], 0 for those that
    // only say which row to take. With `by`: by every value that this node puts out, [count][its units].
    std::vector<float> slopes(std::span<const float> inputs, std::int64_t count, const std::string& node,
                              std::int64_t unit, const std::string& by = {});

private:
    struct Slopes;
    Slopes& slopesOf(const std::string& node, const std::string& by);
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
    std::map<std::pair<std::string, std::string>, std::unique_ptr<Slopes>> m_slopes;  // by `node` and `by`
    tensor::Buffer m_tinyInputs, m_tinyOutputs;
};

}  // namespace perceptory::training
