// How much of its headless speed a training keeps while somebody looks 60 times a second, and how soon a pause takes
// effect. Prints one JSON object. The default project of TensorFlow Playground's size; medians of five alternating
// runs.

#include <algorithm>
#include <chrono>
#include <iostream>

#include "engine/training/Session.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double secondsPerRun = 1.5;

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Updates per second of the trainer alone, on this thread.
double headless(const base::Json& project) {
    Trainer trainer = makeTrainer(project);
    std::vector<double> losses(1 << 16);
    trainSteps(trainer, 1000);
    const std::uint64_t first = trainer.progress().step;
    const auto start = Clock::now();
    while (since(start) < secondsPerRun) trainer.runSteps(1 << 16, losses.data());
    return static_cast<double>(trainer.progress().step - first) / since(start);
}

struct Watched {
    double stepsPerSecond = 0;
    double pauseSeconds = 0;
    double snapshotsPerSecond = 0;
};

std::shared_ptr<const Snapshot> waitFor(Session& session, const std::function<bool(const Snapshot&)>& condition) {
    for (;;) {
        if (auto snapshot = session.takeSnapshot(); snapshot && condition(*snapshot)) return snapshot;
        std::this_thread::sleep_for(1ms);
    }
}

// The same in a session whose snapshots, with boundary and neuron maps, are taken 60 times a second.
Watched watched(const base::Json& project) {
    Session session;
    session.want({{"decision_boundary", {{"size", 100}}}, {"neuron_maps", {{"size", 50}}}});
    session.send(Open{runSpec(project), project, ".", 1, nullptr});
    session.send(SetPace{0});
    session.send(Play{});
    const std::uint64_t first =
        waitFor(session, [](const Snapshot& s) { return s.progress.step > 1000; })->progress.step;
    const auto start = Clock::now();
    int taken = 0;
    while (since(start) < secondsPerRun) {
        std::this_thread::sleep_for(16ms);
        taken += session.takeSnapshot() != nullptr;
    }
    const double seconds = since(start);
    const auto asked = Clock::now();
    session.send(Pause{});
    const auto last = waitFor(session, [](const Snapshot& s) { return s.exact; });
    return {static_cast<double>(last->progress.step - first) / seconds, since(asked), taken / seconds};
}

}  // namespace

int main() {
    const base::Json project = planeProject("circle", {4, 2});
    std::vector<double> alone, shares, pauses, looks;
    for (int run = 0; run < 5; ++run) {
        alone.push_back(headless(project));
        const Watched result = watched(project);
        shares.push_back(result.stepsPerSecond / alone.back());
        pauses.push_back(1000 * result.pauseSeconds);
        looks.push_back(result.snapshotsPerSecond);
    }
    std::cout << base::Json{{"headless_us_per_step", 1e6 / median(alone)},
                            {"watched_share_of_headless", median(shares)},
                            {"snapshots_per_s", median(looks)},
                            {"pause_ms", median(pauses)},
                            {"pause_ms_worst", *std::ranges::max_element(pauses)}}
                     .dump(2)
              << '\n';
}
