#pragma once
// What the run had when an edit left a project behind: undo without training in between brings it back to the bit.
// Training thread.

#include <list>
#include <string>

#include "engine/base/Json.h"
#include "engine/training/Trainer.h"

namespace perceptory::training {

struct LeftRun {
    std::string project;  // what made it, as runKey() writes it
    RestorePoint state;
    base::Json history;  // historyOf() its log
};

class LeftRuns {
public:
    static constexpr std::size_t most = 32, capacity = 128u << 20;  // runs, and bytes of weights

    void put(LeftRun run);
    const LeftRun* find(const std::string& project) const;  // the latest; null: there is none
    void clear() { m_runs.clear(), m_bytes = 0; }

private:
    std::list<LeftRun> m_runs;  // newest first
    std::size_t m_bytes = 0;
};

// The parts of a project that a run depends on.
std::string runKey(const base::Json& project);

}  // namespace perceptory::training
