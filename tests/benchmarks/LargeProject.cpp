#include "tests/benchmarks/LargeProject.h"

#include <fstream>
#include <string>

namespace perceptory::benchmarks {

namespace {

constexpr unsigned count = 4000, side = 28, classes = 10;

std::string bigEndian(unsigned value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
    return bytes;
}

}  // namespace

base::Json writeLargeProject(const std::filesystem::path& folder) {
    std::string images = bigEndian(0x803) + bigEndian(count) + bigEndian(side) + bigEndian(side);
    std::string labels = bigEndian(0x801) + bigEndian(count);
    unsigned state = 1;
    for (unsigned i = 0; i < count; ++i) {
        labels += static_cast<char>(i % classes);
        for (unsigned pixel = 0; pixel < side * side; ++pixel) {
            state = state * 1664525u + 1013904223u;
            // A band of each class in noise.
            const bool band = pixel / side / 3 == i % classes;
            images += static_cast<char>((state >> 26) + (band ? 150 : 0));
        }
    }
    std::ofstream(folder / "images", std::ios::binary) << images;
    std::ofstream(folder / "labels", std::ios::binary) << labels;
    return base::Json::parse(R"({
        "format": "perceptory-project", "format_version": 1,
        "data": {"source": "file", "reader": "idx", "paths": ["images", "labels"],
                 "split": {"mode": "random", "train": 0.8, "validation": 0.0, "test": 0.2}},
        "network": {"nodes": [
            {"id": "in", "type": "input"},
            {"id": "flat", "type": "flatten", "inputs": ["in"]},
            {"id": "h1", "type": "dense", "inputs": ["flat"], "parameters": {"units": 6300, "activation": "relu"}},
            {"id": "out", "type": "dense", "inputs": ["h1"], "parameters": {"units": 10}}]},
        "training": {"loss": "softmax_cross_entropy", "batch_size": 32, "metrics": ["accuracy"],
                     "optimizer": {"type": "adam", "parameters": {"learning_rate": 0.001}}}
    })");
}

}  // namespace perceptory::benchmarks
