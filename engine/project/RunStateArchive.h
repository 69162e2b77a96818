#pragma once
// The structured state of a run as a small Boost archive of values alone: no pointers, no classes, no sizes that are
// believed. Boost 1.74 trusts its input, so every length is compared with what is left before memory is taken.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perceptory::project {

// Texts are UTF-8; `target`, `pipeline` and `counters` hold JSON.
struct RunState {
    double epoch = 0;
    std::int64_t step = 0;
    std::string instructionSet;
    std::vector<std::string> classNames;
    std::string target, pipeline, counters;

    bool operator==(const RunState&) const = default;
};

// The version of Boost's archives that archived() writes.
int archiveVersion();

std::string archived(const RunState& state);

// Throws base::Error, a sentence without the file's name, when the bytes are no such archive, more or less than one.
RunState runStateOf(std::string_view bytes);

}  // namespace perceptory::project
