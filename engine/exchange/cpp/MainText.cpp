#include "engine/exchange/cpp/MainText.h"

#include <algorithm>

#include "engine/exchange/cpp/Numbers.h"
#include "engine/exchange/cpp/Texts.h"

namespace perceptory::exchange::cpp {

namespace {

// As main.in calls what turns numbers into probabilities.
const char* ruleName(const training::OutputReading& reading) {
    if (reading.classes == 0) return "None";
    switch (reading.link) {
        case training::Link::Sigmoid:
            return "Sigmoid";
        case training::Link::Softmax:
            return "Softmax";
        case training::Link::Share:
            return "Share";
        case training::Link::Rescale:
            return "Rescale";
    }
    return "None";
}

// The lines of the table `outputs`.
std::string outputsText(const Program& program, const Words& words, const std::vector<ExportedOutput>& outputs) {
    std::string text;
    for (const Port& port : program.outputs) {
        const auto found = std::ranges::find(outputs, port.title, &ExportedOutput::node);
        const training::OutputReading reading = found == outputs.end() ? training::OutputReading{} : found->reading;
        const bool named = reading.classes > 0 && words.classes.contains(port.name);
        const std::int64_t width = port.shape.empty() ? 1 : port.shape.back();
        text += "    {" + inQuotes(port.title) + ", " + std::to_string(port.first) + ", " +
                std::to_string(port.size()) + ", " + std::to_string(width) + ", " + std::to_string(reading.classes) +
                ", Rule::" + ruleName(reading) + ", " + literal(static_cast<float>(reading.threshold)) + ", " +
                (named ? "net::classes::" + port.name : "nullptr") + "},\n";
    }
    return text;
}

std::string argumentsText(const Program& program) {
    std::string text;
    for (const Port& port : program.inputs) text += "row + " + std::to_string(port.first) + ", ";
    for (std::size_t i = 0; i < program.outputs.size(); ++i)
        text += (i ? ", result + " : "result + ") + std::to_string(program.outputs[i].first);
    return text;
}

}  // namespace

std::string mainText(const Program& program, const Words& words, const std::vector<ExportedOutput>& outputs) {
    const bool image = program.inputs.size() == 1 && program.inputs[0].shape.size() == 3;
    const auto side = [&](std::size_t i) { return std::to_string(image ? program.inputs[0].shape[i] : 0); };
    const bool file = words.weightsInFile;
    const std::string binary = words.name + "_weights.bin";
    const std::map<std::string, std::string> places{
        {"name", words.name},
        {"header", words.name + ".h"},
        {"rowHelp", std::to_string(program.inputCount()) + " numbers a row; the first line may be titles"},
        {"imageHelp", image ? "//     ./" + words.name + " image.pgm            PGM or PPM of " + side(1) + " x " +
                                  side(0) + " pixels; they become numbers from 0 to 1\n"
                            : ""},
        {"weightsHelp", file ? "//     ./" + words.name + " --weights FILE ...   instead of " + binary + "\n" : ""},
        {"inputCount", std::to_string(program.inputCount())},
        {"outputCount", std::to_string(program.outputCount())},
        {"imageHeight", side(0)},
        {"imageWidth", side(1)},
        {"imageChannels", side(2)},
        {"outputs", outputsText(program, words, outputs)},
        {"network", file ? "static net::Network network(weights.c_str());" : "static net::Network network;"},
        {"arguments", argumentsText(program)},
        {"weightsParameter", file ? ", const std::string& weights" : ""},
        {"weightsArgument", file ? ", weights" : ""},
        {"weightsOption", file ? "    std::string weights = \"" + binary +
                                     "\";\n    if (arguments.size() > 1 && arguments[0] == \"--weights\") {\n        "
                                     "weights = arguments[1];\n        arguments.erase(arguments.begin(), "
                                     "arguments.begin() + 2);\n    }\n"
                               : ""},
        {"unready", file ? "The file of the weights is missing, or has another size. Name it with --weights."
                         : "The network is not ready."}};
    std::string text, rest = mainTemplate;
    for (std::size_t begin = rest.find("{{"); begin != rest.npos; begin = rest.find("{{")) {
        const std::size_t end = rest.find("}}", begin);
        text += rest.substr(0, begin) + places.at(rest.substr(begin + 2, end - begin - 2));
        rest = rest.substr(end + 2);
    }
    return text + rest;
}

}  // namespace perceptory::exchange::cpp
