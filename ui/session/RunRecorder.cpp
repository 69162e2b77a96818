#include "ui/session/RunRecorder.h"

#include <QDateTime>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>
#include <cmath>

#include "engine/base/Error.h"
#include "engine/project/Project.h"
#include "engine/training/History.h"
#include "engine/training/LeftRuns.h"
#include "ui/document/Aside.h"

namespace perceptory::session {

using base::Json;
using project::Run;

namespace {

namespace fs = std::filesystem;

constexpr int paceMilliseconds = 60000;  // between copies of a run that goes on
constexpr std::size_t mostTimes = 1000;

// Number, or null where it is not finite: JSON has no other.
Json numberOf(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json resultsOf(const training::Snapshot& snapshot) {
    Json results = Json::object();
    const auto add = [&](const std::string& part, const training::Evaluation& measured) {
        if (measured.samples == 0) return;
        results[part + "_loss"] = numberOf(measured.loss);
        for (const auto& [metric, value] : measured.metrics) results[part + "_" + metric] = numberOf(value);
    };
    add("train", snapshot.train);
    add("validation", snapshot.validation);
    add("test", snapshot.test);
    return results;
}

// Settings hold no weights, and how it looks is no part of a run.
Json settingsIn(const document::Document& document) {
    Json settings = document.json();
    settings.erase("weights");
    settings.erase("view");
    return settings;
}

// What a run depends on; where its cards lie on the canvas is none of it.
std::string keyOf(const document::Document& document) {
    Json project = document.json();
    if (project.contains("network") && project["network"].contains("nodes"))
        for (Json& node : project["network"]["nodes"])
            if (node.is_object()) node.erase("position");
    return training::runKey(project);
}

std::string parentOf(const fs::path& book) { return book.parent_path().string(); }

// Every second one; the last stays.
void thinOut(Json& times) {
    Json kept = Json::array();
    for (std::size_t i = (times.size() - 1) % 2; i < times.size(); i += 2) kept.push_back(times[i]);
    times = std::move(kept);
}

}  // namespace

RunRecorder::RunRecorder(document::Document& document, SessionController& session, QObject* parent)
    : QObject(parent), m_document(document), m_session(session), m_root(usualRoot()), m_place(placeOf(document)) {
    m_pace.setInterval(paceMilliseconds);
    connect(&m_pace, &QTimer::timeout, this, [this] { keep("running"); });
    connect(&document, &document::Document::changed, this, &RunRecorder::noteChange);
    connect(&document, &document::Document::pathChanged, this, &RunRecorder::notePath);
    connect(&document, &document::Document::weightSet, this, [this] { m_changed = true; });
    connect(&session, &SessionController::snapshotChanged, this, &RunRecorder::noteSnapshot);
    connect(&session, &SessionController::resetting, this, [this] { noteReset(); });
    connect(&session, &SessionController::started, this, [this] {
        m_resetAt = 0;
        m_ending = "paused";
        begin();
        m_pace.start();
    });
    connect(&session, &SessionController::stopped, this, [this] { m_ending = "stopped"; });
    connect(&session, &SessionController::diverged, this, [this] { m_ending = "diverged"; });
    connect(&session, &SessionController::runningChanged, this, [this](bool running) {
        if (!running) m_pace.stop();
    });
    list();
}

// What is waiting to be written is written.
RunRecorder::~RunRecorder() {
    finish();
    while (!children().isEmpty()) delete children().front();
    for (const Work& work : m_waiting) work();
}

fs::path RunRecorder::usualRoot() {
    return fs::path(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString()) / "runs";
}

void RunRecorder::setRoot(fs::path root) {
    m_root = std::move(root);
    m_place = placeOf(m_document);
    list();
}

const Run* RunRecorder::find(const std::string& id) const {
    const auto found = std::ranges::find(m_runs, id, &Run::id);
    return found == m_runs.end() ? nullptr : &*found;
}

fs::path RunRecorder::placeOf(const document::Document& document) const {
    if (document.path().isEmpty()) return m_root;
    const QFileInfo file(document.path());
    return fs::path((file.absolutePath() + '/' + file.completeBaseName() + QStringLiteral("-runs")).toStdString());
}

void RunRecorder::noteChange(const document::Change& change) {
    if (change.opened) {
        finish();
        m_isFresh = true;
        m_restStep = m_resetAt = 0;
        m_mine.clear();
        m_place = placeOf(m_document);
        return list();
    }
    if (!m_now || !change.affectsRun()) return;
    const std::string key = keyOf(m_document);
    if (key == m_key) return;
    if (m_document.spec().training.seed != m_now->seed) return noteReset(true);  // another run begins
    m_key = key;
    m_changed = true;
    m_now->settings = settingsIn(m_document);
    m_now->network = project::networkInWords(m_document.spec().network);
}

// Another run begins, but pictures of the one before may still be on their way.
void RunRecorder::noteReset(bool byDocument) {
    finish();
    m_freshFrom = byDocument ? m_document.revision() : 0;
    m_resetAt = m_restStep;
    m_restStep = 0;
}

void RunRecorder::noteSnapshot() {
    const training::Snapshot& snapshot = *m_session.snapshot();
    const auto step = static_cast<std::int64_t>(snapshot.progress.step);
    const bool isFresh = m_freshFrom > 0 && snapshot.revision >= m_freshFrom;
    if (step >= m_resetAt && m_resetAt > 0 && !isFresh) return;
    m_resetAt = 0;
    if (m_isFresh && m_session.dataset()) {
        m_isFresh = false;
        m_restStep = step;
    }
    if (!m_now && step == 0) m_restStep = 0;
    if (!m_now && step != m_restStep && !m_isFresh) begin();
    if (!m_now) return;
    const double seconds = static_cast<double>(m_session.timeTrained().count()) / 1000 - m_secondsBefore;
    if (m_now->times.empty() || m_now->times.back()[0] < step) m_now->times.push_back({step, seconds});
    if (m_now->times.size() > mostTimes) thinOut(m_now->times);
    m_now->steps = step;
    m_now->seconds = seconds;
    if (snapshot.exact && snapshot.state != training::RunState::Running) keep(m_ending);
}

// The document got a file, or another one.
void RunRecorder::notePath() {
    const fs::path before = std::exchange(m_place, placeOf(m_document));
    if (before == m_place) return;
    m_keptStep = -1;
    for (const std::string& id : std::exchange(m_mine, {}))
        aside([this, id, before, place = m_place] {
            std::string fault;
            try {
                project::writeRun(
                    project::withPathsFor(project::readRun(before.string(), id), parentOf(before), parentOf(place)),
                    place.string());
                project::removeRun(before.string(), id);
            } catch (const base::Error& error) {
                fault = error.sentence();
            }
            return [this, fault] { tell(fault); };
        });
    list();
}

void RunRecorder::begin() {
    if (m_now) return;
    const QDateTime time = QDateTime::currentDateTimeUtc();
    m_now.emplace();
    m_now->id = time.toString(QStringLiteral("yyyyMMdd-HHmmss-zzz")).toStdString();
    m_now->name = tr("Run %1").arg(m_runs.size() + 1).toStdString();
    m_now->began = time.toString(Qt::ISODate).toStdString();
    m_now->seed = m_document.spec().training.seed;
    m_now->network = project::networkInWords(m_document.spec().network);
    m_now->settings = m_now->beganWith = settingsIn(m_document);
    m_now->firstStep = m_restStep;
    m_now->results = Json::object();
    m_nowFolder = m_document.folder();
    m_key = keyOf(m_document);
    m_secondsBefore = m_restStep == 0 ? 0 : static_cast<double>(m_session.timeTrained().count()) / 1000;
    m_now->times.push_back({m_restStep, 0.0});
    m_changed = m_session.snapshot()->progress.step == 0 && m_session.hasOwnWeights();
    m_keptStep = -1;
}

// Nothing is written twice: a run that rests is asked about again and again.
void RunRecorder::keep(const std::string& ending) {
    if (!m_now || m_now->steps <= m_now->firstStep) return;
    if (m_now->steps == m_keptStep && m_keptEnding == ending) return;
    m_keptStep = m_now->steps;
    m_keptEnding = ending;
    Run run = *m_now;
    run.ending = ending;
    if (!m_changed) run.beganWith = nullptr;
    run.results = resultsOf(*m_session.snapshot());
    run.history = training::historyOf(m_session.log(), run.steps);
    run.epochs = m_session.log().epochs().epochAt(static_cast<double>(run.steps));
    write(project::withPathsFor(std::move(run), m_nowFolder.string(), parentOf(m_place)));
}

void RunRecorder::finish() {
    keep(m_ending);
    m_now.reset();
    m_restStep = static_cast<std::int64_t>(m_session.snapshot()->progress.step);
}

void RunRecorder::write(Run run) {
    if (m_document.path().isEmpty() && std::ranges::find(m_mine, run.id) == m_mine.end()) m_mine.push_back(run.id);
    if (const Run* known = find(run.id)) {  // what the user has written on the way
        run.name = known->name;
        run.note = known->note;
    }
    aside([this, run = std::move(run), place = m_place]() mutable {
        std::string fault;
        try {
            project::writeRun(run, place.string());
        } catch (const base::Error& error) {
            fault = error.sentence();
        }
        run.history = nullptr;
        return [this, fault, place, run = std::move(run)] {
            if (fault.empty() && place == m_place) take(run);
            tell(fault);
        };
    });
}

void RunRecorder::take(Run run) {
    const auto place = std::ranges::lower_bound(m_runs, run.id, {}, &Run::id);
    if (place != m_runs.end() && place->id == run.id) {
        run.name = place->name;
        run.note = place->note;
        *place = std::move(run);
    } else {
        m_runs.insert(place, std::move(run));
        trim();
    }
    emit changed();
}

void RunRecorder::trim() {
    std::vector<std::string> old;
    for (const Run& run : m_runs)
        if (m_runs.size() - old.size() > mostRuns && run.note.empty()) old.push_back(run.id);
    remove(old);
}

void RunRecorder::list() {
    m_runs.clear();
    emit changed();
    aside([this, place = m_place] {
        std::vector<std::string> damaged;
        std::vector<Run> runs = project::readRuns(place.string(), &damaged);
        return [this, place, damaged, runs = std::move(runs)] {
            if (place != m_place) return;
            m_runs = runs;
            m_damaged = damaged;
            emit changed();
        };
    });
}

void RunRecorder::read(const std::string& id, std::function<void(std::optional<Run>)> then) {
    aside([this, id, place = m_place, then = std::move(then)] {
        std::optional<Run> run;
        std::string fault;
        try {
            run = project::readRun(place.string(), id);
        } catch (const base::Error& error) {
            fault = error.sentence();
        }
        return [this, fault, then, run = std::move(run)] {
            tell(fault);
            then(run);
        };
    });
}

void RunRecorder::setWords(const std::string& id, const QString& name, const QString& note) {
    const auto run = std::ranges::find(m_runs, id, &Run::id);
    if (run == m_runs.end()) return;
    run->name = name.toStdString();
    run->note = note.toStdString();
    aside([this, place = m_place, id, name = run->name, note = run->note] {
        std::string fault;
        try {
            Run whole = project::readRun(place.string(), id);
            whole.name = name;
            whole.note = note;
            project::writeRun(whole, place.string());
        } catch (const base::Error& error) {
            fault = error.sentence();
        }
        return [this, fault] { tell(fault); };
    });
    emit changed();
}

void RunRecorder::remove(const std::vector<std::string>& ids) {
    if (ids.empty()) return;
    const auto goes = [&](const std::string& id) { return std::ranges::find(ids, id) != ids.end(); };
    std::erase_if(m_runs, [&](const Run& run) { return goes(run.id); });
    std::erase_if(m_mine, goes);
    aside([this, ids, place = m_place] {
        std::string fault;
        for (const std::string& id : ids) try {
                project::removeRun(place.string(), id);
            } catch (const base::Error& error) {
                fault = error.sentence();
            }
        return [this, fault] { tell(fault); };
    });
    emit changed();
}

Json RunRecorder::settingsFor(const Json& settings) const {
    return project::withPathsFor(settings, parentOf(m_place), m_document.folder().string());
}

// One after the other, so that a run is never written by two.
void RunRecorder::aside(Work work) {
    m_waiting.push_back(std::move(work));
    if (!m_isBusy) next();
}

void RunRecorder::next() {
    m_isBusy = !m_waiting.empty();
    if (!m_isBusy) return;
    Work work = std::move(m_waiting.front());
    m_waiting.pop_front();
    new document::Aside(this, [this, work = std::move(work)] {
        return [this, then = work()] {
            then();
            next();
        };
    });
}

void RunRecorder::tell(const std::string& fault) {
    if (!fault.empty()) emit failed(QString::fromStdString(fault));
}

}  // namespace perceptory::session
