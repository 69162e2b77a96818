#pragma once
// The contract of data made by formula: points of the plane [-6, 6] x [-6, 6] with a class or a value each, or tables
// of any kind: pictures, sequences, ratings.
// The formulas of circle, xor, gauss, spiral, plane and multi_gauss are those of TensorFlow Playground; its label +1 is
// class 1 here, its label -1 is class 0.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/Params.h"
#include "engine/base/Random.h"
#include "engine/base/Shelf.h"
#include "engine/data/Table.h"

namespace perceptory::data {

inline constexpr double planeLimit = 6;  // the plane shown reaches from -planeLimit to planeLimit on both axes

// What a generator writes: one entry of `positions` and one of `labels` or `targets` per sample.
struct PlaneSamples {
    struct Point {
        float x = 0, y = 0;
    };
    std::vector<Point> positions;
    std::vector<std::int32_t> labels;  // classification
    std::vector<float> targets;        // regression

    void addClass(double x, double y, std::int32_t label);
    void addValue(double x, double y, double value);
};

struct GeneratorType : base::KindType {
    Task task = Task::Classification;
    // How many classes the parameters give; 0 for regression.
    std::int64_t (*classes)(const base::ParamValues&) = nullptr;
    // Exactly one of the two is set. Both take all chance from `random`.
    // Writes exactly `samples` points, in any order.
    void (*generate)(const base::ParamValues&, base::RandomStream& random, PlaneSamples&) = nullptr;
    // Any part of its rows is a fair sample.
    Table (*table)(const base::ParamValues&, base::RandomStream& random) = nullptr;
};

const base::Shelf<GeneratorType>& generators();

// The same parameters and seed give the same bytes. The points are shuffled, so any part of them is a fair sample.
// The parameters must have passed the check of the shelf. Of a member that gives a table: no points.
PlaneSamples generate(const GeneratorType& type, const base::Json& parameters, std::uint64_t seed);
// Likewise, of a member that gives a table.
Table generateTable(const GeneratorType& type, const base::Json& parameters, std::uint64_t seed);

namespace generators_detail {

// The parameters all generators share, followed by the member's own.
std::vector<base::ParamType> parameters(std::int64_t samples, const std::string& noiseHelp,
                                        std::vector<base::ParamType> own = {});
// How many of `samples` fall to group `index` of `groups`, so that sizes differ by one at most.
std::int64_t groupSize(std::int64_t samples, std::int64_t groups, std::int64_t index);
// A class for each row in random order, so that their numbers differ by one at most.
std::vector<std::int32_t> mixedClasses(std::int64_t samples, std::int64_t classes, base::RandomStream& random);
std::int64_t twoClasses(const base::ParamValues&);
std::int64_t noClasses(const base::ParamValues&);

}  // namespace generators_detail

namespace generator_members {
#define GENERATOR(Member) extern const GeneratorType Member;
#include "engine/data/generators/generators.def"
#undef GENERATOR
}  // namespace generator_members

}  // namespace perceptory::data
