#pragma once
// Contract of the C++ kernels: what a primitive operation is as a plain function over float arrays, for one sample. A
// member is one file, Member.cpp, and one line in kernels.def. What stands in it between the marks <text> and </text>
// is compiled here, and goes into exported headers as it stands, as far as it is called there. So the exporter runs
// what it wrote with the very functions it wrote.
//
// The text is C++17 without anything but <cmath>, <cstring> and <limits>; its functions and structs are separated by
// empty lines, which none of them has inside. No name stands in two of them.

#include <functional>
#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "engine/ir/Plan.h"

namespace perceptory::exchange::cpp {

// <text>
// How a window slides over an image: a pixel of the map for each of its places.
struct Window {
    int height, width, channels;           // of the image
    int mapHeight, mapWidth, mapChannels;  // of the map
    int kernelHeight, kernelWidth, strideY, strideX, padTop, padLeft, dilationY, dilationX, groups;
};
// </text>

// Where a pointer leads: into the array called so. No name: nullptr.
struct Pointer {
    std::string array;
    std::int64_t offset = 0;
    bool operator==(const Pointer&) const = default;
};

// The numbers of a Window in the order of its members.
using WindowNumbers = std::vector<int>;
using Argument = std::variant<Pointer, int, float, WindowNumbers>;

// A statement of the program. Without a function: C++ cannot express the operation.
struct Call {
    std::string function;
    std::vector<Argument> arguments{};
    std::string formula{};  // of a function that applies one
    std::string node{};     // of the network, for whoever reads it
    bool operator==(const Call&) const = default;
};

// An operation of the plan with names for the places in memory.
class Source {
public:
    using Naming = std::function<Pointer(const ir::Place&)>;
    Source(const ir::PlanStep& step, const Naming& naming) : m_step(step), m_naming(naming) {}

    const ir::Operation& operation() const { return m_step.operation; }
    int integer(std::size_t i) const { return static_cast<int>(operation().integers[i]); }
    float number(std::size_t i) const { return static_cast<float>(operation().numbers[i]); }
    WindowNumbers window() const;

    Pointer in(std::size_t i) const { return pointer(m_step.inputs, i); }
    Pointer out(std::size_t i) const { return pointer(m_step.outputs, i); }
    // Elements; 0 for an input left out.
    int inputCount(std::size_t i) const { return count(m_step.inputs, i); }
    int outputCount() const { return count(m_step.outputs, 0); }
    int inputRows(std::size_t i) const { return static_cast<int>(m_step.inputs[i].rows); }

private:
    Pointer pointer(const std::vector<ir::Place>& places, std::size_t i) const {
        return count(places, i) ? m_naming(places[i]) : Pointer{};
    }
    static int count(const std::vector<ir::Place>& places, std::size_t i) {
        return i < places.size() ? static_cast<int>(places[i].rows * places[i].columns) : 0;
    }

    const ir::PlanStep& m_step;
    const Naming& m_naming;
};

// The arrays of a program by name.
using Memory = std::map<std::string, float*>;

struct Function {
    const char* name;
    void (*run)(const Call& call, const Memory& memory);  // throws std::exception for arguments of another kind
};

struct Kernel {
    const char* primitive;
    Call (*call)(const Source&);
    std::vector<Function> functions;
};

#define CPP_KERNEL(Member) extern const Kernel Member##Kernel;
#include "engine/exchange/cpp/kernels.def"
#undef CPP_KERNEL

const Kernel* kernelOf(const std::string& primitive);
// Throws base::Error when none has this name.
const Function& functionOf(const std::string& name);
std::vector<std::string> functionNames();

// The text of `functions` and all they mention, in an order in which it compiles. A formula counts as a function.
std::string textOf(const std::vector<Call>& calls);

// --- How a function is called with the arguments of a Call.

inline float* resolved(const Argument& argument, const Memory& memory) {
    const Pointer& pointer = std::get<Pointer>(argument);
    return pointer.array.empty() ? nullptr : memory.at(pointer.array) + pointer.offset;
}

template <class T>
std::remove_cvref_t<T> argumentOf(const Argument& argument, const Memory& memory) {
    if constexpr (std::is_pointer_v<T>) {
        return resolved(argument, memory);
    } else if constexpr (std::is_same_v<T, const Window&>) {
        const WindowNumbers& n = std::get<WindowNumbers>(argument);
        return {n.at(0), n.at(1), n.at(2),  n.at(3),  n.at(4),  n.at(5),  n.at(6), n.at(7),
                n.at(8), n.at(9), n.at(10), n.at(11), n.at(12), n.at(13), n.at(14)};
    } else {
        return std::get<T>(argument);
    }
}

template <class... A>
void callWith(void (*function)(A...), const Call& call, const Memory& memory) {
    const auto all = [&]<std::size_t... i>(std::index_sequence<i...>) {
        function(argumentOf<A>(call.arguments.at(i), memory)...);
    };
    all(std::index_sequence_for<A...>());
}

#define CPP_FUNCTION(name)                                                                  \
    {                                                                                       \
#        name, [](const Call& call, const Memory& memory) { callWith(name, call, memory); } \
    }

}  // namespace perceptory::exchange::cpp
