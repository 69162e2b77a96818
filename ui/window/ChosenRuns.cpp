#include "ui/window/ChosenRuns.h"

namespace perceptory::window {

using project::Run;

ChosenRuns::ChosenRuns(session::RunRecorder& recorder, session::SessionController& session, QObject* parent)
    : views::RunSource(parent), m_recorder(recorder), m_session(session) {
    connect(&recorder, &session::RunRecorder::changed, this, &ChosenRuns::noteList);
}

void ChosenRuns::choose(const std::string& id, bool chosen) {
    if (chosen == isChosen(id)) return;
    if (!chosen) {
        m_ids.erase(id);
        m_read.erase(id);
        emit changed();
        return;
    }
    m_ids.insert(id);
    m_recorder.read(id, [this, id](const std::optional<Run>& run) {
        if (!run || !isChosen(id)) return;
        m_read[id] = std::make_shared<const Run>(*run);
        emit changed();
    });
}

std::vector<std::shared_ptr<const Run>> ChosenRuns::chosen() const {
    std::vector<std::shared_ptr<const Run>> runs;
    for (const auto& [id, run] : m_read) runs.push_back(run);
    return runs;
}

// Deleted runs go; one that was trained on since it was read is read again, and a new name is taken over.
void ChosenRuns::noteList() {
    for (const std::string& id : std::set(m_ids)) {
        const Run* run = m_recorder.find(id);
        const auto read = m_read.find(id);
        const bool isOld =
            run && read != m_read.end() && (read->second->steps != run->steps || read->second->name != run->name);
        if (run && !isOld) continue;
        choose(id, false);
        if (run) choose(id, true);
    }
}

}  // namespace perceptory::window
