#pragma once
// Which rows train, which validate, which test.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/Problem.h"

namespace perceptory::data {

struct SplitSpec {
    std::string mode = "random";  // random, ordered, files
    double train = 0.8;
    double validation = 0;
    double test = 0.2;

    // Of mode "files": the files of each part, relative to the project file.
    std::vector<std::string> trainPaths{}, validationPaths{}, testPaths{};
};

// Row numbers, ascending in every part. Each row is in one part at most.
struct Parts {
    std::vector<std::uint32_t> train, validation, test;
};

// `hasFiles`: the source can name files for each part. Shares outside 0 … 1, shares that do not add up to 1, nothing to
// train with, unknown or missing modes.
void checkSplit(const SplitSpec& split, bool hasFiles, base::Problems& problems);

// random: every class is shared out alike (labels empty: plain shuffle), f(seed) only. ordered: the first rows train,
// then validation, then test. Reports parts that would be empty for so few rows. The spec must have passed checkSplit.
Parts splitRows(const SplitSpec& split, std::size_t count, std::span<const std::int32_t> labels, std::uint64_t seed,
                base::Problems& problems);

}  // namespace perceptory::data
