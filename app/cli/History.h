#pragma once
// The curve of a run as a table: one row per epoch, columns as CLI.md says. Written as training goes, so that what was
// reached survives whatever ends the program.

#include <chrono>
#include <fstream>

#include "app/cli/EpochMeasures.h"

namespace perceptory::cli {

class History {
public:
    // `append`: a resumed run goes on in the file of the first one. Throws OutputError when it cannot be written.
    History(std::string path, std::vector<std::string> metrics, bool append);
    ~History();

    void add(const EpochMeasures& measures);
    void finish();

private:
    std::string part(const std::optional<training::Evaluation>& evaluation) const;
    void insist() const;

    std::string m_path;
    std::vector<std::string> m_metrics;
    std::ofstream m_file;
    std::chrono::steady_clock::time_point m_flushed;
};

}  // namespace perceptory::cli
