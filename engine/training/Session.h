#pragma once
// A training on a thread of its own. The window sends commands and pulls what is new; it never waits for a batch.
//
// Thread rules: all public functions may be called from any thread. Nothing is thrown across: what fails becomes an
// event. The destructor ends the thread after the running batch.

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "engine/training/Command.h"
#include "engine/training/MetricsLog.h"
#include "engine/training/Snapshot.h"

namespace perceptory::training {

// Rare things that happened; curves and pictures travel by log and snapshot instead.
struct Event {
    enum class Kind {
        Opened,   // data loaded, network ready
        Changed,  // an edit took effect; the sentence says what was kept
        Refused,  // a document that cannot run; `problems`
        Started,
        Paused,
        Diverged,  // stopped at the last finite weights; `divergence`
        Failed     // an exception in the worker; training has stopped, the program lives
    };
    Kind kind = Kind::Opened;
    std::uint64_t revision = 0;
    std::string sentence;
    base::Problems problems;
    Divergence divergence;
    std::uint64_t step = 0;
};

class Session {
public:
    // `wake` is called on the worker's thread when an event arrived; it must not block (post a queued call there).
    explicit Session(TrainerOptions options = {}, std::function<void()> wake = {});
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void send(Command command);

    // The latest snapshot if it is newer than the last one taken, else null. Taking it asks for the next.
    std::shared_ptr<const Snapshot> takeSnapshot();
    std::vector<Event> takeEvents();

    // What visible views want measured in every snapshot; replaces the last list.
    void want(std::vector<ProbeRequest> requests);

    // Series: "loss" (batch means), "train_loss", "validation_loss", "test_loss", and each metric likewise
    // ("train_accuracy" …). Positions are steps.
    const MetricsLog& log() const { return m_log; }

    // Weights, optimizer state and progress for saving, answered between two batches; null when there is nothing.
    std::future<std::shared_ptr<const RestorePoint>> requestState();

private:
    struct Worker;
    void run(const std::stop_token& stop);

    TrainerOptions m_options;
    std::function<void()> m_wake;
    MetricsLog m_log;

    std::mutex m_mutex;  // guards all below
    std::condition_variable_any m_arrived;
    std::deque<Command> m_commands;
    std::vector<std::promise<std::shared_ptr<const RestorePoint>>> m_stateRequests;
    std::vector<Event> m_events;
    std::vector<ProbeRequest> m_wanted;
    bool m_wantedChanged = false;
    std::shared_ptr<const Snapshot> m_latest;  // null once taken

    std::jthread m_thread;  // last: starts when everything else is ready
};

}  // namespace perceptory::training
