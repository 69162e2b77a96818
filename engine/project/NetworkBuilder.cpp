#include "engine/project/NetworkBuilder.h"

#include <algorithm>

namespace perceptory::project {

using base::Json;

namespace {

constexpr std::int64_t longRow = 4096;
constexpr std::size_t mostJoined = 16;

}  // namespace

std::string NetworkBuilder::freeId(const std::string& wanted) {
    std::string id = wanted;
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    std::ranges::replace_if(
        id, [&](char c) { return !fits(c); }, '_');
    if (id.empty() || id[0] == '-' || (id[0] >= '0' && id[0] <= '9')) id.insert(0, "_");
    const std::string first = id;
    for (int number = 2; !m_ids.insert(id).second; ++number) id = first + "_" + std::to_string(number);
    return id;
}

Part NetworkBuilder::add(const std::string& wanted, const char* type, const std::vector<Part>& inputs, Json parameters,
                         tensor::Shape shape) {
    Part part{freeId(wanted), std::move(shape)};
    Json node{{"id", part.id}, {"type", type}};
    for (const Part& input : inputs) node["inputs"].push_back(input.id);
    if (!parameters.empty()) node["parameters"] = std::move(parameters);
    m_nodes.push_back(std::move(node));
    return part;
}

Part NetworkBuilder::input(const std::string& wanted, const std::string& field, tensor::Shape shape) {
    return add(wanted, "input", {}, field == "x" ? Json::object() : Json{{"field", field}}, std::move(shape));
}

Part NetworkBuilder::dense(const std::string& wanted, const Part& at, std::int64_t units, const char* activation) {
    tensor::Shape shape = at.shape;
    shape.back() = units;
    return add(wanted, "dense", {at}, {{"units", units}, {"activation", activation}}, std::move(shape));
}

Part NetworkBuilder::conv(const std::string& wanted, const Part& at, std::int64_t filters) {
    return add(wanted, "conv2d", {at},
               {{"filters", filters}, {"kernel_size", 3}, {"padding", "same"}, {"activation", "relu"}},
               {at.shape[0], at.shape[1], filters});
}

Part NetworkBuilder::pool(const std::string& wanted, const Part& at) {
    return add(wanted, "max_pool", {at}, {{"size", 2}}, {at.shape[0] / 2, at.shape[1] / 2, at.shape[2]});
}

Part NetworkBuilder::join(std::vector<Part> parts) {
    while (parts.size() > 1) {
        const auto end = parts.begin() + static_cast<std::ptrdiff_t>(std::min(parts.size(), mostJoined));
        const std::vector<Part> some(parts.begin(), end);
        tensor::Shape shape = some.front().shape;
        shape.back() = 0;
        for (const Part& part : some) shape.back() += part.shape.back();
        parts.erase(parts.begin(), end);
        parts.insert(parts.begin(), add("joined", "concatenate", some, Json::object(), std::move(shape)));
    }
    return parts.front();
}

Part NetworkBuilder::row(const Part& at) {
    if (at.shape.size() == 1) return at;
    const std::int64_t values = tensor::elementCount(at.shape);
    if (values > longRow && at.shape.size() <= 3)
        return add("mean", "global_average_pool", {at}, Json::object(), {at.shape.back()});
    return add("flat", "flatten", {at}, Json::object(), {values});
}

}  // namespace perceptory::project
