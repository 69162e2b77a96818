// What layers cost, and the rule by which windows make maps of images.

#include "engine/network/NetworkCost.h"

#include <doctest/doctest.h>

using namespace perceptory;
using namespace perceptory::network;
using base::Json;

namespace {

// One layer on an image.
NodeCost costOf(const tensor::Shape& image, const std::string& type, const Json& parameters) {
    const Json nodes = {{{"id", "in"}, {"type", "input"}},
                        {{"id", "layer"}, {"type", type}, {"inputs", {"in"}}, {"parameters", parameters}}};
    base::Problems problems;
    const NetworkCheck check = checkNetwork(NetworkSpec::fromJson({{"nodes", nodes}}, problems), image);
    REQUIRE(check.ok());
    return costsOf(check)["layer"];
}

SizeRule rule(const tensor::Shape& image, const std::string& type, const Json& parameters) {
    const NodeCost cost = costOf(image, type, parameters);
    REQUIRE(cost.sizes);
    return *cost.sizes;
}

}  // namespace

TEST_CASE("a convolution costs a product for each place, tap and pair of channels") {
    CHECK(costOf({28, 28, 3}, "conv2d", {{"filters", 16}, {"kernel_size", 5}}).multiplyAdds == 24 * 24 * 25 * 3 * 16);
}

TEST_CASE("the size rule says how the map's size comes from the image's") {
    CHECK(rule({28, 28, 1}, "conv2d", {{"filters", 2}, {"kernel_size", 3}}) ==
          SizeRule{"⌊(28 + 0 − 3) / 1⌋ + 1 = 26", "⌊(28 + 0 − 3) / 1⌋ + 1 = 26"});
    CHECK(rule({28, 20, 1}, "conv2d", {{"filters", 2}, {"kernel_size", 3}, {"padding", 1}, {"stride", 2}}) ==
          SizeRule{"⌊(28 + 2 − 3) / 2⌋ + 1 = 14", "⌊(20 + 2 − 3) / 2⌋ + 1 = 10"});
    CHECK(rule({9, 9, 1}, "conv2d", {{"filters", 2}, {"kernel_size", 3}, {"dilation", 2}}).width ==
          "⌊(9 + 0 − 5) / 1⌋ + 1 = 5");
    CHECK(rule({9, 9, 1}, "conv2d", {{"filters", 2}, {"kernel_size", 4}, {"padding", "same"}}).width ==
          "⌊(9 + 3 − 4) / 1⌋ + 1 = 9");
    CHECK(rule({24, 24, 4}, "max_pool", {{"size", 2}}).height == "⌊(24 + 0 − 2) / 2⌋ + 1 = 12");
    CHECK(rule({24, 24, 4}, "average_pool", {{"size", 3}, {"stride", 3}}).height == "⌊(24 + 0 − 3) / 3⌋ + 1 = 8");
}

TEST_CASE("a transposed convolution makes an image of a map") {
    CHECK(rule({7, 7, 4}, "conv2d_transpose", {{"filters", 2}, {"kernel_size", 3}, {"stride", 2}, {"padding", 1}})
              .height == "(7 − 1) · 2 − 2 + 3 = 13");
}

TEST_CASE("sequences have a length alone, and layers without a window no rule") {
    const SizeRule length = rule({30, 2}, "conv1d", {{"filters", 4}, {"kernel_size", 5}});
    CHECK(length.height.empty());
    CHECK(length.width == "⌊(30 + 0 − 5) / 1⌋ + 1 = 26");
    CHECK_FALSE(costOf({4, 4, 1}, "flatten", Json::object()).sizes);
}
