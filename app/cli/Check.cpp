// perceptory-cli check: every problem of a project, shapes and sizes, and the memory a training will take.

#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/OpenRun.h"
#include "engine/base/Text.h"
#include "engine/data/DatasetWarnings.h"

namespace perceptory::cli {

using base::Json;

namespace {

struct Values {
    std::string project;
    bool json = false;
};

// [H, W, C]; a list of features is [1, 1, F], a sequence [1, T, F].
Json outputOf(const tensor::Shape& shape) {
    tensor::Shape full = shape;
    while (full.size() < 3) full.insert(full.begin(), 1);
    return full;
}

Json toJson(const training::RunCheck& check) {
    Json problems = Json::array(), nodes = Json::array();
    for (const base::Problem& problem : check.problems)
        problems.push_back({{"node", problem.where},
                            {"severity", base::severityName(problem.severity)},
                            {"sentence", problem.sentence},
                            {"fix", problem.fix}});
    for (const network::NodeCheck& node : check.network.nodes)
        nodes.push_back({{"id", node.spec.id},
                         {"type", node.spec.type},
                         {"output", outputOf(node.output)},
                         {"parameters", node.parameters}});
    const training::MemoryEstimate& memory = check.memory;
    return {{"problems", problems},
            {"nodes", nodes},
            {"parameters", check.network.parameters},
            {"memory",
             {{"weights", memory.weights},
              {"gradients", memory.gradients},
              {"optimizer", memory.optimizer},
              {"activations", memory.activations},
              {"data", memory.data},
              {"measuring", memory.measuring},
              {"total", memory.total()}}}};
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text + "  ";
}

void print(const CheckedRun& run) {
    for (const base::Problem& problem : run.check.problems)
        std::cout << base::severityName(problem.severity) << ": " << printable(base::describe(problem)) << '\n';
    if (run.check.problems.empty()) std::cout << "No problems.\n";
    if (run.dataset) {
        for (const std::string& note : run.dataset->notes) std::cout << "data: " << printable(note) << '\n';
        std::cout << "rows: " << run.dataset->parts.train.size() << " train, " << run.dataset->parts.validation.size()
                  << " validation, " << run.dataset->parts.test.size() << " test\n";
    }
    for (const network::NodeCheck& node : run.check.network.nodes)
        std::cout << padded(node.spec.id, 12) << padded(node.spec.type, 12)
                  << padded(tensor::shapeText(node.output), 10)
                  << base::counted("{0} parameter", "{0} parameters", node.parameters) << '\n';
    if (!run.check.ok()) return;
    const std::vector<training::Head>& heads = run.check.heads;
    for (const training::Head& head : heads)
        if (head.reading.classes)
            std::cout << "targets" << (heads.size() > 1 ? " of " + head.name : "") << ": "
                      << head.reading.encodingName() << '\n';
    std::cout << "parameters: " << run.check.network.parameters << "\nmemory: " << run.check.memory.sentence() << '\n';
}

int run(const Values& values, const Globals&) {
    CheckedRun checked = checkProject(openProject(values.project));
    if (checked.dataset)
        for (base::Problem& warning : data::warnAbout(*checked.dataset))
            checked.check.problems.push_back(std::move(warning));
    if (values.json)
        std::cout << toJson(checked.check).dump() << '\n';
    else
        print(checked);
    return checked.check.ok() ? exitDone : exitInput;
}

}  // namespace

void addCheck(CommandLine& line) {
    line.add<Values>(
        "check", "Tells every problem of a project, shapes, parameter counts and the memory it takes",
        "check circle.perceptory --json",
        [](CLI::App& command, Values& values) {
            command.add_option("PROJECT", values.project, "A project file")->required();
            command.add_flag("--json", values.json, "One JSON object");
        },
        run);
}

}  // namespace perceptory::cli
