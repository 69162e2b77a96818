#pragma once
// The worker's side of a Session: lives on the training thread alone and owns the trainer.

#include <chrono>
#include <functional>

#include "engine/training/Event.h"
#include "engine/training/Inbox.h"
#include "engine/training/LeftRuns.h"
#include "engine/training/LoadingState.h"
#include "engine/training/Measuring.h"
#include "engine/training/MetricsLog.h"
#include "engine/training/RunCheck.h"
#include "engine/training/Snapshot.h"

namespace perceptory::training {

// How the worker speaks to the outside; none of these blocks.
struct SessionPorts {
    std::function<void(Event)> report;
    std::function<void(std::shared_ptr<const Snapshot>, bool replace)> publish;
    std::function<bool()> snapshotWanted;
    LoadingState* loading = nullptr;  // null: nobody listens
};

class SessionWorker {
public:
    SessionWorker(TrainerOptions options, MetricsLog& log, SessionPorts ports);

    // When handle() should be called though nothing arrived; no value: never.
    std::optional<std::chrono::steady_clock::time_point> nextWork() const;

    // Carries out what arrived, then trains for a few milliseconds if running. Throws nothing: failures become events.
    void handle(Inbox& inbox);

private:
    using Clock = std::chrono::steady_clock;

    void carryOut(std::deque<Command>& commands);
    void on(const Open& command);
    void on(const Edit& command);
    void on(const Play&);
    void on(const Pause&);
    void on(const StepBatch&);
    void on(const StepEpoch&);
    void on(const Reset& command);
    void on(const SetWeight& command);
    void on(const SetPace& command);

    // Loads the data if it changed, checks the run; on success hands out a trainer with first weights.
    std::unique_ptr<Trainer> build(RunSpec spec, const base::Json& project, const std::filesystem::path& folder);
    std::string takeOver(Trainer& next, const Edit& command);
    void loadData(const RunSpec& spec, const std::string& key, const std::filesystem::path& folder,
                  base::Problems& problems);
    void refuse(base::Problems problems);

    void train();
    void runChunk(int most);
    void notePlace(const Progress& progress);
    void logLosses(std::span<const double> losses, std::uint64_t firstStep);
    void flushLog();
    void mark(const std::string& sentence);
    void diverged();
    void stoppedByRule();
    void keepSafe();
    void pause();
    void measureRates();

    void publish(bool replace);
    void goOnMeasuring();
    void tellMeasured(Snapshot& snapshot, bool complete);
    void probe(Snapshot& snapshot);
    void report(Event::Kind kind, std::string sentence = {});

    TrainerOptions m_options;
    MetricsLog& m_log;
    SessionPorts m_ports;
    LoadingState m_unheard;

    std::uint64_t m_revision = 0;
    RunState m_state = RunState::Empty;
    std::unique_ptr<Trainer> m_trainer;
    bool m_runnable = false;    // the document as it stands can run
    base::Problems m_problems;  // why not
    std::shared_ptr<const network::NetworkCheck> m_network;
    std::shared_ptr<const data::Dataset> m_dataset;
    std::string m_dataKey;  // of the data object and folder m_dataset was loaded from
    Attic m_attic;
    LeftRuns m_left;
    std::string m_runKey;      // of the project that m_trainer was made from
    std::uint64_t m_seed = 0;  // of its first weights
    RestorePoint m_safe;
    Clock::time_point m_safeTime{};

    std::vector<ProbeRequest> m_wanted;
    ProbeCache m_cache;
    bool m_dirty = false;  // something changed that no snapshot shows yet
    Measuring m_measuring;
    std::shared_ptr<const Snapshot> m_incomplete;  // published before all of its samples were measured; null: none

    double m_pace = 60;  // epochs per second; 0: as fast as possible
    std::optional<std::uint64_t> m_stopAtEpoch;
    Clock::time_point m_due{};  // of the next epoch, when paced
    Clock::time_point m_nextPublish{};
    double m_secondsPerStep = 0;  // running estimate
    std::vector<double> m_losses;
    int m_stepsPerPoint = 1;       // K of the log, fixed per plan
    MetricsLog::Bucket m_point{};  // being filled; count 0: empty
    double m_pointSum = 0;
    std::string m_marked;  // the last event on the curve, and when it was put there
    Clock::time_point m_markTime{};

    Clock::time_point m_rateTime{};
    Progress m_rateProgress;
    double m_stepsPerSecond = 0, m_epochsPerSecond = 0;
};

}  // namespace perceptory::training
