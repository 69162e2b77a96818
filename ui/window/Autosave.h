#pragma once
// Keeps copies of what no file has: soon after an edit, every minute of training, and when it pauses. They go when the
// document is saved or given up. GUI thread only; files are written on another one.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <optional>

#include "ui/session/Recovery.h"

namespace perceptory::window {

// Milliseconds.
struct AutosavePace {
    int edit = 1500;       // from the first edit that has no copy
    int training = 60000;  // between copies of the weights
};

class Autosave : public QObject {
    Q_OBJECT

public:
    Autosave(document::Document& document, session::SessionController& session, QObject* parent);
    ~Autosave() override;

    void setRoot(std::filesystem::path root) { m_root = std::move(root); }
    void setPace(const AutosavePace& pace);
    // Nothing is kept while it is off; what was kept stays until the document is saved.
    void setOn(bool on) { m_on = on; }

    // The document is what the copies in this folder say; they go on there.
    void adopt(std::shared_ptr<session::RecoveryFolder> folder) { m_folder = std::move(folder); }
    // The user has saved the document, or wants nothing of it any more.
    void giveUp();
    // Where copies of this document lie; empty: none was needed yet.
    std::filesystem::path folder() const;

signals:
    void kept();
    void failed(const QString& sentence);  // once, until it works again

private:
    void noteChange(const document::Change& change);
    void keep(bool weights);
    void write(const session::SharedState& state);
    void finish(const std::shared_ptr<session::RecoveryFolder>& folder, const QString& fault);

    document::Document& m_document;
    session::SessionController& m_session;
    std::filesystem::path m_root;
    std::shared_ptr<session::RecoveryFolder> m_folder;
    QTimer m_edits, m_training;
    QElapsedTimer m_sinceWeights;
    bool m_on = true;
    bool m_isWriting = false;
    std::optional<bool> m_next;  // what to keep() after that
    bool m_hasFailed = false;
};

}  // namespace perceptory::window
