#pragma once
// Which rows train, which validate, which test.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/Problem.h"

namespace perceptory::data {

struct SplitSpec {
    std::string mode = "random";  // random, ordered, files, group, k_fold
    double train = 0.8;
    double validation = 0;
    double test = 0.2;

    // Of mode "files": the files of each part, relative to the project file.
    std::vector<std::string> trainPaths{}, validationPaths{}, testPaths{};

    std::string column{};              // of mode "group": rows with one value there stay together
    std::int64_t folds = 5, fold = 0;  // of mode "k_fold": how many, and the one that tests, counted from 0
};

// Row numbers, ascending in every part. Each row is in one part at most.
struct Parts {
    std::vector<std::uint32_t> train, validation, test;
};

// Whether the rows of a source come in parts: never, where the project names files for each, or by themselves too.
enum class SourceParts { None, Named, Own };

// Shares outside 0 … 1, shares that do not add up to 1, nothing to train with, unknown or missing modes.
void checkSplit(const SplitSpec& split, SourceParts source, base::Problems& problems);

// What the parts depend on.
struct SplitRows {
    std::size_t count = 0;
    std::span<const std::int32_t> labels{};  // a class for each row, or none
    std::span<const std::int32_t> groups{};  // of mode "group": a number for each row
};

// random: every class is shared out alike (no labels: plain shuffle), f(seed) only. ordered: the first rows train, then
// validation, then test. group: whole groups, the largest first, each to the part that lacks most of its share. k_fold:
// as random, cut into equal folds; one tests, `validation` is the share of the others that validates, the rest trains.
// Reports parts that would be empty for so few rows. The spec must have passed checkSplit.
Parts splitRows(const SplitSpec& split, const SplitRows& rows, std::uint64_t seed, base::Problems& problems);

}  // namespace perceptory::data
