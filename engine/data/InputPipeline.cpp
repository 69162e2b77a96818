#include "engine/data/InputPipeline.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::data {

using base::Json;
using base::Problems;

namespace {

std::string featurePlace(std::size_t index) { return "data.features[" + std::to_string(index) + "]"; }

void reportUnknown(const std::string& id, const std::vector<std::string>& known, const std::string& where,
                   Problems& problems) {
    const std::string guess = base::nearest(id, known);
    problems.push_back({where, base::Severity::Error,
                        base::sentence("There is no feature or column called \"{0}\".", id),
                        guess.empty() ? base::sentence("Use the name of a column, or {\"formula\": …}.")
                                      : base::sentence("Did you mean \"{0}\"?", guess)});
}

}  // namespace

std::optional<InputPipeline::Feature> InputPipeline::resolve(const FeatureSpec& spec, const std::string& where,
                                                             Problems& problems) const {
    Feature feature{spec, {}, nullptr, {}};
    if (!spec.formula.empty() || spec.id.empty()) {
        feature.formula = Formula::parse(spec.formula, m_rawNames, where, problems);
        if (!feature.formula) return {};
        return feature;
    }
    std::vector<std::string> known = m_rawNames;
    if (const auto found = std::ranges::find(m_rawNames, spec.id); found != m_rawNames.end()) {
        feature.column = static_cast<std::size_t>(found - m_rawNames.begin());
        return feature;
    }
    if (m_rawNames.size() == 2) {
        feature.type = features().find(spec.id);
        if (feature.type) return feature;
        const auto ids = features().ids();
        known.insert(known.end(), ids.begin(), ids.end());
    }
    reportUnknown(spec.id, known, where, problems);
    return {};
}

std::optional<InputPipeline> InputPipeline::make(const std::vector<std::string>& rawNames,
                                                 const std::vector<FeatureSpec>& wanted, Problems& problems) {
    InputPipeline pipeline;
    pipeline.m_rawNames = rawNames;
    pipeline.m_source.columns = rawNames.size();
    pipeline.m_source.positions.resize(rawNames.size());
    std::iota(pipeline.m_source.positions.begin(), pipeline.m_source.positions.end(), std::size_t{0});
    std::vector<FeatureSpec> specs = wanted;
    if (specs.empty())
        for (const std::string& name : rawNames) specs.push_back({name, ""});
    bool good = true;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        auto feature = pipeline.resolve(specs[i], featurePlace(i), problems);
        good = good && feature;
        if (!feature) continue;
        pipeline.m_inputNames.push_back(specs[i].formula.empty() ? specs[i].id : specs[i].formula);
        pipeline.m_features.push_back(std::move(*feature));
    }
    if (!good) return {};
    pipeline.setInputShape({static_cast<std::int64_t>(pipeline.inputCount())});
    return pipeline;
}

void InputPipeline::compute(const Feature& feature, std::span<const float> raw, std::size_t width, Rows inputs,
                            std::size_t column) {
    if (feature.formula) {
        feature.formula->evaluate(raw, inputs.count, inputs.values + column, inputs.width);
        return;
    }
    for (std::size_t row = 0; row < inputs.count; ++row) {
        const float* x = raw.data() + row * width;
        inputs[row][column] = feature.type ? feature.type->compute(x[0], x[1]) : x[*feature.column];
    }
}

void InputPipeline::applyFeatures(std::span<const float> raw, std::size_t count, std::span<float> inputs) const {
    std::vector<float> filled;
    if (!m_fill.empty() && std::ranges::any_of(raw, [](float x) { return std::isnan(x); })) {
        filled.assign(raw.begin(), raw.end());
        for (std::size_t i = 0; i < filled.size(); ++i)
            if (std::isnan(filled[i])) filled[i] = m_fill[i % rawCount()];
        raw = filled;
    }
    const Rows rows{inputs.data(), count, inputCount()};
    for (std::size_t column = 0; column < m_features.size(); ++column)
        compute(m_features[column], raw, rawCount(), rows, column);
}

Rows InputPipeline::processed(float* inputs, std::size_t count) const {
    for (const Field& field : m_fields) {
        const auto size = static_cast<std::size_t>(field.size());
        if (field.name == "x") return {inputs, count, size, inputCount()};
        inputs += size;
    }
    return {};
}

void InputPipeline::fit(const std::vector<base::KindSpec>& steps, std::span<float> inputs,
                        std::span<const std::uint32_t> training) {
    const Rows rows = processed(inputs.data(), inputs.size() / inputCount());
    m_steps.clear();
    if (rows.width == 0) return;
    for (const base::KindSpec& step : steps) {
        const PreprocessingType& type = preprocessing().get(step.type, "data.preprocessing");
        m_steps.push_back({step.type, type.fit(base::ParamValues(type.parameters, step.parameters), rows, training)});
        m_steps.back().fitted->apply(rows);
    }
}

void InputPipeline::apply(std::span<const float> raw, std::size_t count, std::span<float> inputs) const {
    applyFeatures(raw, count, inputs);
    for (const Step& step : m_steps) step.fitted->apply(processed(inputs.data(), count));
}

std::vector<float> InputPipeline::apply(std::span<const float> raw, std::size_t count) const {
    std::vector<float> inputs(count * inputCount());
    apply(raw, count, inputs);
    return inputs;
}

namespace {

Json fieldsJson(const std::vector<Field>& fields) {
    Json list = Json::array();
    for (const Field& field : fields) list.push_back({{"name", field.name}, {"shape", field.shape}});
    return list;
}

}  // namespace

Json InputPipeline::toJson() const {
    Json features = Json::array(), steps = Json::array();
    for (const Feature& feature : m_features) features.push_back(feature.spec.toJson());
    for (const Step& step : m_steps) steps.push_back({{"type", step.type}, {"fitted", step.fitted->toJson()}});
    Json json{{"columns", m_rawNames},
              {"positions", m_source.positions},
              {"source_columns", m_source.columns},
              {"fill", m_fill},
              {"features", features},
              {"fields", fieldsJson(m_fields)},
              {"preprocessing", steps}};
    if (m_tokens) json["tokens"] = m_tokens->toJson();
    return json;
}

namespace {

std::vector<FeatureSpec> readFeatures(const Json& json) {
    std::vector<FeatureSpec> result;
    for (const Json& feature : json)
        result.push_back(feature.is_string() ? FeatureSpec{feature.get<std::string>(), ""}
                                             : FeatureSpec{"", feature.at("formula").get<std::string>()});
    return result;
}

// Whole sizes from a file whose fields must hold `count` values together.
bool fits(const std::vector<Field>& fields, std::size_t count) {
    std::int64_t sum = 0;
    for (const Field& field : fields) {
        std::int64_t product = 1;
        for (const std::int64_t size : field.shape)
            if (size < 1 || __builtin_mul_overflow(product, size, &product)) return false;
        if (__builtin_add_overflow(sum, product, &sum)) return false;
    }
    return sum == static_cast<std::int64_t>(count);
}

// Models from before there were several fields have the shape alone.
std::vector<Field> readFields(const Json& json) {
    if (!json.contains("fields")) return {{"x", json.at("shape").get<std::vector<std::int64_t>>()}};
    std::vector<Field> fields;
    for (const Json& field : json.at("fields"))
        fields.push_back({field.at("name").get<std::string>(), field.at("shape").get<std::vector<std::int64_t>>()});
    return fields;
}

[[noreturn]] void refuse(const std::string& place, const std::string& reason) {
    throw base::Error(
        base::sentence("{0}: the description of the inputs is damaged ({1}). Train again.", place, reason));
}

}  // namespace

InputPipeline InputPipeline::fromJson(const Json& json, const std::string& place) try {
    Problems problems;
    auto made = make(json.at("columns").get<std::vector<std::string>>(), readFeatures(json.at("features")), problems);
    if (!made) refuse(place, base::describe(problems.front()));
    made->m_source = {json.at("positions").get<std::vector<std::size_t>>(),
                      json.at("source_columns").get<std::size_t>()};
    made->m_fill = json.at("fill").get<std::vector<float>>();
    made->m_fields = readFields(json);
    const bool positionsFit =
        made->m_source.positions.size() == made->rawCount() &&
        std::ranges::all_of(made->m_source.positions, [&](std::size_t p) { return p < made->m_source.columns; });
    if (!positionsFit || made->m_fields.empty() || !fits(made->m_fields, made->inputCount()) ||
        (!made->m_fill.empty() && made->m_fill.size() != made->rawCount()))
        refuse(place, base::sentence("sizes do not fit"));
    if (json.contains("tokens")) {
        made->m_tokens = Tokens::fromJson(json["tokens"]);
        if (!made->m_tokens || made->m_tokens->steps() != made->rawCount())
            refuse(place, base::sentence("sizes do not fit"));
    }
    for (const Json& step : json.at("preprocessing")) {
        const std::string type = step.at("type").get<std::string>();
        made->m_steps.push_back(
            {type,
             preprocessing().get(type, place).restore(step.at("fitted"), made->processed(nullptr, 0).width, place)});
    }
    return std::move(*made);
} catch (const Json::exception& error) {
    refuse(place, error.what());
}

}  // namespace perceptory::data
