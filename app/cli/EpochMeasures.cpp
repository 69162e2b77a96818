#include "app/cli/EpochMeasures.h"

namespace perceptory::cli {

using base::Json;

namespace {

std::optional<training::Evaluation> evaluatePart(training::Trainer& trainer, const std::vector<std::uint32_t>& rows) {
    if (rows.empty()) return {};
    return trainer.evaluate(rows);
}

Json partJson(const std::optional<training::Evaluation>& part) {
    if (!part) return nullptr;
    return {{"loss", part->loss}, {"metrics", part->metrics}};
}

}  // namespace

EpochMeasures measure(training::Trainer& trainer, const EpochReport& report) {
    const data::Parts& parts = trainer.dataset().parts;
    return {report, trainer.evaluate(parts.train), evaluatePart(trainer, parts.validation),
            evaluatePart(trainer, parts.test)};
}

Json toJson(const EpochMeasures& measures) {
    const EpochReport& report = measures.report;
    Json line{{"epoch", report.epoch},
              {"step", report.step},
              {"loss", report.loss},
              {"penalty", report.penalty},
              {"metrics", measures.train.metrics},
              {"validation", partJson(measures.validation)},
              {"test", partJson(measures.test)},
              {"learning_rate", report.learningRate},
              {"samples_per_s", report.samplesPerSecond},
              {"seconds", report.seconds}};
    if (report.partial) line["partial"] = true;
    return line;
}

}  // namespace perceptory::cli
