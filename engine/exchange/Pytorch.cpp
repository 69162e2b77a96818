// The network as a folder for PyTorch: readable Python, the weights, samples to check both by, and its training.

#include "engine/base/AtomicFile.h"
#include "engine/base/RegularFile.h"
#include "engine/base/Text.h"
#include "engine/exchange/ExportFolder.h"
#include "engine/exchange/Exporter.h"
#include "engine/exchange/PytorchFiles.h"
#include "engine/exchange/Safetensors.h"
#include "engine/exchange/TorchSamples.h"
#include "engine/exchange/TorchTraining.h"
#include "engine/exchange/WrittenWeights.h"
#include "engine/network/TorchWeights.h"

namespace perceptory::exchange {

namespace {

// Larger data is written when it is asked for.
constexpr std::int64_t largestData = std::int64_t{256} << 20;

class Export {
public:
    explicit Export(const ExportRequest& request) : m_request(request) {}

    ExportResult run() {
        const training::RunSpec& spec = m_request.trainer.spec();
        m_module = torchModule(m_request.network, spec.network.blocks, m_result.problems);
        if (base::hasError(m_result.problems)) return m_result;
        const bool trains = m_request.values.flag("training");
        if (trains) m_script = trainingText(m_module, m_request.trainer, m_result.problems);
        if (base::hasError(m_result.problems)) return m_result;
        ExportFolder folder(m_request.path, {"model.py", "model.safetensors", "samples.safetensors", "train.py",
                                             "first.safetensors", "data.safetensors"});
        writeModel(folder);
        if (trains) writeTraining(folder);
        folder.finish();
        return m_result;
    }

private:
    void writeModel(const ExportFolder& folder) {
        writeText(modelText(m_module), folder.file("model.py"));
        m_result.checked =
            base::sentence("weights: {0}", written(weightsOf(m_request.weights), folder.file("model.safetensors")));
        const tensor::NamedTensors samples = torchSamples(m_module, m_request.trainer);
        written(samples, folder.file("samples.safetensors"));
        m_result.checked += base::sentence("; python model.py compares {0}",
                                           base::counted("{0} sample", "{0} samples", samples.front().shape.front()));
    }

    void writeTraining(const ExportFolder& folder) {
        writeText(m_script, folder.file("train.py"));
        tensor::Buffer first(m_request.network.parameterCount());
        m_request.network.initialise(m_request.trainer.spec().training.seed, first);
        written(weightsOf(first), folder.file("first.safetensors"));
        const std::int64_t bytes = trainingDataBytes(m_module, m_request.trainer);
        const std::string data = m_request.values.text("data");
        if (data == "never" || bytes == 0) return;
        if (data == "auto" && bytes > largestData) {
            m_result.checked +=
                base::sentence("; train.py has no data, which takes {0} MiB: --set data=always", bytes >> 20);
            return;
        }
        written(trainingData(m_module, m_request.trainer), folder.file("data.safetensors"));
    }

    // Under the names that they have in model.py.
    tensor::NamedTensors weightsOf(const tensor::Buffer& weights) const {
        tensor::NamedTensors all = network::torchWeights(m_request.network, weights), tensors;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const network::Parameter& parameter = m_request.network.parameters()[i];
            if (!m_module.has(parameter)) continue;
            all[i].name = m_module.nameOf(parameter);
            tensors.push_back(std::move(all[i]));
        }
        return tensors;
    }

    static std::string written(const tensor::NamedTensors& tensors, const std::string& path) {
        writeSafetensors(tensors, path);
        return checkedWeights(tensors, path, readSafetensors);
    }

    static void writeText(const std::string& text, const std::string& path) {
        base::replaceFile(path, text);
        if (base::RegularFile(path).text(std::ssize(text) + 1) != text)
            refuseWritten(path, base::sentence("what was written reads back differently"));
    }

    const ExportRequest& m_request;
    TorchModule m_module;
    std::string m_script;
    ExportResult m_result;
};

ExportResult write(const ExportRequest& request) { return Export(request).run(); }

bool wantsRows(const base::ParamValues& values) { return values.flag("training") && values.text("data") != "never"; }

base::ParamType dataParam() {
    base::ParamType type = base::choiceParam(
        "data", "With data", "The prepared rows go along for train.py: auto up to 256 MiB, always, or never.", "auto",
        {"auto", "always", "never"});
    type.visibleIf = "training";
    return type;
}

}  // namespace

const ExporterType PytorchExporter{
    {"pytorch",
     "PyTorch",
     "A folder with the network as readable Python (model.py), its weights, stored samples by which `python model.py` "
     "checks that PyTorch says the same, and its training (train.py). Images go in and come out as [N, C, H, W].",
     {base::switchParam("training", "With training",
                        "train.py repeats the training, in one process or under torchrun in many.", true),
      dataParam()}},
    write,
    true,
    wantsRows};

}  // namespace perceptory::exchange
