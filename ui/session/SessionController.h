#pragma once
// Joins the document with the running training. Changes of the document become commands, at most one per turn of the
// event loop; what the worker has is pulled by the program's one display timer, and only while something is expected.
// Never waits. GUI thread only.

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/training/Session.h"
#include "ui/document/Document.h"

namespace perceptory::session {

using SharedSnapshot = std::shared_ptr<const training::Snapshot>;
using SharedState = std::shared_ptr<const training::RestorePoint>;

class SessionController : public QObject {
    Q_OBJECT

public:
    // Opens the document as it is. `weights`: saved ones to begin with, or null.
    explicit SessionController(document::Document& document, training::TrainerOptions options = {},
                               QObject* parent = nullptr);
    ~SessionController() override;

    // Never null; an empty one before the first has arrived.
    const SharedSnapshot& snapshot() const { return m_snapshot; }
    // The data as the document names them, also when nothing can be trained with them. Null while those that are there
    // are another document's.
    std::shared_ptr<const data::Dataset> dataset() const {
        return m_pendingOpen || m_snapshot->revision < m_openedRevision ? nullptr : m_snapshot->source;
    }
    const training::MetricsLog& log() const { return m_session->log(); }
    training::RunState state() const { return m_snapshot->state; }
    bool isRunning() const { return m_running; }
    // A pause was asked for, and the batch in work is not done yet.
    bool isPausing() const { return m_pausing; }
    // How much of the data that is being read has been read, 0 … 1; nothing when none is.
    std::optional<double> loadingShare() const { return m_session->loading(); }
    // What the session said against the document last; empty when it runs.
    const base::Problems& problems() const { return m_problems; }

    // Whether the training has the document, as it is or as it was before it got a fault.
    bool hasOpened() const { return !m_pendingOpen && !m_openRefused; }
    // Whether the training has said something about the document of this revision, or a later one.
    bool hasAnswered(std::uint64_t revision) const { return m_knownRevision >= revision; }
    // Whether the weights are other than the seed gives: trained, or set by hand.
    bool hasOwnWeights() const { return m_snapshot->progress.step > 0 || m_handSet; }
    // How long it has run altogether since the document was opened or the weights were reset.
    std::chrono::milliseconds timeTrained() const;

    // What a visible view wants measured; an empty list when it is hidden. Views are told apart by their name.
    void setWanted(const QString& view, std::vector<training::ProbeRequest> requests);

    // Weights that the next opened document begins with: call before Document::load.
    void setWeightsForOpening(SharedState weights, base::Json history = nullptr) {
        m_weightsToOpen = std::move(weights);
        m_historyToOpen = std::move(history);
    }

    // Calls back on this thread with weights, optimizer state and progress; with null when there is nothing.
    void requestState(std::function<void(SharedState)> then);

public slots:
    void play();
    void pause();
    void stopLoading();  // gives up the data that are being read; whoever wants to train has them read anew
    void togglePlay();
    void stepBatch();
    void stepEpoch();
    void reset();    // the same first weights again
    void newSeed();  // other first weights; an edit of the document
    void setPace(double epochsPerSecond);
    // After a divergence: half the learning rate, an edit that can be undone, and on.
    void continueWithHalfRate();

signals:
    void snapshotChanged(std::shared_ptr<const perceptory::training::Snapshot> snapshot);
    void logChanged();
    void runningChanged(bool running);
    void pausing();  // until runningChanged()
    void loading();  // at each tick while data are being read, and once after that
    void sent();     // the document is on its way to the training; what was said against it before is void
    void opened(const QString& sentence);
    void started();
    void paused();
    void stopped();    // by a rule; comes with paused()
    void resetting();  // the weights that are there, and their curves, are about to go
    void refused(const perceptory::base::Problems& problems);
    void diverged(const perceptory::training::Divergence& divergence);
    void failed(const QString& sentence);
    void noted(const QString& sentence);  // "5 of 7 layers kept"

private:
    void documentChanged(const document::Change& change);
    void weightSet(const QString& parameter, qint64 index, double value);
    void flush();  // sends what the document has become
    void flushUnlessBusy();
    void send(training::Command command);
    void train(training::Command command);  // one that changes weights
    void readAgain();                       // what was given up
    void openAgain();                       // what was opened and could not be taken, with the weights it came with
    void tellLoading();
    void sendWanted();
    void expectNews();
    void tick();
    void pull();
    void wake();
    void take(const training::Event& event);
    void setRunning(bool running);
    void forgetTime();
    void refuse(const base::Problems& problems);
    void answerStateRequests();

    struct StateRequest {
        std::future<SharedState> answer;
        std::function<void(SharedState)> then;
    };

    document::Document& m_document;
    SharedSnapshot m_snapshot;
    base::Problems m_problems;
    std::map<QString, std::vector<training::ProbeRequest>> m_wanted;
    SharedState m_weightsToOpen, m_weightsSent;  // until they are opened
    base::Json m_historyToOpen, m_historySent;
    std::vector<StateRequest> m_stateRequests;

    QTimer m_display;  // the program's display timer
    QElapsedTimer m_sinceCommand, m_sinceRunning;
    std::chrono::milliseconds m_timeBefore{0};  // of the runs before the one that goes on
    bool m_running = false, m_pausing = false;
    bool m_expecting = false;  // an answer is still to come
    bool m_flushQueued = false;
    bool m_pendingOpen = false, m_pendingEdit = false;
    bool m_blocked = false;  // the document has errors
    bool m_logIsOld = false;
    bool m_handSet = false;
    bool m_isOpened = false;        // the document that was opened last
    bool m_openRefused = false;     // the training could not take it as it was
    bool m_isLoading = false;       // as told last
    bool m_loadingStopped = false;  // by the user, and nothing was sent since
    std::uint64_t m_sentRevision = 0, m_knownRevision = 0;
    std::uint64_t m_openedRevision = 0;  // as sent; older snapshots are of another document
    unsigned m_ticks = 0;
    unsigned m_quietTicks = 0;  // since the last command or snapshot

    std::unique_ptr<training::Session> m_session;
};

}  // namespace perceptory::session
