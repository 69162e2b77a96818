#pragma once
// Opening and saving. Nothing is lost on the way: unsaved changes are asked about once, and what cannot be opened or
// saved leaves the document as it is.

#include <QObject>
#include <QString>
#include <functional>

#include "ui/document/commands/TableCommands.h"
#include "ui/session/SessionController.h"
#include "ui/widgets/MessageBar.h"

namespace perceptory::window {

class FileDesk : public QObject {
    Q_OBJECT

public:
    FileDesk(document::Document& document, session::SessionController& session, widgets::MessageBar& bar,
             QWidget* window);

    // Calls `then` now, or after the changes were saved or given up; not at all when the user thinks better of it.
    void whenSafe(std::function<void()> then);

    // These do not ask.
    bool open(const QString& path);
    void openAny(const QString& path);  // a table by its ending, else a project
    bool openExample(const QString& file, const QString& title);
    void saveTo(const QString& path, std::function<void()> then = {});

public slots:
    void newProject();
    void openByDialog();
    void openTableByDialog();
    void openTable(const QString& path);  // asks how to read it
    void changeTable();                   // the same for the table that is loaded
    void openAsked(const QString& path);
    void save();
    void saveAs();

signals:
    void opened(const QString& path);

private:
    void saveThen(std::function<void()> then);
    void askAboutTable(const document::TableChoices& choices);
    void report(const std::string& sentence);

    document::Document& m_document;
    session::SessionController& m_session;
    widgets::MessageBar& m_bar;
    QWidget* m_window;
};

}  // namespace perceptory::window
