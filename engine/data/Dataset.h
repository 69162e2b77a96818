#pragma once
// Data ready to train with. Never changes once made; shared by the training thread, the window and the command line.

#include <span>

#include "engine/data/InputPipeline.h"

namespace perceptory::data {

struct Dataset {
    Task task = Task::Classification;
    std::size_t count = 0;
    std::vector<std::string> featureNames;
    std::vector<std::int64_t> inputShape;  // of one row, without the batch: {2}, {4}, {8, 8, 1}
    std::vector<float> inputs;             // [count][features()], after features and preprocessing

    std::vector<std::string> classNames;  // classification, with labels [count] in 0 … classes()-1
    std::vector<std::int32_t> labels;
    std::vector<std::string> targetNames;  // regression, with targets [count][targetNames.size()]
    std::vector<float> targets;

    std::vector<std::string> rawNames;          // the columns before features; x1 and x2 for data of the plane
    std::vector<float> raw;                     // [count][rawNames.size()]
    std::vector<float> rawMinimum, rawMaximum;  // per raw column, over all rows
    std::vector<float> shownMinimum,
        shownMaximum;  // the range a picture should show: -6 … 6, or a little more than all

    Parts parts;
    std::vector<std::string> notes;  // what was dropped, filled or deduced, in words for the user
    InputPipeline pipeline;

    std::size_t features() const { return featureNames.size(); }
    std::size_t classes() const { return classNames.size(); }
    bool isPlane() const { return rawNames.size() == 2; }
    std::span<const float> input(std::size_t row) const {
        return std::span(inputs).subspan(row * features(), features());
    }
    std::span<const float> rawRow(std::size_t row) const {
        return std::span(raw).subspan(row * rawNames.size(), rawNames.size());
    }
};

}  // namespace perceptory::data
