// The network as ONNX has it: for runtimes, other frameworks and viewers.

#include <algorithm>
#include <cstring>

#include "engine/base/AtomicFile.h"
#include "engine/base/RegularFile.h"
#include "engine/exchange/Exporter.h"
#include "engine/exchange/OnnxFile.h"
#include "engine/exchange/OnnxNetwork.h"
#include "engine/network/TorchWeights.h"

namespace perceptory::exchange {

namespace {

constexpr std::int64_t largestFile = std::int64_t{1} << 31;

// Texts beside the network: what goes in, and the classes of each output.
std::map<std::string, std::string> metadataOf(const ExportRequest& request, bool prepared) {
    std::map<std::string, std::string> metadata;
    const data::InputPipeline& pipeline = request.pipeline;
    const std::vector<std::string>& inputs = prepared ? pipeline.featureNames() : pipeline.inputNames();
    metadata["inputs"] = base::Json(inputs).dump();
    for (std::size_t i = 0; i < pipeline.words().size(); ++i)
        if (const std::string& name = pipeline.rawNames()[i];
            !pipeline.words()[i].empty() && std::ranges::count(inputs, name) > 0)
            metadata["words." + name] = base::Json(pipeline.words()[i]).dump();
    for (const ExportedOutput& output : request.outputs)
        if (!output.classNames.empty()) metadata["classes." + output.node] = base::Json(output.classNames).dump();
    return metadata;
}

bool holds(const ir::OnnxTensor& tensor, const tensor::NamedTensor& weight) {
    const auto* values = std::get_if<std::vector<float>>(&tensor.values);
    if (!values || std::ssize(*values) != weight.values.size()) return false;
    for (std::size_t i = 0; i < values->size(); ++i)
        if (const auto value = static_cast<float>(weight.values.get(static_cast<std::int64_t>(i)));
            std::memcmp(&value, &(*values)[i], sizeof value) != 0)
            return false;
    return true;
}

// The weights that stand in the graph under their name, bit for bit; others were joined or turned for an operator.
std::ptrdiff_t equalWeights(const ir::OnnxGraph& graph, const tensor::NamedTensors& weights) {
    return std::ranges::count_if(weights, [&](const tensor::NamedTensor& weight) {
        const auto found = std::ranges::find(graph.tensors(), weight.name, &ir::OnnxTensor::name);
        return found != graph.tensors().end() && holds(*found, weight);
    });
}

std::string checkedText(const ir::OnnxGraph& graph, const tensor::NamedTensors& weights, bool prepared) {
    const std::ptrdiff_t equal = equalWeights(graph, weights);
    std::string text = base::sentence(
        "{0}, opset 17; read back, ONNX's checker and shape inference agree, {1} of {2} weights stand in it bit for "
        "bit",
        base::counted("{0} operator", "{0} operators", std::ssize(graph.nodes())), equal, std::ssize(weights));
    if (equal < std::ssize(weights)) text += base::sentence(", the others as its operators want them");
    if (prepared) text += base::sentence("; with preprocessing");
    return text;
}

ExportResult write(const ExportRequest& request) {
    const tensor::NamedTensors weights = network::torchWeights(request.network, request.weights);
    const bool prepared = request.values.flag("preprocessing") && request.pipeline.prepares();
    ExportResult result;
    const ir::OnnxGraph graph =
        onnxNetwork({request.network, weights, prepared ? &request.pipeline : nullptr}, result.problems);
    if (!result.problems.empty()) return result;
    std::map<std::string, std::string> metadata;
    if (request.values.flag("names")) metadata = metadataOf(request, prepared);
    base::replaceFile(request.path, onnxBytes(graph, metadata, request.path));
    const std::string back = base::RegularFile(request.path).text(largestFile);
    if (const std::string problem = problemOfOnnx(back, graph); !problem.empty()) refuseWritten(request.path, problem);
    result.checked = checkedText(graph, weights, prepared);
    return result;
}

}  // namespace

const ExporterType OnnxExporter{
    {"onnx",
     "ONNX",
     "The whole network with its weights, for ONNX Runtime, other frameworks and viewers: opset 17, IR version 8, any "
     "batch size. Images go in and come out as [N, C, H, W].",
     {base::switchParam("preprocessing", "With preprocessing",
                        "The fitted preparation steps go before the network, so that it takes plain values; missing "
                        "ones (NaN) are filled in.",
                        true),
      base::switchParam("names", "With names", "Names of inputs and classes go along as metadata.", true)}},
    write};

}  // namespace perceptory::exchange
