#pragma once
// More than twenty networks that have little in common, each with data made for it.

#include "engine/base/Random.h"
#include "tests/engine/training/Fixtures.h"

namespace perceptory::test {

using base::Json;
using training::RunSpec;

inline constexpr std::size_t rows = 80;
inline constexpr int batch = 32, classes = 5;

inline Json node(const std::string& type, Json parameters = Json::object(), Json inputs = {}) {
    Json result{{"type", type}};
    if (!parameters.empty()) result["parameters"] = std::move(parameters);
    if (!inputs.is_null()) result["inputs"] = std::move(inputs);
    return result;
}

struct Case {
    const char* name;
    tensor::Shape input;
    std::vector<Json> nodes;  // n1, n2 … behind "n0"; each reads the one before it unless it says otherwise
    int words = 0;            // inputs are whole numbers below this; 0: numbers around 0
};

inline const Json flatten = node("flatten");

inline std::vector<Case> cases() {
    const tensor::Shape image{10, 10, 8}, sequence{12, 24}, text{12}, row{160};
    const Json conv = node("conv2d", {{"filters", 16}, {"activation", "relu"}, {"padding", "same"}});
    return {
        {"dense", row, {node("dense", {{"units", 300}, {"activation", "tanh"}})}},
        {"convolution", image, {conv, node("max_pool"), flatten}},
        {"strides, dilation and groups",
         image,
         {node("conv2d", {{"filters", 16}, {"stride", 2}, {"groups", 4}}),
          node("conv2d", {{"filters", 24}, {"dilation", 2}, {"padding", 2}}), flatten}},
        {"depthwise convolution",
         image,
         {node("conv2d", {{"filters", 8}, {"groups", 8}, {"kernel_size", 5}}), conv, node("average_pool"), flatten}},
        {"transposed convolution", image, {node("conv2d_transpose", {{"filters", 12}, {"stride", 2}}), flatten}},
        {"convolution over time", sequence, {node("conv1d", {{"filters", 64}, {"kernel_size", 5}}), flatten}},
        {"residual block", image, {conv, conv, node("add", {}, {"n1", "n2"}), node("global_average_pool")}},
        {"branches side by side",
         image,
         {conv, node("conv2d", {{"filters", 16}, {"kernel_size", 1}}, {"n0"}), node("concatenate", {}, {"n1", "n2"}),
          flatten}},
        {"products of branches",
         row,
         {node("dense", {{"units", 200}}), node("dense", {{"units", 200}, {"activation", "sigmoid"}}, {"n0"}),
          node("multiply", {}, {"n1", "n2"})}},
        {"batch norm", image, {conv, node("batch_norm"), node("activation", {{"activation", "relu"}}), flatten}},
        {"layer norm", row, {node("dense", {{"units", 256}}), node("layer_norm")}},
        {"group and instance norm",
         image,
         {conv, node("group_norm", {{"groups", 4}}), conv, node("instance_norm"), flatten}},
        {"unpooling", image, {conv, node("max_pool"), node("max_unpool", {}, {"n2", "n2:indices"}), flatten}},
        {"upsampling",
         image,
         {conv, node("upsample", {{"factor", 2}, {"mode", "bilinear"}}), conv, node("global_max_pool")}},
        {"dropout",
         row,
         {node("dense", {{"units", 256}, {"activation", "relu"}}), node("dropout", {{"rate", 0.4}}),
          node("gaussian_noise")}},
        {"dropped maps and branches",
         image,
         {conv, node("spatial_dropout", {{"rate", 0.3}}), conv, node("stochastic_depth"), node("add", {}, {"n2", "n4"}),
          flatten}},
        {"maxout, glu and prelu",
         row,
         {node("maxout", {{"units", 128}, {"pieces", 3}}), node("glu"), node("dense", {{"units", 200}}),
          node("prelu")}},
        {"simple recurrent", sequence, {node("simple_rnn", {{"units", 64}, {"bidirectional", true}})}},
        {"lstm", sequence, {node("lstm", {{"units", 48}, {"return_sequences", true}}), node("lstm", {{"units", 32}})}},
        {"gru", sequence, {node("gru", {{"units", 48}, {"truncation", 4}})}},
        {"texts",
         text,
         {node("embedding", {{"entries", 50}, {"dimension", 32}}),
          node("lstm", {{"units", 48}, {"bidirectional", true}})},
         50},
        {"attention",
         text,
         {node("embedding", {{"entries", 50}, {"dimension", 32}}), node("positional_encoding"),
          node("multi_head_attention", {{"heads", 4}}), node("add", {}, {"n2", "n3"}), node("layer_norm"), flatten,
          node("dense", {{"units", 128}})},
         50},
        {"places and waves", image, {node("coord_conv", {{"filters", 16}}), flatten, node("dense", {{"units", 64}})}},
    };
}

inline RunSpec specOf(const Case& c, const std::string& optimizer) {
    Json nodes = Json::array({{{"id", "n0"}, {"type", "input"}}});
    const auto add = [&](Json one) {
        const std::string before = "n" + std::to_string(nodes.size() - 1);
        one["id"] = "n" + std::to_string(nodes.size());
        if (!one.contains("inputs")) one["inputs"] = {before};
        nodes.push_back(std::move(one));
    };
    for (const Json& one : c.nodes) add(one);
    add(node("dense", {{"units", classes}}));
    return training::runSpec(
        {{"format", "perceptory-project"},
         {"format_version", 1},
         {"data", {{"source", "generator"}, {"id", "circle"}}},
         {"network", {{"nodes", nodes}}},
         {"training",
          {{"loss", "softmax_cross_entropy"}, {"optimizer", optimizer}, {"batch_size", batch}, {"seed", "5"}}}});
}

inline std::shared_ptr<const data::Dataset> dataFor(const Case& c) {
    auto dataset = std::make_shared<data::Dataset>();
    dataset->count = rows;
    dataset->inputShape = c.input;
    for (std::int64_t i = 0; i < tensor::elementCount(c.input); ++i) dataset->featureNames.push_back(std::to_string(i));
    for (int k = 0; k < classes; ++k) dataset->classNames.push_back(std::to_string(k));
    base::RandomStream random(9, 1);
    for (std::size_t row = 0; row < rows; ++row) {
        // Texts end at different places.
        const std::size_t length = 1 + random.below(static_cast<std::uint32_t>(dataset->features()));
        for (std::size_t i = 0; i < dataset->features(); ++i)
            dataset->inputs.push_back(
                c.words == 0 ? static_cast<float>(random.uniform(-1, 1))
                : i < length ? static_cast<float>(1 + random.below(static_cast<std::uint32_t>(c.words - 1)))
                             : 0.0f);
        dataset->labels.push_back(static_cast<std::int32_t>(random.below(classes)));
        dataset->parts.train.push_back(static_cast<std::uint32_t>(row));
    }
    return dataset;
}

}  // namespace perceptory::test
