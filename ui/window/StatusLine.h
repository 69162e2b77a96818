#pragma once
// The bottom line of the window: what is going on, how fast, on what, and whether it is saved.

#include <QLabel>
#include <QStatusBar>

#include "ui/session/SessionController.h"

namespace perceptory::window {

class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    StatusLine(document::Document& document, session::SessionController& session, QWidget* parent = nullptr);

    QString stateText() const { return m_state->text(); }
    QString problemsText() const { return m_problems->text(); }
    QString noteText() const { return m_note->text(); }

private:
    void showRun();
    void showProblems();
    void showSaved();

    document::Document& m_document;
    session::SessionController& m_session;
    QLabel *m_state, *m_speed, *m_machine, *m_note, *m_problems, *m_saved;
};

}  // namespace perceptory::window
