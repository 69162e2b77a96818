#include "ui/window/Autosave.h"

#include <utility>

#include "engine/training/History.h"
#include "ui/document/Aside.h"

namespace perceptory::window {

using session::RecoveryFolder;
using session::SessionController;

namespace {

// Numbers of the network, as many as are written within the blink of an eye with each edit.
constexpr std::int64_t fewWeights = 1'000'000;

std::int64_t weightCount(const training::Snapshot& snapshot) {
    std::int64_t count = 0;
    for (const network::Parameter& parameter : snapshot.parameters) count += parameter.count;
    return count;
}

}  // namespace

Autosave::Autosave(document::Document& document, SessionController& session, QObject* parent)
    : QObject(parent), m_document(document), m_session(session), m_root(RecoveryFolder::usualRoot()) {
    m_edits.setSingleShot(true);
    setPace({});
    connect(&m_edits, &QTimer::timeout, this, [this] {
        const bool few = weightCount(*m_session.snapshot()) <= fewWeights;
        keep(few || m_sinceWeights.hasExpired(m_training.interval()));
    });
    connect(&m_training, &QTimer::timeout, this, [this] { keep(true); });
    connect(&document, &document::Document::changed, this, &Autosave::noteChange);
    connect(&document, &document::Document::weightSet, this, [this] { noteChange({}); });
    connect(&document, &document::Document::modifiedChanged, this, [this](bool modified) {
        if (!modified) giveUp();
    });
    connect(&session, &SessionController::runningChanged, this, [this](bool running) {
        if (running) return m_training.start();
        m_training.stop();
        keep(true);
    });
}

Autosave::~Autosave() {
    while (!children().isEmpty()) delete children().front();  // a copy is being written; it ends first
    // A document that is left without changes leaves nothing behind.
    if (!m_document.isModified()) giveUp();
}

void Autosave::setPace(const AutosavePace& pace) {
    m_edits.setInterval(pace.edit);
    m_training.setInterval(pace.training);
}

std::filesystem::path Autosave::folder() const { return m_folder ? m_folder->folder() : std::filesystem::path(); }

// A later edit waits no longer for a copy than the first.
void Autosave::noteChange(const document::Change& change) {
    if (change.opened)
        giveUp();
    else if (!m_edits.isActive())
        m_edits.start();
}

// A copy that is being written goes when it is there.
void Autosave::giveUp() {
    m_edits.stop();
    m_sinceWeights.invalidate();
    m_next.reset();
    if (const auto folder = std::exchange(m_folder, nullptr); folder && !m_isWriting) folder->clear();
}

void Autosave::keep(bool weights) {
    if (!m_on || !m_document.isModified()) return;
    if (m_isWriting) {
        m_next = weights || m_next.value_or(false);
        return;
    }
    m_isWriting = true;
    if (!weights || !m_session.hasOwnWeights()) return write(nullptr);
    m_session.requestState([this](const session::SharedState& state) { write(state); });
}

void Autosave::write(const session::SharedState& state) {
    if (!m_document.isModified()) return finish(nullptr, {});
    try {
        if (!m_folder) m_folder = RecoveryFolder::make(m_root);
    } catch (const std::exception& error) {
        return finish(nullptr, QString::fromUtf8(error.what()));
    }
    session::TrainedWeights weights{m_session.snapshot(), state, nullptr};
    if (state) {
        weights.history = training::historyOf(m_session.log(), static_cast<std::int64_t>(state->progress.step));
        m_sinceWeights.start();
    }
    const session::RecoveryNote note{m_document.title(), m_document.path(), m_document.barredFiles(),
                                     static_cast<qint64>(m_session.snapshot()->progress.step)};
    new document::Aside(this, [this, folder = m_folder, draft = m_document.draft(), note, weights] {
        QString fault;
        try {
            folder->keep(draft, note, weights.state ? &weights : nullptr);
        } catch (const std::exception& error) {
            fault = QString::fromUtf8(error.what());
        }
        return [this, folder, fault] { finish(folder, fault); };
    });
}

void Autosave::finish(const std::shared_ptr<RecoveryFolder>& folder, const QString& fault) {
    m_isWriting = false;
    if (folder && folder != m_folder) folder->clear();
    const bool hadFailed = std::exchange(m_hasFailed, !fault.isEmpty());
    if (!fault.isEmpty() && !hadFailed) emit failed(tr("No copy of the unsaved work could be kept: %1").arg(fault));
    if (fault.isEmpty() && folder && folder == m_folder) emit kept();
    if (const std::optional<bool> next = std::exchange(m_next, std::nullopt)) keep(*next);
}

}  // namespace perceptory::window
