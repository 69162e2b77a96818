#pragma once
// A small sound source for every reader, to be damaged.

#include <map>
#include <string>
#include <vector>

#include "engine/data/readers/Reader.h"

namespace perceptory {

struct ReaderSample {
    std::map<std::string, std::string> files;  // by their names in a folder
    std::vector<std::string> paths;            // what the reader is given; empty: inputs and targets
    std::map<std::string, std::string> inputs, targets;
    base::Json parameters = base::Json::object();
};

// Those of the reader called `id`; none for a reader that has brought none.
std::vector<ReaderSample> readerSamples(const std::string& id);

}  // namespace perceptory
