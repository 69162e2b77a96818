#pragma once
// The maximum under a pool's window, lane by lane.

#include <limits>

#include "engine/backends/isa/Lanes.h"

namespace perceptory::backends::isa {

// The largest of the values seen and where it was. The first of equals wins; what is not a number wins over every
// number, so that it is seen.
struct Largest {
    Lanes best{-std::numeric_limits<double>::infinity()}, winner{-1};

    void see(Lanes value, std::int64_t pixel) {
        const auto greater = value > best, number = value == value;
        best = where_(number, where_(greater, value, best), value);
        const Lanes index(static_cast<double>(pixel));
        winner = where_(number, where_(greater, index, winner), index);
    }
};

}  // namespace perceptory::backends::isa
