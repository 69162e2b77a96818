#pragma once
// Data ready to train with. Never changes once made; shared by the training thread, the window and the command line.

#include <span>

#include "engine/data/InputPipeline.h"
#include "engine/data/RowStore.h"
#include "engine/data/Target.h"

namespace perceptory::data {

// Inputs that need more bytes are computed from the raw rows as they are asked for.
inline constexpr std::int64_t mostKeptInputs = std::int64_t{1} << 30;

// Most have one target, whose members are the data set's own.
struct Dataset : Target {
    std::size_t count = 0;
    std::vector<std::string> featureNames;
    std::vector<std::int64_t> inputShape;  // of the first field, without the batch: {2}, {4}, {8, 8, 1}
    std::vector<Field> fields;             // empty: one called x of inputShape
    std::vector<float> inputs;             // [count][features()], after features and preprocessing; empty: see input()

    std::vector<Target> moreTargets;

    std::vector<std::string> rawNames;            // the columns before features; x1 and x2 for data of the plane
    RowStore raw{0};                              // [count][rawNames.size()]
    std::vector<std::vector<std::string>> words;  // of raw columns that hold numbers of words; see Table::categories
    std::vector<std::uint32_t> sourceRows;        // which rows of the source these are; empty: all, in order
    std::vector<float> rawMinimum, rawMaximum;    // per raw column, over all rows
    std::vector<float> shownMinimum,
        shownMaximum;  // the range a picture should show: -6 … 6, or a little more than all

    Parts parts;
    std::vector<std::string> notes;  // what was dropped, filled or deduced, in words for the user
    InputPipeline pipeline;

    std::size_t features() const { return featureNames.size(); }
    std::vector<Field> inputFields() const { return fields.empty() ? std::vector<Field>{{"x", inputShape}} : fields; }
    std::size_t targetCount() const { return 1 + moreTargets.size(); }
    const Target& target(std::size_t index) const { return index == 0 ? *this : moreTargets[index - 1]; }
    // What edits call a row.
    std::uint32_t sourceRow(std::size_t row) const {
        return sourceRows.empty() ? static_cast<std::uint32_t>(row) : sourceRows[row];
    }
    bool isPlane() const { return rawNames.size() == 2; }

    // What the network sees of a row; valid while `scratch` is left alone. Any thread, each with a scratch of its own.
    std::span<const float> input(std::size_t row, std::vector<float>& scratch) const {
        if (!inputs.empty()) return std::span(inputs).subspan(row * features(), features());
        thread_local std::vector<float> kept;
        scratch.resize(features());
        pipeline.apply(raw.row(row, kept), 1, scratch);
        return scratch;
    }
    std::span<const float> rawRow(std::size_t row, std::vector<float>& scratch) const { return raw.row(row, scratch); }
};

}  // namespace perceptory::data
