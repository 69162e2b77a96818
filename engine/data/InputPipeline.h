#pragma once
// The way from the columns of a source to what the network sees: fill what is missing, compute the features, apply the
// fitted preprocessing. A model file carries it, so that new rows go the same way as the training rows went.

#include <optional>
#include <span>

#include "engine/data/DataSpec.h"
#include "engine/data/Field.h"
#include "engine/data/Tokens.h"
#include "engine/data/features/Feature.h"
#include "engine/data/features/Formula.h"
#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

// Immutable once fitted; any thread may apply it, several at once. Copies share the fitted steps.
class InputPipeline {
public:
    InputPipeline() = default;

    // Features over the columns; none: every column as it is. A feature is a column by name, else, where there are just
    // two columns, a member of the features shelf. Problems are reported at data.features[i].
    static std::optional<InputPipeline> make(const std::vector<std::string>& rawNames,
                                             const std::vector<FeatureSpec>& features, base::Problems& problems);

    // What the network sees: names, and the shape of one row of the first field without the batch.
    const std::vector<std::string>& inputNames() const { return m_inputNames; }
    std::size_t inputCount() const { return m_inputNames.size(); }
    const std::vector<std::int64_t>& inputShape() const { return m_fields.front().shape; }
    void setInputShape(std::vector<std::int64_t> shape) { m_fields = {{"x", std::move(shape)}}; }
    // The fields that share the columns; preprocessing works on the one called x.
    const std::vector<Field>& fields() const { return m_fields; }
    void setFields(std::vector<Field> fields) { m_fields = std::move(fields); }

    const std::vector<std::string>& rawNames() const { return m_rawNames; }
    std::size_t rawCount() const { return m_rawNames.size(); }

    // Where the raw columns stood in the file, counted from 0, for files without a header.
    struct Source {
        std::vector<std::size_t> positions;
        std::size_t columns = 0;
    };
    const Source& source() const { return m_source; }
    void setSource(Source source) { m_source = std::move(source); }

    // One value per raw column that stands in for a missing one; empty: missing values are not accepted.
    const std::vector<float>& fill() const { return m_fill; }
    void setFill(std::vector<float> values) { m_fill = std::move(values); }

    // How texts became the raw columns; nothing for other sources.
    const std::optional<Tokens>& tokens() const { return m_tokens; }
    void setTokens(std::optional<Tokens> tokens) { m_tokens = std::move(tokens); }

    // Fits the steps one after another on the rows `training` of `inputs` [count][inputCount], which must come from
    // applyFeatures, and applies them to all rows. The steps must have passed the check of the shelf.
    void fit(const std::vector<base::KindSpec>& steps, std::span<float> inputs,
             std::span<const std::uint32_t> training);

    // raw [count][rawCount] -> inputs [count][inputCount]. NaN in, and no fill: NaN out.
    std::vector<float> apply(std::span<const float> raw, std::size_t count) const;
    void apply(std::span<const float> raw, std::size_t count, std::span<float> inputs) const;
    // The features alone, before preprocessing.
    void applyFeatures(std::span<const float> raw, std::size_t count, std::span<float> inputs) const;

    base::Json toJson() const;
    // Throws Error naming `place` for anything toJson would not write.
    static InputPipeline fromJson(const base::Json& json, const std::string& place);

private:
    // Exactly one of the three ways to get the value.
    struct Feature {
        FeatureSpec spec;
        std::optional<std::size_t> column;
        const FeatureType* type = nullptr;
        std::optional<Formula> formula;
    };
    struct Step {
        std::string type;
        std::shared_ptr<const Preprocessor> fitted;
    };

    // The columns of the field x in rows of `inputs`; no width where there is none.
    Rows processed(float* inputs, std::size_t count) const;
    std::optional<Feature> resolve(const FeatureSpec& spec, const std::string& where, base::Problems& problems) const;
    static void compute(const Feature& feature, std::span<const float> raw, std::size_t width, Rows inputs,
                        std::size_t column);

    std::vector<std::string> m_rawNames, m_inputNames;
    Source m_source;
    std::vector<float> m_fill;
    std::optional<Tokens> m_tokens;
    std::vector<Feature> m_features;
    std::vector<Field> m_fields{{"x", {}}};
    std::vector<Step> m_steps;
};

}  // namespace perceptory::data
