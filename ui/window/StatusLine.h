#pragma once
// The bottom line of the window: what is going on, how fast, on what, and whether it is saved.

#include <QElapsedTimer>
#include <QLabel>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>

#include "ui/session/SessionController.h"

namespace perceptory::window {

class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    StatusLine(document::Document& document, session::SessionController& session, QWidget* parent = nullptr);

    QString stateText() const { return m_state->text(); }
    QString problemsText() const { return m_problems->text(); }
    QString noteText() const { return m_note->text(); }
    QString savedText() const { return m_saved->text(); }
    QToolButton* problemsButton() const { return m_problems; }
    QToolButton* stopButton() const { return m_stop; }
    // Those of the project as it is, or what the training said against it.
    const base::Problems& problems() const;

public slots:
    void showCopy();  // of unsaved work, kept right now

signals:
    void problemsChanged();
    void problemsWanted();  // the user wants to see them all

private:
    void showRun();
    QString stateNow() const;
    bool isReading() const;
    QString readingText() const;
    void showLoading();
    bool isChecking() const;
    void noteAnswer();
    void showProblems();
    void showSaved();
    void showNote();
    void noteChange(const document::Change& change);
    void noteData();

    document::Document& m_document;
    QString m_news;                    // that the data are others
    QString m_kept;                    // what the training said of the last change
    std::string m_source;              // tells one data set from another
    std::uint64_t m_dataRevision = 0;  // other data came with this one; 0: said already
    std::uint64_t m_opened = 0;        // of the document when another one, or other data, came last
    std::uint64_t m_changed = 0;       // of the document when it last became another for the training
    bool m_saysChecking = false;
    QTimer m_checking;  // runs as long as the training may take to answer
    session::SessionController& m_session;
    QLabel *m_state, *m_speed, *m_machine, *m_note, *m_saved;
    QToolButton *m_stop, *m_problems;
    QElapsedTimer m_sinceLoading;  // valid while data are being read
};

}  // namespace perceptory::window
