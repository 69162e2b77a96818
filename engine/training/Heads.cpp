#include "engine/training/Heads.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/losses/Loss.h"

namespace perceptory::training {

using base::Severity;

namespace {

class HeadReader {
public:
    HeadReader(const network::NetworkCheck& network, const TrainSpec& spec, const data::Dataset& dataset,
               base::Problems& problems)
        : m_network(network), m_spec(spec), m_dataset(dataset), m_problems(problems) {}

    std::vector<Head> run(const std::string& encoding) {
        if (m_spec.losses.empty())
            add({m_network.nodes[m_network.output].spec.id, "", m_spec.loss, 1}, "training.loss", encoding);
        for (std::size_t i = 0; i < m_spec.losses.size(); ++i)
            add(m_spec.losses[i], "training.losses[" + std::to_string(i) + "]", encoding);
        nameHeads();
        if (!m_spec.losses.empty()) checkWeights();
        return std::move(m_heads);
    }

private:
    void report(const std::string& where, std::string sentence, std::string fix, Severity severity = Severity::Error) {
        m_problems.push_back({where, severity, std::move(sentence), std::move(fix)});
    }

    void add(const LossSpec& spec, const std::string& place, const std::string& encoding) {
        Head head{spec.output, spec.output, 0, spec.loss, spec.weight, {}};
        if (!findTarget(spec.target, place, head.target)) return;
        for (const Head& other : m_heads)
            if (other.output == head.output && other.target == head.target && other.loss.type == head.loss.type)
                report(place, base::sentence("This loss is there already."),
                       base::sentence("Remove it, and give the other one more weight."));
        const auto node = std::ranges::find(m_network.nodes, head.output,
                                            [](const network::NodeCheck& check) { return check.spec.id; });
        const data::Target& target = m_dataset.target(head.target);
        head.reading =
            readOutput({m_network, static_cast<std::size_t>(node - m_network.nodes.begin()), target, head.loss, place},
                       encoding, m_problems);
        weighClasses(target, head);
        m_heads.push_back(std::move(head));
    }

    bool findTarget(const std::string& name, const std::string& place, std::size_t& index) {
        std::vector<std::string> names;
        for (index = 0; index < m_dataset.targetCount(); ++index) {
            names.push_back(m_dataset.target(index).targetName);
            if (name.empty() || names.back() == name) return true;
        }
        std::string list;
        for (const std::string& one : names) list += (list.empty() ? "" : ", ") + one;
        report(place + ".target", base::sentence("The data has no target called \"{0}\".", name),
               base::sentence("Use one of: {0}.", list));
        return false;
    }

    void weighClasses(const data::Target& target, Head& head) {
        const ClassWeights& weights = m_spec.classWeights;
        if (weights.type == ClassWeights::Type::None) return;
        if (target.task == data::Task::Regression) {
            if (m_spec.losses.empty())
                report("training.class_weights", base::sentence("The data has numbers to predict, not classes."),
                       base::sentence("Remove the weights."));
            return;
        }
        const losses::LossType& type = losses::shelf().get(head.loss.type, "training.loss");
        if (!head.reading.unitShape.empty() && type.wholeSamples)
            return report(
                "training.class_weights",
                base::sentence("The loss {0} looks at all places at once and cannot weigh their classes.", type.id),
                base::sentence("Use softmax_cross_entropy, or remove the weights."));
        if (weights.type == ClassWeights::Type::Balanced) return balance(target, head.reading);
        if (weights.list.size() != target.classes() && static_cast<int>(weights.list.size()) != head.reading.classes)
            return report(
                "training.class_weights",
                base::sentence("There are {0} weights for {1} classes.", weights.list.size(), head.reading.classes),
                base::sentence("Give one for each class."));
        head.reading.classWeights.assign(weights.list.begin(), weights.list.end());
        head.reading.classWeights.resize(target.classes(), 0);
    }

    // N / (K · samples of the class); classes without samples weigh nothing. Models from before the counts were kept
    // weigh all alike.
    static void balance(const data::Target& target, OutputReading& reading) {
        if (target.classCounts.empty()) return;
        double sum = 0, classes = 0;
        const auto counted = [&](std::size_t c) {
            return static_cast<int>(c) != reading.ignoredClass && c < target.classCounts.size();
        };
        for (std::size_t c = 0; c < target.classes(); ++c)
            if (counted(c)) {
                sum += static_cast<double>(target.classCounts[c]);
                ++classes;
            }
        reading.classWeights.assign(target.classes(), 0);
        for (std::size_t c = 0; c < target.classes(); ++c)
            if (counted(c) && target.classCounts[c] > 0)
                reading.classWeights[c] =
                    static_cast<float>(sum / (classes * static_cast<double>(target.classCounts[c])));
    }

    void nameHeads() {
        const auto count = [&](const std::string& name) { return std::ranges::count(m_heads, name, &Head::name); };
        const auto lengthen = [&](const auto& more) {
            std::vector<std::string> names;
            for (const Head& head : m_heads)
                names.push_back(count(head.name) > 1 ? head.name + "." + more(head) : head.name);
            for (std::size_t i = 0; i < names.size(); ++i) m_heads[i].name = names[i];
        };
        lengthen([&](const Head& head) { return m_dataset.target(head.target).targetName; });
        lengthen([](const Head& head) { return head.loss.type; });
    }

    void checkWeights() {
        if (m_heads.empty() || std::ranges::any_of(m_heads, [](const Head& head) { return head.weight > 0; })) return;
        report("training.losses", base::sentence("All losses weigh nothing, so there is nothing to learn."),
               base::sentence("Give one of them a weight above 0."));
    }

    const network::NetworkCheck& m_network;
    const TrainSpec& m_spec;
    const data::Dataset& m_dataset;
    base::Problems& m_problems;
    std::vector<Head> m_heads;
};

}  // namespace

network::Surroundings surroundingsOf(const TrainSpec& spec, const data::Dataset& dataset) {
    network::Surroundings around{dataset.inputFields(), {}};
    for (const LossSpec& loss : spec.losses)
        if (std::ranges::count(around.outputs, loss.output) == 0) around.outputs.push_back(loss.output);
    return around;
}

std::vector<Head> readHeads(const network::NetworkCheck& network, const TrainSpec& spec, const data::Dataset& dataset,
                            const std::string& encoding, base::Problems& problems) {
    return HeadReader(network, spec, dataset, problems).run(encoding);
}

}  // namespace perceptory::training
