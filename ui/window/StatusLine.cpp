#include "ui/window/StatusLine.h"

#include <QFileInfo>
#include <QLocale>

#include "engine/backends/KernelLibrary.h"
#include "engine/base/Error.h"

namespace perceptory::window {

using session::SessionController;
using training::RunState;

namespace {

constexpr qint64 loadingPatience = 300;    // milliseconds, before reading can be stopped
constexpr int checkingPatience = 400;      // milliseconds, before an old count of problems is taken back
constexpr qsizetype longestSentence = 60;  // the window must not grow by it

QString machineText() {
    try {
        return StatusLine::tr("CPU %1").arg(backends::kernels().isa);
    } catch (const base::Error& error) {
        return QString::fromStdString(error.sentence());
    }
}

std::string sourceOf(const document::Document& document) {
    const data::DataSpec& data = document.spec().data;
    return std::to_string(static_cast<int>(data.source)) + " " + data.id + " " + data.path;
}

QString nothingText(const base::Problems& problems) {
    for (const base::Problem& problem : problems)
        if (problem.severity == base::Severity::Error) {
            const QString sentence = QString::fromStdString(problem.sentence);
            const bool isLong = sentence.size() > longestSentence;
            return StatusLine::tr("Nothing to train: %1")
                .arg(isLong ? sentence.left(longestSentence - 1) + QChar(0x2026) : sentence);
        }
    return StatusLine::tr("Nothing to train");
}

QString perSecond(double rate) {
    const QLocale locale;
    return rate < 100 ? locale.toString(rate, 'f', 1) : locale.toString(static_cast<qlonglong>(rate));
}

}  // namespace

StatusLine::StatusLine(document::Document& document, SessionController& session, QWidget* parent)
    : QStatusBar(parent), m_document(document), m_session(session) {
    addWidget(m_state = new QLabel);
    addWidget(m_stop = new QToolButton);
    for (QLabel** label : {&m_speed, &m_machine, &m_note}) addWidget(*label = new QLabel);
    addPermanentWidget(m_problems = new QToolButton);
    addPermanentWidget(m_saved = new QLabel);
    for (QLabel* label : {m_state, m_speed, m_machine, m_note, m_saved}) label->setTextFormat(Qt::PlainText);
    m_problems->setAutoRaise(true);
    m_problems->setFocusPolicy(Qt::StrongFocus);
    connect(m_problems, &QToolButton::clicked, this, &StatusLine::problemsWanted);
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop reading the data"));
    m_stop->setFocusPolicy(Qt::StrongFocus);
    m_stop->hide();
    connect(m_stop, &QToolButton::clicked, &session, &SessionController::stopLoading);
    connect(&session, &SessionController::loading, this, &StatusLine::showLoading);
    m_machine->setText(machineText());
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 8, 0);
    connect(&session, &SessionController::snapshotChanged, this, &StatusLine::showRun);
    connect(&session, &SessionController::runningChanged, this, &StatusLine::showRun);
    connect(&session, &SessionController::pausing, this, &StatusLine::showRun);
    connect(&session, &SessionController::sent, this, &StatusLine::showRun);
    connect(&session, &SessionController::sent, this, &StatusLine::showProblems);
    connect(&session, &SessionController::noted, this, [this](const QString& sentence) {
        m_kept = sentence;
        showNote();
    });
    connect(&session, &SessionController::snapshotChanged, this, &StatusLine::noteData);
    connect(&session, &SessionController::refused, this, &StatusLine::showProblems);
    connect(&session, &SessionController::refused, this, &StatusLine::showRun);
    connect(&session, &SessionController::opened, this, &StatusLine::showProblems);
    connect(&document, &document::Document::changed, this, &StatusLine::noteChange);
    connect(&document, &document::Document::changed, this, &StatusLine::showProblems);
    connect(&document, &document::Document::modifiedChanged, this, &StatusLine::showSaved);
    connect(&document, &document::Document::pathChanged, this, &StatusLine::showSaved);
    m_checking.setSingleShot(true);
    m_checking.setInterval(checkingPatience);
    connect(&m_checking, &QTimer::timeout, this, &StatusLine::showProblems);
    connect(&session, &SessionController::snapshotChanged, this, &StatusLine::noteAnswer);
    m_source = sourceOf(document);
    m_opened = m_changed = document.revision();
    showRun();
    showProblems();
    showSaved();
}

void StatusLine::showRun() {
    const session::SharedSnapshot& snapshot = m_session.snapshot();
    m_state->setText(stateNow());
    const bool fast = m_session.isRunning() && !isReading() && snapshot->epochsPerSecond > 0;
    m_speed->setText(fast ? tr("%1 epochs/s · %2 steps/s")
                                .arg(perSecond(snapshot->epochsPerSecond), perSecond(snapshot->stepsPerSecond))
                          : QString());
}

bool StatusLine::isReading() const { return !base::hasError(m_session.problems()) && !m_session.hasAnswered(m_opened); }

// Data that are there at once are not worth a button.
void StatusLine::showLoading() {
    if (!m_session.loadingShare())
        m_sinceLoading.invalidate();
    else if (!m_sinceLoading.isValid())
        m_sinceLoading.start();
    m_stop->setVisible(m_sinceLoading.isValid() && m_sinceLoading.elapsed() > loadingPatience);
    showRun();
}

QString StatusLine::readingText() const {
    const std::optional<double> share = m_session.loadingShare();
    return share && m_stop->isVisibleTo(this) ? tr("Reading data %1 %").arg(static_cast<int>(100 * *share))
                                              : tr("Reading data");
}

// The last snapshot may be of what was open before, and stays when the training cannot take what is open now.
QString StatusLine::stateNow() const {
    if (isReading() || m_stop->isVisibleTo(this)) return readingText();
    if (m_session.isPausing()) return tr("Pausing");
    if (m_session.isRunning()) return tr("Training");
    if (base::hasError(m_session.problems())) return nothingText(m_session.problems());
    const training::Snapshot& snapshot = *m_session.snapshot();
    if (snapshot.revision < m_opened) return tr("Paused");
    if (snapshot.state == RunState::Diverged) return tr("Diverged");
    return snapshot.state == RunState::Empty ? nothingText({}) : tr("Paused");
}

// What was said of the last change belongs to that one alone.
void StatusLine::noteChange(const document::Change& change) {
    if (!change.affectsRun() && !change.opened) return;
    m_changed = change.revision;
    m_checking.start();
    const std::string source = sourceOf(m_document);
    const bool isOther = source != m_source;
    if (change.opened || isOther) m_opened = change.revision;
    m_dataRevision = isOther && !change.opened ? change.revision : 0;
    m_source = source;
    m_kept.clear();
    m_news.clear();
    showNote();
}

void StatusLine::noteData() {
    const session::SharedSnapshot& snapshot = m_session.snapshot();
    if (m_dataRevision == 0 || snapshot->revision < m_dataRevision || !snapshot->dataset) return;
    m_dataRevision = 0;
    m_news = snapshot->progress.epoch == 0 ? tr("new data: starts again from epoch 0")
                                           : tr("new data: goes on from epoch %1").arg(snapshot->progress.epoch);
    showNote();
}

void StatusLine::showNote() {
    QStringList notes{m_kept, m_news};
    notes.removeAll(QString());
    m_note->setText(notes.join(QStringLiteral(" · ")));
}

const base::Problems& StatusLine::problems() const {
    return m_session.problems().empty() ? m_document.problems() : m_session.problems();
}

// A count of before the last change must not stand beside the canvas, which knows better, while the training is busy.
bool StatusLine::isChecking() const {
    return !m_checking.isActive() && !base::hasError(m_session.problems()) && !m_session.hasAnswered(m_changed);
}

void StatusLine::noteAnswer() {
    if (m_saysChecking && !isChecking()) showProblems();
}

void StatusLine::showProblems() {
    const auto count = static_cast<int>(problems().size());
    m_saysChecking = isChecking();
    m_problems->setText(m_saysChecking ? tr("Checking")
                        : count == 0   ? tr("No problems")
                                       : tr("Problems: %n", nullptr, count));
    m_problems->setAccessibleName(m_problems->text());
    m_problems->setToolTip(count == 0 ? QString() : tr("Show them all"));
    emit problemsChanged();
}

void StatusLine::showCopy() {
    m_saved->setText(tr("Not saved · copy of %1").arg(QLocale().toString(QTime::currentTime(), QLocale::ShortFormat)));
}

void StatusLine::showSaved() {
    if (m_document.isModified())
        m_saved->setText(tr("Not saved"));
    else
        m_saved->setText(m_document.path().isEmpty() ? QString() : tr("Saved"));
}

}  // namespace perceptory::window
