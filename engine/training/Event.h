#pragma once
// What the worker reports to the window.

#include "engine/training/Trainer.h"

namespace perceptory::training {

// Rare things that happened; curves and pictures travel by log and snapshot instead.
struct Event {
    enum class Kind {
        Opened,   // data loaded, network ready
        Changed,  // an edit took effect; the sentence says what was kept
        Refused,  // a document that cannot run; `problems`
        Started,
        Paused,
        Stopped,   // a stopping rule ended the run; the sentence says which and why
        Diverged,  // stopped at the last finite weights; `divergence`
        Failed     // an exception in the worker; training has stopped, the program lives
    };
    Kind kind = Kind::Opened;
    std::uint64_t revision = 0;
    std::string sentence;
    base::Problems problems;
    Divergence divergence;
    std::uint64_t step = 0;
};

}  // namespace perceptory::training
