// Runs with a fault: the check names place, reason and remedy of every one, all at once, before anything is computed.

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/training/RunCheck.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

// Images of 8 × 8 × 3 and four classes.
std::shared_ptr<const data::Dataset> images() {
    auto set = std::make_shared<data::Dataset>();
    set->count = 12;
    set->inputShape = {8, 8, 3};
    for (int i = 0; i < 8 * 8 * 3; ++i) set->featureNames.push_back("x" + std::to_string(i));
    set->inputs.assign(set->count * set->features(), 0.5f);
    set->classNames = {"a", "b", "c", "d"};
    for (std::uint32_t row = 0; row < set->count; ++row) {
        set->labels.push_back(static_cast<std::int32_t>(row % 4));
        (row % 3 == 2 ? set->parts.test : set->parts.train).push_back(row);
    }
    return set;
}

// A sound project for them; the faults below are put into it.
Json soundProject() {
    return Json::parse(R"({
        "format": "perceptory-project", "format_version": 1, "data": {},
        "network": {"nodes": [
            {"id": "in", "type": "input"},
            {"id": "conv", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4}},
            {"id": "bn", "type": "batch_norm", "inputs": ["conv"]},
            {"id": "pool", "type": "max_pool", "inputs": ["bn"]},
            {"id": "flat", "type": "flatten", "inputs": ["pool"]},
            {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 4}}]},
        "training": {"loss": "softmax_cross_entropy", "optimizer": "sgd", "batch_size": 4}})");
}

base::Problems problemsOf(const Json& project, std::int64_t memoryLimit = 0) {
    base::Problems problems;
    const RunSpec spec = RunSpec::fromJson(project, problems);
    const RunCheck check = checkRun(spec, *images(), memoryLimit);
    problems.insert(problems.end(), check.problems.begin(), check.problems.end());
    return problems;
}

struct Fault {
    const char* place;  // in the project, as a JSON pointer
    const char* value;
    const char* where;
    const char* sentence;
    const char* fix;
};

const Fault faults[] = {
    {"/network/nodes/5/inputs", R"(["pool"])", "out", "A dense layer needs a row of numbers, but it gets 3×3×4.",
     "Insert a flatten layer before it."},
    {"/network/nodes/4", R"({"id": "flat", "type": "add", "inputs": ["pool", "conv"]})", "flat",
     "All inputs of this layer must have one shape, but it gets 3×3×4 and 6×6×4.",
     "Give the layers before it the same number of units."},
    {"/network/nodes/1/parameters/kernel_size", "20", "conv", "A window of 20×20 does not fit into an image of 8×8.",
     "Use a smaller kernel_size, less dilation, or padding \"same\"."},
    {"/network/nodes/3/parameters/size", "[2, 9]", "pool", "A window of 2×9 does not fit into an image of 6×6.",
     "Use a smaller kernel_size, less dilation, or padding \"same\"."},
    {"/network/nodes/1/parameters/stride", "0", "conv.stride", "This cannot be 0.",
     "Use a whole number from 1 to 255, or two as [height, width]."},
    {"/network/nodes/1/parameters/stride", "[1, 0]", "conv.stride", "This cannot be [1,0].",
     "Use a whole number from 1 to 255, or two as [height, width]."},
    {"/network/nodes/3/parameters/stride", "0", "pool.stride", "This cannot be 0.", "Use a whole number from 1"},
    {"/network/nodes/1/parameters/groups", "2", "conv", "2 groups do not divide both 3 channels and 4 filters.",
     "Choose groups that divide both, such as 1."},
    {"/network/nodes/1/inputs", R"(["flat"])", "bn", "The layer depends on its own output, through conv.",
     "Remove one of the connections of the circle."},
    {"/network/nodes/1/inputs", R"(["inn"])", "conv", "Its input \"inn\" does not exist.", "Did you mean \"in\"?"},
    {"/network/nodes/1/inputs", "[]", "conv", "A layer of type conv2d takes 1 input, but it has 0.",
     "Connect it to the layer before it."},
    {"/network/nodes/4", R"({"id": "flat", "type": "max_unpool", "inputs": ["pool", "pool:index"]})", "flat",
     "\"pool\" has no output called \"index\".", "Write \"pool\" for its main output."},
    {"/network/nodes/4", R"({"id": "flat", "type": "max_unpool", "inputs": ["pool", "conv"]})", "flat",
     "Its second input is no pool's \"indices\".", "Connect that output of the pool"},
    {"/network/nodes/2/id", R"("conv")", "conv", "Two nodes are called \"conv\".", "Rename one of them."},
    {"/network/nodes/0/type", R"("flatten")", "in", "A layer of type flatten takes 1 input, but it has 0.",
     "Connect it to the layer before it."},
    {"/network/nodes/5/parameters/units", "3", "out", "The last layer has 3 units, but the data has 4 classes.",
     "Use 4 units."},
    {"/network/nodes/5/parameters/units", "1", "out",
     "The loss softmax_cross_entropy needs one unit for every class, but the last layer has 1 unit.",
     "Use 4 units, or the loss sigmoid_cross_entropy."},
    {"/network/nodes/5/parameters/activation", R"("tanh")", "out",
     "The loss softmax_cross_entropy expects raw scores, but the last layer applies tanh.",
     "Set its activation to linear."},
    {"/network/nodes/6", R"({"id": "soft", "type": "softmax", "inputs": ["out"]})", "soft",
     "The loss softmax_cross_entropy expects raw scores, but the last layer applies softmax.",
     "Remove the softmax layer."},
    {"/network/nodes/1",
     R"({"id": "conv", "type": "conv2d_transpose", "inputs": ["in"], "parameters": {"filters": 4, "output_padding": 1}})",
     "conv", "The output_padding 1 must be smaller than the stride or the dilation.", "Use at most 0."},
    {"/network/nodes/4",
     R"({"id": "flat", "type": "max_unpool", "inputs": ["pool", "pool:indices"], "parameters": {"size": 5}})", "flat",
     "Its window is not that of pool, whose indices it reads.", "Give it the same size, stride and padding."},
    {"/network/nodes/5", R"({"id": "out", "type": "embedding", "inputs": ["flat"]})", "out",
     "It looks up whole numbers, but pool puts out numbers of every kind.", "Connect it to an input;"},
    {"/network/nodes/5",
     R"({"id": "out", "type": "scale_to_range", "inputs": ["flat"], "parameters": {"low": 3, "high": 1.5}})", "out",
     "The range ends before it begins: low 3, high 1.5.", "Give it a low end below the high one."},
    {"/training/loss", R"("dice")", "out",
     "The loss dice expects values from 0 to 1, but the last layer applies linear.", "Set its activation to sigmoid."},
    {"/training/loss", R"("mean_squared_percentage_error")", "training.loss",
     "The loss mean_squared_percentage_error divides by the targets, but some of them are 0.",
     "Use mean_squared_error, or targets other than 0."},
    {"/training/loss", R"({"type": "softmax_cross_entropy", "parameters": {"ignored_class": 9}})",
     "training.loss.ignored_class", "The data has no class 9: its classes count from 0 to 3.",
     "Use one of them, or -1 for none."},
    {"/training/metrics", R"([{"type": "f1", "parameters": {"average": "class", "of_class": 4}}])", "training.metrics",
     "There is no class 4 for f1: the classes count from 0 to 3.", "Set \"of_class\" to one of them."},
    {"/training/metrics", R"(["r2", "accuracy"])", "training.metrics",
     "R² does not suit what this network predicts, so it is not measured.",
     "Remove it, or choose one of accuracy, dice, f1,"},
    {"/training/metrics", R"([{"type": "top_k", "parameters": {"k": 4}}])", "training.metrics",
     "top_k of 4 guesses is always 1, for there are 4 classes.", "Let it guess fewer classes, or remove it."},
    {"/training/metrics", R"(["accuracy", null])", "training.metrics", "This choice has no type.", "Write its id"},
    {"/training/loss", R"("binary_cross_entropy")", "out",
     "The loss binary_cross_entropy expects values from 0 to 1, but the last layer applies linear.",
     "Set its activation to sigmoid, or use sigmoid_cross_entropy."},
    {"/training/loss", R"("crossentropy")", "training.loss", "There is no loss called \"crossentropy\".",
     "Did you mean \"cross_entropy\"?"},
    {"/training/batch_size", "0", "training.batch_size", "0 is not possible here.",
     "Use a whole number from 1 to 1000000."},
    {"/training/optimizer", R"({"type": "sgd", "parameters": {"learning_rate": -1}})",
     "training.optimizer.learning_rate", "The value -1 is out of range.", "Use a value from"},
};

std::string textOf(const base::Problems& problems) {
    std::string text;
    for (const base::Problem& problem : problems) text += base::describe(problem) + "\n";
    return text;
}

bool isTold(const base::Problems& problems, const Fault& fault) {
    return std::ranges::any_of(problems, [&](const base::Problem& problem) {
        return problem.where == fault.where && problem.sentence.starts_with(fault.sentence) &&
               problem.fix.starts_with(fault.fix);
    });
}

}  // namespace

TEST_CASE("a margin behind a sigmoid is warned of") {
    Json project = soundProject();
    project["network"]["nodes"][5]["parameters"]["activation"] = "sigmoid";
    project["training"]["loss"] = "multi_class_hinge";
    const base::Problems problems = problemsOf(project);
    CAPTURE(textOf(problems));
    CHECK(isTold(problems, {"", "", "out",
                            "The loss multi_class_hinge expects scores below and above 0, but the last layer applies "
                            "sigmoid.",
                            "Set its activation to linear."}));
}

TEST_CASE("every fault of a run is told with its place, a reason and a remedy") {
    CHECK(problemsOf(soundProject()).empty());
    for (const Fault& fault : faults) {
        CAPTURE(fault.place);
        CAPTURE(fault.value);
        Json project = soundProject();
        project[Json::json_pointer(fault.place)] = Json::parse(fault.value);
        const base::Problems problems = problemsOf(project);
        CAPTURE(textOf(problems));
        CHECK(isTold(problems, fault));
    }
}

TEST_CASE("faults of several places are told together") {
    Json project = soundProject();
    Json& nodes = project["network"]["nodes"];
    nodes[1]["parameters"]["stride"] = 0;
    nodes[2]["parameters"]["epsilon"] = -1;
    nodes[3]["inputs"] = {"bm"};
    nodes[4]["id"] = "a b";
    nodes[5]["parameters"]["units"] = "four";
    project["training"]["loss"] = "log";
    project["training"]["batch_size"] = -5;
    const base::Problems problems = problemsOf(project);
    CAPTURE(textOf(problems));
    for (const char* place :
         {"conv.stride", "bn.epsilon", "pool", "a b", "out.units", "training.loss", "training.batch_size"}) {
        CAPTURE(place);
        const auto told = std::ranges::find(problems, place, &base::Problem::where);
        REQUIRE(told != problems.end());
        CHECK(!told->fix.empty());
    }
}

TEST_CASE("a layer that is bypassed has its main output only") {
    Json project = soundProject();
    Json& nodes = project["network"]["nodes"];
    nodes.insert(nodes.begin() + 4,
                 Json{{"id", "unpool"}, {"type", "max_unpool"}, {"inputs", {"pool", "pool:indices"}}});
    nodes[5]["inputs"] = {"unpool"};
    CHECK(problemsOf(project).empty());
    nodes[3]["bypass"] = true;
    const std::string text = textOf(problemsOf(project));
    CHECK(text == "unpool: \"pool\" has no output called \"indices\". Bypass this layer too, or no longer \"pool\".\n");
}

TEST_CASE("memory beyond the machine is refused with the sum by part") {
    const base::Problems problems = problemsOf(soundProject(), 10'000);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "network");
    CHECK(problems[0].sentence.starts_with("Training needs "));
    CHECK(problems[0].sentence.ends_with("; 10.0 kB can be used."));
    CHECK(problems[0].fix == "Use fewer units or a smaller batch.");

    Json project = soundProject();
    Json& nodes = project["network"]["nodes"];
    for (int i = 0; i < 12; ++i)
        nodes.insert(nodes.end() - 2, Json{{"id", "up" + std::to_string(i)},
                                           {"type", "upsample"},
                                           {"inputs", {nodes[nodes.size() - 3]["id"]}},
                                           {"parameters", {{"factor", 256}}}});
    nodes[nodes.size() - 2]["inputs"] = {"up11"};
    const std::string text = textOf(problemsOf(project));
    CAPTURE(text);
    CHECK(text.starts_with(
        "up2: It puts out 50331648×50331648×4 for each sample, which no computer can hold. Use fewer"));
}

TEST_CASE("a batch of one row has no spread, and it is said") {
    Json project = soundProject();
    Json& nodes = project["network"]["nodes"];
    nodes[2]["inputs"] = {"flat"};
    nodes[3]["inputs"] = {"conv"};
    nodes[5]["inputs"] = {"bn"};
    CHECK(problemsOf(project).empty());  // 8 rows in batches of 4
    project["training"]["batch_size"] = 7;
    base::Problems problems = problemsOf(project);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "bn");
    CHECK(problems[0].severity == base::Severity::Warning);
    CHECK(problems[0].sentence.starts_with("The last batch of an epoch has one row"));
    project["training"]["batch_size"] = 1;
    problems = problemsOf(project);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].sentence.starts_with("A batch of one row has no mean"));
}

TEST_CASE("a fault of a list is told once, and guesses below the number of classes are fine") {
    Json project = soundProject();
    project["training"]["metrics"] = {nullptr};
    CHECK(problemsOf(project).size() == 1);
    project["training"]["metrics"] = {{{"type", "top_k"}, {"parameters", {{"k", 3}}}}};
    CHECK(problemsOf(project).empty());
}

TEST_CASE("a network in which nothing learns is warned of") {
    Json project = soundProject();
    Json& nodes = project["network"]["nodes"];
    nodes[1]["trainable"] = false;
    nodes[2]["trainable"] = false;
    CHECK(problemsOf(project).empty());
    for (const Json& still : {Json{{"trainable", false}}, Json{{"learning_rate_factor", 0}}}) {
        Json frozen = project;
        frozen["network"]["nodes"][5].update(still);
        CHECK(textOf(problemsOf(frozen)) ==
              "network: Nothing in this network learns: all layers with weights are frozen. Set \"trainable\" of a "
              "layer to true and its \"learning_rate_factor\" above 0.\n");
    }
    nodes = Json::parse(R"([{"id": "in", "type": "input"}, {"id": "flat", "type": "flatten", "inputs": ["in"]},
                            {"id": "turn", "type": "reshape", "inputs": ["flat"], "parameters": {"shape": "48×4"}},
                            {"id": "out", "type": "global_max_pool", "inputs": ["turn"]}])");
    CHECK(textOf(problemsOf(project)) ==
          "network: Nothing in this network learns: no layer has weights to train. Add a layer with weights, such as "
          "dense.\n");
}

TEST_CASE("a layer that normalizes single values is warned of") {
    const auto told = [](const char* inputs, const char* norm) {
        Json project = soundProject();
        Json& nodes = project["network"]["nodes"];
        nodes.insert(nodes.begin() + 5, Json::parse(norm));
        nodes[5]["id"] = "norm";
        nodes[5]["inputs"] = {inputs};
        nodes[6]["inputs"] = {"norm"};
        if (inputs == std::string("pool")) {
            nodes.insert(nodes.begin() + 6, Json{{"id", "flat2"}, {"type", "flatten"}, {"inputs", {"norm"}}});
            nodes[7]["inputs"] = {"flat2"};
            nodes.erase(4);
        }
        return textOf(problemsOf(project));
    };
    const std::string warning =
        "norm: It takes mean and spread out of one value at a time, so it puts out the same whatever comes in. Remove "
        "it, or let it see more values at a time.\n";
    CHECK(told("flat", R"({"type": "layer_norm"})").empty());
    CHECK(told("flat", R"({"type": "group_norm", "parameters": {"groups": 18}})").empty());
    CHECK(told("flat", R"({"type": "group_norm", "parameters": {"groups": 36}})") == warning);
    CHECK(told("pool", R"({"type": "instance_norm"})").empty());
    CHECK(told("pool", R"({"type": "layer_norm"})").empty());
}
