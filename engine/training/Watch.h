#pragma once
// Feeds stopping rules and schedules that watch the run, and keeps the best weights.

#include <optional>
#include <span>

#include "engine/schedules/Schedule.h"
#include "engine/tensor/Buffer.h"
#include "engine/training/TrainSpec.h"
#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

// What a watched run remembers; saved and restored with it.
struct WatchState {
    schedules::ScheduleState schedule;
    std::vector<StoppingState> rules;  // as TrainSpec::stopping
    double firstLoss = std::numeric_limits<double>::quiet_NaN();
    double lossSum = 0;  // over the samples shown in the running epoch
    std::uint64_t samples = 0;
    tensor::Buffer best;  // weights; empty: none are kept

    base::Json toJson() const;  // without `best`
    // What is missing or wrong stays as at the start of a run.
    static WatchState fromJson(const base::Json& json);
};

// Which rule ended the run, and why.
struct Stop {
    std::string rule;  // id
    std::string sentence;
    bool failure = false;
};

// Values of an epoch's end by their id: "loss" and metrics.
using Measured = std::map<std::string, double>;

// One thread.
class Watch {
public:
    explicit Watch(const std::vector<base::KindSpec>& rules);

    bool idle() const { return m_rules.empty(); }
    bool wantsMeasure() const;  // some rule watches a value
    // Updates until a rule ends the run, at least 1.
    std::uint64_t stepsLeft(std::uint64_t step) const;

    // A batch of `samples` was shown; `first`: the run's first.
    void count(double loss, std::uint64_t samples, bool first);
    void spend(double seconds) { m_seconds += seconds; }
    // Between two batches.
    void look(std::uint64_t step, std::uint64_t epoch);
    // At the end of an epoch; true when these weights are the best so far and shall be kept.
    bool lookAtEpoch(std::uint64_t step, std::uint64_t epoch, const Measured& measured);
    const std::optional<Stop>& stopped() const { return m_stopped; }
    // The rules begin anew; `best` is dropped.
    void restart();

    WatchState& state() { return m_state; }
    const WatchState& state() const { return m_state; }

private:
    struct Rule {
        const StoppingRuleType* type;
        base::Json given;
        base::ParamValues values() const { return {type->parameters, given}; }
    };
    void look(std::size_t rule, const RunMeasure& measure);

    std::vector<Rule> m_rules;
    WatchState m_state;
    double m_seconds = 0;
    std::optional<Stop> m_stopped;
};

}  // namespace perceptory::training
