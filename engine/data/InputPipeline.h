#pragma once
// The way from the columns of a source to what the network sees: fill what is missing, compute the features, apply the
// fitted preprocessing. A model file carries it, so that new rows go the same way as the training rows went.

#include <functional>
#include <optional>
#include <span>

#include "engine/data/DataSpec.h"
#include "engine/data/Field.h"
#include "engine/data/SourceColumn.h"
#include "engine/data/Tokens.h"
#include "engine/data/features/Feature.h"
#include "engine/data/features/Formula.h"
#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

// The columns of a source. `words`: for each column what its numbers 0, 1, … stand for, empty for numbers; altogether
// empty when no column has words. `asIndex`: of columns with words, whether the network gets their numbers.
struct RawColumns {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> words{};
    std::vector<bool> asIndex{};

    bool hasWords(std::size_t column) const { return !words.empty() && !words[column].empty(); }
    bool operator==(const RawColumns&) const = default;
};

// Immutable once fitted; any thread may apply it, several at once. Copies share the fitted steps.
class InputPipeline {
public:
    InputPipeline() = default;

    // Features over the columns; none: every column as it is. A feature is a column by name, else, where there are just
    // two columns, a member of the features shelf. Problems are reported at data.features[i].
    // A column of words gives an input for each word, or a field of its own: 0 for a word it does not know, else the
    // word's number + 1.
    static std::optional<InputPipeline> make(const RawColumns& columns, const std::vector<FeatureSpec>& features,
                                             base::Problems& problems);

    // What the network sees, after features and preprocessing: names, and the shape of one row of the first field
    // without the batch.
    const std::vector<std::string>& inputNames() const { return m_inputNames; }
    std::size_t inputCount() const { return m_inputNames.size(); }
    const std::vector<std::int64_t>& inputShape() const { return m_fields.front().shape; }
    // The fields that share the inputs; preprocessing works on the one called x.
    const std::vector<Field>& fields() const { return m_fields; }

    // What the features give, before preprocessing; their fields share them as those above share the inputs. To be set
    // before fit().
    const std::vector<std::string>& featureNames() const { return m_featureNames; }
    std::size_t featureCount() const { return m_featureNames.size(); }
    const std::vector<Field>& featureFields() const { return m_featureFields; }
    void setInputShape(std::vector<std::int64_t> shape) { setFields({{"x", std::move(shape)}}); }
    void setFields(std::vector<Field> fields);

    const std::vector<std::string>& rawNames() const { return m_raw.names; }
    std::size_t rawCount() const { return m_raw.names.size(); }
    // The words of each raw column; empty when none has any.
    const std::vector<std::vector<std::string>>& words() const { return m_raw.words; }

    // Where the raw columns stood in the file, counted from 0, for files without a header.
    struct Source {
        std::vector<std::size_t> positions;
        std::size_t columns = 0;
        std::string numbers{};                // how it writes them, see ReadRequest::numberStyle
        std::vector<SourceColumn> targets{};  // what is to be predicted; none: no table, or it is not known
    };
    const Source& source() const { return m_source; }
    void setSource(Source source) { m_source = std::move(source); }

    // One value per raw column that stands in for a missing one; empty: missing values are not accepted.
    const std::vector<float>& fill() const { return m_fill; }
    void setFill(std::vector<float> values) { m_fill = std::move(values); }
    // The same for each feature: NaN where it is no column of numbers; empty when nothing is filled in.
    std::vector<float> featureFill() const;
    // Whether rows are changed on the way from the features to the network.
    bool prepares() const { return !m_steps.empty() || !featureFill().empty(); }

    // How texts became the raw columns; nothing for other sources.
    const std::optional<Tokens>& tokens() const { return m_tokens; }
    void setTokens(std::optional<Tokens> tokens) { m_tokens = std::move(tokens); }

    // Reads row `row` of the raw columns; may throw, which ends fit().
    using RowReader = std::function<void(std::size_t row, float* into)>;
    // Fits the steps one after another on the rows `training`, each on what the steps before leave of them. Reads every
    // row a few times, and holds few at once. The steps must have passed the check of the shelf. False after an error,
    // reported at data.preprocessing[i]; the pipeline then has no steps. Throws Cancelled.
    bool fit(const std::vector<base::KindSpec>& steps, const RowReader& raw, std::span<const std::uint32_t> training,
             base::Problems& problems, const base::Progress& progress = {});

    // raw [count][rawCount] -> inputs [count][inputCount]: applyFeatures, then prepare. NaN in, and no fill: NaN out.
    std::vector<float> apply(std::span<const float> raw, std::size_t count) const;
    void apply(std::span<const float> raw, std::size_t count, std::span<float> inputs) const;
    // raw [count][rawCount] -> features [count][featureCount].
    void applyFeatures(std::span<const float> raw, std::size_t count, std::span<float> features) const;
    // The preprocessing alone: features [count][featureCount] -> inputs [count][inputCount], other memory.
    void prepare(std::span<const float> features, std::size_t count, std::span<float> inputs) const;
    // The way back, for display: inputs [count][inputCount] -> features [count][featureCount], other memory. Exact
    // where no step lost anything.
    void undo(std::span<const float> inputs, std::size_t count, std::span<float> features) const;

    // A fitted step, for exporters: what it is, and what goes in.
    struct Step {
        std::string type;
        std::shared_ptr<const Preprocessor> fitted;
        PreparedShape in;
        std::size_t outputs = 0;  // values that come out
    };
    const std::vector<Step>& steps() const { return m_steps; }

    // A model file keeps both: matrices of preprocessing are too large for JSON. The tensors are called
    // "preprocessing.0.forward" and so on.
    base::Json toJson() const;
    tensor::NamedTensors tensors() const;
    // Throws Error naming `place` for anything the two would not write. Other tensors may stand among `tensors`.
    static InputPipeline fromJson(const base::Json& json, const std::string& place,
                                  std::span<const tensor::NamedTensor> tensors = {});

private:
    // Exactly one of the three ways to get the values.
    struct Feature {
        FeatureSpec spec;
        std::optional<std::size_t> column;
        const FeatureType* type = nullptr;
        std::optional<Formula> formula;
        std::size_t width = 1;  // values it gives
        bool words = false;     // one for each word of its column, or
        bool index = false;     // the number of the word
    };

    Feature columnFeature(const FeatureSpec& spec, std::size_t column) const;
    void addFeature(Feature feature);
    std::optional<Feature> resolve(const FeatureSpec& spec, const std::string& where, base::Problems& problems) const;
    static void compute(const Feature& feature, std::span<const float> raw, std::size_t width, const Rows& to);
    // The raw values with missing ones filled in, in `scratch` where there were any.
    std::span<const float> filled(std::span<const float> raw, std::vector<float>& scratch) const;
    // The field x as the features give it, and how many values it has among the inputs.
    PreparedShape processed() const;
    std::size_t processedInputs() const;
    // Rows of the field x through all steps there are so far, and back.
    void run(ConstRows from, const Rows& to) const;
    void runBack(ConstRows from, const Rows& to) const;
    std::size_t widest() const;  // most values of a row on its way
    TrainingRows trainingRows(const RowReader& raw, std::span<const std::uint32_t> training, std::size_t width) const;
    // Gives what comes out of the step.
    PreparedShape addStep(const std::string& type, std::shared_ptr<const Preprocessor> fitted, const PreparedShape& in);
    void finish(const PreparedShape& out);  // names and fields of the inputs, once all steps are there
    void restoreSteps(const base::Json& steps, std::span<const tensor::NamedTensor> tensors, const std::string& place);

    RawColumns m_raw;
    std::vector<std::string> m_featureNames, m_inputNames;
    Source m_source;
    std::vector<float> m_fill;
    std::optional<Tokens> m_tokens;
    std::vector<Feature> m_features;
    bool m_plain = true;  // the features are the columns as they stand
    std::vector<Field> m_featureFields{{"x", {}}}, m_fields{{"x", {}}};
    std::size_t m_before = 0, m_processed = 0;  // values of the features before the field x, and in it
    std::vector<Step> m_steps;
};

}  // namespace perceptory::data
