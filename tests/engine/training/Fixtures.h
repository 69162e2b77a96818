#pragma once
// Small projects that training tests share.

#include <filesystem>

#include "engine/data/DatasetLoader.h"
#include "engine/training/Trainer.h"

namespace perceptory::training {

// A project as a file would hold it: two inputs, hidden layers of `units`, one tanh output, mean squared error.
inline base::Json planeProject(const std::string& generator, const std::vector<int>& units,
                               const base::Json& training = {}) {
    base::Json nodes = base::Json::array({{{"id", "in"}, {"type", "input"}}});
    std::string previous = "in";
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::string id = "h" + std::to_string(i + 1);
        nodes.push_back({{"id", id},
                         {"type", "dense"},
                         {"inputs", {previous}},
                         {"parameters", {{"units", units[i]}, {"activation", "tanh"}}}});
        previous = id;
    }
    nodes.push_back({{"id", "out"},
                     {"type", "dense"},
                     {"inputs", {previous}},
                     {"parameters", {{"units", 1}, {"activation", "tanh"}}}});
    base::Json project{{"format", "perceptory-project"},
                       {"format_version", 1},
                       {"data",
                        {{"source", "generator"},
                         {"id", generator},
                         {"parameters", {{"samples", 200}, {"noise", 0.1}}},
                         {"seed", "1"},
                         {"split", {{"mode", "random"}, {"train", 0.5}, {"validation", 0.0}, {"test", 0.5}}}}},
                       {"network", {{"nodes", nodes}}},
                       {"training",
                        {{"loss", "mean_squared_error"},
                         {"optimizer", {{"type", "sgd"}, {"parameters", {{"learning_rate", 0.03}}}}},
                         {"batch_size", 10},
                         {"seed", "42"}}}};
    if (!training.is_null()) project["training"].update(training);
    return project;
}

inline RunSpec runSpec(const base::Json& project) {
    base::Problems problems;
    RunSpec spec = RunSpec::fromJson(project, problems);
    for (const base::Problem& problem : problems)
        if (problem.severity == base::Severity::Error) throw base::Error(base::describe(problem));
    return spec;
}

inline std::shared_ptr<const data::Dataset> loadData(const RunSpec& spec) {
    base::Problems problems;
    auto dataset = data::loadDataset(spec.data, ".", problems);
    if (!dataset) throw base::Error(problems.empty() ? "no data" : base::describe(problems.front()));
    return dataset;
}

inline Trainer makeTrainer(const base::Json& project, const TrainerOptions& options = {}) {
    RunSpec spec = runSpec(project);
    auto dataset = loadData(spec);
    return Trainer(std::move(spec), std::move(dataset), options);
}

inline std::vector<float> weightsOf(const Trainer& trainer) {
    const auto weights = trainer.weights().floats();
    return {weights.begin(), weights.end()};
}

inline void trainSteps(Trainer& trainer, int steps) {
    std::vector<double> losses(static_cast<std::size_t>(steps));
    for (int done = 0; done < steps;) done += trainer.runSteps(steps - done, losses.data());
}

}  // namespace perceptory::training
