#pragma once
// Files of a test and the data they give, for projects written as JSON.

#include <doctest/doctest.h>

#include "engine/data/DatasetLoader.h"
#include "tests/support/Folder.h"

namespace perceptory::support {

struct DataFolder {
    Folder folder;

    void write(const std::string& name, const std::string& content) const { writeContent(folder / name, content); }

    std::shared_ptr<const data::Dataset> load(const base::Json& json, base::Problems& problems) const {
        return data::loadDataset(data::DataSpec::fromJson(json, problems), folder.path(), problems);
    }
    std::shared_ptr<const data::Dataset> load(const base::Json& json) const {
        base::Problems problems;
        auto set = load(json, problems);
        for (const base::Problem& problem : problems) MESSAGE(base::describe(problem));
        REQUIRE(set);
        return set;
    }
    // Why there is no data; empty when there is.
    std::string refusal(const base::Json& json) const {
        try {
            base::Problems problems;
            return load(json, problems) ? "" : base::describe(problems.front());
        } catch (const base::Error& error) {
            return error.sentence();
        }
    }
};

// What the network sees of a row.
inline std::vector<float> inputRow(const data::Dataset& set, std::size_t row) {
    std::vector<float> scratch;
    const auto values = set.input(row, scratch);
    return {values.begin(), values.end()};
}

inline bool says(const std::vector<std::string>& notes, const std::string& part) {
    for (const std::string& note : notes)
        if (note.find(part) != note.npos) return true;
    return false;
}

inline bool says(const std::string& text, const std::string& part) { return says(std::vector{text}, part); }

}  // namespace perceptory::support
