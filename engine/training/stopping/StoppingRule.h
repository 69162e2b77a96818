#pragma once
// The shelf of stopping rules: what ends a run before its last epoch. A rule looks at numbers only; the Watch feeds it.

#include <cstdint>
#include <limits>
#include <optional>

#include "engine/base/Shelf.h"

namespace perceptory::training {

// What is known of a run when a rule looks. The last three only at the end of an epoch, NaN before.
struct RunMeasure {
    std::uint64_t step = 0;                                       // updates done
    std::uint64_t epoch = 0;                                      // whole epochs done
    double seconds = 0;                                           // of training since the run was started or resumed
    double firstLoss = std::numeric_limits<double>::quiet_NaN();  // of the run's first batch
    double epochLoss = std::numeric_limits<double>::quiet_NaN();  // mean over the samples of the epoch just ended
    double watched = std::numeric_limits<double>::quiet_NaN();    // what the rule watches
    bool higherIsBetter = false;                                  // of that
};

// What a rule remembers from look to look; saved with the run.
struct StoppingState {
    double best = std::numeric_limits<double>::quiet_NaN();
    std::int64_t waited = 0;
    std::uint64_t bestEpoch = 0;
};

struct StoppingRuleType : base::KindType {
    // Why the run ends now, in words; empty: it goes on. `state.bestEpoch == measure.epoch` says that these weights are
    // the best so far.
    std::string (*look)(const base::ParamValues& values, const RunMeasure& measure, StoppingState& state) = nullptr;
    bool anyTime = false;  // looks after every few batches, not only at the end of an epoch
    bool failure = false;  // a run that it ends has failed
    // "loss" or a metric, measured on the validation data (without any: the test data); null: nothing is measured.
    std::string (*watched)(const base::ParamValues& values) = nullptr;
    bool (*restoresBest)(const base::ParamValues& values) = nullptr;       // null: never
    std::uint64_t (*lastStep)(const base::ParamValues& values) = nullptr;  // null: any number of updates
};

#define STOPPING(Name) extern const StoppingRuleType Name##Rule;
#include "engine/training/stopping/stopping.def"
#undef STOPPING

// Any thread.
const base::Shelf<StoppingRuleType>& stoppingRules();

// What the members share.
base::ParamType monitorParam();
std::string monitorOf(const base::ParamValues& values);
std::string numberText(double value);  // four digits, with a point

}  // namespace perceptory::training
