#pragma once
// How far a random change goes. A member on its own draws any amount up to its extent; at a strength, as RandAugment
// wants it, the amount is that strength's and only its sign is drawn (Cubuk et al. 2020).

#include "engine/base/Random.h"

namespace perceptory::data {

class Deviation {
public:
    static Deviation upTo(double extent) { return {extent, false}; }
    static Deviation exactly(double extent) { return {extent, true}; }

    // −extent … extent
    double draw(base::RandomStream& random) const;

private:
    Deviation(double extent, bool exact) : m_extent(extent), m_exact(exact) {}

    double m_extent;
    bool m_exact;
};

// A deviation for each axis; along one of them by chance when only one is to move.
struct AxisDeviation {
    Deviation horizontal, vertical;
    bool onlyOne = false;

    struct Amounts {
        double horizontal, vertical;
    };
    Amounts draw(base::RandomStream& random) const;
};

}  // namespace perceptory::data
