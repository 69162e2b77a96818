#pragma once
// The book of runs as a table: what was trained and what came of it; settings are taken back, runs repeated, named,
// annotated, deleted and saved as a table from here. Ticked runs are drawn over each other in the panel Inside. GUI
// thread only.

#include <QWidget>

#include "ui/widgets/Gestures.h"
#include "ui/window/ChosenRuns.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace perceptory::window {

class RunsPanel : public QWidget {
    Q_OBJECT

public:
    RunsPanel(document::Document& document, session::SessionController& session, QWidget* parent = nullptr);

    session::RunRecorder& recorder() { return *m_recorder; }
    ChosenRuns& chosen() { return *m_chosen; }
    QTableWidget* table() const { return m_table; }
    static std::vector<widgets::Gesture> gestures();
    QString told() const;
    // The settings of the run become those of the document, as one undo step.
    void restore(const project::Run& run);
    // Its settings and its seed from its first weights on.
    void repeat(const project::Run& run);

private:
    QWidget* buildTable();
    QPushButton* button(const QString& text, const QString& help, void (RunsPanel::*pressed)());
    void showRuns();
    void fill(int row, const project::Run& run);
    void showChoice();
    void takeCell(int row, int column);
    std::vector<std::string> selected() const;
    const project::Run* one() const;
    void take(const base::Json& settings, const QString& text);
    void restoreOne();
    void repeatOne();
    void removeSelected();
    void saveTable();

    document::Document& m_document;
    session::SessionController& m_session;
    session::RunRecorder* m_recorder;
    ChosenRuns* m_chosen;
    QStackedWidget* m_pages;
    QTableWidget* m_table;
    QLabel *m_empty, *m_words;
    QPushButton *m_restore, *m_repeat, *m_remove, *m_save;
    bool m_isFilling = false;
};

}  // namespace perceptory::window
