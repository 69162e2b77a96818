#include "app/cli/History.h"

#include <filesystem>

#include "app/cli/Errors.h"
#include "app/cli/Numbers.h"

namespace perceptory::cli {

History::History(std::string path, std::vector<std::string> metrics, bool append)
    : m_path(std::move(path)), m_metrics(std::move(metrics)) {
    std::error_code none;
    const bool goesOn = append && std::filesystem::file_size(m_path, none) > 0 && !none;
    m_file.open(m_path, goesOn ? std::ios::app : std::ios::trunc);
    insist();
    if (goesOn) return;
    std::string header = "epoch,step,loss,penalty";
    for (const std::string& id : m_metrics) header += "," + id;
    for (const char* part : {"validation_", "test_"}) {
        header += std::string(",") + part + "loss";
        for (const std::string& id : m_metrics) header += std::string(",") + part + id;
    }
    m_file << header + ",learning_rate,seconds\n";
    insist();
}

History::~History() = default;

void History::insist() const {
    if (!m_file)
        throw OutputError(m_path + ": the history cannot be written. Choose a place that exists and has room.");
}

std::string History::part(const std::optional<training::Evaluation>& evaluation) const {
    std::string cells = "," + (evaluation ? numberText(evaluation->loss) : "");
    for (const std::string& id : m_metrics) {
        const bool known = evaluation && evaluation->metrics.contains(id);
        cells += "," + (known ? numberText(evaluation->metrics.at(id)) : "");
    }
    return cells;
}

void History::add(const EpochMeasures& measures) {
    const EpochReport& report = measures.report;
    std::string row = std::to_string(report.epoch) + "," + std::to_string(report.step) + "," + numberText(report.loss) +
                      "," + numberText(report.penalty);
    for (const std::string& id : m_metrics) row += "," + numberText(measures.train.metrics.at(id));
    row += part(measures.validation) + part(measures.test);
    m_file << row + "," + numberText(report.learningRate) + "," + numberText(report.seconds) + "\n";
    const auto now = std::chrono::steady_clock::now();
    if (now - m_flushed > std::chrono::milliseconds(500)) {
        m_file.flush();
        m_flushed = now;
    }
    insist();
}

void History::finish() {
    m_file.close();
    insist();
}

}  // namespace perceptory::cli
