#pragma once
// The shelf of learning-rate schedules: a factor on the optimizer's rate as training goes on.

#include <limits>

#include "engine/base/Shelf.h"
#include "engine/ir/TorchCode.h"

namespace perceptory::schedules {

// What a schedule that watches the run remembers; saved with the run. All others leave it alone.
struct ScheduleState {
    double factor = 1;  // on the rate, beside the one that follows from the time
    double best = std::numeric_limits<double>::infinity();
    std::int64_t waited = 0;   // epochs since the best
    std::int64_t resting = 0;  // epochs that do not count yet

    bool operator==(const ScheduleState&) const = default;
};

// A schedule in PyTorch: bodies of functions of `time`, counted as below.
struct TorchSchedule {
    std::string factor;
    std::string momentum{};  // returns None for the optimizer's own; empty: always that
    std::string watcher{};   // an expression that makes what looks at the loss after every epoch; empty: nothing does
};

struct ScheduleType : base::KindType {
    TorchSchedule (*torch)(ir::TorchCode& code, const base::ParamValues& values) = nullptr;
    // Factor at `time` ≥ 0, counted in epochs or steps as the project says ("per"). Whole epochs: the rate stays the
    // same within one.
    double (*factor)(const base::ParamValues& values, double time) = nullptr;
    // Called at the end of every epoch with the loss on the validation data (without any: the test data); null: the
    // schedule needs no loss, and none is measured for it.
    void (*observe)(const base::ParamValues& values, double loss, ScheduleState& state) = nullptr;
    // The momentum (or beta1) that goes with the rate at `time`, for optimizers that have one; NaN: the optimizer's
    // own. Null: always that.
    double (*momentum)(const base::ParamValues& values, double time) = nullptr;
};

#define SCHEDULE(Name) extern const ScheduleType Name##Schedule;
#include "engine/schedules/schedules.def"
#undef SCHEDULE

const base::Shelf<ScheduleType>& shelf();

// A number of epochs or steps.
base::ParamType lengthParam(std::string id, std::string label, std::string help, std::int64_t fallback);
// cycle_momentum, base_momentum, max_momentum; and the momentum at `height`, 0 … 1, of the rate between its ends.
std::vector<base::ParamType> momentumParams(double base, double top);
double cycledMomentum(const base::ParamValues& values, double height);
// Numbers as Python is told them, the lines in which `share` of half a cosine is walked down to a final share, and
// cycledMomentum() of an expression of the height; empty where the momentum does not cycle.
std::string numberOf(const base::ParamValues& values, const char* id);
std::string wholeOf(const base::ParamValues& values, const char* id);
std::string halfCosine(const std::string& last);
std::string torchMomentum(const base::ParamValues& values, const std::string& height);
std::vector<base::ParamType> with(std::vector<base::ParamType> own, std::vector<base::ParamType> more);

}  // namespace perceptory::schedules
