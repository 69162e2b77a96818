#include "engine/training/WeightTransfer.h"

#include <algorithm>

#include "engine/base/Text.h"

namespace perceptory::training {

namespace {

std::size_t bytesOf(const Attic::Entry& entry) {
    std::size_t count = 0;
    for (const std::vector<double>& values : entry.values) count += values.size();
    return count * sizeof(double);
}

bool readsInput(const network::Network& network, const std::string& node) {
    for (const network::NodeCheck& check : network.nodes()) {
        if (check.spec.id != node) continue;
        for (const std::size_t input : check.inputs)
            if (network.nodes()[input].spec.type == "input") return true;
    }
    return false;
}

Attic::Entry read(const FlatState& state, const network::Parameter& parameter) {
    Attic::Entry entry{parameter.name, parameter.spec.shape, parameter.spec.initializer, {}};
    for (const tensor::Buffer* buffer : state.buffers) {
        std::vector<double>& values = entry.values.emplace_back(static_cast<std::size_t>(parameter.count));
        for (std::int64_t i = 0; i < parameter.count; ++i)
            values[static_cast<std::size_t>(i)] = buffer->get(parameter.offset + i);
    }
    return entry;
}

// For every row of the new tensor the row of the old one, or -1.
std::vector<std::int64_t> matchRows(std::int64_t oldRows, std::int64_t newRows, const FlatState& from,
                                    const FlatState& to, bool byName) {
    std::vector<std::int64_t> rows(static_cast<std::size_t>(newRows), -1);
    const bool named = byName && static_cast<std::int64_t>(from.inputNames.size()) == oldRows &&
                       static_cast<std::int64_t>(to.inputNames.size()) == newRows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (named) {
            const auto found = std::ranges::find(from.inputNames, to.inputNames[row]);
            if (found != from.inputNames.end()) rows[row] = found - from.inputNames.begin();
        } else if (static_cast<std::int64_t>(row) < oldRows) {
            rows[row] = static_cast<std::int64_t>(row);
        }
    }
    return rows;
}

// What nodes with new names were called before: one that is gone did the same, with the same inputs.
class Renamed {
public:
    Renamed(const network::Network& from, const network::Network& to) {
        for (const network::NodeCheck& now : to.nodes()) {
            if (find(from, now.spec.id)) continue;
            std::vector<std::string> gone;
            for (const network::NodeCheck& old : from.nodes())
                if (!find(to, old.spec.id) && doesTheSame(old.spec, now.spec)) gone.push_back(old.spec.id);
            if (gone.size() == 1) m_before[now.spec.id] = gone.front();
        }
    }

    std::string before(const std::string& node) const {
        const auto found = m_before.find(node);
        return found == m_before.end() ? node : found->second;
    }

private:
    static bool find(const network::Network& network, const std::string& id) {
        return std::ranges::any_of(network.nodes(), [&](const auto& node) { return node.spec.id == id; });
    }

    bool doesTheSame(const network::NodeSpec& old, network::NodeSpec now) const {
        now.id = old.id;
        for (std::string& input : now.inputs) input = before(input);
        return now == old;
    }

    std::map<std::string, std::string> m_before;
};

class Transfer {
public:
    Transfer(const FlatState& from, const FlatState& to, Attic& attic)
        : m_from(from), m_to(to), m_attic(attic), m_renamed(*from.network, *to.network) {}

    TransferReport run() {
        for (const network::Parameter& parameter : m_from.network->parameters()) store(parameter);
        for (const network::NodeCheck& node : m_to.network->nodes())
            if (!node.weights.empty()) countNode(node.spec.id);
        return m_report;
    }

private:
    void store(const network::Parameter& old) {
        const network::Parameter* now = m_to.network->parameter(old.name);
        if (!now || now->spec.shape != old.spec.shape || now->spec.initializer != old.spec.initializer)
            m_attic.put(read(m_from, old));
    }

    void countNode(const std::string& node) {
        std::int64_t taken = 0, all = 0;
        for (const network::Parameter& parameter : m_to.network->parameters()) {
            if (parameter.node != node) continue;
            all += parameter.count;
            taken += fill(parameter);
        }
        ++(taken == all ? m_report.kept : taken > 0 ? m_report.partly : m_report.fresh);
    }

    // Returns how many values were taken over.
    std::int64_t fill(const network::Parameter& now) {
        std::vector<char> taken(static_cast<std::size_t>(now.count), 0);
        if (const Attic::Entry* entry = m_attic.find(now.name, now.spec)) {
            for (std::int64_t i = 0; i < now.count; ++i) copy(*entry, i, now.offset + i);
            std::ranges::fill(taken, 1);
        }
        const network::Parameter* old = m_from.network->parameter(nameBefore(now));
        if (old && old->spec.initializer == now.spec.initializer) overlay(read(m_from, *old), now, taken);
        return std::ranges::count(taken, 1);
    }

    std::string nameBefore(const network::Parameter& now) const {
        return m_renamed.before(now.node) + now.name.substr(now.node.size());
    }

    void overlay(const Attic::Entry& old, const network::Parameter& now, std::vector<char>& taken) {
        if (old.shape.size() != now.spec.shape.size() || now.count == 0) return;
        const std::int64_t oldColumns = old.shape.back(), newColumns = now.spec.shape.back();
        const std::int64_t oldRows =
            static_cast<std::int64_t>(old.values.front().size()) / std::max<std::int64_t>(1, oldColumns);
        const bool matrix = now.spec.shape.size() == 2;
        const std::vector<std::int64_t> rows =
            matchRows(oldRows, now.count / newColumns, m_from, m_to, matrix && readsInput(*m_to.network, now.node));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (rows[row] < 0) continue;
            for (std::int64_t column = 0; column < std::min(oldColumns, newColumns); ++column) {
                const std::int64_t index = static_cast<std::int64_t>(row) * newColumns + column;
                copy(old, rows[row] * oldColumns + column, now.offset + index);
                taken[static_cast<std::size_t>(index)] = 1;
            }
        }
    }

    void copy(const Attic::Entry& entry, std::int64_t from, std::int64_t to) {
        for (std::size_t b = 0; b < std::min(entry.values.size(), m_to.buffers.size()); ++b)
            m_to.buffers[b]->set(to, entry.values[b][static_cast<std::size_t>(from)]);
    }

    const FlatState& m_from;
    const FlatState& m_to;
    Attic& m_attic;
    Renamed m_renamed;
    TransferReport m_report;
};

}  // namespace

std::string TransferReport::sentence() const {
    const int all = kept + partly + fresh;
    std::string text = all == 1 ? base::sentence("{0} of {1} layer kept", kept, all)
                                : base::sentence("{0} of {1} layers kept", kept, all);
    if (partly) text += base::sentence(", {0} partly", partly);
    if (fresh) text += base::sentence(", {0} new", fresh);
    return text;
}

void Attic::put(Entry entry) {
    const auto old = std::ranges::find_if(m_entries, [&](const Entry& e) {
        return e.name == entry.name && e.shape == entry.shape && e.initializer == entry.initializer;
    });
    if (old != m_entries.end()) {
        m_bytes -= bytesOf(*old);
        m_entries.erase(old);
    }
    m_bytes += bytesOf(entry);
    m_entries.push_front(std::move(entry));
    while (m_bytes > capacity) {
        m_bytes -= bytesOf(m_entries.back());
        m_entries.pop_back();
    }
}

const Attic::Entry* Attic::find(const std::string& name, const layers::WeightSpec& spec) const {
    for (const Entry& entry : m_entries)
        if (entry.name == name && entry.shape == spec.shape && entry.initializer == spec.initializer) return &entry;
    return nullptr;
}

TransferReport transferWeights(const FlatState& from, const FlatState& to, Attic& attic) {
    return Transfer(from, to, attic).run();
}

}  // namespace perceptory::training
