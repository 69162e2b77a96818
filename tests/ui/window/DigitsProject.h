#pragma once
// A small network on the digits that come with the program.

#include "engine/base/Json.h"

namespace perceptory::tests {

inline base::Json digits() {
    return base::Json::parse(R"j({"format": "perceptory-project", "format_version": 1,
        "data": {"source": "dataset", "id": "digits"},
        "network": {"nodes": [
          {"id": "in", "type": "input", "shape": [8, 8, 1]},
          {"id": "conv1", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4}},
          {"id": "flat", "type": "flatten", "inputs": ["conv1"]},
          {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 10}}]},
        "training": {"loss": "softmax_cross_entropy", "optimizer": "adam"}})j");
}

}  // namespace perceptory::tests
