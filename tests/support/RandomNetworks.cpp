#include "tests/support/RandomNetworks.h"

#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/metrics/Metric.h"
#include "engine/network/NetworkCheck.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/schedules/Schedule.h"

namespace perceptory::support {

using base::Json;

namespace {

constexpr double oddShare = 0.02;  // of parameters that are broken on purpose

std::shared_ptr<data::Dataset> emptySet(const tensor::Shape& shape, std::size_t rows) {
    auto set = std::make_shared<data::Dataset>();
    set->count = rows;
    set->inputShape = shape;
    for (std::int64_t i = 0; i < tensor::elementCount(shape); ++i) set->featureNames.push_back("x" + std::to_string(i));
    for (std::size_t row = 0; row < rows; ++row)
        (row % 3 == 2 ? set->parts.test : set->parts.train).push_back(static_cast<std::uint32_t>(row));
    return set;
}

bool fits(const Json& nodes, const tensor::Shape& input) {
    base::Problems problems;
    const auto spec = network::NetworkSpec::fromJson({{"nodes", nodes}}, problems);
    const network::NetworkCheck check = network::checkNetwork(spec, input);
    return check.find(nodes.back()["id"].get<std::string>()) != nullptr;
}

}  // namespace

RandomNetworks::RandomNetworks(std::uint64_t seed) : m_random(seed, base::stableHash("random networks")) {}

std::int64_t RandomNetworks::below(std::int64_t bound) { return m_random.below(static_cast<std::uint32_t>(bound)); }

void RandomNetworks::append(Json& nodes, std::vector<std::string>& ids, const tensor::Shape& input) {
    const std::string id = "n" + std::to_string(ids.size());
    const bool any = chance(0.03);
    for (int tries = 0; tries < 12; ++tries) {
        Json more = nodes;
        more.push_back(node(id, ids));
        if (!any && !fits(more, input)) continue;
        nodes = more;
        ids.push_back(id);
        break;
    }
    if (nodes.back()["type"] != "max_pool" || chance(0.5)) return;
    // Only the indices of a pool tell an unpooling where to go.
    nodes.push_back({{"id", id + "u"},
                     {"type", "max_unpool"},
                     {"inputs", {id, id + ":indices"}},
                     {"parameters", nodes.back()["parameters"]}});
    ids.push_back(id + "u");
}

Json RandomNetworks::project(const data::Dataset& dataset) {
    Json nodes = Json::array({{{"id", "in"}, {"type", "input"}}});
    std::vector<std::string> ids{"in"};
    for (std::int64_t i = 0, count = 1 + below(6); i < count; ++i) append(nodes, ids, dataset.inputShape);
    nodes.push_back({{"id", "flat"}, {"type", "flatten"}, {"inputs", {ids.back()}}});
    const auto fitting = static_cast<std::int64_t>(dataset.task == data::Task::Regression ? dataset.targetNames.size()
                                                                                          : dataset.classes());
    nodes.push_back({{"id", "out"},
                     {"type", "dense"},
                     {"inputs", {"flat"}},
                     {"parameters", {{"units", chance(0.9) ? fitting : 1}}}});
    if (chance(0.03)) nodes[static_cast<std::size_t>(below(std::ssize(nodes)))]["id"] = "n1";
    Json training{{"loss", choice(losses::shelf().kinds(), 0)},
                  {"optimizer", choice(optimizers::shelf().kinds(), 0)},
                  {"schedule", choice(schedules::shelf().kinds(), 0)},
                  {"batch_size", 1 + below(5)},
                  {"seed", std::to_string(below(1000))}};
    if (chance(0.3)) training["metrics"] = {choice(metrics::shelf().kinds(), 0), choice(metrics::shelf().kinds(), 0)};
    if (chance(0.2)) training["clip"] = {{"type", chance(0.5) ? "norm" : "value"}, {"limit", 0.5}};
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data", Json::object()},
            {"network", {{"nodes", nodes}}},
            {"training", training}};
}

std::shared_ptr<const data::Dataset> RandomNetworks::dataset() {
    const auto small = [&] { return 1 + below(7); };
    const tensor::Shape shape = chance(0.4)   ? tensor::Shape{small()}
                                : chance(0.3) ? tensor::Shape{small(), small()}
                                              : tensor::Shape{small(), small(), small()};
    auto set = emptySet(shape, 3 + static_cast<std::size_t>(below(8)));
    const bool whole = chance(0.3);
    for (std::size_t i = 0; i < set->count * set->features(); ++i)
        set->inputs.push_back(whole ? static_cast<float>(below(6)) : static_cast<float>(m_random.normal()));
    if (chance(0.3)) {
        set->task = data::Task::Regression;
        set->targetNames = {"y"};
        if (chance(0.5)) set->targetNames.push_back("z");
        for (std::size_t i = 0; i < set->count * set->targetNames.size(); ++i)
            set->targets.push_back(static_cast<float>(m_random.normal()));
        return set;
    }
    const std::int64_t classes = 2 + below(3);
    for (std::int64_t c = 0; c < classes; ++c) set->classNames.push_back(std::to_string(c));
    for (std::size_t row = 0; row < set->count; ++row) set->labels.push_back(static_cast<std::int32_t>(below(classes)));
    return set;
}

Json RandomNetworks::node(const std::string& id, const std::vector<std::string>& before) {
    const layers::LayerType& type = *oneOf(layers::shelf().members());
    Json inputs = Json::array();
    const std::int64_t most = std::min(type.maximumInputs, 3);
    std::int64_t count = type.minimumInputs + (most > type.minimumInputs ? below(most - type.minimumInputs + 1) : 0);
    if (chance(oddShare)) count = below(4);
    for (std::int64_t i = 0; i < count; ++i) inputs.push_back(i == 0 ? before.back() : oneOf(before));
    if (count > 0 && chance(oddShare)) inputs[0] = chance(0.5) ? id : "n9";
    Json result{{"id", id}, {"type", type.id}, {"inputs", inputs}, {"parameters", parameters(type, 0)}};
    if (chance(0.1)) result["trainable"] = false;
    if (chance(0.05)) result["bypass"] = true;
    if (chance(0.05)) result["learning_rate_factor"] = chance(0.5) ? 0.0 : 10.0;
    return result;
}

Json RandomNetworks::parameters(const base::KindType& kind, int depth) {
    Json result = Json::object();
    for (const base::ParamType& type : kind.parameters) {
        // Sizes by default are far too large for thousands of networks under a sanitizer.
        const bool size = type.kind == base::ParamKind::Integer && type.fallback.is_number_integer() &&
                          type.fallback.get<std::int64_t>() > 8;
        if (size || chance(0.5)) result[type.id] = chance(oddShare) ? oddValue() : value(type, depth);
    }
    return result;
}

Json RandomNetworks::choice(const std::vector<const base::KindType*>& kinds, int depth) {
    const base::KindType& kind = *oneOf(kinds);
    return {{"type", kind.id}, {"parameters", depth < 2 ? parameters(kind, depth + 1) : Json::object()}};
}

Json RandomNetworks::number(const base::ParamType& type, bool whole) {
    if (chance(0.1)) return whole ? Json(static_cast<std::int64_t>(type.minimum)) : Json(type.minimum);
    if (whole) return static_cast<std::int64_t>(type.minimum) + below(5);
    if (chance(0.05)) return type.maximum;
    return m_random.uniform(type.minimum, std::min(type.maximum, type.minimum + 2));
}

Json RandomNetworks::value(const base::ParamType& type, int depth) {
    switch (type.kind) {
        case base::ParamKind::Number:
            return number(type, false);
        case base::ParamKind::Integer:
            return number(type, true);
        case base::ParamKind::Pair:
            if (!type.choices.empty() && chance(0.4)) return oneOf(type.choices);
            if (chance(0.5)) return number(type, true);
            return Json::array({number(type, true), number(type, true)});
        case base::ParamKind::Switch:
            return chance(0.5);
        case base::ParamKind::Choice:
            return oneOf(type.choices);
        case base::ParamKind::Kind:
            return type.optional && chance(0.3) ? Json() : choice(type.kinds(), depth);
        case base::ParamKind::Text:
            return shapeText();
    }
    return {};
}

std::string RandomNetworks::shapeText() {
    static const std::vector<std::string> sizes{
        "1", "2", "3", "4", "-1", "0", "1073741823", "x", "99999999999999999999"};
    std::string text;
    for (std::int64_t i = 0, count = 1 + below(4); i < count; ++i) text += (i ? "x" : "") + oneOf(sizes);
    return text;
}

Json RandomNetworks::oddValue() {
    static const std::vector<Json> values{Json(),
                                          true,
                                          0,
                                          -1,
                                          0.5,
                                          1e300,
                                          -1e300,
                                          std::int64_t{1} << 62,
                                          "same",
                                          "nonsense",
                                          Json::array(),
                                          Json::array({0, 1}),
                                          Json::array({1, 2, 3}),
                                          Json::object(),
                                          Json{{"type", 7}},
                                          Json{{"type", "relu"}, {"parameters", 3}}};
    return oneOf(values);
}

}  // namespace perceptory::support
