#pragma once
// What is to be predicted for every row: a class or numbers, or a class for each unit of the row (a pixel, a step).

#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/Task.h"

namespace perceptory::data {

struct Target {
    std::string targetName = "y";  // by which losses find it
    Task task = Task::Classification;
    std::vector<std::int64_t> targetShape;  // of one row: {H, W} classes or {H, W, C} numbers; empty: one class, or
                                            // the numbers in a line

    std::vector<std::string> classNames;  // classification, with labels [count][units()] in 0 … classes()-1
    std::vector<std::int32_t> labels;
    std::vector<std::int64_t> classCounts;  // how many labels of each class the training part has
    std::vector<std::string> targetNames;   // regression, with targets [count][targetNames.size()]
    std::vector<float> targets;

    std::size_t classes() const { return classNames.size(); }
    // Classes to predict for one row.
    std::size_t units() const {
        std::int64_t product = 1;
        for (const std::int64_t size : targetShape) product *= size;
        return static_cast<std::size_t>(product);
    }
};

}  // namespace perceptory::data
