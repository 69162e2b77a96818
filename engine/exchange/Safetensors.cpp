// The weights alone, for PyTorch and whoever reads safetensors.

#include "engine/exchange/Safetensors.h"

#include "engine/exchange/Exporter.h"
#include "engine/exchange/WrittenWeights.h"
#include "engine/network/TorchWeights.h"

namespace perceptory::exchange {

namespace {

ExportResult write(const ExportRequest& request) {
    const tensor::NamedTensors weights = network::torchWeights(request.network, request.weights);
    writeSafetensors(weights, request.path);
    return {.checked = checkedWeights(weights, request.path, readSafetensors)};
}

}  // namespace

const ExporterType SafetensorsExporter{
    {"safetensors", "Safetensors", "The weights under PyTorch's names and in its layouts, as safetensors reads them."},
    write};

}  // namespace perceptory::exchange
