#include "engine/training/Watch.h"

#include <algorithm>
#include <cmath>

#include "engine/metrics/Metric.h"

namespace perceptory::training {

using base::Json;

namespace {

// JSON has no word for what is not finite: null.
double numberOf(const Json& json, const char* key, double fallback) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<double>() : fallback;
}

template <class Whole>
Whole wholeOf(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<Whole>() : Whole{0};
}

StoppingState ruleFromJson(const Json& json) {
    StoppingState state;
    if (!json.is_object()) return state;
    state.best = numberOf(json, "best", state.best);
    state.waited = wholeOf<std::int64_t>(json, "waited");
    state.bestEpoch = wholeOf<std::uint64_t>(json, "best_epoch");
    return state;
}

schedules::ScheduleState scheduleFromJson(const Json& json) {
    schedules::ScheduleState state;
    state.factor = numberOf(json, "factor", 1);
    state.best = numberOf(json, "best", state.best);
    state.waited = wholeOf<std::int64_t>(json, "waited");
    state.resting = wholeOf<std::int64_t>(json, "resting");
    return state;
}

}  // namespace

Json WatchState::toJson() const {
    Json list = Json::array();
    for (const StoppingState& rule : rules)
        list.push_back({{"best", rule.best}, {"waited", rule.waited}, {"best_epoch", rule.bestEpoch}});
    return {{"schedule",
             {{"factor", schedule.factor},
              {"best", schedule.best},
              {"waited", schedule.waited},
              {"resting", schedule.resting}}},
            {"rules", list},
            {"first_loss", firstLoss},
            {"loss_sum", lossSum},
            {"samples", samples}};
}

WatchState WatchState::fromJson(const Json& json) {
    WatchState state;
    if (!json.is_object()) return state;
    if (json.contains("schedule") && json["schedule"].is_object()) state.schedule = scheduleFromJson(json["schedule"]);
    if (json.contains("rules") && json["rules"].is_array())
        for (const Json& rule : json["rules"]) state.rules.push_back(ruleFromJson(rule));
    state.firstLoss = numberOf(json, "first_loss", state.firstLoss);
    state.lossSum = numberOf(json, "loss_sum", 0);
    state.samples = wholeOf<std::uint64_t>(json, "samples");
    return state;
}

Watch::Watch(const std::vector<base::KindSpec>& rules) {
    for (const base::KindSpec& rule : rules)
        m_rules.push_back({&stoppingRules().get(rule.type, "training.stopping"), rule.parameters});
    m_state.rules.resize(m_rules.size());
}

bool Watch::wantsMeasure() const {
    return std::ranges::any_of(m_rules, [](const Rule& rule) { return rule.type->watched != nullptr; });
}

std::uint64_t Watch::stepsLeft(std::uint64_t step) const {
    std::uint64_t left = ~0ull;
    for (const Rule& rule : m_rules) {
        if (!rule.type->lastStep) continue;
        const std::uint64_t last = rule.type->lastStep(rule.values());
        left = std::min(left, last > step ? last - step : 1);
    }
    return left;
}

void Watch::count(double loss, std::uint64_t samples, bool first) {
    if (first) m_state.firstLoss = loss;
    m_state.lossSum += loss * static_cast<double>(samples);
    m_state.samples += samples;
}

void Watch::look(std::uint64_t step, std::uint64_t epoch) {
    m_state.rules.resize(m_rules.size());
    for (std::size_t i = 0; i < m_rules.size(); ++i)
        if (m_rules[i].type->anyTime) look(i, {.step = step, .epoch = epoch, .seconds = m_seconds});
}

bool Watch::lookAtEpoch(std::uint64_t step, std::uint64_t epoch, const Measured& measured) {
    look(step, epoch);
    RunMeasure measure{.step = step, .epoch = epoch, .seconds = m_seconds, .firstLoss = m_state.firstLoss};
    if (m_state.samples > 0) measure.epochLoss = m_state.lossSum / static_cast<double>(m_state.samples);
    m_state.lossSum = 0;
    m_state.samples = 0;
    bool best = false;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const Rule& rule = m_rules[i];
        if (rule.type->anyTime) continue;
        if (rule.type->watched) {
            const std::string id = rule.type->watched(rule.values());
            // "HEAD.METRIC" where there are several heads.
            const metrics::MetricType* metric = metrics::metricOf(id);
            const auto found = measured.find(id);
            measure.watched = found != measured.end() ? found->second : std::numeric_limits<double>::quiet_NaN();
            measure.higherIsBetter = metric && metric->higherIsBetter;
        }
        look(i, measure);
        best = best || (rule.type->restoresBest && rule.type->restoresBest(rule.values()) &&
                        m_state.rules[i].bestEpoch == epoch);
    }
    return best;
}

void Watch::look(std::size_t rule, const RunMeasure& measure) {
    const Rule& which = m_rules[rule];
    const std::string reason = which.type->look(which.values(), measure, m_state.rules[rule]);
    if (!reason.empty() && !m_stopped) m_stopped = Stop{which.type->id, reason, which.type->failure};
}

void Watch::restart() {
    m_state.rules.assign(m_rules.size(), {});
    m_state.best = {};
    m_seconds = 0;
    m_stopped.reset();
}

}  // namespace perceptory::training
