#pragma once
// Networks that are wrong in one way or in several, with the data they are for, and the remedies that are to be
// offered.

#include <memory>
#include <string>
#include <vector>

#include "engine/data/Dataset.h"

namespace perceptory::tests {

using base::Json;

using Data = std::shared_ptr<data::Dataset>;

// A third of the rows for testing, values from 0 to 1.
inline Data rows(const tensor::Shape& shape, std::size_t count = 12) {
    auto set = std::make_shared<data::Dataset>();
    set->count = count;
    set->inputShape = shape;
    for (std::int64_t i = 0; i < tensor::elementCount(shape); ++i) set->featureNames.push_back("x" + std::to_string(i));
    set->inputs.assign(count * set->features(), 0.5f);
    for (std::uint32_t row = 0; row < count; ++row) (row % 3 == 2 ? set->parts.test : set->parts.train).push_back(row);
    return set;
}

inline Data withClasses(Data set, std::size_t classes) {
    for (std::size_t i = 0; i < classes; ++i) set->classNames.push_back(std::string(1, static_cast<char>('a' + i)));
    for (std::size_t row = 0; row < set->count; ++row) set->labels.push_back(static_cast<std::int32_t>(row % classes));
    return set;
}

inline Data withNumbers(Data set, std::size_t targets) {
    set->task = data::Task::Regression;
    for (std::size_t i = 0; i < targets; ++i) set->targetNames.push_back("y" + std::to_string(i));
    for (std::size_t i = 0; i < set->count * targets; ++i) set->targets.push_back(static_cast<float>(i) - 3);
    return set;
}

inline Data images() { return withClasses(rows({8, 8, 3}), 4); }
inline Data numbers() { return withNumbers(rows({5}), 2); }
inline Data pair() { return withClasses(rows({5}), 2); }

inline Data words() {
    Data set = withClasses(rows({6}), 2);
    for (std::size_t i = 0; i < set->inputs.size(); ++i) set->inputs[i] = static_cast<float>(i % 50);
    set->rawMaximum.assign(6, 49);
    return set;
}

inline Json projectOf(const char* network, const char* training) {
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"name", "a"},
            {"data", Json::object()},
            {"network", {{"nodes", Json::parse(network)}}},
            {"training", Json::parse(training)},
            {"later", true}};
}

// Sound ones; the faults are put into them.
inline Json forImages() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "conv", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4}},
            {"id": "bn", "type": "batch_norm", "inputs": ["conv"]},
            {"id": "pool", "type": "max_pool", "inputs": ["bn"]},
            {"id": "flat", "type": "flatten", "inputs": ["pool"]},
            {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 4}}])",
                     R"({"loss": "softmax_cross_entropy", "optimizer": "sgd", "batch_size": 4})");
}

// A block that comes twice; inside, its layer "sum" adds what enters.
inline Json forBlocks() {
    Json project = projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "conv", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4}},
            {"id": "pool", "type": "max_pool", "inputs": ["block"]},
            {"id": "flat", "type": "flatten", "inputs": ["pool"]},
            {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 4}}])",
                             R"({"loss": "softmax_cross_entropy", "optimizer": "sgd", "batch_size": 4})");
    project["network"]["blocks"] = Json::parse(R"([
            {"id": "block", "inputs": ["conv"], "repeat": 2, "outputs": ["sum"], "nodes": [
                {"id": "c1", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4, "padding": "same"}},
                {"id": "n1", "type": "batch_norm", "inputs": ["c1"]},
                {"id": "sum", "type": "add", "inputs": ["in", "n1"]}]}])");
    return project;
}

inline Json forNumbers() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "h1", "type": "dense", "inputs": ["in"], "parameters": {"units": 8, "activation": "tanh"}},
            {"id": "h2", "type": "dense", "inputs": ["in"], "parameters": {"units": 8}},
            {"id": "sum", "type": "add", "inputs": ["h1", "h2"]},
            {"id": "out", "type": "dense", "inputs": ["sum"], "parameters": {"units": 2}}])",
                     R"({"loss": "mean_squared_error", "optimizer": "sgd", "batch_size": 4})");
}

// Branches of images that meet.
inline Json forBranches() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "a", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4, "padding": "same"}},
            {"id": "b", "type": "conv2d", "inputs": ["a"], "parameters": {"filters": 4, "padding": "same"}},
            {"id": "sum", "type": "add", "inputs": ["a", "b"]},
            {"id": "gap", "type": "global_average_pool", "inputs": ["sum"]},
            {"id": "out", "type": "dense", "inputs": ["gap"], "parameters": {"units": 4}}])",
                     R"({"loss": "softmax_cross_entropy", "optimizer": "sgd", "batch_size": 4})");
}

inline Json forWords() {
    return projectOf(R"([
            {"id": "in", "type": "input"},
            {"id": "emb", "type": "embedding", "inputs": ["in"], "parameters": {"entries": 60, "dimension": 6}},
            {"id": "lstm", "type": "lstm", "inputs": ["emb"], "parameters": {"units": 5}},
            {"id": "out", "type": "dense", "inputs": ["lstm"], "parameters": {"units": 2}}])",
                     R"({"loss": "softmax_cross_entropy", "optimizer": "sgd", "batch_size": 4})");
}

inline Json forTwoLosses() {
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
    const char* label;     // of the first remedy
};

inline const Case cases[] = {
    // Those of tests/engine/training/BadRunsTest.cpp, with what they lack to be of one fault.
    {"dense beside its flatten layer", forImages, images, R"([["/network/nodes/5/inputs", ["pool"]]])", "out", "",
     "Connect flat with out"},
    {"dense behind an image", forImages, images,
     R"([["/network/nodes/5/inputs", ["pool"]], ["/network/nodes/4", null]])", "out", "A dense layer",
     "Insert a flatten layer before out"},
    {"add of unequal images", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "add", "inputs": ["pool", "conv"]}]])", "flat", "",
     "Insert global average pooling layers before flat"},
    {"a kernel larger than the image", forImages, images, R"([["/network/nodes/1/parameters/kernel_size", 20]])",
     "conv", "", "Set Kernel size of conv to 3"},
    {"a window larger than the image", forImages, images, R"([["/network/nodes/3/parameters", {"size": [2, 9]}]])",
     "pool", "", "Set Size of pool to 2×6"},
    {"stride 0", forImages, images, R"([["/network/nodes/1/parameters/stride", 0]])", "conv.stride", "",
     "Set Stride of conv to 1"},
    {"stride 1, 0", forImages, images, R"([["/network/nodes/1/parameters/stride", [2, 0]]])", "conv.stride", "",
     "Set Stride of conv to 1"},
    {"pool stride 0", forImages, images, R"([["/network/nodes/3/parameters", {"stride": 0}]])", "pool.stride", "",
     "Set Stride of pool to size"},
    {"groups", forImages, images, R"([["/network/nodes/1/parameters/groups", 2]])", "conv", "",
     "Set Groups of conv to 1"},
    {"circle", forImages, images, R"([["/network/nodes/1/inputs", ["flat"]]])", "bn", "", "Connect in with conv"},
    {"missing input, nearly", forImages, images, R"([["/network/nodes/1/inputs", ["inn"]]])", "conv", "",
     "Connect in with conv"},
    {"no input", forImages, images, R"([["/network/nodes/1/inputs", []]])", "conv", "", "Connect in with conv"},
    {"port", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "pool:index"]}],
        ["/network/nodes/6", {"id":"out","type":"dense","inputs":["f2"],"parameters":{"units":4}}],
        ["/network/nodes/5", {"id":"f2","type":"flatten","inputs":["flat"]}]])",
     "flat", "", "Connect pool:indices with flat"},
    {"unpool without indices", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "conv"]}],
        ["/network/nodes/6", {"id":"out","type":"dense","inputs":["f2"],"parameters":{"units":4}}],
        ["/network/nodes/5", {"id":"f2","type":"flatten","inputs":["flat"]}]])",
     "flat", "", "Connect pool:indices with flat"},
    {"two of one name", forImages, images, R"([["/network/nodes/2/id", "conv"]])", "conv", "Two",
     "Rename the second conv to bn"},
    {"no input type", forImages, images, R"([["/network/nodes/0/type", "flatten"]])", "in", "",
     "Make in a layer of type input"},
    {"units 3", forImages, images, R"([["/network/nodes/5/parameters/units", 3]])", "out", "", "Set Units of out to 4"},
    {"units 1", forImages, images, R"([["/network/nodes/5/parameters/units", 1]])", "out", "", "Set Units of out to 4"},
    {"tanh before softmax", forImages, images, R"([["/network/nodes/5/parameters/activation", "tanh"]])", "out", "",
     "Set Activation of out to linear"},
    {"softmax twice", forImages, images,
     R"([["/network/nodes/6", {"id": "soft", "type": "softmax", "inputs": ["out"]}]])", "soft", "", "Remove soft"},
    {"output padding", forImages, images,
     R"([["/network/nodes/1", {"id": "conv", "type": "conv2d_transpose", "inputs": ["in"], "parameters": {"filters": 4, "output_padding": 1}}]])",
     "conv", "", "Set Output padding of conv to 0"},
    {"unpool window", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "pool:indices"], "parameters": {"size": 5}}],
        ["/network/nodes/6", {"id":"out","type":"dense","inputs":["f2"],"parameters":{"units":4}}],
        ["/network/nodes/5", {"id":"f2","type":"flatten","inputs":["flat"]}]])",
     "flat", "", "Give flat the window of pool"},
    {"embedding of numbers", forImages, images,
     R"([["/network/nodes/5", {"id": "out", "type": "embedding", "inputs": ["flat"]}]])", "out", "It looks up",
     "Make out a dense layer (units: 4)"},
    {"empty range", forImages, images,
     R"([["/network/nodes/6", {"id": "range", "type": "scale_to_range", "inputs": ["out"], "parameters": {"low": 3, "high": 1.5}}]])",
     "range", "", "Set Low of range to 0"},
    {"dice", forImages, images, R"([["/training/loss", "dice"]])", "out", "", "Set Activation of out to sigmoid"},
    {"percentage", forImages, images, R"([["/training/loss", "mean_squared_percentage_error"]])", "training.loss", "",
     "Use the loss \"Mean squared error\""},
    {"ignored class", forImages, images,
     R"([["/training/loss", {"type": "softmax_cross_entropy", "parameters": {"ignored_class": 9}}]])",
     "training.loss.ignored_class", "", "Set Ignored class of Softmax cross-entropy to -1"},
    {"class of f1", forImages, images,
     R"([["/training/metrics", [{"type": "f1", "parameters": {"average": "class", "of_class": 4}}]]])",
     "training.metrics", "", "Set Average of F1 to macro"},
    {"idle metric", forImages, images, R"([["/training/metrics", ["r2", "accuracy"]]])", "training.metrics", "",
     "Remove \"r2\" from the metrics"},
    {"crossentropy", forImages, images, R"([["/training/loss", "crossentropy"]])", "training.loss", "",
     "Use the loss \"Softmax cross-entropy\""},
    {"batch 0", forImages, images, R"([["/training/batch_size", 0]])", "training.batch_size", "",
     "Set the batch size to 10"},
    {"negative rate", forImages, images,
     R"([["/training/optimizer", {"type": "sgd", "parameters": {"learning_rate": -1}}]])",
     "training.optimizer.learning_rate", "", "Set Learning rate of SGD to 0.01"},
    // Types and ids, and what cannot be read.
    {"unknown type", forImages, images, R"([["/network/nodes/4/type", "flaten"]])", "flat", "",
     "Make flat a layer of type flatten"},
    {"type by a synonym", forImages, images, R"([["/network/nodes/5/type", "fc"]])", "out", "",
     "Make out a layer of type dense"},
    {"bad id", forImages, images, R"([["/network/nodes/4/id", "a b"], ["/network/nodes/5/inputs", ["a b"]]])", "a b",
     "", "Rename a b to a_b"},
    {"missing id", forImages, images, R"([["/network/nodes/4/id", 7]])", "network.nodes[4].id", "",
     "Call layer 5 \"flat\""},
    {"inputs as text", forImages, images, R"([["/network/nodes/4/inputs", "pool"]])", "network.nodes[4].inputs", "",
     "Repair the connections of flat"},
    {"bypass as text", forImages, images, R"([["/network/nodes/4/bypass", "yes"]])", "network.nodes[4].bypass", "",
     "Remove \"bypass\" from flat"},
    {"no node", forImages, images, R"([["/network/nodes/6", 3]])", "network.nodes[6]", "", "Remove layer 7"},
    // Parameters.
    {"unknown parameter", forImages, images, R"([["/network/nodes/1/parameters/activaton", "relu"]])", "conv.activaton",
     "", "Write \"activaton\" of conv as \"activation\""},
    {"unknown parameter, far", forImages, images, R"([["/network/nodes/5/parameters/colour", "red"]])", "out.colour",
     "", "Remove \"colour\" from out"},
    {"activation misspelt", forImages, images, R"([["/network/nodes/1/parameters/activation", "relux"]])",
     "conv.activation", "", "Write \"relux\" as \"relu\""},
    {"initializer parameter", forImages, images,
     R"([["/network/nodes/1/parameters/kernel_initializer", {"type": "normal", "parameters": {"deviation": -4}}]])",
     "conv.kernel_initializer.deviation", "", "Set Deviation of Normal to 0.05"},
    {"padding misspelt", forImages, images, R"([["/network/nodes/1/parameters/padding", "sane"]])", "conv.padding", "",
     "Set Padding of conv to same"},
    {"too many filters", forImages, images, R"([["/network/nodes/1/parameters/filters", 100000]])", "conv.filters", "",
     "Set Filters of conv to 16"},
    {"learning-rate factor", forImages, images, R"([["/network/nodes/1/learning_rate_factor", -3]])",
     "conv.learning_rate_factor", "", "Remove \"learning_rate_factor\" from conv"},
    {"regularizer", forImages, images, R"([["/network/nodes/1/activity_regularizer", "max_norm"]])",
     "conv.activity_regularizer", "", "Remove \"activity_regularizer\" from conv"},
    {"heads", forWords, words,
     R"([["/network/nodes/2", {"id": "att", "type": "multi_head_attention", "inputs": ["emb"], "parameters": {"heads": 4}}],
        ["/network/nodes/4", {"id": "out", "type": "dense", "inputs": ["gap"], "parameters": {"units": 2}}],
        ["/network/nodes/3", {"id": "gap", "type": "global_average_pool", "inputs": ["att"]}]])",
     "att", "", "Set Heads of att to 3"},
    // Shapes.
    {"dense before a convolution", forImages, images,
     R"([["/network/nodes/1/inputs", ["f1"]],
        ["/network/nodes/6", {"id": "f1", "type": "flatten", "inputs": ["in"]}]])",
     "conv", "", "Insert a reshape layer to 8×8×3 before conv"},
    {"recurrent on a row", forWords, words,
     R"([["/network/nodes/4", {"id": "out", "type": "dense", "inputs": ["l2"], "parameters": {"units": 2}}],
        ["/network/nodes/3", {"id": "l2", "type": "lstm", "inputs": ["lstm"]}]])",
     "l2", "", "Set Return sequences of lstm to on"},
    {"convolution on numbers", forNumbers, numbers,
     R"([["/network/nodes/1/type", "conv2d"], ["/network/nodes/1/parameters", {"filters": 8}]])", "h1", "",
     "Make h1 a dense layer (units: 8)"},
    {"convolution 1d on an image", forImages, images,
     R"([["/network/nodes/1/type", "conv1d"],
        ["/network/nodes/3", {"id": "pool", "type": "activation", "inputs": ["bn"]}]])",
     "conv", "", "Insert a reshape layer to 64×3 before conv"},
    {"too many pools", forImages, images,
     R"([["/network/nodes/4", {"id": "flat", "type": "max_pool", "inputs": ["pool"]}],
        ["/network/nodes/5/inputs", ["f"]],
        ["/network/nodes/6", {"id": "p3", "type": "max_pool", "inputs": ["flat"]}],
        ["/network/nodes/7", {"id": "f", "type": "flatten", "inputs": ["p3"]}]])",
     "p3", "", "Set Size of p3 to 1"},
    {"input shape", forImages, images, R"([["/network/nodes/0/shape", [8, 8, 1]]])", "in", "",
     "Let in take the data in their own shape"},
    {"input field", forImages, images, R"([["/network/nodes/0/field", "y"]])", "in", "", "Let in take the data \"x\""},
    // Branches that meet.
    {"add of unequal rows", forNumbers, numbers, R"([["/network/nodes/2/parameters/units", 6]])", "sum", "",
     "Set Units of h2 to 8"},
    {"add of unequal channels", forBranches, images, R"([["/network/nodes/2/parameters/filters", 8]])", "sum", "",
     "Set Filters of b to 4"},
    {"add of unequal channels of data", forBranches, images, R"([["/network/nodes/3/inputs", ["in", "b"]]])", "sum", "",
     "Set Filters of b to 3"},
    {"add with a stride", forBranches, images, R"([["/network/nodes/2/parameters/stride", 2]])", "sum", "",
     "Set Stride of b to 1"},
    {"add with a stride and channels", forBranches, images,
     R"([["/network/nodes/2/parameters", {"filters": 8, "stride": 2, "padding": "same"}]])", "sum", "",
     "Insert a 1×1 convolution between a and sum"},
    {"add without padding", forBranches, images, R"([["/network/nodes/2/parameters/padding", "valid"]])", "sum", "",
     "Set Padding of b to same"},
    {"multiply", forBranches, images,
     R"([["/network/nodes/2", {"id": "b", "type": "max_pool", "inputs": ["a"]}],
        ["/network/nodes/3/type", "multiply"]])",
     "sum", "", "Insert a max pooling layer between a and sum"},
    {"concatenate", forBranches, images,
     R"([["/network/nodes/2", {"id": "b", "type": "max_pool", "inputs": ["a"]}],
        ["/network/nodes/3/type", "concatenate"]])",
     "sum", "", "Insert a max pooling layer between a and sum"},
    {"add of an image and a row", forBranches, images,
     R"([["/network/nodes/2", {"id": "b", "type": "global_average_pool", "inputs": ["a"]}],
        ["/network/nodes/4", {"id": "gap", "type": "flatten", "inputs": ["sum"]}]])",
     "sum", "", "Insert a global average pooling layer before sum"},
    // Connections.
    {"an input missing", forNumbers, numbers, R"([["/network/nodes/3/inputs", ["h1"]]])", "sum", "",
     "Connect h2 with sum"},
    {"two inputs missing", forNumbers, numbers, R"([["/network/nodes/3/inputs", []]])", "sum", "",
     "Connect h2 and h1 with sum"},
    {"two inputs too many", forImages, images, R"([["/network/nodes/4/inputs", ["pool", "bn", "conv"]]])", "flat", "",
     "Disconnect from flat what it has too much"},
    {"input too many", forImages, images, R"([["/network/nodes/4/inputs", ["pool", "bn"]]])", "flat", "",
     "Disconnect bn from flat"},
    {"missing input, far", forImages, images, R"([["/network/nodes/3/inputs", ["elsewhere"]]])", "pool", "",
     "Connect bn with pool"},
    {"two ends", forImages, images,
     R"([["/network/nodes/6", {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 4}}],
        ["/network/nodes/5", {"id": "more", "type": "dense", "inputs": ["flat"]}]])",
     "network", "Several", "Remove more"},
    {"two ends, one before", forImages, images,
     R"([["/network/nodes/7", {"id":"out","type":"dense","inputs":["flat"],"parameters":{"units":4}}],
        ["/network/nodes/5", {"id": "more", "type": "dense", "inputs": ["flat"]}],
        ["/network/nodes/6", {"id": "more2", "type": "dense", "inputs": ["more"]}]])",
     "network", "Several", "Remove more, more2"},
    {"no data enter", forImages, images, R"([["/network/nodes/0", null], ["/network/nodes/0/inputs", []]])", "network",
     "", "Add an input layer"},
    // Losses.
    {"loss for classes on numbers", forNumbers, numbers, R"([["/training/loss", "softmax_cross_entropy"]])",
     "training.loss", "", "Use the loss \"Mean squared error\""},
    {"units for numbers", forNumbers, numbers, R"([["/network/nodes/4/parameters/units", 4]])", "out", "",
     "Set Units of out to 2"},
    {"loss and units", forNumbers, numbers,
     R"([["/training/loss", "softmax_cross_entropy"], ["/network/nodes/4/parameters/units", 4]])", "out", "",
     "Fit the last layer and the loss to the data"},
    {"one unit for two classes", forNumbers, pair,
     R"([["/training/loss", "softmax_cross_entropy"], ["/network/nodes/4/parameters/units", 1]])", "out", "",
     "Set Units of out to 2"},
    {"image to the loss", forImages, images, R"([["/network/nodes/5", null], ["/network/nodes/4", null]])", "pool", "",
     "Add a global average pooling layer behind pool"},
    {"image of other depth to the loss", forImages, images,
     R"([["/network/nodes/5", null],
        ["/network/nodes/4", null],
        ["/network/nodes/1/parameters/filters", 5]])",
     "pool", "", "Add a flatten layer and a dense layer (units: 4) behind pool"},
    {"class weights", forNumbers, numbers, R"([["/training/class_weights", "balanced"]])", "training.class_weights", "",
     "Set \"class_weights\" of the training back to its default"},
    {"loss on nothing", forTwoLosses, numbers, R"([["/training/losses/1/output", "bb"]])", "training.losses", "",
     "Let the loss look at b"},
    {"loss on nothing, far", forTwoLosses, numbers,
     R"([["/training/losses/2", {"output": "elsewhere", "type": "huber"}]])", "training.losses", "",
     "Remove the loss on elsewhere"},
    {"untrained end", forTwoLosses, numbers, R"([["/training/losses/1", null]])", "b", "", "Remove b"},
    {"weightless losses", forTwoLosses, numbers,
     R"([["/training/losses/0/weight", 0], ["/training/losses/1/weight", 0]])", "training.losses", "",
     "Let all losses weigh 1"},
    {"negative weight", forTwoLosses, numbers, R"([["/training/losses/0/weight", -1]])", "training.losses[0].weight",
     "", "Remove \"weight\" from the loss on a"},
    {"unknown target", forTwoLosses, numbers, R"([["/training/losses/0/target", "z"]])", "training.losses[0].target",
     "", "Let the loss compare with the target \"y\""},
    {"twice the same loss", forTwoLosses, numbers,
     R"([["/training/losses/2", {"output": "a", "type": "mean_squared_error"}]])", "training.losses[2]", "",
     "Remove the loss on a"},
    {"loss beside losses", forTwoLosses, numbers, R"([["/training/loss", "huber"]])", "training.loss", "",
     "Set \"loss\" of the training back to its default"},
    {"units of one of two", forTwoLosses, numbers, R"([["/network/nodes/3/parameters/units", 5]])", "b", "",
     "Set Units of b to 2"},
    // Training.
    {"optimizer misspelt", forImages, images, R"([["/training/optimizer", "adan"]])", "training.optimizer", "",
     "Write \"adan\" as \"adam\""},
    {"all rows in one batch", forImages, images, R"([["/training/optimizer", "lbfgs"]])", "training.batch_size", "",
     "Set the batch size to 8"},
    {"random layer", forNumbers, numbers,
     R"([["/training/optimizer", "lbfgs"],
        ["/training/batch_size", 8],
        ["/network/nodes/4/inputs", ["drop"]],
        ["/network/nodes/5", {"id": "drop", "type": "dropout", "inputs": ["sum"]}]])",
     "drop", "", "Remove drop"},
    {"clipping", forNumbers, numbers,
     R"([["/training/optimizer", "lbfgs"],
        ["/training/batch_size", 8],
        ["/training/clip", "norm"]])",
     "training.clip", "", "Set \"clip\" of the training back to its default"},
    {"clip limit", forNumbers, numbers, R"([["/training/clip", {"type": "norm", "limit": -1}]])", "training.clip.limit",
     "", "Remove \"limit\" from clip"},
    {"watched metric", forNumbers, numbers,
     R"([["/training/stopping", [{"type": "early_stopping", "parameters": {"monitor": "accuracy"}}]]])",
     "training.stopping", "", "Set Watch of Early stopping to loss"},
    {"patience", forNumbers, numbers,
     R"([["/training/stopping", [{"type": "early_stopping", "parameters": {"patience": -2}}]]])",
     "training.stopping[0].patience", "", "Set Patience of Early stopping to 10"},
    {"seed", forNumbers, numbers, R"([["/training/seed", "abc"]])", "training.seed", "",
     "Set \"seed\" of the training back to its default"},
    {"entries", forWords, words, R"([["/network/nodes/1/parameters/entries", 20]])", "emb", "",
     "Set Entries of emb to 50"},
    {"words behind a layer", forWords, words,
     R"([["/network/nodes/4", {"id":"out","type":"dense","inputs":["lstm"],"parameters":{"units":2}}],
        ["/network/nodes/3", {"id":"lstm","type":"lstm","inputs":["emb"]}],
        ["/network/nodes/2", {"id": "emb", "type": "embedding", "inputs": ["d"]}],
        ["/network/nodes/1", {"id": "d", "type": "dense", "inputs": ["in"]}]])",
     "emb", "", "Remove d"},
    // Inside of a block, and the block itself.
    {"shapes that meet in a block", forBlocks, images, R"([["/network/blocks/0/nodes/0/parameters/padding", 0]])",
     "block.0.sum", "", "Set Padding of c1 to same"},
    {"filters that do not fit in a block", forBlocks, images,
     R"([["/network/blocks/0/nodes/0/parameters/filters", 5]])", "block.0.sum", "", "Set Filters of c1 to 4"},
    {"a kernel larger than its image in a block", forBlocks, images,
     R"([["/network/blocks/0/nodes/0/parameters", {"filters": 4, "kernel_size": 20}]])", "block.0.c1", "",
     "Set Padding of c1 to same"},
    {"what nobody in the block puts out", forBlocks, images, R"([["/network/blocks/0/nodes/1/inputs", ["nobody"]]])",
     "block.0.n1", "", "Connect c1 with n1"},
    {"more than enters the block", forBlocks, images, R"([["/network/blocks/0/nodes/1/inputs", ["in:1"]]])",
     "block.0.n1", "", "Connect c1 with n1"},
    {"a wrong word in a block", forBlocks, images, R"([["/network/blocks/0/nodes/0/parameters/activation", "rellu"]])",
     "block.0.c1.activation", "", "Write \"rellu\" as \"relu\""},
    {"a stride of 0 in a block", forBlocks, images, R"([["/network/blocks/0/nodes/0/parameters/stride", 0]])",
     "block.0.c1.stride", "", "Set Stride of c1 to 1"},
    {"an unknown type in a block", forBlocks, images, R"([["/network/blocks/0/nodes/1/type", "batchnorm"]])",
     "block.0.n1", "", "Make n1 a layer of type batch_norm"},
    {"connections of a layer in a block", forBlocks, images, R"([["/network/blocks/0/nodes/1/inputs", "c1"]])",
     "network.blocks[0].nodes[1].inputs", "", "Repair the connections of n1"},
    {"a block that reads nobody", forBlocks, images, R"([["/network/blocks/0/inputs", ["nobody"]]])",
     "network.blocks[0].inputs", "", "Connect conv with block"},
    {"a block repeated minus one times", forBlocks, images, R"([["/network/blocks/0/repeat", -1]])",
     "network.blocks[0].repeat", "", "Remove \"repeat\" from block"},
};

// Several faults, which are mended one after the other: some are seen only when those in front of them are gone.
struct Chain {
    const char* name;
    const char* edits;
    const char* labels;  // of the first remedy of the first error, again and again
};

inline const Chain chains[] = {
    {"an unknown output, and an image for the last layer",
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "pool:index"]}]])",
     "Connect pool:indices with flat, Insert a flatten layer before out"},
    {"no pool's indices, and an image for the last layer",
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "conv"]}]])",
     "Connect pool:indices with flat, Insert a flatten layer before out"},
    {"another window, and an image for the last layer",
     R"([["/network/nodes/4", {"id": "flat", "type": "max_unpool", "inputs": ["pool", "pool:indices"],
                               "parameters": {"size": 5}}]])",
     "Give flat the window of pool, Insert a flatten layer before out"},
    {"no flatten layer, and units for other data",
     R"([["/network/nodes/5/inputs", ["pool"]], ["/network/nodes/5/parameters/units", 7], ["/network/nodes/4", null]])",
     "Insert a flatten layer before out, Set Units of out to 4"},
    {"a kernel too large, and no flatten layer",
     R"([["/network/nodes/1/parameters/kernel_size", 20], ["/network/nodes/5/inputs", ["pool"]],
         ["/network/nodes/4", null]])",
     "Set Kernel size of conv to 3, Insert a flatten layer before out"},
    {"faults at many places",
     R"([["/network/nodes/1/parameters/stride", 0], ["/network/nodes/2/parameters", {"epsilon": -1}],
         ["/network/nodes/3/inputs", ["bm"]], ["/network/nodes/4/id", "a b"], ["/network/nodes/5/inputs", ["a b"]],
         ["/network/nodes/5/parameters/units", "four"], ["/training/loss", "hing"], ["/training/batch_size", -5]])",
     ""},
};

}  // namespace perceptory::tests
