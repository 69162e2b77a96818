// The weights alone, for numpy.load.

#include "engine/base/AtomicFile.h"
#include "engine/exchange/Exporter.h"
#include "engine/exchange/Numpy.h"
#include "engine/exchange/WrittenWeights.h"
#include "engine/network/TorchWeights.h"

namespace perceptory::exchange {

namespace {

ExportResult write(const ExportRequest& request) {
    const tensor::NamedTensors weights = network::torchWeights(request.network, request.weights);
    std::vector<ArchiveEntry> entries;
    for (const tensor::NamedTensor& weight : weights)
        entries.push_back({weight.name + ".npy", npyBytes(weight.shape, weight.values.floats())});
    base::replaceFile(request.path, zipBytes(entries));
    return {.checked = checkedWeights(weights, request.path, readNpz)};
}

}  // namespace

const ExporterType NpzExporter{
    {"npz", "NumPy archive", "The weights under PyTorch's names and in its layouts, for numpy.load."}, write};

}  // namespace perceptory::exchange
