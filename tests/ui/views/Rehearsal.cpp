#include "tests/ui/views/Rehearsal.h"

#include <stdexcept>

#include "engine/base/Error.h"
#include "engine/data/DatasetLoader.h"
#include "engine/training/RunCheck.h"

namespace perceptory::tests {

Rehearsal::Rehearsal(const document::Document& document) : m_document(document) { open(); }

void Rehearsal::open() {
    base::Problems problems;
    const auto dataset = data::loadDataset(m_document.spec().data, m_document.folder(), problems);
    if (!dataset) throw std::runtime_error("no data: " + base::describe(problems.front()));
    const training::RunCheck check = training::checkRun(m_document.spec(), *dataset);
    if (!check.ok()) throw std::runtime_error("cannot run: " + base::describe(check.problems.front()));
    m_trainer = std::make_unique<training::Trainer>(m_document.spec(), dataset);
    m_revision = m_document.revision();
    m_cache = {};
    m_log.clear();
    writeLog();
}

void Rehearsal::writeLog() {
    const training::Progress& progress = m_trainer->progress();
    const auto step = static_cast<std::int64_t>(progress.step);
    m_log.place({step, progress.epoch, progress.batch, m_trainer->stepsPerEpoch()});
    const auto write = [&](const std::string& part, const std::vector<std::uint32_t>& rows) {
        if (rows.empty()) return;
        const training::Evaluation result = m_trainer->evaluate(rows);
        m_log.append(part + "_loss", step, result.loss);
        for (const auto& [metric, value] : result.metrics) m_log.append(part + "_" + metric, step, value);
    };
    write("train", m_trainer->dataset().parts.train);
    write("test", m_trainer->dataset().parts.test);
}

void Rehearsal::train(int epochs) {
    std::vector<double> losses(m_trainer->stepsPerEpoch());
    for (int epoch = 0; epoch < epochs; ++epoch) {
        const std::uint64_t now = m_trainer->progress().epoch;
        while (m_trainer->progress().epoch == now) m_trainer->runSteps(static_cast<int>(losses.size()), losses.data());
        writeLog();
    }
}

void Rehearsal::measureInto(training::Snapshot& snapshot, const training::ProbeRequest& request) {
    const training::ProbeContext context{
        m_trainer->network(), m_trainer->dataset(), m_trainer->reading(), m_trainer->forward(), m_cache,
        m_trainer.get()};
    try {
        snapshot.probes[request.key()] =
            std::make_shared<const training::ProbeResult>(training::measure(context, request));
    } catch (const base::Error& error) {
        snapshot.probes[request.key()] =
            std::make_shared<const training::ProbeResult>(training::ProbeResult{{}, {}, {{"error", error.sentence()}}});
    }
}

std::shared_ptr<training::Snapshot> Rehearsal::snapshot(const std::vector<training::ProbeRequest>& requests) {
    auto snapshot = std::make_shared<training::Snapshot>();
    snapshot->revision = m_revision;
    snapshot->state = m_state;
    snapshot->progress = m_trainer->progress();
    snapshot->dataset = m_trainer->sharedDataset();
    snapshot->reading = m_trainer->reading();
    snapshot->parameters = m_trainer->network().parameters();
    const auto weights = m_trainer->weights().floats();
    snapshot->weights.assign(weights.begin(), weights.end());
    snapshot->train = m_trainer->evaluate(snapshot->dataset->parts.train);
    snapshot->test = m_trainer->evaluate(snapshot->dataset->parts.test);
    for (const training::ProbeRequest& request : requests) measureInto(*snapshot, request);
    return snapshot;
}

}  // namespace perceptory::tests
