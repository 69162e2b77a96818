#pragma once
// Every call of the system that saving makes fails once, or from there on: what is there afterwards is what was there
// before, or what was to be saved, and nobody was told that it is saved when it is not.

#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <string>

#include "engine/base/Error.h"
#include "tests/support/SystemCalls.h"

namespace perceptory::support {

struct FaultCase {
    FaultPlan plan;
    bool said = false;    // that it is saved
    std::string message;  // otherwise
    std::string words() const {
        return nameOf(plan.fault) + (plan.sticky ? " from call " : " at call ") + std::to_string(plan.at);
    }
};

struct Saving {
    std::function<void()> reset;  // to what was there before
    std::function<void()> save;   // throws base::Error
    // Whether what is there may be there after this.
    std::function<void(const FaultCase&)> check;
};

// Saves in a process of its own, which the plan kills.
inline bool surviveKill(const Saving& saving, const FaultPlan& plan) {
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            const FaultyCalls calls(plan);
            saving.save();
        } catch (const base::Error&) {
            ::_exit(1);
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

inline FaultCase run(const Saving& saving, const FaultPlan& plan) {
    FaultCase result{plan, true, {}};
    saving.reset();
    if (plan.fault == Fault::Kill) {
        result.said = surviveKill(saving, plan);
        return result;
    }
    try {
        const FaultyCalls calls(plan);
        saving.save();
    } catch (const base::Error& error) {
        result.said = false;
        result.message = error.sentence();
    }
    return result;
}

// Returns how many cases there were.
inline std::size_t sweepFaults(const Saving& saving) {
    saving.reset();
    std::size_t calls = 0;
    {
        const FaultyCalls counting({.at = static_cast<std::size_t>(-1)});
        saving.save();
        calls = counting.count();
    }
    std::size_t cases = 0;
    for (const Fault fault : faults)
        for (const bool sticky : {false, true})
            for (std::size_t at = 0; at < calls; ++at, ++cases) saving.check(run(saving, {fault, at, sticky}));
    return cases;
}

// The disk is full after 0, `step`, 2 · `step` … bytes, up to `bytes`.
inline std::size_t sweepRoom(const Saving& saving, std::size_t bytes, std::size_t step) {
    std::size_t cases = 0;
    for (std::size_t room = 0; room < bytes; room += step, ++cases)
        saving.check(run(saving, {.fault = Fault::NoSpace, .at = static_cast<std::size_t>(-1), .room = room}));
    return cases;
}

}  // namespace perceptory::support
