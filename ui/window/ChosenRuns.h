#pragma once
// The runs that are ticked: whole ones, read from the book when they are. GUI thread only.

#include <map>
#include <set>

#include "ui/session/RunRecorder.h"
#include "ui/views/inside/RunSource.h"

namespace perceptory::window {

class ChosenRuns : public views::RunSource {
    Q_OBJECT

public:
    ChosenRuns(session::RunRecorder& recorder, session::SessionController& session, QObject* parent);

    bool isChosen(const std::string& id) const { return m_ids.contains(id); }
    void choose(const std::string& id, bool chosen);

    std::vector<std::shared_ptr<const project::Run>> chosen() const override;
    const project::Run* now() const override { return m_recorder.now(); }
    const training::MetricsLog& log() const override { return m_session.log(); }

private:
    void noteList();

    session::RunRecorder& m_recorder;
    session::SessionController& m_session;
    std::set<std::string> m_ids;
    std::map<std::string, std::shared_ptr<const project::Run>> m_read;
};

}  // namespace perceptory::window
