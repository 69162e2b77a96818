#include "ui/session/SessionController.h"

#include <QRandomGenerator>

#include "ui/document/commands/TrainingCommands.h"

namespace perceptory::session {

using training::Event;
using training::RunState;

namespace {

constexpr int tickMilliseconds = 16;
constexpr unsigned restingTicks = 30;      // a snapshot that lay there may be older than the command it seems to answer
constexpr int slowTickMilliseconds = 100;  // while a long answer is awaited
constexpr qint64 patienceMilliseconds = 250;  // before an edit is sent behind one that was not answered

}  // namespace

SessionController::SessionController(document::Document& document, training::TrainerOptions options, QObject* parent)
    : QObject(parent), m_document(document), m_snapshot(std::make_shared<training::Snapshot>()) {
    m_display.setObjectName("display");
    m_display.setParent(this);
    m_display.setTimerType(Qt::PreciseTimer);
    m_display.setInterval(tickMilliseconds);
    connect(&m_display, &QTimer::timeout, this, &SessionController::tick);
    connect(&document, &document::Document::changed, this, &SessionController::documentChanged);
    connect(&document, &document::Document::weightSet, this, &SessionController::weightSet);
    m_session = std::make_unique<training::Session>(std::move(options), [this] {
        QMetaObject::invokeMethod(this, &SessionController::wake, Qt::QueuedConnection);
    });
    m_pendingOpen = true;
    flush();
}

// The worker must have ended before anything its wake call reaches is gone.
SessionController::~SessionController() { m_session.reset(); }

void SessionController::setWanted(const QString& view, std::vector<training::ProbeRequest> requests) {
    m_wanted[view] = std::move(requests);
    sendWanted();
}

void SessionController::sendWanted() {
    std::vector<training::ProbeRequest> all;
    for (const auto& [view, requests] : m_wanted) all.insert(all.end(), requests.begin(), requests.end());
    m_session->want(std::move(all));
    expectNews();
}

void SessionController::requestState(std::function<void(SharedState)> then) {
    flush();
    m_stateRequests.push_back({m_session->requestState(), std::move(then)});
    expectNews();
}

void SessionController::play() {
    readAgain();
    flush();
    if (m_blocked) return refuse(m_document.problems());
    train(training::Play{});
}

void SessionController::pause() {
    send(training::Pause{});
    if (!m_running) return;
    m_pausing = true;
    emit pausing();
}

void SessionController::stopLoading() {
    if (!loadingShare()) return;
    m_loadingStopped = true;
    m_session->stopLoading();
    expectNews();
}

void SessionController::readAgain() {
    if (!m_loadingStopped) return;
    m_loadingStopped = false;
    if (!m_isOpened) return openAgain();
    m_pendingEdit = true;
}

void SessionController::openAgain() {
    m_pendingOpen = true;
    if (m_weightsToOpen) return;
    m_weightsToOpen = m_weightsSent;
    m_historyToOpen = m_historySent;
}

void SessionController::tellLoading() {
    const bool was = m_isLoading;
    m_isLoading = loadingShare().has_value();
    if (m_isLoading || was) emit loading();
}

void SessionController::togglePlay() { m_running ? pause() : play(); }

void SessionController::stepBatch() {
    readAgain();
    flush();
    if (m_blocked) return refuse(m_document.problems());
    train(training::StepBatch{});
}

void SessionController::stepEpoch() {
    readAgain();
    flush();
    if (m_blocked) return refuse(m_document.problems());
    train(training::StepEpoch{});
}

void SessionController::reset() {
    emit resetting();
    flush();
    m_handSet = false;
    forgetTime();
    train(training::Reset{m_document.spec().training.seed});
}

void SessionController::newSeed() {
    document::setTrainingSeed(m_document,
                              static_cast<std::uint64_t>(QRandomGenerator::global()->bounded(1, 1'000'000)));
    reset();
}

void SessionController::setPace(double epochsPerSecond) { send(training::SetPace{epochsPerSecond}); }

// Behind the edits before it: undo may bring back the layer first.
void SessionController::weightSet(const QString& parameter, qint64 index, double value) {
    flush();
    m_handSet = true;
    send(training::SetWeight{parameter.toStdString(), index, value});
}

void SessionController::continueWithHalfRate() {
    document::setLearningRate(m_document, document::learningRateOf(m_document) / 2);
    play();
}

void SessionController::documentChanged(const document::Change& change) {
    if (!change.affectsRun() && !change.opened) return;
    (change.opened ? m_pendingOpen : m_pendingEdit) = true;
    if (change.opened) m_openRefused = m_loadingStopped = false;
    if (m_flushQueued) return;
    m_flushQueued = true;
    QMetaObject::invokeMethod(this, &SessionController::flushUnlessBusy, Qt::QueuedConnection);
}

// A brush makes edits faster than data can be loaded: the next waits until the last was answered.
void SessionController::flushUnlessBusy() {
    m_flushQueued = false;
    const bool busy = m_knownRevision < m_sentRevision && m_sinceCommand.elapsed() < patienceMilliseconds;
    if (busy && !m_pendingOpen)
        expectNews();
    else
        flush();
}

void SessionController::flush() {
    if (!m_pendingOpen && !m_pendingEdit) return;
    m_blocked = base::hasError(m_document.problems());
    if (m_blocked) {
        if (m_running) send(training::Pause{});
        // Data that may not be read yet are no fault of the network: its weights are still wanted.
        if (m_pendingOpen && m_document.barredFiles().empty()) m_weightsToOpen.reset();
        m_pendingEdit = false;
        return refuse(m_document.problems());
    }
    if (m_openRefused) openAgain();
    m_problems.clear();
    m_sentRevision = m_document.revision();
    if (m_pendingOpen) {
        m_handSet = m_weightsToOpen != nullptr;
        m_openedRevision = m_sentRevision;
        setRunning(false);  // opening ends the run before, and the training says nothing about that
        forgetTime();
        m_isOpened = false;
        m_weightsSent = std::move(m_weightsToOpen);
        m_historySent = std::move(m_historyToOpen);
        send(training::Open{m_document.spec(), m_document.json(), m_document.folder(), m_sentRevision, m_weightsSent,
                            m_historySent});
        m_weightsToOpen.reset();
    } else {
        send(training::Edit{m_document.spec(), m_document.json(), m_document.folder(), m_sentRevision});
    }
    m_pendingOpen = m_pendingEdit = m_loadingStopped = m_openRefused = false;
    m_sinceCommand.start();
    emit sent();
}

void SessionController::send(training::Command command) {
    m_session->send(std::move(command));
    expectNews();
}

void SessionController::train(training::Command command) {
    send(std::move(command));
    if (!base::hasError(m_problems)) m_document.noteTraining(timeTrained());  // else it will be refused
}

std::chrono::milliseconds SessionController::timeTrained() const {
    return m_timeBefore + std::chrono::milliseconds(m_running ? m_sinceRunning.elapsed() : 0);
}

void SessionController::forgetTime() {
    m_timeBefore = std::chrono::milliseconds(0);
    m_sinceRunning.start();
}

void SessionController::expectNews() {
    m_expecting = true;
    m_quietTicks = 0;
    m_display.setInterval(tickMilliseconds);
    if (!m_display.isActive()) m_display.start();
}

void SessionController::tick() {
    ++m_ticks;
    ++m_quietTicks;
    pull();
    tellLoading();
    // Curves need half the rate of the pictures.
    if (m_logIsOld && (m_ticks % 2 == 0 || !m_running)) {
        m_logIsOld = false;
        emit logChanged();
    }
    answerStateRequests();
    if (m_running) m_document.noteTraining(timeTrained());
    if (m_pendingEdit && !m_flushQueued) flushUnlessBusy();
    if (m_running || m_pendingEdit) return;
    if (!m_expecting && m_stateRequests.empty() && m_quietTicks > restingTicks)
        m_display.stop();
    else if (m_quietTicks > 60)
        m_display.setInterval(slowTickMilliseconds);
}

// The snapshot first: an event is never older than the snapshot that lay there before it.
void SessionController::pull() {
    if (SharedSnapshot snapshot = m_session->takeSnapshot()) {
        m_snapshot = std::move(snapshot);
        m_knownRevision = std::max(m_knownRevision, m_snapshot->revision);
        if (m_knownRevision >= m_sentRevision) m_expecting = false;
        m_logIsOld = true;
        m_quietTicks = 0;
        setRunning(m_snapshot->state == RunState::Running && m_snapshot->revision >= m_openedRevision);
        emit snapshotChanged(m_snapshot);
    }
    for (const Event& event : m_session->takeEvents()) take(event);
}

void SessionController::wake() {
    pull();
    if (!m_display.isActive()) m_display.start();
}

void SessionController::take(const Event& event) {
    m_knownRevision = std::max(m_knownRevision, event.revision);
    const QString sentence = QString::fromStdString(event.sentence);
    switch (event.kind) {
        case Event::Kind::Opened:
            m_isOpened = true;
            m_loadingStopped = false;
            m_weightsSent.reset();
            m_historySent = nullptr;
            emit opened(sentence);
            break;
        case Event::Kind::Changed:
            m_isOpened = true;
            m_loadingStopped = false;
            if (!sentence.isEmpty()) emit noted(sentence);
            break;
        case Event::Kind::Refused:
            m_openRefused = m_openRefused || (!m_isOpened && event.revision >= m_openedRevision);
            refuse(event.problems);
            break;
        case Event::Kind::Started:
            setRunning(true);
            emit started();
            break;
        case Event::Kind::Paused:
            setRunning(false);
            emit paused();
            break;
        case Event::Kind::Stopped:
            setRunning(false);
            emit paused();
            emit stopped();
            emit noted(sentence);
            break;
        case Event::Kind::Diverged:
            setRunning(false);
            emit diverged(event.divergence);
            break;
        case Event::Kind::Failed:
            setRunning(false);
            emit failed(sentence);
            break;
    }
}

void SessionController::setRunning(bool running) {
    if (running == m_running) return;
    if (!running) m_timeBefore = timeTrained();
    m_running = running;
    m_pausing = false;
    m_sinceRunning.start();
    emit runningChanged(running);
}

void SessionController::refuse(const base::Problems& problems) {
    m_problems = problems;
    setRunning(false);
    emit refused(problems);
}

void SessionController::answerStateRequests() {
    for (std::size_t i = 0; i < m_stateRequests.size();) {
        if (m_stateRequests[i].answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            ++i;
            continue;
        }
        StateRequest request = std::move(m_stateRequests[i]);
        m_stateRequests.erase(m_stateRequests.begin() + static_cast<std::ptrdiff_t>(i));
        request.then(request.answer.get());
    }
}

}  // namespace perceptory::session
