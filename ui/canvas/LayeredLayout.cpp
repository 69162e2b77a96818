#include "ui/canvas/LayeredLayout.h"

#include <algorithm>
#include <numeric>

#include "ui/canvas/LayerOrder.h"

namespace perceptory::canvas {

namespace {

constexpr int sweeps = 8;
constexpr double edgeWidth = 10;       // room for a wire that passes between nodes
constexpr double straightness = 1000;  // how much more a wire that passes wants to go straight than a node

// Works along the flow and across it, whichever way that is on the screen.
class Placing {
public:
    explicit Placing(const LayoutRequest& request)
        : m_request(request), m_graph(layerNodes(request.sizes.size(), request.edges)) {
        orderLayers(m_graph);
        m_across.resize(m_graph.layerOf.size());
    }

    Layout run() {
        for (const auto& layer : m_graph.layers) settle(layer, std::vector<double>(layer.size(), 0));
        const std::size_t count = m_graph.layers.size();
        for (int i = 0; i < sweeps; ++i)
            for (std::size_t step = 1; step < count; ++step)
                pull(m_graph.layers[i % 2 == 0 ? step : count - 1 - step],
                     i % 2 == 0 ? m_graph.before : m_graph.behind);
        return places();
    }

private:
    bool isNode(std::size_t node) const { return node < m_graph.nodes; }

    double acrossSize(std::size_t node) const {
        if (!isNode(node)) return edgeWidth;
        const QSizeF& size = m_request.sizes[node];
        return m_request.direction == Direction::LeftToRight ? size.height() : size.width();
    }

    double alongSize(std::size_t node) const {
        if (!isNode(node)) return 0;
        const QSizeF& size = m_request.sizes[node];
        return m_request.direction == Direction::LeftToRight ? size.width() : size.height();
    }

    double weight(std::size_t node) const { return isNode(node) ? 1 : straightness; }

    void pull(const std::vector<std::size_t>& layer, const std::vector<std::vector<std::size_t>>& neighbours) {
        std::vector<double> wanted;
        for (const std::size_t node : layer) wanted.push_back(wish(node, neighbours[node]));
        settle(layer, wanted);
    }

    // Beside its neighbours; where wires pass to it, at their end: a chain of residual blocks would else drift to the
    // side of its branches.
    double wish(std::size_t node, const std::vector<std::size_t>& neighbours) const {
        double sum = 0, passing = 0;
        std::size_t wires = 0;
        for (const std::size_t other : neighbours) {
            sum += m_across[other];
            if (isNode(other)) continue;
            passing += m_across[other];
            ++wires;
        }
        if (wires > 0) return passing / static_cast<double>(wires);
        return neighbours.empty() ? m_across[node] : sum / static_cast<double>(neighbours.size());
    }

    // Centres as near as can be to the wanted ones, in weighted squares, without neighbours that touch: regression to
    // an ascending sequence, by pooling what would not ascend (Barlow et al. 1972).
    void settle(const std::vector<std::size_t>& layer, const std::vector<double>& wanted) {
        struct Pool {
            double sum, weight;
            std::size_t count;
            double mean() const { return sum / weight; }
        };
        std::vector<double> offsets(layer.size());
        for (std::size_t i = 1; i < layer.size(); ++i)
            offsets[i] = offsets[i - 1] + (acrossSize(layer[i - 1]) + acrossSize(layer[i])) / 2 + m_request.acrossGap;
        std::vector<Pool> pools;
        for (std::size_t i = 0; i < layer.size(); ++i) {
            const double w = weight(layer[i]);
            pools.push_back({w * (wanted[i] - offsets[i]), w, 1});
            while (pools.size() > 1 && pools[pools.size() - 2].mean() >= pools.back().mean()) {
                const Pool last = pools.back();
                pools.pop_back();
                pools.back() = {pools.back().sum + last.sum, pools.back().weight + last.weight,
                                pools.back().count + last.count};
            }
        }
        std::size_t i = 0;
        for (const Pool& pool : pools)
            for (std::size_t n = 0; n < pool.count; ++n, ++i) m_across[layer[i]] = pool.mean() + offsets[i];
    }

    QPointF point(double along, double across) const {
        return m_request.direction == Direction::LeftToRight ? QPointF(along, across) : QPointF(across, along);
    }

    Layout places() const {
        double first = 0;
        for (std::size_t node = 0; node < m_graph.nodes; ++node)
            first = std::min(first, m_across[node] - acrossSize(node) / 2);
        Layout layout;
        layout.places.resize(m_graph.nodes);
        std::vector<double> middles(m_graph.layers.size());
        double along = 0;
        for (std::size_t i = 0; i < m_graph.layers.size(); ++i) {
            double thickest = 0;
            for (const std::size_t node : m_graph.layers[i]) thickest = std::max(thickest, alongSize(node));
            middles[i] = along + thickest / 2;
            for (const std::size_t node : m_graph.layers[i])
                if (isNode(node))
                    layout.places[node] =
                        point(middles[i] - alongSize(node) / 2, m_across[node] - acrossSize(node) / 2 - first);
            along += thickest + m_request.alongGap;
        }
        for (const auto& passed : m_graph.onEdge) {
            std::vector<QPointF>& route = layout.routes.emplace_back();
            for (const std::size_t node : passed)
                route.push_back(point(middles[m_graph.layerOf[node]], m_across[node] - first));
        }
        return layout;
    }

    const LayoutRequest& m_request;
    LayeredGraph m_graph;
    std::vector<double> m_across;  // centre of each node
};

}  // namespace

Layout layeredLayout(const LayoutRequest& request) { return Placing(request).run(); }

}  // namespace perceptory::canvas
