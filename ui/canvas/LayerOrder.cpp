#include "ui/canvas/LayerOrder.h"

#include <algorithm>
#include <numeric>

namespace perceptory::canvas {

namespace {

constexpr int sweeps = 12;

using Lists = std::vector<std::vector<std::size_t>>;

// Whether each edge leads on: not one that closes a circle on a walk along the others.
std::vector<bool> forwardEdges(std::size_t count, const std::vector<LayoutEdge>& edges, const Lists& leaving) {
    enum class State { New, Open, Done };
    std::vector<State> states(count, State::New);
    std::vector<bool> forward(edges.size(), true);
    for (std::size_t first = 0; first < count; ++first) {
        if (states[first] != State::New) continue;
        std::vector<std::pair<std::size_t, std::size_t>> stack{{first, 0}};
        states[first] = State::Open;
        while (!stack.empty()) {
            auto& [node, next] = stack.back();
            if (next == leaving[node].size()) {
                states[node] = State::Done;
                stack.pop_back();
                continue;
            }
            const std::size_t edge = leaving[node][next++], to = edges[edge].to;
            if (states[to] == State::Open) forward[edge] = false;
            if (states[to] != State::New) continue;
            states[to] = State::Open;
            stack.push_back({to, 0});
        }
    }
    return forward;
}

class Layering {
public:
    Layering(std::size_t count, const std::vector<LayoutEdge>& edges) : m_edges(edges), m_leaving(count) {
        for (std::size_t e = 0; e < edges.size(); ++e) m_leaving[edges[e].from].push_back(e);
        m_forward = forwardEdges(count, edges, m_leaving);
        m_graph.nodes = count;
    }

    LayeredGraph run() {
        longestPaths();
        pullForward();
        m_graph.before.resize(m_graph.nodes);
        m_graph.behind.resize(m_graph.nodes);
        m_graph.onEdge.resize(m_edges.size());
        for (std::size_t e = 0; e < m_edges.size(); ++e)
            if (m_forward[e]) cut(e);
        for (std::size_t node = 0; node < m_graph.layerOf.size(); ++node) {
            const std::size_t layer = m_graph.layerOf[node];
            if (m_graph.layers.size() <= layer) m_graph.layers.resize(layer + 1);
            m_graph.layers[layer].push_back(node);
        }
        return std::move(m_graph);
    }

private:
    // Every node directly behind the last of those it reads.
    void longestPaths() {
        std::vector<std::size_t> open(m_graph.nodes);
        for (std::size_t e = 0; e < m_edges.size(); ++e) open[m_edges[e].to] += m_forward[e];
        m_graph.layerOf.assign(m_graph.nodes, 0);
        for (std::size_t node = 0; node < m_graph.nodes; ++node)
            if (open[node] == 0) m_sorted.push_back(node);
        for (std::size_t i = 0; i < m_sorted.size(); ++i)
            for (const std::size_t e : m_leaving[m_sorted[i]]) {
                if (!m_forward[e]) continue;
                std::size_t& layer = m_graph.layerOf[m_edges[e].to];
                layer = std::max(layer, m_graph.layerOf[m_sorted[i]] + 1);
                if (--open[m_edges[e].to] == 0) m_sorted.push_back(m_edges[e].to);
            }
    }

    // What begins late, such as a second input, stands directly before its first reader.
    void pullForward() {
        std::vector<bool> reads(m_graph.nodes);
        for (std::size_t e = 0; e < m_edges.size(); ++e)
            if (m_forward[e]) reads[m_edges[e].to] = true;
        for (std::size_t node = 0; node < m_graph.nodes; ++node) {
            if (reads[node]) continue;
            std::size_t first = 0;
            for (const std::size_t e : m_leaving[node])
                if (m_forward[e]) {
                    const std::size_t layer = m_graph.layerOf[m_edges[e].to];
                    first = first == 0 ? layer : std::min(first, layer);
                }
            if (first > 0) m_graph.layerOf[node] = first - 1;
        }
    }

    void link(std::size_t from, std::size_t to) {
        m_graph.behind[from].push_back(to);
        m_graph.before[to].push_back(from);
    }

    void cut(std::size_t edge) {
        std::size_t last = m_edges[edge].from;
        const std::size_t end = m_graph.layerOf[m_edges[edge].to];
        for (std::size_t layer = m_graph.layerOf[last] + 1; layer < end; ++layer) {
            const std::size_t node = m_graph.layerOf.size();
            m_graph.layerOf.push_back(layer);
            m_graph.before.emplace_back();
            m_graph.behind.emplace_back();
            m_graph.onEdge[edge].push_back(node);
            link(last, node);
            last = node;
        }
        link(last, m_edges[edge].to);
    }

    const std::vector<LayoutEdge>& m_edges;
    Lists m_leaving;  // edges of each node
    std::vector<bool> m_forward;
    std::vector<std::size_t> m_sorted;
    LayeredGraph m_graph;
};

std::vector<std::size_t> placesOf(const LayeredGraph& graph) {
    std::vector<std::size_t> places(graph.layerOf.size());
    for (const auto& layer : graph.layers)
        for (std::size_t i = 0; i < layer.size(); ++i) places[layer[i]] = i;
    return places;
}

// Of an even number of neighbours the mean of the two in the middle; -1 without any.
double median(const std::vector<std::size_t>& neighbours, const std::vector<std::size_t>& places) {
    if (neighbours.empty()) return -1;
    std::vector<std::size_t> sorted;
    for (const std::size_t node : neighbours) sorted.push_back(places[node]);
    std::ranges::sort(sorted);
    const std::size_t middle = sorted.size() / 2;
    if (sorted.size() % 2 == 1) return static_cast<double>(sorted[middle]);
    return static_cast<double>(sorted[middle - 1] + sorted[middle]) / 2;
}

// Sorted by the medians; a node without neighbours keeps its place.
void sortLayer(std::vector<std::size_t>& layer, const Lists& neighbours, const std::vector<std::size_t>& places) {
    std::vector<std::pair<double, std::size_t>> free;
    for (const std::size_t node : layer)
        if (!neighbours[node].empty()) free.emplace_back(median(neighbours[node], places), node);
    std::ranges::stable_sort(free, {}, &std::pair<double, std::size_t>::first);
    auto next = free.begin();
    for (std::size_t& node : layer)
        if (!neighbours[node].empty()) node = (next++)->second;
}

void sweep(LayeredGraph& graph, bool forwards) {
    std::vector<std::size_t> places = placesOf(graph);
    const std::size_t count = graph.layers.size();
    for (std::size_t i = 1; i < count; ++i) {
        auto& layer = graph.layers[forwards ? i : count - 1 - i];
        sortLayer(layer, forwards ? graph.before : graph.behind, places);
        for (std::size_t place = 0; place < layer.size(); ++place) places[layer[place]] = place;
    }
}

// Pairs in the wrong order, counted while they are merged.
std::size_t inversions(std::vector<std::size_t>& values, std::size_t first, std::size_t last) {
    if (last - first < 2) return 0;
    const std::size_t middle = (first + last) / 2;
    std::size_t count = inversions(values, first, middle) + inversions(values, middle, last);
    std::vector<std::size_t> merged;
    for (std::size_t a = first, b = middle; a < middle || b < last;) {
        const bool takeFirst = b == last || (a < middle && values[a] <= values[b]);
        if (!takeFirst) count += middle - a;
        merged.push_back(values[takeFirst ? a++ : b++]);
    }
    std::ranges::copy(merged, values.begin() + static_cast<std::ptrdiff_t>(first));
    return count;
}

}  // namespace

LayeredGraph layerNodes(std::size_t count, const std::vector<LayoutEdge>& edges) {
    return Layering(count, edges).run();
}

std::size_t crossings(const LayeredGraph& graph) {
    const std::vector<std::size_t> places = placesOf(graph);
    std::size_t count = 0;
    for (const auto& layer : graph.layers) {
        std::vector<std::size_t> ends;
        for (const std::size_t node : layer) {
            const std::size_t first = ends.size();
            for (const std::size_t to : graph.behind[node]) ends.push_back(places[to]);
            std::sort(ends.begin() + static_cast<std::ptrdiff_t>(first), ends.end());
        }
        count += inversions(ends, 0, ends.size());
    }
    return count;
}

void orderLayers(LayeredGraph& graph) {
    auto best = graph.layers;
    std::size_t fewest = crossings(graph);
    for (int i = 0; i < sweeps && fewest > 0; ++i) {
        sweep(graph, i % 2 == 0);
        const std::size_t now = crossings(graph);
        if (now >= fewest) continue;
        fewest = now;
        best = graph.layers;
    }
    graph.layers = std::move(best);
}

}  // namespace perceptory::canvas
