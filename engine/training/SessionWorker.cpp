#include "engine/training/SessionWorker.h"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
#include "engine/data/DatasetLoader.h"
#include "engine/training/History.h"

namespace perceptory::training {

using namespace std::chrono_literals;

namespace {

// One look at the command queue for so much training: short enough for a pause to take effect at once.
constexpr double chunkSeconds = 0.004;
constexpr int largestChunk = 1 << 16;
// Steps shorter than this share a point of the log.
constexpr double pointSeconds = 100e-6;
// Equal events that follow each other faster are one.
constexpr auto strokePause = 1s;
// While paused, all samples are measured in slices of this length.
constexpr auto measuringSlice = 40ms;

}  // namespace

SessionWorker::SessionWorker(TrainerOptions options, MetricsLog& log, SessionPorts ports)
    : m_options(std::move(options)), m_log(log), m_ports(std::move(ports)), m_losses(largestChunk) {
    m_point.count = 0;
    if (!m_ports.loading) m_ports.loading = &m_unheard;
    // The window's painting comes first (GUI-COSTS.md §5); on Linux niceness belongs to the thread.
    setpriority(PRIO_PROCESS, 0, 10);
}

std::optional<SessionWorker::Clock::time_point> SessionWorker::nextWork() const {
    if (m_state == RunState::Running) return m_due;
    if (m_incomplete) return Clock::now();
    // A paused picture that nobody has taken yet is already published; only changes need work, and those arrive.
    return {};
}

void SessionWorker::handle(Inbox& inbox) {
    try {
        if (inbox.wanted) {
            m_wanted = std::move(*inbox.wanted);
            m_dirty = true;
        }
        carryOut(inbox.commands);
        for (StateRequest& request : inbox.stateRequests)
            request.set_value(m_trainer ? std::make_shared<const RestorePoint>(m_trainer->save()) : nullptr);
        inbox.stateRequests.clear();
        if (m_state == RunState::Running) train();
        if (m_state == RunState::Running) return;
        if (m_dirty)
            publish(true);
        else if (m_incomplete)
            goOnMeasuring();
    } catch (const std::exception& error) {
        for (StateRequest& request : inbox.stateRequests) request.set_value(nullptr);
        m_state = m_trainer ? RunState::Paused : RunState::Empty;
        m_dirty = false;
        m_incomplete = nullptr;
        m_measuring.forget();
        report(Event::Kind::Failed, base::sentence("Training stopped: {0}", error.what()));
    }
}

void SessionWorker::carryOut(std::deque<Command>& commands) {
    while (!commands.empty()) {
        const Command command = std::move(commands.front());
        commands.pop_front();
        // Of several edits in a row only the last matters: each carries the whole document.
        if (std::holds_alternative<Edit>(command) && !commands.empty() &&
            std::holds_alternative<Edit>(commands.front()))
            continue;
        m_dirty = true;
        m_measuring.forget();
        std::visit([this](const auto& which) { on(which); }, command);
    }
}

void SessionWorker::on(const Open& command) {
    pause();
    m_revision = command.revision;
    m_log.clear();
    m_marked.clear();
    m_attic = {};
    m_left.clear();
    m_dataKey.clear();
    m_runKey = runKey(command.project);
    m_seed = command.spec.training.seed;
    m_trainer = build(command.spec, command.project, command.folder);
    if (!m_trainer) return;
    std::string sentence;
    if (command.weights) {
        const bool fits = command.weights->weights.size() == m_trainer->weights().size() &&
                          command.weights->optimizerSlots.size() == m_trainer->optimization().optimizerSlots().size();
        if (fits) {
            m_trainer->restore(*command.weights);
            addHistory(command.history, m_log);
        } else {
            sentence = base::sentence("The saved weights do not fit the network, so it starts from its first weights.");
        }
    }
    keepSafe();
    report(Event::Kind::Opened, sentence);
}

void SessionWorker::on(const Edit& command) {
    m_revision = command.revision;
    const bool running = m_state == RunState::Running;
    const std::string oldData = m_dataKey;
    std::unique_ptr<Trainer> next = build(command.spec, command.project, command.folder);
    if (!next) return;
    std::string sentence;
    const bool first = !m_trainer;
    if (!first) {
        flushLog();
        sentence = takeOver(*next, command);
    }
    m_trainer = std::move(next);
    m_runKey = runKey(command.project);
    m_seed = command.spec.training.seed;
    if (!first) mark(sentence.empty() ? base::sentence("settings changed") : sentence);
    m_state = running ? RunState::Running : RunState::Paused;
    keepSafe();
    report(Event::Kind::Changed, sentence);
}

// What `next` begins with; the sentence tells what does not stay as it was.
std::string SessionWorker::takeOver(Trainer& next, const Edit& command) {
    const bool otherSeed = command.spec.training.seed != m_seed;
    const auto step = static_cast<std::int64_t>(m_trainer->progress().step);
    const std::string key = runKey(command.project);
    LeftRun left{m_runKey, m_trainer->save(), otherSeed ? historyOf(m_log, step) : base::Json()};
    const LeftRun* known = m_left.find(key);
    if (known)
        next.restore(known->state);
    else if (!otherSeed) {
        m_left.put(std::move(left));
        const TransferReport kept = next.take(*m_trainer, m_attic);
        return kept.partly || kept.fresh ? kept.sentence() : std::string();
    }
    if (otherSeed) {  // another run
        m_log.clear();
        m_marked.clear();
        m_attic = {};
        if (known) addHistory(known->history, m_log);
    }
    m_left.put(std::move(left));
    return {};
}

void SessionWorker::on(const Play&) {
    if (!m_runnable) return refuse(m_problems);
    if (m_trainer->stopped()) m_trainer->restartRules();
    m_state = RunState::Running;
    m_stopAtEpoch.reset();
    m_due = m_nextPublish = Clock::now();
    m_rateTime = {};
    keepSafe();
    report(Event::Kind::Started);
}

void SessionWorker::on(const Pause&) {
    const bool running = m_state == RunState::Running;
    pause();
    if (running) report(Event::Kind::Paused);
}

void SessionWorker::on(const StepBatch&) {
    if (!m_runnable) return refuse(m_problems);
    pause();
    keepSafe();
    if (m_trainer->stopped()) m_trainer->restartRules();
    runChunk(1);
    flushLog();
}

void SessionWorker::on(const StepEpoch&) {
    if (!m_runnable) return refuse(m_problems);
    on(Play{});
    m_stopAtEpoch = m_trainer->progress().epoch + 1;
}

void SessionWorker::on(const Reset& command) {
    pause();
    if (!m_trainer) return;
    if (m_trainer->progress().step > 0) m_left.clear();  // else an edit has begun anew already, and can be undone
    m_trainer->reset(command.seed);
    m_log.clear();
    m_marked.clear();
    m_attic = {};
    if (m_state == RunState::Diverged) m_state = RunState::Paused;
    keepSafe();
}

void SessionWorker::on(const SetWeight& command) {
    const network::Parameter* parameter = m_trainer ? m_trainer->network().parameter(command.parameter) : nullptr;
    if (!parameter || command.index < 0 || command.index >= parameter->count || !std::isfinite(command.value)) return;
    m_left.clear();
    m_trainer->weights().set(parameter->offset + command.index, command.value);
    mark(base::sentence("weight edited"));
    keepSafe();
}

void SessionWorker::on(const SetPace& command) {
    m_pace = std::max(0.0, command.epochsPerSecond);
    m_due = Clock::now();
}

std::unique_ptr<Trainer> SessionWorker::build(RunSpec spec, const base::Json& project,
                                              const std::filesystem::path& folder) {
    base::Problems problems;
    try {
        loadData(spec, dataKey(project, folder), folder, problems);
        if (m_dataset) {
            RunCheck check = checkRun(spec, *m_dataset);
            problems.insert(problems.end(), check.problems.begin(), check.problems.end());
            if (!base::hasError(problems)) {
                auto trainer = std::make_unique<Trainer>(std::move(spec), m_dataset, m_options);
                m_network = std::make_shared<const network::NetworkCheck>(std::move(check.network));
                m_stepsPerPoint =
                    std::clamp(static_cast<int>(pointSeconds * 5e9 / std::max(1.0, trainer->workPerStep())), 1, 4096);
                m_secondsPerStep = 0;
                m_measuring.restart();
                m_runnable = true;
                m_problems = std::move(problems);
                if (m_state == RunState::Empty || m_state == RunState::Diverged) m_state = RunState::Paused;
                return trainer;
            }
        }
    } catch (const base::Error& error) {
        problems.push_back({"", base::Severity::Error, error.sentence(), ""});
    }
    refuse(std::move(problems));
    return nullptr;
}

void SessionWorker::loadData(const RunSpec& spec, const std::string& key, const std::filesystem::path& folder,
                             base::Problems& problems) {
    if (m_dataset && key == m_dataKey) return;
    std::shared_ptr<const data::Dataset> loaded;
    try {
        m_ports.loading->begin(key);
        data::LoadOptions options{folder};
        options.progress = [this](double share) { return m_ports.loading->progress(share); };
        loaded = data::loadDataset(spec.data, options, problems);
    } catch (const base::Cancelled&) {
        problems.push_back({"data", base::Severity::Error, base::sentence("Reading the data was stopped."),
                            base::sentence("Press Play to read them again.")});
    } catch (const base::Error& error) {
        problems.push_back({"data.path", base::Severity::Error, error.sentence(), ""});
    }
    m_ports.loading->end();
    if (!loaded || base::hasError(problems)) {
        m_dataset = nullptr;
        m_dataKey.clear();
        return;
    }
    m_dataset = loaded;
    m_dataKey = key;
    m_cache = {};
}

void SessionWorker::refuse(base::Problems problems) {
    pause();
    m_runnable = false;
    if (m_ports.loading->isReplaced()) return;  // the document that follows gets the answer
    m_problems = std::move(problems);
    Event event{.kind = Event::Kind::Refused, .revision = m_revision};
    event.problems = m_problems;
    for (const base::Problem& problem : m_problems)
        if (event.sentence.empty() && problem.severity == base::Severity::Error)
            event.sentence = base::describe(problem);
    m_ports.report(std::move(event));
}

void SessionWorker::keepSafe() {
    if (!m_trainer) return;
    m_trainer->save(m_safe);
    m_safeTime = Clock::now();
}

void SessionWorker::pause() {
    if (m_state == RunState::Running) m_state = RunState::Paused;
    m_stopAtEpoch.reset();
    flushLog();
    m_dirty = true;
}

void SessionWorker::train() {
    if (Clock::now() < m_due) {
        if (m_ports.snapshotWanted() && Clock::now() >= m_nextPublish && m_dirty) publish(false);
        return;
    }
    const std::uint64_t epoch = m_trainer->progress().epoch;
    const int most = m_secondsPerStep > 0
                         ? static_cast<int>(std::clamp(chunkSeconds / m_secondsPerStep, 1.0, double(largestChunk)))
                         : 1;
    const auto start = Clock::now();
    const auto end = start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(chunkSeconds));
    // Several short epochs fit into one chunk when nothing paces them.
    do {
        runChunk(most);
        if (m_state == RunState::Running && m_stopAtEpoch && m_trainer->progress().epoch >= *m_stopAtEpoch) {
            pause();
            report(Event::Kind::Paused);
        }
    } while (m_state == RunState::Running && Clock::now() < end &&
             (m_pace == 0 || m_trainer->progress().epoch == epoch));
    if (m_state != RunState::Running) return;
    if (m_pace > 0 && m_trainer->progress().epoch != epoch) {
        flushLog();
        const auto frame = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / m_pace));
        m_due = std::max(m_due + frame, Clock::now() - frame);
    }
    m_dirty = true;
    measureRates();
    if (Clock::now() - m_safeTime > 1s) keepSafe();
    if (m_ports.snapshotWanted() && Clock::now() >= m_nextPublish) publish(false);
}

void SessionWorker::runChunk(int most) {
    const Progress first = m_trainer->progress();
    const auto start = Clock::now();
    m_measuring.forget();
    m_incomplete = nullptr;
    m_left.clear();
    const int done = m_trainer->runSteps(std::min(most, largestChunk), m_losses.data());
    const std::span<const double> losses = std::span(m_losses).first(static_cast<std::size_t>(done));
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count() / done;
    m_secondsPerStep = m_secondsPerStep > 0 ? 0.9 * m_secondsPerStep + 0.1 * seconds : seconds;
    const bool sound = std::ranges::all_of(losses, [](double loss) { return std::isfinite(loss); });
    if (!sound || !m_trainer->finite()) return diverged();
    // Only now is it known how long this epoch is: a changed batch size begins with its first step.
    notePlace(first);
    logLosses(losses, first.step);
    if (m_trainer->stopped()) stoppedByRule();
}

void SessionWorker::notePlace(const Progress& progress) {
    m_log.place({static_cast<std::int64_t>(progress.step), progress.epoch, progress.batch, m_trainer->stepsPerEpoch()});
}

void SessionWorker::logLosses(std::span<const double> losses, std::uint64_t firstStep) {
    if (m_stepsPerPoint == 1 && m_point.count == 0)
        return m_log.append("loss", static_cast<std::int64_t>(firstStep), losses);
    for (const double loss : losses) {
        if (m_point.count == 0) m_point = {static_cast<std::int64_t>(firstStep), 0, loss, loss, 0, loss};
        m_point.minimum = std::min(m_point.minimum, loss);
        m_point.maximum = std::max(m_point.maximum, loss);
        m_point.last = loss;
        m_pointSum += loss;
        ++firstStep;
        if (++m_point.count >= m_stepsPerPoint) flushLog();
    }
}

void SessionWorker::flushLog() {
    if (m_point.count > 0) {
        m_point.mean = m_pointSum / static_cast<double>(m_point.count);
        m_log.append("loss", m_point);
    }
    m_point = {};
    m_point.count = 0;
    m_pointSum = 0;
}

// A stroke of the brush or the drag of a slider is many edits, and one mark.
void SessionWorker::mark(const std::string& sentence) {
    const auto now = Clock::now();
    const bool again = sentence == m_marked && now - m_markTime < strokePause;
    if (!again) m_log.mark(static_cast<std::int64_t>(m_trainer->progress().step), sentence);
    m_marked = sentence;
    m_markTime = now;
}

void SessionWorker::diverged() {
    m_point.count = 0;
    m_pointSum = 0;
    Event event{.kind = Event::Kind::Diverged, .revision = m_revision};
    event.divergence = m_trainer->locate(std::move(m_safe));
    m_trainer->restore(event.divergence.calm);
    event.sentence =
        base::sentence("{0} Weights and optimizer went back to step {1} of epoch {2}, before the loss grew.",
                       event.divergence.sentence, m_trainer->progress().step, m_trainer->progress().epoch);
    event.divergence.sentence = event.sentence;
    event.step = event.divergence.step;
    m_state = RunState::Diverged;
    m_stopAtEpoch.reset();
    m_dirty = true;
    keepSafe();
    m_log.mark(static_cast<std::int64_t>(event.step), "diverged");
    m_ports.report(std::move(event));
}

void SessionWorker::stoppedByRule() {
    pause();
    m_trainer->takeBestWeights();
    keepSafe();
    const std::string sentence = m_trainer->stopped()->sentence;
    mark(sentence);
    report(Event::Kind::Stopped, sentence);
}

void SessionWorker::measureRates() {
    const auto now = Clock::now();
    const Progress& progress = m_trainer->progress();
    if (m_rateTime == Clock::time_point{} || progress.step < m_rateProgress.step) {
        m_rateTime = now;
        m_rateProgress = progress;
        return;
    }
    const double seconds = std::chrono::duration<double>(now - m_rateTime).count();
    if (seconds < 0.5) return;
    m_stepsPerSecond = static_cast<double>(progress.step - m_rateProgress.step) / seconds;
    m_epochsPerSecond = m_stepsPerSecond / static_cast<double>(m_trainer->stepsPerEpoch());
    m_rateTime = now;
    m_rateProgress = progress;
}

void SessionWorker::publish(bool replace) {
    const auto start = Clock::now();
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->revision = m_revision;
    snapshot->source = m_dataset;
    m_incomplete = nullptr;
    if (m_trainer && m_dataset) {
        snapshot->state = m_state;
        const bool running = m_state == RunState::Running;
        snapshot->progress = m_trainer->progress();
        snapshot->learningRate = m_trainer->learningRate();
        snapshot->penalty = m_trainer->penalty();
        snapshot->dataset = m_trainer->sharedDataset();
        snapshot->network = m_network;
        snapshot->reading = m_trainer->reading();
        snapshot->parameters = m_trainer->network().parameters();
        const auto weights = m_trainer->weights().floats();
        snapshot->weights.assign(weights.begin(), weights.end());
        snapshot->stepsPerSecond = m_stepsPerSecond;
        snapshot->epochsPerSecond = m_epochsPerSecond;
        probe(*snapshot);
        m_measuring.sample(*m_trainer);
        tellMeasured(*snapshot, !running && m_measuring.advance(*m_trainer, start + measuringSlice));
        if (!running && !snapshot->exact) m_incomplete = snapshot;
    }
    m_dirty = false;
    m_ports.publish(std::move(snapshot), replace);
    // Looking takes at most a tenth of the training's time.
    m_nextPublish = Clock::now() + 9 * (Clock::now() - start);
}

void SessionWorker::goOnMeasuring() {
    if (!m_measuring.advance(*m_trainer, Clock::now() + measuringSlice)) return;
    auto snapshot = std::make_shared<Snapshot>(*m_incomplete);
    m_incomplete = nullptr;
    tellMeasured(*snapshot, true);
    m_ports.publish(std::move(snapshot), true);
}

// While paused, the curves get a point when all is measured.
void SessionWorker::tellMeasured(Snapshot& snapshot, bool complete) {
    snapshot.exact = complete;
    std::vector<Evaluation> measured = m_measuring.results();
    const auto step = static_cast<std::int64_t>(snapshot.progress.step);
    notePlace(snapshot.progress);
    if (m_state == RunState::Running || complete) m_log.append("learning_rate", step, snapshot.learningRate);
    const auto one = [&](const std::string& name, Evaluation& from, Evaluation& into) {
        into = std::move(from);
        if (into.samples == 0 || (m_state != RunState::Running && !complete)) return;
        m_log.append(name + "_loss", step, into.loss);
        for (const auto& [metric, value] : into.metrics) m_log.append(name + "_" + metric, step, value);
    };
    one("train", measured[0], snapshot.train);
    one("validation", measured[1], snapshot.validation);
    one("test", measured[2], snapshot.test);
}

void SessionWorker::probe(Snapshot& snapshot) {
    const ProbeContext context{
        m_trainer->network(), m_trainer->dataset(), m_trainer->reading(), m_trainer->forward(), m_cache,
        m_trainer.get()};
    for (const ProbeRequest& request : m_wanted) {
        if (snapshot.probes.contains(request.key())) continue;
        try {
            snapshot.probes[request.key()] = std::make_shared<const ProbeResult>(measure(context, request));
        } catch (const base::Error& error) {
            snapshot.probes[request.key()] =
                std::make_shared<const ProbeResult>(ProbeResult{{}, {}, {{"error", error.sentence()}}});
        }
    }
}

void SessionWorker::report(Event::Kind kind, std::string sentence) {
    Event event{.kind = kind, .revision = m_revision, .sentence = std::move(sentence)};
    event.problems = m_problems;
    if (m_trainer) event.step = m_trainer->progress().step;
    m_ports.report(std::move(event));
}

}  // namespace perceptory::training
