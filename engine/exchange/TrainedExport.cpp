#include "engine/exchange/TrainedExport.h"

#include <algorithm>

namespace perceptory::exchange {

namespace {

std::vector<ExportedOutput> outputsOf(const training::Trainer& trainer) {
    std::vector<ExportedOutput> outputs;
    for (const training::Head& head : trainer.heads())
        if (std::ranges::count(outputs, head.output, &ExportedOutput::node) == 0)
            outputs.push_back({head.output, trainer.dataset().target(head.target).classNames, head.reading});
    return outputs;
}

}  // namespace

bool wantsRows(const ExporterType& exporter, const base::ParamValues& values) {
    return exporter.wantsRows && exporter.wantsRows(values);
}

ExportResult exportTrained(const ExporterType& exporter, training::Trainer& trainer, const base::ParamValues& values,
                           const std::string& path, const RunStory& story) {
    return exporter.write({trainer.network(), trainer.weights(), trainer.dataset().pipeline, outputsOf(trainer), values,
                           path, trainer, story});
}

}  // namespace perceptory::exchange
