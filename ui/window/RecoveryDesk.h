#pragma once
// Keeps copies of unsaved work and brings them back after a crash. GUI thread only.

#include <QObject>

#include "ui/session/Recovery.h"

class QWidget;

namespace perceptory::widgets {
class MessageBar;
}

namespace perceptory::window {

class Autosave;
class FileDesk;

class RecoveryDesk : public QObject {
    Q_OBJECT

public:
    RecoveryDesk(document::Document& document, session::SessionController& session, FileDesk& files,
                 widgets::MessageBar& bar, QWidget* window);

    Autosave& autosave() { return *m_autosave; }
    void setRoot(const std::filesystem::path& root);  // where copies lie, of this program and of those that crashed

    // Shows what was left, if anything was.
    void offer();
    // The same; says so where nothing was left.
    void offerOrTell();
    // Asks about unsaved changes first. The copies stay until what is recovered is saved or given up.
    void recover(const session::RecoveryCopy& copy);

private:
    void show(const std::shared_ptr<session::RecoveryFolder>& folder, const session::RecoveryNote& note,
              const session::Recovered& recovered);

    document::Document& m_document;
    session::SessionController& m_session;
    FileDesk& m_files;
    widgets::MessageBar& m_bar;
    QWidget* m_window;
    Autosave* m_autosave;
    std::filesystem::path m_root;
};

}  // namespace perceptory::window
