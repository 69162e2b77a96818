#pragma once
// The window: one document, one training, menus around a workspace. GUI thread only.

#include <QMainWindow>

#include "ui/session/SessionController.h"
#include "ui/window/MenuActions.h"
#include "ui/window/Page.h"

class QActionGroup;

namespace perceptory::widgets {
class MessageBar;
}

namespace perceptory::window {

class DropOverlay;
class FileDesk;
class RecentFiles;
class RecoveryDesk;
class StatusLine;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(training::TrainerOptions options = {});
    ~MainWindow() override;

    // Opens a project or a table without asking, as named on the command line.
    void openFile(const QString& path);

    document::Document& document() { return m_document; }
    session::SessionController& session() { return *m_session; }
    widgets::MessageBar& messageBar() { return *m_bar; }
    FileDesk& files() { return *m_files; }
    RecoveryDesk& recovery() { return *m_recovery; }
    StatusLine& statusLine() { return *m_status; }
    DropOverlay& dropOverlay() { return *m_drop; }
    QAction* action(const QString& name) const { return m_actions.find(name); }

protected:
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void addWorkspace(const QString& name, const QString& text, const QString& key);
    void buildNetworkMenu();
    void buildDataMenu();
    void buildTrainMenu();
    void buildHelpMenu();
    void showTitle();
    void showRunning(bool running);
    void showExamples();
    void showProblems();
    void showHelp();
    void showKeys();
    void showAboutData();
    void showText(const QString& title, const QString& text);
    void restorePlace();

    document::Document m_document;
    std::unique_ptr<session::SessionController> m_session;
    MenuActions m_actions;
    Page m_page;
    widgets::MessageBar* m_bar;
    FileDesk* m_files;
    RecoveryDesk* m_recovery;
    RecentFiles* m_recent;
    StatusLine* m_status;
    DropOverlay* m_drop;
    bool m_mayClose = false;
};

}  // namespace perceptory::window
