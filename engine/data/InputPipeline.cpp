#include "engine/data/InputPipeline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
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

InputPipeline::Feature InputPipeline::columnFeature(const FeatureSpec& spec, std::size_t column) const {
    Feature feature{spec, column, nullptr, {}};
    if (!m_raw.hasWords(column)) return feature;
    feature.index = m_raw.asIndex[column];
    feature.words = !feature.index;
    if (feature.words) feature.width = m_raw.words[column].size();
    return feature;
}

std::optional<InputPipeline::Feature> InputPipeline::resolve(const FeatureSpec& spec, const std::string& where,
                                                             Problems& problems) const {
    if (!spec.formula.empty() || spec.id.empty()) {
        Feature feature{spec, {}, nullptr, Formula::parse(spec.formula, rawNames(), where, problems)};
        if (!feature.formula) return {};
        for (const std::size_t column : feature.formula->columns())
            if (m_raw.hasWords(column)) {
                problems.push_back(
                    {where, base::Severity::Error,
                     base::sentence("\"{0}\" holds words, and a formula needs numbers.", rawNames()[column]),
                     base::sentence("Leave it out of the formula.")});
                return {};
            }
        return feature;
    }
    if (const auto found = std::ranges::find(rawNames(), spec.id); found != rawNames().end())
        return columnFeature(spec, static_cast<std::size_t>(found - rawNames().begin()));
    std::vector<std::string> known = rawNames();
    if (rawCount() == 2) {
        if (const FeatureType* type = features().find(spec.id)) return Feature{spec, {}, type, {}};
        const auto ids = features().ids();
        known.insert(known.end(), ids.begin(), ids.end());
    }
    reportUnknown(spec.id, known, where, problems);
    return {};
}

void InputPipeline::addFeature(Feature feature) {
    const std::string& name = feature.spec.formula.empty() ? feature.spec.id : feature.spec.formula;
    m_plain = m_plain && feature.column == m_features.size() && !feature.words && !feature.index;
    if (feature.words)
        for (const std::string& word : m_raw.words[*feature.column]) m_featureNames.push_back(name + "=" + word);
    else
        m_featureNames.push_back(name);
    m_features.push_back(std::move(feature));
}

std::optional<InputPipeline> InputPipeline::make(const RawColumns& columns, const std::vector<FeatureSpec>& wanted,
                                                 Problems& problems) {
    InputPipeline pipeline;
    pipeline.m_raw = columns;
    pipeline.m_source.columns = columns.names.size();
    pipeline.m_source.positions.resize(columns.names.size());
    std::iota(pipeline.m_source.positions.begin(), pipeline.m_source.positions.end(), std::size_t{0});
    std::vector<Feature> features;
    // Images have a column for each pixel: looking each up by its name would take its time squared.
    for (std::size_t i = 0; wanted.empty() && i < columns.names.size(); ++i)
        features.push_back(pipeline.columnFeature({columns.names[i], ""}, i));
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (auto feature = pipeline.resolve(wanted[i], featurePlace(i), problems))
            features.push_back(std::move(*feature));
    if (features.size() < wanted.size()) return {};
    const std::size_t chosen = features.size();
    // The field x first, then a field for each column that an embedding reads.
    const auto indices = std::ranges::stable_partition(features, [](const Feature& feature) { return !feature.index; });
    std::vector<Field> fields;
    for (const Feature& feature : indices) fields.push_back({feature.spec.id, {1}});
    for (Feature& feature : features) pipeline.addFeature(std::move(feature));
    pipeline.m_plain = pipeline.m_plain && chosen == columns.names.size();
    const auto numbers = static_cast<std::int64_t>(pipeline.featureCount() - fields.size());
    if (numbers > 0 || fields.empty()) fields.insert(fields.begin(), {"x", {numbers}});
    pipeline.setFields(std::move(fields));
    return pipeline;
}

namespace {

// How many rows are worked on together: enough to be quick, few enough to stay in the cache.
std::size_t rowsTogether(std::size_t width) { return std::clamp<std::size_t>((1 << 18) / (width + 1), 1, 1024); }

template <class Number>
RowsOf<Number> part(const RowsOf<Number>& rows, std::size_t first, std::size_t count) {
    return {rows[first], count, rows.width, rows.stride};
}

void copyRows(const ConstRows& from, const Rows& to) {
    for (std::size_t row = 0; row < to.count; ++row) std::copy_n(from[row], to.width, to[row]);
}

// The values beside the field x: `before` in front of its `inner`, the others behind.
void copyBeside(const ConstRows& from, std::size_t fromInner, const Rows& to, std::size_t toInner, std::size_t before) {
    for (std::size_t row = 0; row < to.count; ++row) {
        std::copy_n(from[row], before, to[row]);
        std::copy(from[row] + before + fromInner, from[row] + from.width, to[row] + before + toInner);
    }
}

}  // namespace

void InputPipeline::setFields(std::vector<Field> fields) {
    m_featureFields = m_fields = std::move(fields);
    m_inputNames = m_featureNames;
    m_steps.clear();
    m_before = m_processed = 0;
    for (const Field& field : m_fields) {
        const auto size = static_cast<std::size_t>(field.size());
        if (field.name == "x") {
            m_processed = size;
            return;
        }
        m_before += size;
    }
}

std::size_t InputPipeline::processedInputs() const { return m_steps.empty() ? m_processed : m_steps.back().outputs; }

void InputPipeline::compute(const Feature& feature, std::span<const float> raw, std::size_t width, const Rows& to) {
    if (feature.formula) return feature.formula->evaluate(raw, to.count, to.values, to.stride);
    for (std::size_t row = 0; row < to.count; ++row) {
        const float* x = raw.data() + row * width;
        if (feature.words) {
            std::fill_n(to[row], feature.width, 0.0f);
            if (const float word = x[*feature.column]; word >= 0) to[row][static_cast<std::size_t>(word)] = 1;
            continue;
        }
        const float offset = feature.index ? 1.0f : 0.0f;
        *to[row] = feature.type ? feature.type->compute(x[0], x[1]) : x[*feature.column] + offset;
    }
}

std::span<const float> InputPipeline::filled(std::span<const float> raw, std::vector<float>& scratch) const {
    if (m_fill.empty() || std::ranges::none_of(raw, [](float x) { return std::isnan(x); })) return raw;
    scratch.assign(raw.begin(), raw.end());
    for (std::size_t i = 0; i < scratch.size(); ++i)
        if (std::isnan(scratch[i])) scratch[i] = m_fill[i % rawCount()];
    return scratch;
}

std::vector<float> InputPipeline::featureFill() const {
    if (m_fill.empty()) return {};
    std::vector<float> values;
    for (const Feature& feature : m_features) {
        const bool isColumn = feature.column && !feature.words && !feature.index;
        values.insert(values.end(), feature.width,
                      isColumn ? m_fill[*feature.column] : std::numeric_limits<float>::quiet_NaN());
    }
    if (std::ranges::all_of(values, [](float x) { return std::isnan(x); })) return {};
    return values;
}

void InputPipeline::applyFeatures(std::span<const float> raw, std::size_t count, std::span<float> features) const {
    thread_local std::vector<float> scratch;
    raw = filled(raw.first(count * rawCount()), scratch);
    if (m_plain) {
        std::ranges::copy(raw, features.begin());
        return;
    }
    std::size_t column = 0;
    for (const Feature& feature : m_features) {
        compute(feature, raw, rawCount(), {features.data() + column, count, feature.width, featureCount()});
        column += feature.width;
    }
}

void InputPipeline::run(ConstRows from, const Rows& to) const {
    if (m_steps.empty()) return copyRows(from, to);
    thread_local std::array<std::vector<float>, 2> scratch;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step& step = m_steps[i];
        std::vector<float>& between = scratch[i % 2];
        const bool last = i + 1 == m_steps.size();
        if (!last) between.resize(std::max(between.size(), from.count * step.outputs));
        const Rows next = last ? to : Rows{between.data(), from.count, step.outputs};
        step.fitted->apply(from, next);
        from = next;
    }
}

void InputPipeline::runBack(ConstRows from, const Rows& to) const {
    if (m_steps.empty()) return copyRows(from, to);
    std::vector<float> before, after;
    for (std::size_t i = m_steps.size(); i-- > 0;) {
        const std::size_t width = m_steps[i].in.width();
        if (i > 0) before.resize(from.count * width);
        const Rows next = i == 0 ? to : Rows{before.data(), from.count, width};
        m_steps[i].fitted->undo(from, next);
        from = next;
        std::swap(before, after);
    }
}

std::size_t InputPipeline::widest() const {
    std::size_t width = std::max(featureCount(), inputCount());
    for (const Step& step : m_steps) width = std::max(width, step.outputs);
    return width;
}

void InputPipeline::prepare(std::span<const float> features, std::size_t count, std::span<float> inputs) const {
    if (m_steps.empty()) {
        std::ranges::copy(features.first(count * featureCount()), inputs.begin());
        return;
    }
    const std::size_t together = rowsTogether(widest());
    for (std::size_t first = 0; first < count; first += together) {
        const std::size_t rows = std::min(together, count - first);
        const ConstRows from{features.data() + first * featureCount(), rows, featureCount()};
        const Rows to{inputs.data() + first * inputCount(), rows, inputCount()};
        copyBeside(from, m_processed, to, processedInputs(), m_before);
        run({from.values + m_before, rows, m_processed, featureCount()},
            {to.values + m_before, rows, processedInputs(), inputCount()});
    }
}

void InputPipeline::undo(std::span<const float> inputs, std::size_t count, std::span<float> features) const {
    const ConstRows from{inputs.data(), count, inputCount()};
    const Rows to{features.data(), count, featureCount()};
    copyBeside(from, processedInputs(), to, m_processed, m_before);
    if (m_processed > 0)
        runBack({from.values + m_before, count, processedInputs(), inputCount()},
                {to.values + m_before, count, m_processed, featureCount()});
}

void InputPipeline::apply(std::span<const float> raw, std::size_t count, std::span<float> inputs) const {
    if (m_steps.empty()) return applyFeatures(raw, count, inputs);
    thread_local std::vector<float> missing, scratch;
    const std::size_t together = rowsTogether(widest());
    for (std::size_t first = 0; first < count; first += together) {
        const std::size_t rows = std::min(together, count - first);
        std::span<const float> features = filled(raw.subspan(first * rawCount(), rows * rawCount()), missing);
        if (!m_plain) {
            scratch.resize(std::max(scratch.size(), rows * featureCount()));
            applyFeatures(features, rows, scratch);
            features = scratch;
        }
        prepare(features, rows, inputs.subspan(first * inputCount()));
    }
}

std::vector<float> InputPipeline::apply(std::span<const float> raw, std::size_t count) const {
    std::vector<float> inputs(count * inputCount());
    apply(raw, count, inputs);
    return inputs;
}

PreparedShape InputPipeline::processed() const {
    PreparedShape result;
    const auto field = std::ranges::find(m_featureFields, "x", &Field::name);
    if (field != m_featureFields.end()) result.shape = field->shape;
    const auto first = m_featureNames.begin() + static_cast<std::ptrdiff_t>(m_before);
    result.names.assign(first, first + static_cast<std::ptrdiff_t>(m_processed));
    return result;
}

PreparedShape InputPipeline::addStep(const std::string& type, std::shared_ptr<const Preprocessor> fitted,
                                     const PreparedShape& in) {
    PreparedShape out = fitted->outputs(in);
    m_steps.push_back({type, std::move(fitted), in, out.width()});
    return out;
}

void InputPipeline::finish(const PreparedShape& out) {
    const auto first = m_inputNames.begin() + static_cast<std::ptrdiff_t>(m_before);
    const auto behind = m_inputNames.erase(first, first + static_cast<std::ptrdiff_t>(m_processed));
    m_inputNames.insert(behind, out.names.begin(), out.names.end());
    std::ranges::find(m_fields, "x", &Field::name)->shape = out.shape;
}

TrainingRows InputPipeline::trainingRows(const RowReader& raw, std::span<const std::uint32_t> training,
                                         std::size_t width) const {
    const auto read = [this, &raw, width](std::span<const std::uint32_t> rows, float* into) {
        std::vector<float> values(rows.size() * rawCount()), features(rows.size() * featureCount());
        for (std::size_t i = 0; i < rows.size(); ++i) raw(rows[i], values.data() + i * rawCount());
        applyFeatures(values, rows.size(), features);
        run({features.data() + m_before, rows.size(), m_processed, featureCount()}, {into, rows.size(), width});
    };
    return {{training.begin(), training.end()}, width, read};
}

bool InputPipeline::fit(const std::vector<base::KindSpec>& steps, const RowReader& raw,
                        std::span<const std::uint32_t> training, Problems& problems, const base::Progress& progress) {
    setFields(m_featureFields);
    if (m_processed == 0 || steps.empty()) return true;
    PreparedShape shape = processed();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string where = "data.preprocessing[" + std::to_string(i) + "]";
        const PreprocessingType& type = preprocessing().get(steps[i].type, where);
        const base::ParamValues values(type.parameters, steps[i].parameters);
        const TrainingRows rows = trainingRows(raw, training, shape.width());
        const auto share = [&](std::size_t step) {
            return static_cast<double>(step) / static_cast<double>(steps.size());
        };
        const base::Progress ofStep = base::piece(progress, share(i), share(i + 1));
        auto fitted = type.fit({values, shape, rows, where, problems, ofStep});
        if (!fitted) {
            m_steps.clear();
            return false;
        }
        shape = addStep(steps[i].type, std::move(fitted), shape);
    }
    finish(shape);
    return true;
}

namespace {

Json fieldsJson(const std::vector<Field>& fields) {
    Json list = Json::array();
    for (const Field& field : fields) list.push_back({{"name", field.name}, {"shape", field.shape}});
    return list;
}

Json targetsJson(const std::vector<SourceColumn>& targets) {
    Json list = Json::array();
    for (const SourceColumn& target : targets) list.push_back({{"name", target.name}, {"position", target.position}});
    return list;
}

// None in models from before they were kept.
std::vector<SourceColumn> readTargets(const Json& json) {
    std::vector<SourceColumn> targets;
    if (json.contains("targets"))
        for (const Json& target : json["targets"])
            targets.push_back({target.at("name").get<std::string>(), target.at("position").get<std::size_t>()});
    return targets;
}

}  // namespace

Json InputPipeline::toJson() const {
    Json features = Json::array(), steps = Json::array();
    for (const Feature& feature : m_features) features.push_back(feature.spec.toJson());
    for (const Step& step : m_steps) steps.push_back({{"type", step.type}, {"fitted", step.fitted->fitted().values}});
    Json json{{"columns", rawNames()},
              {"positions", m_source.positions},
              {"source_columns", m_source.columns},
              {"numbers", m_source.numbers},
              {"fill", m_fill},
              {"features", features},
              {"fields", fieldsJson(m_featureFields)},
              {"preprocessing", steps}};
    if (!m_source.targets.empty()) json["targets"] = targetsJson(m_source.targets);
    if (m_tokens) json["tokens"] = m_tokens->toJson();
    if (!m_raw.words.empty()) {
        json["words"] = m_raw.words;
        json["as_index"] = m_raw.asIndex;
    }
    return json;
}

namespace {

std::string tensorPrefix(std::size_t step) { return "preprocessing." + std::to_string(step) + "."; }

}  // namespace

tensor::NamedTensors InputPipeline::tensors() const {
    tensor::NamedTensors result;
    for (std::size_t i = 0; i < m_steps.size(); ++i)
        for (tensor::NamedTensor& matrix : m_steps[i].fitted->fitted().matrices) {
            result.push_back(std::move(matrix));
            result.back().name.insert(0, tensorPrefix(i));
        }
    return result;
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

RawColumns readColumns(const Json& json, const std::string& place) {
    RawColumns columns{json.at("columns").get<std::vector<std::string>>(), {}, {}};
    if (!json.contains("words")) return columns;
    columns.words = json["words"].get<std::vector<std::vector<std::string>>>();
    columns.asIndex = json.at("as_index").get<std::vector<bool>>();
    if (columns.words.size() != columns.names.size() || columns.asIndex.size() != columns.names.size())
        refuse(place, base::sentence("sizes do not fit"));
    return columns;
}

}  // namespace

void InputPipeline::restoreSteps(const Json& steps, std::span<const tensor::NamedTensor> tensors,
                                 const std::string& place) {
    if (m_processed == 0 && !steps.empty()) refuse(place, base::sentence("there is no field x to prepare"));
    PreparedShape shape = processed();
    for (const Json& step : steps) {
        const std::string prefix = tensorPrefix(m_steps.size()), type = step.at("type").get<std::string>();
        Fitted fitted{step.at("fitted"), {}};
        for (const tensor::NamedTensor& tensor : tensors)
            if (tensor.name.starts_with(prefix))
                fitted.matrices.push_back({tensor.name.substr(prefix.size()), tensor.shape, tensor.values});
        shape = addStep(type, preprocessing().get(type, place).restore(fitted, shape, place), shape);
    }
    if (!m_steps.empty()) finish(shape);
}

InputPipeline InputPipeline::fromJson(const Json& json, const std::string& place,
                                      std::span<const tensor::NamedTensor> tensors) try {
    Problems problems;
    auto made = make(readColumns(json, place), readFeatures(json.at("features")), problems);
    if (!made) refuse(place, base::describe(problems.front()));
    made->m_source = {json.at("positions").get<std::vector<std::size_t>>(),
                      json.at("source_columns").get<std::size_t>(), json.value("numbers", ""), readTargets(json)};
    made->m_fill = json.at("fill").get<std::vector<float>>();
    std::vector<Field> fields = readFields(json);
    const bool positionsFit =
        made->m_source.positions.size() == made->rawCount() &&
        std::ranges::all_of(made->m_source.positions, [&](std::size_t p) { return p < made->m_source.columns; }) &&
        std::ranges::all_of(made->m_source.targets,
                            [&](const SourceColumn& target) { return target.position < made->m_source.columns; });
    if (!positionsFit || fields.empty() || !fits(fields, made->featureCount()) ||
        (!made->m_fill.empty() && made->m_fill.size() != made->rawCount()))
        refuse(place, base::sentence("sizes do not fit"));
    made->setFields(std::move(fields));
    if (json.contains("tokens")) {
        made->m_tokens = Tokens::fromJson(json["tokens"]);
        if (!made->m_tokens || made->m_tokens->steps() != made->rawCount())
            refuse(place, base::sentence("sizes do not fit"));
    }
    made->restoreSteps(json.at("preprocessing"), tensors, place);
    return std::move(*made);
} catch (const Json::exception& error) {
    refuse(place, error.what());
}

}  // namespace perceptory::data
