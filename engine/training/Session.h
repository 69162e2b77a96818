#pragma once
// A training on a thread of its own. The window sends commands and pulls what is new; it never waits for a batch.
//
// Thread rules: all public functions may be called from any thread. Nothing is thrown across: what fails becomes an
// event. The destructor ends the thread after the running batch.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "engine/training/Event.h"
#include "engine/training/Inbox.h"
#include "engine/training/LoadingState.h"
#include "engine/training/MetricsLog.h"
#include "engine/training/Snapshot.h"

namespace perceptory::training {

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

    // How much of the data that is being read has been read, 0 … 1; nothing when none is.
    std::optional<double> loading() const;
    // Calls the reading off; the session then refuses the document until data are asked for again.
    void stopLoading() { m_loading.stop(); }

    // Weights, optimizer state and progress for saving, answered between two batches; null when there is nothing.
    std::future<std::shared_ptr<const RestorePoint>> requestState();

private:
    void run(const std::stop_token& stop);
    // Waits until something arrived or `nextWork` has come (never: no value), and takes all that arrived.
    Inbox collect(const std::stop_token& stop, std::optional<std::chrono::steady_clock::time_point> nextWork);
    void report(Event event);
    void publish(std::shared_ptr<const Snapshot> snapshot, bool replace);
    bool latestWasTaken();

    TrainerOptions m_options;
    std::function<void()> m_wake;
    MetricsLog m_log;
    LoadingState m_loading;

    std::mutex m_mutex;  // guards all below
    std::condition_variable_any m_arrived;
    std::deque<Command> m_commands;
    std::vector<StateRequest> m_stateRequests;
    std::vector<Event> m_events;
    std::vector<ProbeRequest> m_wanted;
    bool m_wantedChanged = false;
    std::shared_ptr<const Snapshot> m_latest;  // null once taken

    std::jthread m_thread;  // last: starts when everything else is ready
};

}  // namespace perceptory::training
