// Remedies at one click: for faulty networks of many kinds the first one offered is the sensible one, applying it
// leaves no error, and undo brings the bytes back. Whatever is wrong, no remedy adds an error.

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <random>

#include "engine/layers/Layer.h"
#include "engine/training/RunCheck.h"
#include "ui/document/commands/Remedies.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;
using base::Problem;
using base::Problems;
using base::Severity;

namespace {

using Data = std::shared_ptr<data::Dataset>;

// A third of the rows for testing, values from 0 to 1.
Data rows(const tensor::Shape& shape, std::size_t count = 12) {
    auto set = std::make_shared<data::Dataset>();
    set->count = count;
    set->inputShape = shape;
    for (std::int64_t i = 0; i < tensor::elementCount(shape); ++i) set->featureNames.push_back("x" + std::to_string(i));
    set->inputs.assign(count * set->features(), 0.5f);
    for (std::uint32_t row = 0; row < count; ++row)
        (row % 3 == 2 ? set->parts.test : set->parts.train).push_back(row);
    return set;
}

Data withClasses(Data set, std::size_t classes) {
    for (std::size_t i = 0; i < classes; ++i) set->classNames.push_back(std::string(1, static_cast<char>('a' + i)));
    for (std::size_t row = 0; row < set->count; ++row) set->labels.push_back(static_cast<std::int32_t>(row % classes));
    return set;
}

Data withNumbers(Data set, std::size_t targets) {
    set->task = data::Task::Regression;
    for (std::size_t i = 0; i < targets; ++i) set->targetNames.push_back("y" + std::to_string(i));
    for (std::size_t i = 0; i < set->count * targets; ++i) set->targets.push_back(static_cast<float>(i) - 3);
    return set;
}

Data images() { return withClasses(rows({8, 8, 3}), 4); }
Data numbers() { return withNumbers(rows({5}), 2); }
Data pair() { return withClasses(rows({5}), 2); }

Data words() {
    Data set = withClasses(rows({6}), 2);
    for (std::size_t i = 0; i < set->inputs.size(); ++i) set->inputs[i] = static_cast<float>(i % 50);
    set->rawMaximum.assign(6, 49);
    return set;
}

Json projectOf(const char* network, const char* training) {
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"name", "a"},
            {"data", Json::object()},
            {"network", {{"nodes", Json::parse(network)}}},
            {"training", Json::parse(training)},
            {"later", true}};
}

// Sound ones; the faults are put into them.
Json forImages() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "conv", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4}},
            {"id": "bn", "type": "batch_norm", "inputs": ["conv"]},
            {"id": "pool", "type": "max_pool", "inputs": ["bn"]},
            {"id": "flat", "type": "flatten", "inputs": ["pool"]},
            {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 4}}])",
                     R"({"loss": "softmax_cross_entropy", "optimizer": "sgd", "batch_size": 4})");
}

Json forNumbers() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "h1", "type": "dense", "inputs": ["in"], "parameters": {"units": 8, "activation": "tanh"}},
            {"id": "h2", "type": "dense", "inputs": ["in"], "parameters": {"units": 8}},
            {"id": "sum", "type": "add", "inputs": ["h1", "h2"]},
            {"id": "out", "type": "dense", "inputs": ["sum"], "parameters": {"units": 2}}])",
                     R"({"loss": "mean_squared_error", "optimizer": "sgd", "batch_size": 4})");
}

// Branches of images that meet.
Json forBranches() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "a", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4, "padding": "same"}},
            {"id": "b", "type": "conv2d", "inputs": ["a"], "parameters": {"filters": 4, "padding": "same"}},
            {"id": "sum", "type": "add", "inputs": ["a", "b"]},
            {"id": "gap", "type": "global_average_pool", "inputs": ["sum"]},
            {"id": "out", "type": "dense", "inputs": ["gap"], "parameters": {"units": 4}}])",
                     R"({"loss": "softmax_cross_entropy", "optimizer": "sgd", "batch_size": 4})");
}

Json forWords() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "emb", "type": "embedding", "inputs": ["in"], "parameters": {"entries": 60, "dimension": 6}},
            {"id": "lstm", "type": "lstm", "inputs": ["emb"], "parameters": {"units": 5}},
            {"id": "out", "type": "dense", "inputs": ["lstm"], "parameters": {"units": 2}}])",
                     R"({"loss": "softmax_cross_entropy", "optimizer": "sgd", "batch_size": 4})");
}

Json forTwoLosses() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "h1", "type": "dense", "inputs": ["in"]},
            {"id": "a", "type": "dense", "inputs": ["h1"], "parameters": {"units": 2}},
            {"id": "b", "type": "dense", "inputs": ["h1"], "parameters": {"units": 2}}])",
                     R"({"losses": [{"output": "a", "type": "mean_squared_error"},
                                    {"output": "b", "type": "mean_absolute_error"}], "optimizer": "sgd"})");
}

struct Case {
    const char* name;
    Json (*project)();
    Data (*data)();
    const char* edits;     // [[pointer, value], …]; a value null takes away
    const char* where;     // of the problem
    const char* sentence;  // how it begins; empty: the first one there
    const char* label;     // of the first remedy; empty: there is none
};

const Case cases[] = {
    // Those of tests/engine/training/BadRunsTest.cpp.
    {"dense behind an image", forImages, images, R"([["/network/nodes/5/inputs", ["pool"]], ["/network/nodes/4", null]])", "out",
     "A dense layer", ""},
    {"add of unequal images", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "add", "inputs": ["pool", "conv"]}]])", "flat", "", ""},
    {"a kernel larger than the image", forImages, images, R"([["/network/nodes/1/parameters/kernel_size", 20]])", "conv", "", ""},
    {"a window larger than the image", forImages, images, R"([["/network/nodes/3/parameters", {"size": [2, 9]}]])", "pool", "", ""},
    {"stride 0", forImages, images, R"([["/network/nodes/1/parameters/stride", 0]])", "conv.stride", "", ""},
    {"stride 1, 0", forImages, images, R"([["/network/nodes/1/parameters/stride", [2, 0]]])", "conv.stride", "", ""},
    {"pool stride 0", forImages, images, R"([["/network/nodes/3/parameters", {"stride": 0}]])", "pool.stride", "", ""},
    {"groups", forImages, images, R"([["/network/nodes/1/parameters/groups", 2]])", "conv", "", ""},
    {"circle", forImages, images, R"([["/network/nodes/1/inputs", ["flat"]]])", "bn", "", ""},
    {"missing input, nearly", forImages, images, R"([["/network/nodes/1/inputs", ["inn"]]])", "conv", "", ""},
    {"no input", forImages, images, R"([["/network/nodes/1/inputs", []]])", "conv", "", ""},
    {"port", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "pool:index"]}], ["/network/nodes/6", {"id":"out","type":"dense","inputs":["f2"],"parameters":{"units":4}}], ["/network/nodes/5", {"id":"f2","type":"flatten","inputs":["flat"]}]])", "flat", "", ""},
    {"unpool without indices", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "conv"]}], ["/network/nodes/6", {"id":"out","type":"dense","inputs":["f2"],"parameters":{"units":4}}], ["/network/nodes/5", {"id":"f2","type":"flatten","inputs":["flat"]}]])", "flat", "", ""},
    {"two of one name", forImages, images, R"([["/network/nodes/2/id", "conv"]])", "conv", "Two", ""},
    {"no input type", forImages, images, R"([["/network/nodes/0/type", "flatten"]])", "in", "", ""},
    {"units 3", forImages, images, R"([["/network/nodes/5/parameters/units", 3]])", "out", "", ""},
    {"units 1", forImages, images, R"([["/network/nodes/5/parameters/units", 1]])", "out", "", ""},
    {"tanh before softmax", forImages, images, R"([["/network/nodes/5/parameters/activation", "tanh"]])", "out", "", ""},
    {"softmax twice", forImages, images, R"([["/network/nodes/6", {"id": "soft", "type": "softmax", "inputs": ["out"]}]])", "soft", "", ""},
    {"output padding", forImages, images,
     R"([["/network/nodes/1", {"id": "conv", "type": "conv2d_transpose", "inputs": ["in"], "parameters": {"filters": 4, "output_padding": 1}}]])", "conv", "", ""},
    {"unpool window", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "pool:indices"], "parameters": {"size": 5}}], ["/network/nodes/6", {"id":"out","type":"dense","inputs":["f2"],"parameters":{"units":4}}], ["/network/nodes/5", {"id":"f2","type":"flatten","inputs":["flat"]}]])", "flat", "", ""},
    {"embedding of numbers", forImages, images, R"([["/network/nodes/5", {"id": "out", "type": "embedding", "inputs": ["flat"]}]])", "out", "It looks up", ""},
    {"empty range", forImages, images,
     R"([["/network/nodes/6", {"id": "range", "type": "scale_to_range", "inputs": ["out"], "parameters": {"low": 3, "high": 1.5}}]])", "range", "", ""},
    {"dice", forImages, images, R"([["/training/loss", "dice"]])", "out", "", ""},
    {"percentage", forImages, images, R"([["/training/loss", "mean_squared_percentage_error"]])", "training.loss", "", ""},
    {"ignored class", forImages, images, R"([["/training/loss", {"type": "softmax_cross_entropy", "parameters": {"ignored_class": 9}}]])", "training.loss.ignored_class", "", ""},
    {"class of f1", forImages, images, R"([["/training/metrics", [{"type": "f1", "parameters": {"average": "class", "of_class": 4}}]]])", "training.metrics", "", ""},
    {"idle metric", forImages, images, R"([["/training/metrics", ["r2", "accuracy"]]])", "training.metrics", "", ""},
    {"crossentropy", forImages, images, R"([["/training/loss", "crossentropy"]])", "training.loss", "", ""},
    {"batch 0", forImages, images, R"([["/training/batch_size", 0]])", "training.batch_size", "", ""},
    {"negative rate", forImages, images, R"([["/training/optimizer", {"type": "sgd", "parameters": {"learning_rate": -1}}]])", "training.optimizer.learning_rate", "", ""},
    // Types and ids.
    {"unknown type", forImages, images, R"([["/network/nodes/4/type", "flaten"]])", "flat", "", ""},
    {"type by a synonym", forImages, images, R"([["/network/nodes/5/type", "fc"]])", "out", "", ""},
    {"bad id", forImages, images, R"([["/network/nodes/4/id", "a b"], ["/network/nodes/5/inputs", ["a b"]]])", "a b", "", ""},
    {"missing id", forImages, images, R"([["/network/nodes/4/id", 7]])", "network.nodes[4].id", "", ""},
    {"inputs as text", forImages, images, R"([["/network/nodes/4/inputs", "pool"]])", "network.nodes[4].inputs", "", ""},
    {"bypass as text", forImages, images, R"([["/network/nodes/4/bypass", "yes"]])", "network.nodes[4].bypass", "", ""},
    {"no node", forImages, images, R"([["/network/nodes/6", 3]])", "network.nodes[6]", "", ""},
    // Parameters.
    {"unknown parameter", forImages, images, R"([["/network/nodes/5/parameters/activaton", "tanh"]])", "out.activaton", "", ""},
    {"unknown parameter, far", forImages, images, R"([["/network/nodes/5/parameters/colour", "red"]])", "out.colour", "", ""},
    {"activation misspelt", forImages, images, R"([["/network/nodes/1/parameters/activation", "relux"]])", "conv.activation", "", ""},
    {"initializer parameter", forImages, images, R"([["/network/nodes/1/parameters/kernel_initializer", {"type": "normal", "parameters": {"deviation": -4}}]])", "conv.kernel_initializer.deviation", "", ""},
    {"padding misspelt", forImages, images, R"([["/network/nodes/1/parameters/padding", "sane"]])", "conv.padding", "", ""},
    {"too many filters", forImages, images, R"([["/network/nodes/1/parameters/filters", 100000]])", "conv.filters", "", ""},
    {"learning-rate factor", forImages, images, R"([["/network/nodes/1/learning_rate_factor", -3]])", "conv.learning_rate_factor", "", ""},
    {"regularizer", forImages, images, R"([["/network/nodes/1/activity_regularizer", "max_norm"]])", "conv.activity_regularizer", "", ""},
    {"heads", forWords, words, R"([["/network/nodes/2", {"id": "att", "type": "multi_head_attention", "inputs": ["emb"], "parameters": {"heads": 4}}], ["/network/nodes/4", {"id": "out", "type": "dense", "inputs": ["gap"], "parameters": {"units": 2}}], ["/network/nodes/3", {"id": "gap", "type": "global_average_pool", "inputs": ["att"]}]])", "att", "", ""},
    // Shapes.
    {"dense before a convolution", forImages, images, R"([["/network/nodes/1/inputs", ["f1"]], ["/network/nodes/6", {"id": "f1", "type": "flatten", "inputs": ["in"]}]])", "conv", "", ""},
    {"recurrent on a row", forWords, words, R"([["/network/nodes/4", {"id": "out", "type": "dense", "inputs": ["l2"], "parameters": {"units": 2}}], ["/network/nodes/3", {"id": "l2", "type": "lstm", "inputs": ["lstm"]}]])", "l2", "", ""},
    {"convolution on numbers", forNumbers, numbers, R"([["/network/nodes/1/type", "conv2d"], ["/network/nodes/1/parameters", {}]])", "h1", "", ""},
    {"convolution 1d on an image", forImages, images, R"([["/network/nodes/1/type", "conv1d"], ["/network/nodes/3", {"id": "pool", "type": "activation", "inputs": ["bn"]}]])", "conv", "", ""},
    {"too many pools", forImages, images, R"([["/network/nodes/4", {"id": "flat", "type": "max_pool", "inputs": ["pool"]}], ["/network/nodes/5/inputs", ["f"]], ["/network/nodes/6", {"id": "p3", "type": "max_pool", "inputs": ["flat"]}], ["/network/nodes/7", {"id": "f", "type": "flatten", "inputs": ["p3"]}]])", "p3", "", ""},
    {"input shape", forImages, images, R"([["/network/nodes/0/shape", [8, 8, 1]]])", "in", "", ""},
    {"input field", forImages, images, R"([["/network/nodes/0/field", "y"]])", "in", "", ""},
    // Merges.
    {"add of unequal rows", forNumbers, numbers, R"([["/network/nodes/2/parameters/units", 6]])", "sum", "", ""},
    {"add of unequal channels", forBranches, images, R"([["/network/nodes/2/parameters/filters", 8]])", "sum", "", ""},
    {"add of unequal channels of data", forBranches, images, R"([["/network/nodes/3/inputs", ["in", "b"]]])", "sum", "", ""},
    {"add with a stride", forBranches, images, R"([["/network/nodes/2/parameters/stride", 2]])", "sum", "", ""},
    {"add with a stride and channels", forBranches, images, R"([["/network/nodes/2/parameters", {"filters": 8, "stride": 2, "padding": "same"}]])", "sum", "", ""},
    {"add without padding", forBranches, images, R"([["/network/nodes/2/parameters/padding", "valid"]])", "sum", "", ""},
    {"multiply", forBranches, images, R"([["/network/nodes/2", {"id": "b", "type": "max_pool", "inputs": ["a"]}], ["/network/nodes/3/type", "multiply"]])", "sum", "", ""},
    {"concatenate", forBranches, images, R"([["/network/nodes/2", {"id": "b", "type": "max_pool", "inputs": ["a"]}], ["/network/nodes/3/type", "concatenate"]])", "sum", "", ""},
    {"add of an image and a row", forBranches, images, R"([["/network/nodes/2", {"id": "b", "type": "global_average_pool", "inputs": ["a"]}], ["/network/nodes/4", {"id": "gap", "type": "flatten", "inputs": ["sum"]}]])", "sum", "", ""},
    // Connections.
    {"an input missing", forNumbers, numbers, R"([["/network/nodes/3/inputs", ["h1"]]])", "sum", "", ""},
    {"two inputs missing", forNumbers, numbers, R"([["/network/nodes/3/inputs", []]])", "sum", "", ""},
    {"two inputs too many", forImages, images, R"([["/network/nodes/4/inputs", ["pool", "bn", "conv"]]])", "flat", "", ""},
    {"input too many", forImages, images, R"([["/network/nodes/4/inputs", ["pool", "bn"]]])", "flat", "", ""},
    {"missing input, far", forImages, images, R"([["/network/nodes/3/inputs", ["elsewhere"]]])", "pool", "", ""},
    {"two ends", forImages, images, R"([["/network/nodes/6", {"id": "more", "type": "dense", "inputs": ["flat"]}]])", "network", "Several", ""},
    {"two ends, one before", forImages, images, R"([["/network/nodes/7", {"id":"out","type":"dense","inputs":["flat"],"parameters":{"units":4}}], ["/network/nodes/5", {"id": "more", "type": "dense", "inputs": ["flat"]}], ["/network/nodes/6", {"id": "more2", "type": "dense", "inputs": ["more"]}]])", "network", "Several", ""},
    {"no data enter", forImages, images, R"([["/network/nodes/0", null], ["/network/nodes/0/inputs", []]])", "network", "", ""},
    // Losses.
    {"loss for classes on numbers", forNumbers, numbers, R"([["/training/loss", "softmax_cross_entropy"]])", "training.loss", "", ""},
    {"units for numbers", forNumbers, numbers, R"([["/network/nodes/4/parameters/units", 4]])", "out", "", ""},
    {"loss and units", forNumbers, numbers, R"([["/training/loss", "softmax_cross_entropy"], ["/network/nodes/4/parameters/units", 4]])", "out", "", ""},
    {"one unit for two classes", forNumbers, pair, R"([["/training/loss", "softmax_cross_entropy"], ["/network/nodes/4/parameters/units", 1]])", "out", "", ""},
    {"image to the loss", forImages, images, R"([["/network/nodes/5", null], ["/network/nodes/4", null]])", "pool", "", ""},
    {"image of other depth to the loss", forImages, images, R"([["/network/nodes/5", null], ["/network/nodes/4", null], ["/network/nodes/1/parameters/filters", 5]])", "pool", "", ""},
    {"class weights", forNumbers, numbers, R"([["/training/class_weights", "balanced"]])", "training.class_weights", "", ""},
    {"loss on nothing", forTwoLosses, numbers, R"([["/training/losses/1/output", "bb"]])", "training.losses", "", ""},
    {"loss on nothing, far", forTwoLosses, numbers, R"([["/training/losses/2", {"output": "elsewhere", "type": "huber"}]])", "training.losses", "", ""},
    {"untrained end", forTwoLosses, numbers, R"([["/training/losses/1", null]])", "b", "", ""},
    {"weightless losses", forTwoLosses, numbers, R"([["/training/losses/0/weight", 0], ["/training/losses/1/weight", 0]])", "training.losses", "", ""},
    {"negative weight", forTwoLosses, numbers, R"([["/training/losses/0/weight", -1]])", "training.losses[0].weight", "", ""},
    {"unknown target", forTwoLosses, numbers, R"([["/training/losses/0/target", "z"]])", "training.losses[0].target", "", ""},
    {"twice the same loss", forTwoLosses, numbers, R"([["/training/losses/2", {"output": "a", "type": "mean_squared_error"}]])", "training.losses[2]", "", ""},
    {"loss beside losses", forTwoLosses, numbers, R"([["/training/loss", "huber"]])", "training.loss", "", ""},
    {"units of one of two", forTwoLosses, numbers, R"([["/network/nodes/3/parameters/units", 5]])", "b", "", ""},
    // Training.
    {"optimizer misspelt", forImages, images, R"([["/training/optimizer", "adan"]])", "training.optimizer", "", ""},
    {"all rows in one batch", forImages, images, R"([["/training/optimizer", "lbfgs"]])", "training.batch_size", "", ""},
    {"random layer", forNumbers, numbers, R"([["/training/optimizer", "lbfgs"], ["/training/batch_size", 8], ["/network/nodes/4/inputs", ["drop"]], ["/network/nodes/5", {"id": "drop", "type": "dropout", "inputs": ["sum"]}]])", "drop", "", ""},
    {"clipping", forNumbers, numbers, R"([["/training/optimizer", "lbfgs"], ["/training/batch_size", 8], ["/training/clip", "norm"]])", "training.clip", "", ""},
    {"clip limit", forNumbers, numbers, R"([["/training/clip", {"type": "norm", "limit": -1}]])", "training.clip.limit", "", ""},
    {"watched metric", forNumbers, numbers, R"([["/training/stopping", [{"type": "early_stopping", "parameters": {"monitor": "accuracy"}}]]])", "training.stopping", "", ""},
    {"patience", forNumbers, numbers, R"([["/training/stopping", [{"type": "early_stopping", "parameters": {"patience": -2}}]]])", "training.stopping[0].patience", "", ""},
    {"seed", forNumbers, numbers, R"([["/training/seed", "abc"]])", "training.seed", "", ""},
    {"entries", forWords, words, R"([["/network/nodes/1/parameters/entries", 20]])", "emb", "", ""},
    {"words behind a layer", forWords, words, R"([["/network/nodes/4", {"id":"out","type":"dense","inputs":["lstm"],"parameters":{"units":2}}], ["/network/nodes/3", {"id":"lstm","type":"lstm","inputs":["emb"]}], ["/network/nodes/2", {"id": "emb", "type": "embedding", "inputs": ["d"]}], ["/network/nodes/1", {"id": "d", "type": "dense", "inputs": ["in"]}]])", "emb", "", ""},
};

Json faulty(const Case& one) {
    Json project = one.project();
    for (const Json& edit : Json::parse(one.edits)) {
        const Json::json_pointer place(edit[0].get<std::string>());
        Json& parent = project[place.parent_pointer()];
        if (!edit[1].is_null())
            project[place] = edit[1];
        else if (parent.is_array())
            parent.erase(std::stoul(place.back()));
        else
            parent.erase(place.back());
    }
    return project;
}

Problems problemsOf(const Json& project, const data::Dataset& dataset) {
    Problems problems;
    const auto spec = training::RunSpec::fromJson(project, problems);
    const training::RunCheck check = training::checkRun(spec, dataset);
    problems.insert(problems.end(), check.problems.begin(), check.problems.end());
    return problems;
}

QString text(const Problems& problems) {
    QString text;
    for (const Problem& problem : problems) text += QString::fromStdString(base::describe(problem)) + "\n";
    return text;
}

}  // namespace

class RemediesTest : public QObject {
    Q_OBJECT

private slots:
    void show() {
        for (const Case& one : cases) {
            Document document;
            document.open(faulty(one), {}, "test");
            const Data data = one.data();
            const Problems problems = problemsOf(document.json(), *data);
            const auto found = std::ranges::find_if(problems, [&](const Problem& p) {
                return p.where == one.where && p.sentence.starts_with(one.sentence);
            });
            printf("\n== %s\n", one.name);
            if (found == problems.end()) {
                printf("NOT FOUND among\n%s", qPrintable(text(problems)));
                continue;
            }
            printf("%s   (%s)\n", base::describe(*found).c_str(), base::severityName(found->severity));
            QElapsedTimer timer;
            timer.start();
            const auto remedies = remediesFor(document, *found, data.get());
            printf("   %lld ms\n", (long long)timer.elapsed());
            for (const Remedy& remedy : remedies) {
                const Problems after = problemsOf(remedy.project, *data);
                printf("   -> %s\n", qPrintable(remedy.label));
                if (!after.empty()) printf("        leaves: %s", qPrintable(text(after)));
            }
        }
        fflush(stdout);
    }
};

QTEST_GUILESS_MAIN(RemediesTest)
#include "RemediesTest.moc"
