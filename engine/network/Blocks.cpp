#include "engine/network/Blocks.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "engine/base/Text.h"
#include "engine/network/NodeReading.h"
#include "engine/network/NodeRules.h"

namespace perceptory::network {

using base::Json;
using base::Problems;
using base::Severity;

namespace {

// As it stands in the file.
struct Block {
    std::string place;  // "network.blocks[0]"
    NodeSpec head;      // id and inputs
    std::vector<NodeSpec> nodes;
    std::set<std::string> names;       // of its nodes, faulty ones too
    std::vector<std::string> outputs;  // "conv", "pool:indices"
    int repeat = 1;
};

class Expansion {
public:
    Expansion(NetworkSpec& spec, Problems& problems) : m_spec(spec), m_problems(problems), m_count(spec.nodes.size()) {
        for (const NodeSpec& node : spec.nodes) m_taken.insert(node.id);
    }

    void run(const Json& list) {
        if (!list.is_array()) return report("network.blocks", base::sentence("This must be a list of blocks."), form());
        for (std::size_t i = 0; i < list.size(); ++i) read(list[i], "network.blocks[" + std::to_string(i) + "]");
        std::vector<NodeSpec> heads;
        for (const Block& block : m_blocks) heads.push_back(block.head);
        const std::vector<NodeSpec> plain = std::move(m_spec.nodes);
        m_spec.nodes.clear();
        for (const std::size_t at : orderWithBlocks(plain, heads)) {
            if (at < plain.size())
                m_spec.nodes.push_back(connected(plain[at]));
            else
                write(m_blocks[at - plain.size()]);
        }
    }

private:
    static std::string form() {
        return base::sentence("Write {\"id\": …, \"repeat\": …, \"inputs\": […], \"outputs\": […], \"nodes\": […]}.");
    }

    void report(const std::string& where, std::string sentence, std::string fix) {
        m_problems.push_back({where, Severity::Error, std::move(sentence), std::move(fix)});
    }

    void read(const Json& json, const std::string& place) {
        if (!json.is_object()) return report(place, base::sentence("A block must be an object."), form());
        Block block{.place = place};
        readConnections(json, place, block.head, m_problems);
        const std::string& id = block.head.id;
        if (!isNodeId(id))
            return report(place + ".id", base::sentence("\"{0}\" cannot be the name of a block.", id),
                          base::sentence("Use the letters a to z, digits, _ and -, beginning with a letter."));
        if (!m_taken.insert(id).second)
            return report(place + ".id", base::sentence("Something else is called \"{0}\" already.", id),
                          base::sentence("Rename one of them."));
        readNodes(json.value("nodes", Json()), block);
        readOutputs(json.value("outputs", Json()), block);
        readRepeat(json.value("repeat", Json(1)), block);
        m_numbers[id] = m_blocks.size();
        m_blocks.push_back(std::move(block));
    }

    void readNodes(const Json& list, Block& block) {
        if (!list.is_array() || list.empty())
            return report(block.place + ".nodes", base::sentence("The block has no layers."),
                          base::sentence("Give it a list of nodes, or remove the block."));
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string place = block.place + ".nodes[" + std::to_string(i) + "]";
            auto node = readNode(list[i], place, m_problems);
            if (!node || !isSound(list[i], *node, place, block)) continue;
            block.nodes.push_back(std::move(*node));
        }
    }

    bool isSound(const Json& json, const NodeSpec& node, const std::string& place, Block& block) {
        const std::size_t before = m_problems.size();
        if (json.contains("nodes"))
            report(place, base::sentence("A block cannot hold another block."),
                   base::sentence("Put it beside this one, or write its nodes out."));
        else if (node.id == blockEntry)
            report(place + ".id",
                   base::sentence("\"in\" is what enters the block, so no layer in it can be called so."),
                   base::sentence("Choose another name."));
        else if (!isNodeId(node.id))
            report(place + ".id", base::sentence("\"{0}\" cannot be the name of a node.", node.id),
                   base::sentence("Use the letters a to z, digits, _ and -, beginning with a letter."));
        else if (!block.names.insert(node.id).second)
            report(place + ".id", base::sentence("Two layers of the block are called \"{0}\".", node.id),
                   base::sentence("Rename one of them."));
        else if (node.type == "input")
            report(place, base::sentence("Data enter at the network, not in a block."),
                   base::sentence("Put the input layer outside, and let the block read it."));
        return m_problems.size() == before;
    }

    void readOutputs(const Json& list, Block& block) {
        const std::string place = block.place + ".outputs";
        if (!list.is_array() || list.empty())
            return report(place, base::sentence("The block puts nothing out."),
                          base::sentence("Give a list with the layer whose output leaves it."));
        for (const Json& entry : list) {
            const std::string text = entry.is_string() ? entry.get<std::string>() : entry.dump();
            if (std::ranges::count(block.outputs, text) > 0)
                report(place, base::sentence("The block puts out \"{0}\" twice.", text),
                       base::sentence("Remove one of the two."));
            else if (block.names.contains(SourceText(text).node))
                block.outputs.push_back(text);
            else
                reportUnknown(place, base::sentence("There is no layer \"{0}\" in the block to put out.", text), text,
                              {block.names.begin(), block.names.end()});
        }
    }

    void reportUnknown(const std::string& place, std::string sentence, const std::string& word,
                       const std::vector<std::string>& known) {
        const std::string guess = base::nearest(word, known);
        report(place, std::move(sentence),
               guess.empty() ? base::sentence("Name a layer of the block.")
                             : base::sentence("Did you mean \"{0}\"?", guess));
    }

    void readRepeat(const Json& value, Block& block) {
        const std::string place = block.place + ".repeat";
        const double number = value.is_number() ? value.get<double>() : std::nan("");
        if (!(number >= 1 && number <= mostRepeats && number == std::floor(number))) {
            report(place, base::sentence("{0} is not possible here.", value.dump()),
                   base::sentence("Use a whole number from {0} to {1}.", 1, mostRepeats));
        } else if (number > 1 && block.head.inputs.size() != block.outputs.size()) {
            report(place,
                   base::sentence(
                       "A repeated block needs as many outputs as inputs, but its inputs are {0} and its outputs {1}.",
                       block.head.inputs.size(), block.outputs.size()),
                   base::sentence("Change its inputs or outputs, or do not repeat it."));
        } else if (m_count + block.nodes.size() * static_cast<std::size_t>(number) > mostNodes) {
            report(place, base::sentence("The network has more than 10,000 nodes."),
                   base::sentence("Repeat the block less often."));
            if (m_count + block.nodes.size() > mostNodes) block.nodes.clear();
        } else {
            block.repeat = static_cast<int>(number);
        }
        m_count += block.nodes.size() * static_cast<std::size_t>(block.repeat);
    }

    struct Source {
        std::string node, port;
    };

    static Source outputOf(const Block& block, int copy, std::size_t output) {
        const SourceText inside(block.outputs[output]);
        return {block.head.id + "." + std::to_string(copy) + "." + inside.node, inside.port};
    }

    // What an input outside of all blocks reads. Reported at `place` when a block has no such output; then it names the
    // block.
    Source resolve(const Source& source, const std::string& place) {
        const auto number = m_numbers.find(source.node);
        if (number == m_numbers.end()) return source;
        const Block& block = m_blocks[number->second];
        if (source.port.empty() && !block.outputs.empty()) return outputOf(block, block.repeat - 1, 0);
        const auto found = std::ranges::find(block.outputs, source.port);
        if (found != block.outputs.end())
            return outputOf(block, block.repeat - 1, static_cast<std::size_t>(found - block.outputs.begin()));
        if (!source.port.empty())
            report(place, base::sentence("\"{0}\" has no output called \"{1}\".", source.node, source.port),
                   base::sentence("Write \"{0}\" for its main output.", source.node));
        return {source.node, ""};
    }

    NodeSpec connected(NodeSpec node) {
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            const Source source = resolve({node.inputs[i], node.port(i)}, node.id);
            node.inputs[i] = source.node;
            node.ports[i] = source.port;
        }
        return node;
    }

    // An input that does not exist is told once, not of every layer that reads it.
    NodeSpec headOf(const Block& block) {
        NodeSpec head = connected(block.head);
        for (std::size_t i = 0; i < head.inputs.size(); ++i) {
            const std::string& input = block.head.inputs[i];
            if (m_taken.contains(input)) continue;
            const std::string guess = base::nearest(input, {m_taken.begin(), m_taken.end()});
            report(block.place + ".inputs", base::sentence("Its input \"{0}\" does not exist.", input),
                   guess.empty() ? base::sentence("Connect it to another layer.")
                                 : base::sentence("Did you mean \"{0}\"?", guess));
            head.inputs[i] = block.head.id;
        }
        return head;
    }

    void write(const Block& block) {
        const NodeSpec head = headOf(block);
        BlockSpec& spec = m_spec.blocks.emplace_back(block.head.id, block.repeat);
        spec.inputs = head.inputs;
        for (const NodeSpec& node : block.nodes) spec.nodes.push_back(node.id);
        for (std::size_t i = 0; i < block.outputs.size(); ++i)
            spec.outputs.push_back(outputOf(block, block.repeat - 1, i).node);
        for (int copy = 0; copy < block.repeat; ++copy)
            for (const NodeSpec& node : block.nodes) m_spec.nodes.push_back(copyOf(node, block, head, copy));
    }

    NodeSpec copyOf(NodeSpec node, const Block& block, const NodeSpec& head, int copy) {
        const std::string name = node.id;
        node.id = block.head.id + "." + std::to_string(copy) + "." + name;
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            Source source{node.inputs[i], node.port(i)};
            if (source.node == blockEntry)
                source = entryOf(block, head, copy, source.port, name);
            else if (std::ranges::count(block.nodes, source.node, &NodeSpec::id) > 0)
                source.node = block.head.id + "." + std::to_string(copy) + "." + source.node;
            else
                source = unknown(block, copy, source.node, name);
            node.inputs[i] = source.node;
            node.ports[i] = source.port;
        }
        return node;
    }

    Source entryOf(const Block& block, const NodeSpec& head, int copy, const std::string& port,
                   const std::string& reader) {
        std::size_t number = 0;
        const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
        const bool isNumber = port.empty() || (read.ec == std::errc() && read.ptr == port.data() + port.size());
        if (isNumber && number < head.inputs.size())
            return copy == 0 ? Source{head.inputs[number], head.port(number)} : outputOf(block, copy - 1, number);
        if (copy == 0)
            report(block.head.id + ".0." + reader,
                   base::sentence("It reads \"{0}\", but that much does not enter the block.",
                                  port.empty() ? "in" : "in:" + port),
                   base::sentence("Give the block another input, or connect this layer to another one."));
        return {block.head.id, ""};
    }

    Source unknown(const Block& block, int copy, const std::string& name, const std::string& reader) {
        if (copy == 0 && !block.names.contains(name))
            reportUnknown(block.head.id + ".0." + reader,
                          base::sentence("Its input \"{0}\" is not in the block.", name), name,
                          {block.names.begin(), block.names.end()});
        return {block.head.id, ""};
    }

    NetworkSpec& m_spec;
    Problems& m_problems;
    std::vector<Block> m_blocks;
    std::map<std::string, std::size_t> m_numbers;  // of the blocks
    std::set<std::string> m_taken;                 // names of nodes and blocks
    std::size_t m_count;                           // of nodes
};

}  // namespace

void expandBlocks(const Json& blocks, NetworkSpec& spec, Problems& problems) { Expansion(spec, problems).run(blocks); }

void tellOncePerBlock(const NetworkSpec& spec, Problems& problems) {
    std::set<std::pair<std::string, std::string>> told;
    std::erase_if(problems, [&](const base::Problem& problem) {
        const auto inside = spec.inside(problem.where);
        return inside && !told.insert({inside->block->id + "." + inside->rest, problem.sentence}).second;
    });
}

std::vector<std::size_t> orderWithBlocks(std::span<const NodeSpec> nodes, std::span<const NodeSpec> blocks) {
    std::map<std::string, std::size_t> open;  // blocks that do not stand yet
    for (std::size_t i = 0; i < blocks.size(); ++i) open.emplace(blocks[i].id, i);
    std::vector<std::size_t> order;
    // On a stack of its own: a chain of thousands of blocks must not exhaust the thread's.
    const auto placeThose = [&](const std::vector<std::string>& read) {
        std::vector<std::size_t> stack;
        const auto push = [&](const std::vector<std::string>& ids) {
            for (auto id = ids.rbegin(); id != ids.rend(); ++id)
                if (const auto found = open.find(*id); found != open.end()) stack.push_back(found->second);
        };
        std::set<std::size_t> waiting;
        for (push(read); !stack.empty();) {
            const std::size_t block = stack.back();
            if (open.contains(blocks[block].id) && waiting.insert(block).second) {
                push(blocks[block].inputs);
                continue;
            }
            stack.pop_back();
            if (open.erase(blocks[block].id) > 0) order.push_back(nodes.size() + block);
        }
    };
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        placeThose(nodes[i].inputs);
        order.push_back(i);
    }
    for (const NodeSpec& block : blocks) placeThose({block.id});
    return order;
}

}  // namespace perceptory::network
