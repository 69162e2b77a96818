#pragma once
// What survives when a network is edited while it learns: tensors of the same name, or of a node that was only renamed,
// keep the block both shapes share, and an attic holds what was cut off or removed, so that undo brings it back. A
// tensor with another initializer than before is drawn anew.

#include <list>
#include <map>
#include <string>
#include <vector>

#include "engine/network/Network.h"
#include "engine/tensor/Buffer.h"

namespace perceptory::training {

// The flat buffers of a run: weights first, then the optimizer's slots; all of one length and layout.
struct FlatState {
    const network::Network* network = nullptr;
    std::vector<tensor::Buffer*> buffers;
    std::vector<std::string> inputNames;  // features, in order; rows of tensors that read the input are matched by name
};

struct TransferReport {
    int kept = 0;    // layers whose weights are all as before (or back from the attic)
    int partly = 0;  // layers that keep the part that fits
    int fresh = 0;   // layers with first weights

    std::string sentence() const;  // "5 of 7 layers kept, 1 partly, 1 new"
};

// Weights of removed or shrunk layers, newest first, at most 64 MiB. One thread.
class Attic {
public:
    static constexpr std::size_t capacity = 64u << 20;

    struct Entry {
        std::string name;
        tensor::Shape shape;
        base::KindSpec initializer;
        std::vector<std::vector<double>> values;  // one per buffer of the FlatState it came from
    };
    void put(Entry entry);
    // Of the same name, shape and initializer.
    const Entry* find(const std::string& name, const layers::WeightSpec& spec) const;
    std::size_t bytes() const { return m_bytes; }

private:
    std::list<Entry> m_entries;
    std::size_t m_bytes = 0;
};

// `to` holds first weights (and empty slots); overwrites what `from` or the attic has for it. Slots are carried only as
// far as both sides have them.
TransferReport transferWeights(const FlatState& from, const FlatState& to, Attic& attic);

}  // namespace perceptory::training
