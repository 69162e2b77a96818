#pragma once
// Networks and runs as nobody would write them: any layers with any parameters in any order, now and then broken.

#include "engine/base/Random.h"
#include "engine/data/Dataset.h"
#include "engine/tensor/Shape.h"
#include "engine/training/TrainSpec.h"

namespace perceptory::support {

class RandomNetworks {
public:
    // The same seed makes the same run.
    explicit RandomNetworks(std::uint64_t seed);

    std::shared_ptr<const data::Dataset> dataset();
    // A project without its data. Most suit the data set, and some do not.
    base::Json project(const data::Dataset& dataset);

private:
    bool chance(double share) { return m_random.uniform() < share; }
    std::int64_t below(std::int64_t bound);
    template <class T>
    const T& oneOf(const std::vector<T>& items) {
        return items[static_cast<std::size_t>(below(std::ssize(items)))];
    }

    base::Json node(const std::string& id, const std::vector<std::string>& before);
    // A node that fits behind those there are, if some tries find one.
    void append(base::Json& nodes, std::vector<std::string>& ids, const tensor::Shape& input);
    base::Json choice(const std::vector<const base::KindType*>& kinds, int depth);
    base::Json parameters(const base::KindType& kind, int depth);
    base::Json value(const base::ParamType& type, int depth);
    base::Json oddValue();
    base::Json number(const base::ParamType& type, bool whole);
    std::string shapeText();

    base::RandomStream m_random;
};

}  // namespace perceptory::support
