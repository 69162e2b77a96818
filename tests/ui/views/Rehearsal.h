#pragma once
// A training without a thread, for tests of views: the same numbers as a session would send, at moments the test
// chooses.

#include <memory>

#include "engine/training/MetricsLog.h"
#include "engine/training/Snapshot.h"
#include "ui/document/Document.h"

namespace perceptory::tests {

class Rehearsal {
public:
    explicit Rehearsal(const document::Document& document);

    // Starts anew with what the document says now.
    void open();
    void train(int epochs);
    void setState(training::RunState state) { m_state = state; }
    std::shared_ptr<training::Snapshot> snapshot(const std::vector<training::ProbeRequest>& requests);
    const training::MetricsLog& log() const { return m_log; }
    training::Trainer& trainer() { return *m_trainer; }

private:
    void measureInto(training::Snapshot& snapshot, const training::ProbeRequest& request);
    void writeLog();

    const document::Document& m_document;
    std::uint64_t m_revision = 0;
    std::unique_ptr<training::Trainer> m_trainer;
    training::ProbeCache m_cache;
    training::MetricsLog m_log;
    training::RunState m_state = training::RunState::Paused;
};

}  // namespace perceptory::tests
