#pragma once
// Pieces of Python with which networks and their training are written for PyTorch. Layers, activations, losses,
// optimizers, schedules and regularizers add what they need; engine/exchange makes files of it.

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace perceptory::ir {

// As Python writes them. A pair of equal numbers is one number, as PyTorch reads it.
std::string pythonNumber(double number);
std::string pythonFloat(double number);           // with a point or exponent
std::string pythonText(const std::string& text);  // in quotes
std::string pythonList(const std::vector<std::int64_t>& numbers);
std::string pythonTuple(const std::vector<std::int64_t>& numbers);
std::string pythonPair(const std::array<std::int64_t, 2>& pair);

// Names in a file or class, each given once.
class PythonNames {
public:
    PythonNames();  // words of Python, of PyTorch and of its modules are taken

    // A name that Python reads, as like `wanted` as possible.
    std::string take(const std::string& wanted);
    // Nobody else gets this one.
    void keep(const std::string& name) { m_taken.insert(name); }

private:
    std::set<std::string> m_taken;
};

// Functions and classes that stand once in a file, each before those that use it.
class TorchCode {
public:
    explicit TorchCode(PythonNames names) : m_names(std::move(names)) {}

    // `text` is the whole definition with {name} for its name, which is as like `name` as possible; equal ones are one.
    // Gives the name.
    std::string define(const std::string& name, const std::string& text);
    const std::vector<std::string>& definitions() const { return m_definitions; }

private:
    PythonNames m_names;
    std::vector<std::pair<std::string, std::string>> m_known;  // texts, and their names
    std::vector<std::string> m_definitions;
};

// "return 1 + x" as the body of a function: every line one step further in.
std::string indented(const std::string& lines);

}  // namespace perceptory::ir
