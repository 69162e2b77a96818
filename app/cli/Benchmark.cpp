// perceptory-cli benchmark: how fast the standard workloads run here.

#include <algorithm>
#include <chrono>
#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/Numbers.h"
#include "app/cli/OpenRun.h"
#include "app/cli/Workloads.h"

namespace perceptory::cli {

using base::Json;

namespace {

struct Values {
    std::vector<std::string> names;
    int threads = 1;
    std::string device = "cpu";
    double seconds = 2;
    bool json = false;
};

constexpr int repeats = 5;

double secondsFor(const RunningWorkload& running, int steps) {
    const auto begin = std::chrono::steady_clock::now();
    running.repeat(steps);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Median seconds of one step over five stretches that together take about so long, after a warm-up.
double secondsPerStep(const RunningWorkload& running, double seconds) {
    int steps = 1;
    double once = secondsFor(running, steps);
    while (once < seconds / repeats / 2 && steps < (1 << 29)) once = secondsFor(running, steps *= 2);
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) times.push_back(secondsFor(running, steps) / steps);
    std::ranges::sort(times);
    return times[repeats / 2];
}

Json measure(const Workload& workload, const Values& values, const Globals& globals) {
    const RunningWorkload running = workload.start({.threads = values.threads, .isa = globals.isa});
    const double perStep = secondsPerStep(running, values.seconds);
    return {{"name", workload.name},        {"device", "cpu"},
            {"threads", values.threads},    {"batch", workload.batch},
            {"steps_per_s", 1 / perStep},   {"samples_per_s", workload.batch / perStep},
            {"us_per_step", perStep * 1e6}, {"isa", running.trainer->kernels().isa}};
}

std::vector<const Workload*> chosen(const std::vector<std::string>& names) {
    std::vector<const Workload*> all;
    for (const Workload& workload : workloads())
        if (names.empty() || std::ranges::count(names, workload.name)) all.push_back(&workload);
    for (const std::string& name : names)
        if (!std::ranges::count(workloads(), name, &Workload::name))
            throw UsageError("benchmark " + name +
                             ": there is no such workload. See `perceptory-cli benchmark --help`.");
    return all;
}

int run(const Values& values, const Globals& globals) {
    if (values.device != "cpu")
        throw base::Error("--device " + values.device +
                          ": this version computes on the processor only. Use --device cpu.");
    for (const Workload* workload : chosen(values.names)) {
        const Json result = measure(*workload, values, globals);
        if (values.json)
            std::cout << result.dump() << std::endl;
        else
            std::cout << workload->name << ": " << roundedText(result["us_per_step"].get<double>(), 4)
                      << " us per step, " << roundedText(result["samples_per_s"].get<double>(), 4)
                      << " samples per second (batch " << workload->batch << ", " << values.threads
                      << (values.threads == 1 ? " thread, " : " threads, ") << result["isa"].get<std::string>() << ")"
                      << std::endl;
    }
    return exitDone;
}

}  // namespace

void addBenchmark(CommandLine& line) {
    line.add<Values>(
        "benchmark", "Measures the standard workloads", "benchmark tiny_mlp grid --json",
        [](CLI::App& command, Values& values) {
            std::string names;
            for (const Workload& workload : workloads()) names += (names.empty() ? "" : ", ") + workload.name;
            command.add_option("NAME", values.names, "Some of: " + names + "; default: all");
            command.add_option("--threads", values.threads, "Default: 1")->check(CLI::Range(1, 256));
            command.add_option("--device", values.device, "cpu");
            command.add_option("--seconds", values.seconds, "For each workload")->check(CLI::Range(0.01, 3600.0));
            command.add_flag("--json", values.json, "One JSON object per workload");
        },
        run);
}

}  // namespace perceptory::cli
