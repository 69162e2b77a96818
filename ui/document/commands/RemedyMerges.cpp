// Branches that meet in one layer with shapes that differ: the odd one is brought to the shape of another.

#include <algorithm>

#include "engine/layers/Layer.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/NodeMaking.h"
#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using tensor::Shape;

namespace {

constexpr std::size_t farthest = 5;  // layers back to the one that says how wide a branch is

// How many times the first is as large as the second; 0 where it is no whole number, or no more than once.
std::int64_t times(std::int64_t large, std::int64_t small) {
    return small > 0 && large > small && large % small == 0 ? large / small : 0;
}

// One number for both axes where one is enough.
Json pairOf(std::int64_t y, std::int64_t x) { return y == x ? Json(y) : Json{y, x}; }

class Merges {
public:
    explicit Merges(RemedyTrials& trials) : m_trials(trials), m_nodes(nodesOf(trials.project())) {}

    void run() {
        const Json* node = m_nodes ? nodeOf(*m_nodes, m_trials.node()) : nullptr;
        if (!node || !m_trials.rest().empty()) return;
        m_inputs = inputsOf(*node);
        std::vector<Pair> pairs;
        for (std::size_t odd = m_inputs.size(); odd-- > 0;)
            for (const Source& other : m_inputs) {
                const Shape *from = m_trials.outputOf(m_inputs[odd].node), *to = m_trials.outputOf(other.node);
                const auto isThere = [&](const Pair& pair) { return pair.odd == odd && *pair.to == *to; };
                if (from && to && *from != *to && from->size() == to->size() && std::ranges::none_of(pairs, isThere))
                    pairs.push_back({odd, from, to});
            }
        for (const Pair& pair : pairs) offerWidth(pair.odd, pair.to->back());
        for (const Pair& pair : pairs) offerWindows(pair.odd);
        // Larger images are made smaller rather than the other way round.
        std::ranges::stable_partition(
            pairs, [](const Pair& pair) { return tensor::elementCount(*pair.from) > tensor::elementCount(*pair.to); });
        for (const Pair& pair : pairs) offerBetween(pair.odd, *pair.from, *pair.to);
    }

private:
    // An input, the shape it has, and that of another one.
    struct Pair {
        std::size_t odd;
        const Shape *from, *to;
    };

    void offerBetween(std::size_t odd, const Shape& from, const Shape& to) {
        const bool sameSides = std::equal(from.begin(), from.end() - 1, to.begin());
        if (from.size() == 3) {
            if (!sameSides) offerSides(odd, from, to);
            if (from.back() != to.back()) offerConvolution(odd, from, to);
        } else if (sameSides) {
            insert(odd, "dense", {{"units", to.back()}}, Words::tr("Insert a dense layer between %1 and %2"));
        }
    }

    // Paddings and strides of the branch.
    void offerWindows(std::size_t odd) {
        for (const std::string& id : chainBefore(m_trials.project(), m_inputs[odd].node, farthest)) {
            const layers::LayerType* type = layers::shelf().find(textOf(*nodeOf(*m_nodes, id), "type"));
            if (!type) continue;
            for (const base::ParamType& parameter : type->parameters)
                if (parameter.kind == base::ParamKind::Pair) offerUsual(m_trials, id, parameter);
        }
    }

    // Of the layer that makes the branch as wide as it is.
    void offerWidth(std::size_t odd, std::int64_t wanted) {
        for (const std::string& id : chainBefore(m_trials.project(), m_inputs[odd].node, farthest)) {
            const base::ParamType* width = widthOf(*nodeOf(*m_nodes, id));
            if (!width) continue;
            offerParameter(m_trials, id, *width, wanted);
            return;
        }
    }

    void offerSides(std::size_t odd, const Shape& from, const Shape& to) {
        const std::int64_t less[] = {times(from[0], to[0]), times(from[1], to[1])},
                           more[] = {times(to[0], from[0]), times(to[1], from[1])};
        if (less[0] && less[1])
            insert(odd, "max_pool", {{"size", pairOf(less[0], less[1])}},
                   Words::tr("Insert a max pooling layer between %1 and %2"));
        if (more[0] && more[1])
            insert(odd, "upsample", {{"factor", pairOf(more[0], more[1])}},
                   Words::tr("Insert an upsampling layer between %1 and %2"));
        if ((less[0] && less[1]) || (more[0] && more[1])) return;
        insert(odd, "adaptive_average_pool", {{"size", pairOf(to[0], to[1])}},
               Words::tr("Insert an adaptive average pooling layer between %1 and %2"));
    }

    // With a stride where the image is to be smaller: ⌊(H − 1) / stride⌋ + 1 pixels remain.
    void offerConvolution(std::size_t odd, const Shape& from, const Shape& to) {
        Json parameters{{"filters", to[2]}, {"kernel_size", 1}};
        const auto stride = [](std::int64_t large, std::int64_t small) { return (large + small - 1) / small; };
        const Json strides = pairOf(stride(from[0], to[0]), stride(from[1], to[1]));
        if (strides != 1) parameters["stride"] = strides;
        insert(odd, "conv2d", parameters, Words::tr("Insert a 1×1 convolution between %1 and %2"));
    }

    void insert(std::size_t odd, const std::string& type, const Json& parameters, const QString& label) {
        m_trials.offer(label.arg(Words::layer(m_inputs[odd].node), Words::layer(m_trials.node())), [&](Json& project) {
            Json node = freshNode(project, type);
            node["parameters"] = parameters;
            putBefore(*nodesOf(project), std::move(node), m_trials.node(), odd);
        });
    }

    RemedyTrials& m_trials;
    const Nodes* m_nodes;
    std::vector<Source> m_inputs;
};

}  // namespace

void offerMerges(RemedyTrials& trials) { Merges(trials).run(); }

}  // namespace perceptory::document
