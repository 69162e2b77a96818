#pragma once
// Data ready to train with. Never changes once made; shared by the training thread, the window and the command line.

#include <span>

#include "engine/data/InputPipeline.h"
#include "engine/data/Target.h"

namespace perceptory::data {

// Most have one target, whose members are the data set's own.
struct Dataset : Target {
    std::size_t count = 0;
    std::vector<std::string> featureNames;
    std::vector<std::int64_t> inputShape;  // of the first field, without the batch: {2}, {4}, {8, 8, 1}
    std::vector<Field> fields;             // empty: one called x of inputShape
    std::vector<float> inputs;             // [count][features()], after features and preprocessing

    std::vector<Target> moreTargets;

    std::vector<std::string> rawNames;          // the columns before features; x1 and x2 for data of the plane
    std::vector<float> raw;                     // [count][rawNames.size()]
    std::vector<float> rawMinimum, rawMaximum;  // per raw column, over all rows
    std::vector<float> shownMinimum,
        shownMaximum;  // the range a picture should show: -6 … 6, or a little more than all

    Parts parts;
    std::vector<std::string> notes;  // what was dropped, filled or deduced, in words for the user
    InputPipeline pipeline;

    std::size_t features() const { return featureNames.size(); }
    std::vector<Field> inputFields() const { return fields.empty() ? std::vector<Field>{{"x", inputShape}} : fields; }
    std::size_t targetCount() const { return 1 + moreTargets.size(); }
    const Target& target(std::size_t index) const { return index == 0 ? *this : moreTargets[index - 1]; }
    bool isPlane() const { return rawNames.size() == 2; }
    std::span<const float> input(std::size_t row) const {
        return std::span(inputs).subspan(row * features(), features());
    }
    std::span<const float> rawRow(std::size_t row) const {
        return std::span(raw).subspan(row * rawNames.size(), rawNames.size());
    }
};

}  // namespace perceptory::data
