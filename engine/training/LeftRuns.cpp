#include "engine/training/LeftRuns.h"

#include <algorithm>

namespace perceptory::training {

namespace {

std::size_t bytesOf(const LeftRun& run) {
    std::size_t bytes = run.state.weights.bytes();
    for (const tensor::Buffer& slot : run.state.optimizerSlots) bytes += slot.bytes();
    return bytes;
}

}  // namespace

void LeftRuns::put(LeftRun run) {
    const std::size_t bytes = bytesOf(run);
    if (bytes > capacity) return;
    m_runs.push_front(std::move(run));
    m_bytes += bytes;
    while (m_runs.size() > most || m_bytes > capacity) {
        m_bytes -= bytesOf(m_runs.back());
        m_runs.pop_back();
    }
}

const LeftRun* LeftRuns::find(const std::string& project) const {
    const auto found = std::ranges::find(m_runs, project, &LeftRun::project);
    return found == m_runs.end() ? nullptr : &*found;
}

std::string runKey(const base::Json& project) {
    std::string key;
    for (const char* part : {"data", "network", "training"})
        key += (project.contains(part) ? project[part].dump() : std::string()) + '\n';
    return key;
}

}  // namespace perceptory::training
