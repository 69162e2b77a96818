#pragma once
// A trained network as calls of C++ functions over a few arrays: what a header says, as plain data. It is made from the
// network's own graph of primitive operations, so every layer that is made of them can be exported. Operations that
// look at weights alone are worked out once, here.

#include <span>

#include "engine/data/InputPipeline.h"
#include "engine/exchange/cpp/Kernel.h"
#include "engine/network/Network.h"

namespace perceptory::exchange::cpp {

// The array in which calls find what they leave for each other.
inline const std::string arenaName = "arena_";

// Something that goes in or comes out.
struct Port {
    std::string name;   // a word of C++ that no other array has
    std::string title;  // of the field, or of the node
    tensor::Shape shape;
    std::int64_t first = 0;  // of its values, in a row of all that go in or come out

    std::int64_t size() const { return tensor::elementCount(shape); }
};

// Numbers that stay the same.
struct Array {
    std::string name;
    std::string title;  // "h1.weight", or which node they belong to
    tensor::Shape shape;
    std::vector<float> values;
};

struct Program {
    std::vector<Port> inputs, outputs;
    std::vector<Array> arrays;  // as they are first read
    std::int64_t arena = 0;     // numbers
    std::vector<Call> calls;

    std::int64_t inputCount() const;
    std::int64_t outputCount() const;
    std::int64_t weightCount() const;
};

struct ProgramSource {
    const network::Network& network;
    const tensor::Buffer& weights;                       // the network's flat weights
    const data::InputPipeline* preprocessing = nullptr;  // whose steps go before the network; null: none
};

// Adds to `problems` every layer that cannot be expressed; the program is then of no use.
Program makeProgram(const ProgramSource& source, base::Problems& problems);
// The same of another graph of this network.
Program makeProgram(const ProgramSource& source, network::Lowered lowered, base::Problems& problems);

// What comes out for rows of what goes in: [count][inputCount] -> [count][outputCount], by the functions that headers
// have.
std::vector<float> runProgram(const Program& program, std::span<const float> rows, std::size_t count);

}  // namespace perceptory::exchange::cpp
