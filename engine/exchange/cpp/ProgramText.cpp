#include "engine/exchange/cpp/ProgramText.h"

#include <algorithm>
#include <set>

#include "engine/base/Text.h"
#include "engine/exchange/cpp/Names.h"
#include "engine/exchange/cpp/Numbers.h"

namespace perceptory::exchange::cpp {

const std::string headerMark = "// A trained network as plain C++17, written by Perceptory.";

namespace {

// "[28][28][1]"
std::string brackets(const tensor::Shape& shape) {
    std::string text;
    for (const std::int64_t size : shape) text += "[" + std::to_string(size) + "]";
    return text.empty() ? "[1]" : text;
}

// "a, b, c" on lines of some 100 letters, each behind `indent`.
std::string wrapped(const std::vector<std::string>& parts, const std::string& indent) {
    std::string text, line;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string part = parts[i] + (i + 1 < parts.size() ? "," : "");
        if (!line.empty() && line.size() + part.size() > 100) {
            text += indent + line + "\n";
            line.clear();
        }
        line += (line.empty() ? "" : " ") + part;
    }
    return text + indent + line + "\n";
}

std::string portsText(const std::vector<Port>& ports) {
    std::string text;
    for (const Port& port : ports) {
        text += "//   " + port.name + brackets(port.shape);
        if (port.name != port.title) text += ", called \"" + inComment(port.title) + "\"";
        text += port.shape.size() == 3 ? ": an image by rows, columns and channels\n" : "\n";
    }
    return text;
}

std::string columnsText(const Words& words) {
    constexpr std::size_t most = 100;
    if (words.columns.empty() || words.columns.size() > most) return {};
    std::vector<std::string> names;
    for (const std::string& name : words.columns) names.push_back(inComment(name));
    return "// The values that go in, in this order:\n" + wrapped(names, "//   ");
}

bool reads(const Program& program, const std::string& array) {
    for (const Call& call : program.calls)
        for (const Argument& argument : call.arguments)
            if (const auto* pointer = std::get_if<Pointer>(&argument); pointer && pointer->array == array) return true;
    return false;
}

std::string parameters(const Program& program) {
    std::string text;
    for (const Port& port : program.inputs)
        text += reads(program, port.name) ? "const float* " + port.name + ", " : "const float* /*" + port.name + "*/, ";
    for (std::size_t i = 0; i < program.outputs.size(); ++i)
        text += (i ? ", float* " : "float* ") + program.outputs[i].name;
    return text;
}

std::string introduction(const Program& program, const Words& words) {
    std::string arguments;
    for (const auto* ports : {&program.inputs, &program.outputs})
        for (const Port& port : *ports) arguments += (arguments.empty() ? "" : ", ") + port.name;
    std::string text = headerMark + "\n//\n//     static perceptory::" + words.name +
                       "::Network network;\n//     network.predict(" + arguments +
                       ");\n//\n// Goes in, in single precision:\n" + portsText(program.inputs) + columnsText(words) +
                       "// Comes out:\n" + portsText(program.outputs);
    text += "//\n// predict() allocates nothing and throws nothing. A Network holds its working memory, " +
            std::to_string(program.arena * 4) +
            " bytes: make it\n// static, or on the heap where that is too much for the stack, and one for each thread. "
            "What comes out must not lie\n// where something goes in.\n";
    return text;
}

std::string includes(const std::string& text, const Words& words) {
    std::set<std::string> headers;
    if (text.find("numeric_limits") != text.npos) headers.insert("limits");
    if (text.find("memcpy") != text.npos) headers.insert("cstring");
    for (const char* name :
         {"std::exp", "std::log", "std::sqrt", "std::fabs", "std::sin", "std::tanh", "std::erf", "std::isnan"})
        if (text.find(name) != text.npos) headers.insert("cmath");
    if (words.weightsInFile) headers.insert({"cstdio", "limits", "vector"});
    std::string result;
    for (const std::string& header : headers) result += "#include <" + header + ">\n";
    return result.empty() ? "" : result + "\n";
}

std::string arraysText(const Program& program) {
    std::string text = "// Weights, and what was worked out of them.\nnamespace weights {\n\n";
    for (const Array& array : program.arrays) {
        std::vector<std::string> numbers;
        for (const float number : array.values) numbers.push_back(literal(number));
        text += "// " + inComment(array.title) + " " + brackets(array.shape) + "\ninline const float " + array.name +
                "[" + std::to_string(array.values.size()) + "] = {\n" + wrapped(numbers, "    ") + "};\n\n";
    }
    return text + "}  // namespace weights\n\n";
}

std::string constantsText(const Program& program, const Words& words) {
    std::string text = "// How many numbers go in and come out.\nnamespace size {\n\n";
    for (const auto* ports : {&program.inputs, &program.outputs})
        for (const Port& port : *ports)
            text += "inline constexpr int " + port.name + " = " + std::to_string(port.size()) + ";\n";
    text += "\n}  // namespace size\n\n";
    std::string classes;
    for (const Port& port : program.outputs) {
        const auto found = words.classes.find(port.name);
        if (found == words.classes.end() || found->second.empty()) continue;
        std::vector<std::string> names;
        for (const std::string& name : found->second) names.push_back(inQuotes(name));
        classes += "inline constexpr const char* " + port.name + "[" + std::to_string(names.size()) + "] = {\n" +
                   wrapped(names, "    ") + "};\n\n";
    }
    if (classes.empty()) return text;
    return text + "// What the numbers of an output stand for.\nnamespace classes {\n\n" + classes +
           "}  // namespace classes\n\n";
}

std::string statement(const Call& call) {
    std::string text = "detail::" + call.function;
    if (!call.formula.empty()) text += "<detail::" + call.formula + ">";
    text += "(";
    for (std::size_t i = 0; i < call.arguments.size(); ++i) text += (i ? ", " : "") + textOf(call.arguments[i]);
    return text + ");";
}

std::string callsText(const Program& program) {
    std::string text, node;
    for (const Call& call : program.calls) {
        if (call.node != node) text += "        // " + inComment(call.node) + "\n";
        node = call.node;
        text += "        " + statement(call) + "\n";
    }
    return text;
}

std::string constructor(const Program& program, const Words& words) {
    const std::string count = std::to_string(program.weightCount());
    if (!words.weightsInFile)
        return "    // The weights are in this header.\n    bool ready() const noexcept { return true; }\n\n";
    return "    // Reads the file of the weights, " + count +
           " numbers in single precision, the lowest byte first. The only place that\n    // allocates.\n"
           "    explicit Network(const char* file = \"" +
           words.name +
           "_weights.bin\") {\n"
           "        std::FILE* stream = std::fopen(file, \"rb\");\n"
           "        if (!stream) return;\n"
           "        weights_.resize(" +
           count +
           ");\n"
           "        const std::size_t read = std::fread(weights_.data(), sizeof(float), weights_.size(), stream);\n"
           "        ready_ = read == weights_.size() && std::fgetc(stream) == EOF;\n"
           "        std::fclose(stream);\n"
           "    }\n\n"
           "    // Whether the file was there, and as long as it should be. If not, NaN comes out.\n"
           "    bool ready() const noexcept { return ready_; }\n\n";
}

// Names for the arrays of the file, as the calls have them.
std::string arrayPointers(const Program& program) {
    std::string text = "        if (!ready_) {\n";
    for (const Port& port : program.outputs)
        text += "            for (int i = 0; i < size::" + port.name + "; ++i) " + port.name +
                "[i] = std::numeric_limits<float>::quiet_NaN();\n";
    text += "            return;\n        }\n";
    std::int64_t first = 0;
    for (const Array& array : program.arrays) {
        text += "        const float* const " + array.name + " = weights_.data() + " + std::to_string(first) +
                ";  // " + inComment(array.title) + " " + brackets(array.shape) + "\n";
        first += std::ssize(array.values);
    }
    return text;
}

std::string classText(const Program& program, const Words& words) {
    std::string text = "class Network {\npublic:\n" + constructor(program, words) + "    void predict(" +
                       parameters(program) + ") noexcept {\n";
    if (words.weightsInFile)
        text += arrayPointers(program);
    else if (!program.arrays.empty())
        text += "        using namespace weights;\n";
    text += callsText(program) + "    }\n";
    const std::string arena = "    alignas(64) float " + arenaName + "[" + std::to_string(program.arena) + "];\n";
    if (program.arena > 0 || words.weightsInFile) text += "\nprivate:\n";
    if (words.weightsInFile) text += "    std::vector<float> weights_;\n    bool ready_ = false;\n";
    if (program.arena > 0) text += arena;
    return text + "};\n\n";
}

}  // namespace

std::string inQuotes(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < ' ') continue;
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string textOf(const Argument& argument) {
    if (const auto* number = std::get_if<int>(&argument)) return std::to_string(*number);
    if (const auto* number = std::get_if<float>(&argument)) return literal(*number);
    if (const auto* window = std::get_if<WindowNumbers>(&argument)) {
        std::string text;
        for (const int number : *window) text += (text.empty() ? "{" : ", ") + std::to_string(number);
        return text + "}";
    }
    const Pointer& pointer = std::get<Pointer>(argument);
    if (pointer.array.empty()) return "nullptr";
    return pointer.offset ? pointer.array + " + " + std::to_string(pointer.offset) : pointer.array;
}

std::string headerText(const Program& program, const Words& words) {
    const std::string functions = textOf(program.calls);
    std::string text = introduction(program, words) + "\n#pragma once\n\n" + includes(functions, words) +
                       "namespace perceptory::" + words.name + " {\n\n" + constantsText(program, words) +
                       "namespace detail {\n\n" + functions + "}  // namespace detail\n\n";
    if (!words.weightsInFile && !program.arrays.empty()) text += arraysText(program);
    return text + classText(program, words) + "}  // namespace perceptory::" + words.name + "\n";
}

}  // namespace perceptory::exchange::cpp
