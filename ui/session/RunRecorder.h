#pragma once
// Writes the book of runs: whatever is trained is kept with its settings and curves, beside the project (NAME-runs), or
// for a document without a file in the user's data, from where its runs move when it is saved. A run lasts from the
// first step to the reset, the next seed or the next document. GUI thread only; files are written on another one.

#include <QObject>
#include <QTimer>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "engine/project/RunBook.h"
#include "ui/session/SessionController.h"

namespace perceptory::session {

class RunRecorder : public QObject {
    Q_OBJECT

public:
    // Beyond so many runs of one book the oldest without a note go.
    static constexpr std::size_t mostRuns = 200;

    RunRecorder(document::Document& document, SessionController& session, QObject* parent);
    ~RunRecorder() override;

    // In the user's data.
    static std::filesystem::path usualRoot();
    void setRoot(std::filesystem::path root);  // for documents without a file

    // What the book holds, without curves, in the order of time; the run that goes on is the last as soon as it was
    // kept.
    const std::vector<project::Run>& runs() const { return m_runs; }
    const project::Run* find(const std::string& id) const;
    // The run that goes on, with its times and without its curves, which are in the session's log; null: none.
    const project::Run* now() const { return m_now ? &*m_now : nullptr; }
    // What could not be read.
    const std::vector<std::string>& damaged() const { return m_damaged; }
    std::filesystem::path folder() const { return m_place; }

    // Calls back with the whole run; with nothing when it cannot be read, which is told by failed().
    void read(const std::string& id, std::function<void(std::optional<project::Run>)> then);
    void setWords(const std::string& id, const QString& name, const QString& note);
    void remove(const std::vector<std::string>& ids);
    // Settings of a run as the document names files.
    base::Json settingsFor(const base::Json& settings) const;

signals:
    void changed();  // of the list
    void failed(const QString& sentence);

private:
    using Work = std::function<std::function<void()>()>;

    std::filesystem::path placeOf(const document::Document& document) const;
    void noteChange(const document::Change& change);
    void noteSnapshot();
    void noteReset(bool byDocument = false);
    void notePath();
    void begin();
    void keep(const std::string& ending);
    void finish();
    void write(project::Run run);
    void take(project::Run run);
    void trim();
    void list();
    void aside(Work work);
    void next();
    void tell(const std::string& fault);

    document::Document& m_document;
    SessionController& m_session;
    std::filesystem::path m_root, m_place;
    std::vector<project::Run> m_runs;
    std::vector<std::string> m_damaged, m_mine;  // m_mine: of this document, as long as it has no file
    std::optional<project::Run> m_now;
    std::filesystem::path m_nowFolder;  // what the paths in its settings are relative to
    std::string m_key;                  // what the run that goes on depends on, as it was last
    bool m_changed = false;             // its settings, on the way
    std::int64_t m_restStep = 0;        // where nothing was trained since
    std::int64_t m_resetAt = 0;         // more than 0: the step it was reset at, until that is seen
    std::uint64_t m_freshFrom = 0;      // the revision whose pictures are of the next run; 0: it stayed the same
    const char* m_ending = "paused";
    bool m_isFresh = true;  // nothing has come of the document yet
    double m_secondsBefore = 0;
    std::int64_t m_keptStep = -1;
    std::string m_keptEnding;
    QTimer m_pace;
    std::deque<Work> m_waiting;
    bool m_isBusy = false;
};

}  // namespace perceptory::session
