#include "engine/data/generators/Generator.h"

#include <numeric>

namespace perceptory::data {

void PlaneSamples::addClass(double x, double y, std::int32_t label) {
    positions.push_back({static_cast<float>(x), static_cast<float>(y)});
    labels.push_back(label);
}

void PlaneSamples::addValue(double x, double y, double value) {
    positions.push_back({static_cast<float>(x), static_cast<float>(y)});
    targets.push_back(static_cast<float>(value));
}

const base::Shelf<GeneratorType>& generators() {
    static const base::Shelf<GeneratorType> shelf("generator", {
#define GENERATOR(Member) &generator_members::Member,
#include "engine/data/generators/generators.def"
#undef GENERATOR
                                                               });
    return shelf;
}

namespace {

base::RandomStream randomOf(const GeneratorType& type, std::uint64_t seed) {
    return {seed, base::stableHash("generator." + type.id)};
}

template <class T>
void reorder(std::vector<T>& items, const std::vector<std::uint32_t>& order) {
    if (items.empty()) return;
    std::vector<T> result;
    result.reserve(items.size());
    for (const std::uint32_t row : order) result.push_back(items[row]);
    items = std::move(result);
}

}  // namespace

PlaneSamples generate(const GeneratorType& type, const base::Json& parameters, std::uint64_t seed) {
    PlaneSamples samples;
    if (!type.generate) return samples;
    base::RandomStream random = randomOf(type, seed);
    type.generate(base::ParamValues(type.parameters, parameters), random, samples);
    std::vector<std::uint32_t> order(samples.positions.size());
    std::iota(order.begin(), order.end(), 0u);
    random.shuffle(order);
    reorder(samples.positions, order);
    reorder(samples.labels, order);
    reorder(samples.targets, order);
    return samples;
}

Table generateTable(const GeneratorType& type, const base::Json& parameters, std::uint64_t seed) {
    base::RandomStream random = randomOf(type, seed);
    return type.table(base::ParamValues(type.parameters, parameters), random);
}

namespace generators_detail {

std::vector<base::ParamType> parameters(std::int64_t samples, const std::string& noiseHelp,
                                        std::vector<base::ParamType> own) {
    std::vector<base::ParamType> result{
        base::integerParam("samples", "Samples", "How many points, all parts together.", samples, 10, 1000000),
        base::numberParam("noise", "Noise", noiseHelp, 0, 0, 0.5, base::Changes::Rebuild)};
    result.back().step = 0.05;
    result.insert(result.end(), own.begin(), own.end());
    return result;
}

std::int64_t groupSize(std::int64_t samples, std::int64_t groups, std::int64_t index) {
    return samples * (index + 1) / groups - samples * index / groups;
}

std::vector<std::int32_t> mixedClasses(std::int64_t samples, std::int64_t classes, base::RandomStream& random) {
    std::vector<std::int32_t> result;
    for (std::int64_t c = 0; c < classes; ++c)
        result.insert(result.end(), static_cast<std::size_t>(groupSize(samples, classes, c)),
                      static_cast<std::int32_t>(c));
    random.shuffle(result);
    return result;
}

std::int64_t twoClasses(const base::ParamValues&) { return 2; }
std::int64_t noClasses(const base::ParamValues&) { return 0; }

}  // namespace generators_detail

}  // namespace perceptory::data
