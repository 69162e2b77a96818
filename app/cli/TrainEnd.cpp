#include "app/cli/TrainEnd.h"

#include <iostream>

#include "app/cli/EpochMeasures.h"
#include "app/cli/Numbers.h"
#include "engine/exchange/WeightsHash.h"
#include "engine/network/TorchWeights.h"

namespace perceptory::cli {

namespace {

void tellPart(const std::string& name, const training::Evaluation& evaluation) {
    std::cout << name << ": loss " << roundedText(evaluation.loss, 6);
    for (const auto& [id, value] : evaluation.metrics) std::cout << ", " << id << ' ' << roundedText(value, 6);
    std::cout << '\n';
}

void tellMeasures(training::Trainer& trainer, const EpochReport& last) {
    const EpochMeasures measures = measure(trainer, last);
    tellPart("train", measures.train);
    if (measures.validation) tellPart("validation", *measures.validation);
    if (measures.test) tellPart("test", *measures.test);
}

base::Json jsonOf(const training::Trainer& trainer, const TrainEnd& end, std::uint64_t epoch, const std::string& sum) {
    base::Json line{{"done", true},
                    {"reason", endReasonName(end.reason)},
                    {"epoch", epoch},
                    {"step", trainer.progress().step},
                    {"weights_sha256", sum}};
    if (const auto& stop = trainer.stopped()) {
        line["rule"] = stop->rule;
        line["sentence"] = stop->sentence;
    }
    if (end.reason == EndReason::Diverged) line["divergence"] = end.divergence.sentence;
    return line;
}

}  // namespace

void tellEnd(training::Trainer& trainer, const TrainEnd& end) {
    const std::string sum = exchange::weightsSha256(network::torchWeights(trainer.network(), trainer.weights()));
    const training::Progress& progress = trainer.progress();
    const bool partial = progress.batch != 0;
    const std::uint64_t epoch = progress.epoch + (partial ? 1 : 0);  // as in the last record
    if (end.json) {
        std::cout << jsonOf(trainer, end, epoch, sum).dump() << '\n';
        return;
    }
    std::cout << "ended by: " << endReasonName(end.reason) << "\nepochs: " << epoch
              << (partial ? " (the last not whole)" : "") << "\nsteps: " << progress.step
              << "\nseconds: " << roundedText(end.last.seconds) << '\n';
    // The last finite weights of a run that diverged say nothing about the network.
    if (end.reason != EndReason::Diverged) tellMeasures(trainer, end.last);
    std::cout << "weights: " << sum << '\n';
    if (!end.model.empty()) std::cout << "model: " << end.model << '\n';
}

}  // namespace perceptory::cli
