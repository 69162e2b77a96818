#pragma once
// How far a long work is, told to whoever waits for it, who may call it off.

#include <functional>

#include "engine/base/Error.h"

namespace perceptory::base {

// The work was called off; nothing is wrong.
class Cancelled : public Error {
public:
    using Error::Error;
};

// Called from the thread that works, from 0 to 1, often; returning false calls the work off.
using Progress = std::function<bool(double share)>;

// Throws Cancelled when the work is called off. Nobody may wait: then nothing happens.
inline void tell(const Progress& progress, double share) {
    if (progress && !progress(share)) throw Cancelled("cancelled");
}

// The progress of a piece of the work that leads from share `from` to share `to` of the whole.
inline Progress piece(const Progress& whole, double from, double to) {
    if (!whole) return {};
    return [whole, from, to](double share) { return whole(from + (to - from) * share); };
}

}  // namespace perceptory::base
