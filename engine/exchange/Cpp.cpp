// The network as C++17 without dependencies: a header, a program that runs it, and rows to check it with.

#include <algorithm>
#include <charconv>
#include <cstring>
#include <filesystem>

#include "engine/base/AtomicFile.h"
#include "engine/base/RegularFile.h"
#include "engine/exchange/ExportFolder.h"
#include "engine/exchange/Exporter.h"
#include "engine/exchange/cpp/MainText.h"
#include "engine/exchange/cpp/Names.h"
#include "engine/exchange/cpp/Numbers.h"
#include "engine/exchange/cpp/ProgramText.h"
#include "engine/exchange/cpp/SampleRows.h"

namespace perceptory::exchange {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t largestFile = std::int64_t{1} << 34;
constexpr std::int64_t mostInHeader = 1'000'000;  // weights; for so many a compiler takes some seconds
constexpr std::int64_t mostInHeaderAtAll = 5'000'000;
constexpr double allowedDifference = 1e-5;

std::string wordForFolder(const std::string& path) {
    const fs::path folder = fs::absolute(path).lexically_normal();
    const fs::path name = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
    return cpp::Names().take(name.string());
}

// The files of an export; the program goes by its name when it is compiled.
struct Files {
    std::string header, weights, samples = "samples.csv", main = "main.cpp", program;

    explicit Files(const std::string& name) : header(name + ".h"), weights(name + "_weights.bin"), program(name) {}
    std::vector<std::string> all() const { return {header, weights, samples, main, program, "a.out"}; }
};

[[noreturn]] void refuse(const std::string& file, const std::string& reason) {
    throw base::Error(base::sentence("{0}: {1}, so nothing was kept. Export it to another disk.", file, reason));
}

const std::vector<std::string>& namesOfRow(const cpp::ProgramSource& source, const data::InputPipeline& pipeline) {
    return source.preprocessing ? pipeline.featureNames() : pipeline.inputNames();
}

// "colour: 1 red, 2 blue" for columns of words that go in as their numbers.
std::string withWords(const std::string& name, const data::InputPipeline& pipeline) {
    constexpr std::size_t most = 50;
    const auto column = std::ranges::find(pipeline.rawNames(), name) - pipeline.rawNames().begin();
    if (column >= std::ssize(pipeline.words())) return name;
    const std::vector<std::string>& words = pipeline.words()[static_cast<std::size_t>(column)];
    if (words.empty() || words.size() > most) return name;
    std::string text = name + ": 0 unknown";
    for (std::size_t i = 0; i < words.size(); ++i) text += ", " + std::to_string(i + 1) + " " + words[i];
    return text;
}

cpp::Words wordsOf(const ExportRequest& request, const cpp::ProgramSource& source, const cpp::Program& program) {
    cpp::Words words{wordForFolder(request.path)};
    const std::string place = request.values.text("weights");
    words.weightsInFile = place == "file" || (place == "auto" && program.weightCount() > mostInHeader);
    if (program.arrays.empty()) words.weightsInFile = false;
    if (!request.values.flag("names")) return words;
    const std::vector<std::string>& names = namesOfRow(source, request.pipeline);
    for (const cpp::Port& port : program.inputs)
        for (std::int64_t i = 0; i < port.size(); ++i)
            if (const std::int64_t at = cpp::placeInRow(source, port) + i; at < std::ssize(names))
                words.columns.push_back(withWords(names[static_cast<std::size_t>(at)], request.pipeline));
    for (const cpp::Port& port : program.outputs)
        for (const ExportedOutput& output : request.outputs)
            if (output.node == port.title) words.classes[port.name] = output.classNames;
    return words;
}

std::string weightBytes(const cpp::Program& program) {
    std::string bytes;
    for (const cpp::Array& array : program.arrays)
        bytes.append(reinterpret_cast<const char*>(array.values.data()), array.values.size() * sizeof(float));
    return bytes;
}

std::string samplesText(const cpp::Program& program, const cpp::SampleRows& rows) {
    std::string text, line;
    for (const auto* ports : {&program.inputs, &program.outputs})
        for (const cpp::Port& port : *ports)
            for (std::int64_t i = 0; i < port.size(); ++i) line += "," + port.name + "_" + std::to_string(i);
    text = line.substr(1) + "\n";
    const auto width = static_cast<std::size_t>(program.inputCount()),
               outputs = static_cast<std::size_t>(program.outputCount());
    for (std::size_t row = 0; row < rows.count; ++row) {
        line.clear();
        for (std::size_t i = 0; i < width; ++i) line += "," + cpp::shortest(rows.inputs[row * width + i]);
        for (std::size_t i = 0; i < outputs; ++i) line += "," + cpp::shortest(rows.outputs[row * outputs + i]);
        text += line.substr(1) + "\n";
    }
    return text;
}

bool isSame(const cpp::Array& a, const cpp::Array& b) {
    return a.name == b.name && a.values.size() == b.values.size() &&
           std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(float)) == 0;
}

// Reads what was written.
cpp::Program readBack(const ExportFolder& folder, const Files& files, const cpp::Words& words,
                      const cpp::Program& program) {
    std::vector<float> weights;
    if (words.weightsInFile) {
        const base::RegularFile file(folder.file(files.weights));
        weights.resize(static_cast<std::size_t>(program.weightCount()));
        if (file.size() != std::ssize(weights) * 4) refuse(files.weights, base::sentence("it has another size"));
        file.read(0, std::as_writable_bytes(std::span(weights)));
    }
    return cpp::readHeader(base::RegularFile(folder.file(files.header)).text(largestFile), weights, program);
}

// "7.1e-08"
std::string shareText(double share) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, share, std::chars_format::scientific, 1).ptr};
}

// Runs what was written; the largest difference.
double check(const cpp::Program& found, const std::string& header, const cpp::Program& program,
             const cpp::SampleRows& rows) {
    if (!std::ranges::equal(found.arrays, program.arrays, isSame))
        refuse(header, base::sentence("its weights do not read back"));
    if (found.calls != program.calls || found.arena != program.arena)
        refuse(header, base::sentence("its statements do not read back"));
    const double apart = cpp::difference(program, rows, cpp::runProgram(found, rows.inputs, rows.count));
    if (!(apart <= allowedDifference))
        throw base::Error(
            base::sentence("What was written puts out numbers that differ by {0} of the largest, so "
                           "nothing was kept. Export ONNX instead.",
                           apart));
    return apart;
}

std::string checkedText(const cpp::Program& program, const cpp::Words& words, std::size_t rows, double apart) {
    std::string text = base::sentence(
        "{0} and main.cpp, {1}, {2} of working memory; read back bit for bit; run on {3}, largest difference {4} of "
        "the largest output",
        words.name + ".h", base::counted("{0} weight", "{0} weights", program.weightCount()),
        base::counted("{0} byte", "{0} bytes", program.arena * 4),
        base::counted("{0} sample", "{0} samples", static_cast<std::int64_t>(rows)), shareText(apart));
    if (words.weightsInFile) text += base::sentence("; weights in {0}", words.name + "_weights.bin");
    return text;
}

void insistOnSize(const cpp::Words& words, std::int64_t weights, base::Problems& problems) {
    if (words.weightsInFile || weights <= mostInHeaderAtAll) return;
    problems.push_back({"weights", base::Severity::Error,
                        base::sentence("{0} weights are too many for a header: compilers take {1} at most.", weights,
                                       mostInHeaderAtAll),
                        base::sentence("Write them into a file: --set weights=file.")});
}

ExportResult write(const ExportRequest& request) {
    const bool prepared = request.values.flag("preprocessing") && !request.pipeline.steps().empty();
    const cpp::ProgramSource source{request.network, request.weights, prepared ? &request.pipeline : nullptr};
    ExportResult result;
    const cpp::Program program = cpp::makeProgram(source, result.problems);
    if (!result.problems.empty()) return result;
    const cpp::Words words = wordsOf(request, source, program);
    insistOnSize(words, program.weightCount(), result.problems);
    if (!result.problems.empty()) return result;
    const cpp::SampleRows rows = cpp::drawRows(source, program);
    const Files files(words.name);
    ExportFolder folder(request.path, files.all());
    base::replaceFile(folder.file(files.header), cpp::headerText(program, words));
    if (words.weightsInFile) base::replaceFile(folder.file(files.weights), weightBytes(program));
    base::replaceFile(folder.file(files.samples), samplesText(program, rows));
    base::replaceFile(folder.file(files.main), cpp::mainText(program, words, request.outputs));
    const double apart = check(readBack(folder, files, words, program), files.header, program, rows);
    folder.finish();
    result.checked = checkedText(program, words, rows.count, apart);
    if (prepared) result.checked += base::sentence("; with preprocessing");
    return result;
}

}  // namespace

const ExporterType CppExporter{
    {"cpp",
     "C++",
     "A folder with the network as C++17 without dependencies, for programs and small machines: a header, a main that "
     "reads a table or an image (PGM, PPM), and rows to check it with. No allocation while it predicts. Images go in "
     "and come out as [H][W][C]. Compile with g++ -std=c++17 -O2.",
     {base::switchParam("preprocessing", "With preprocessing",
                        "The fitted preparation steps go before the network, so that it takes plain values.", true),
      base::switchParam("names", "With names", "Names of inputs and classes go along.", true),
      base::choiceParam("weights", "Weights",
                        "Where they stand: header, or file: a file beside it, read once. auto: in the header up to a "
                        "million, for which a compiler takes some seconds.",
                        "auto", {"auto", "header", "file"})}},
    write,
    true};

}  // namespace perceptory::exchange
