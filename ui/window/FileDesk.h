#pragma once
// Opening and saving. Nothing is lost on the way: unsaved changes are asked about once, and what cannot be opened or
// saved leaves the document as it is. Files are read and written on another thread; one save after the other.

#include <QObject>
#include <QString>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "ui/document/DocumentHold.h"
#include "ui/document/MissingData.h"
#include "ui/document/OutsideFiles.h"
#include "ui/document/commands/DataFileCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/session/SessionController.h"
#include "ui/widgets/MessageBar.h"

namespace perceptory::window {

class DataSumWatch;

class FileDesk : public QObject {
    Q_OBJECT

public:
    FileDesk(document::Document& document, session::SessionController& session, widgets::MessageBar& bar,
             QWidget* window);
    ~FileDesk() override;

    // Calls `then` now, or after the changes were saved or given up and no file is being written any more; not at all
    // when the user thinks better of it.
    void whenSafe(std::function<void()> then);
    bool isSaving() const { return !m_saves.empty(); }

    // These do not ask, but for what is changed while the file is still being read. The last one asked for counts.
    void open(const QString& path);
    void openAny(const QString& path);  // data by its name, else a project
    bool openExample(const QString& file, const QString& title);
    void saveTo(const QString& path, std::function<void()> then = {});

public slots:
    void newProject();
    void openByDialog();
    void openTableByDialog();
    void openTable(const QString& path);        // asks how to read it
    void openTables(const QStringList& paths);  // likewise: the files of one table
    void openDataByDialog();
    void openDataFolderByDialog();
    void openData(const QStringList& paths);  // of any kind: asks how to read them, or says why they cannot be read
    void changeTable();                       // asks again how to read the files that are loaded
    void openAsked(const QString& path);
    void readOutside();  // the files outside of its folder that the document names
    // Where data that the document names are gone, says which and offers to find them; else nothing.
    void tellMissing();
    void save();
    void saveAs();

signals:
    void opened(const QString& path);  // or saved
    void writing();                    // from here on, what is changed belongs to the next save

private:
    struct Save {
        QString path;
        document::DocumentHold hold;  // of that path, where it is another than the document's
        std::vector<std::function<void()>> then;
    };
    struct Project;  // as read

    static Project read(const QString& path);
    void show(const QString& path, const Project& project);
    void askAboutHeld(const QString& path, const Project& project);
    void showCopy(const QString& path, const Project& project);
    void startSave();
    void write(const session::SharedState& state);
    void endSave(const QString& fault);
    void permitSaved(const QString& path, std::vector<document::OutsideFile> outside);
    void saveThen(std::function<void()> then);
    void askToRead();
    void allowChosen(const QString& path);  // by the user himself
    void findMissing(const document::MissingData& gone);
    bool tellChanged(const QString& sentences);
    void askAboutTable(const document::TableChoices& choices);
    void askAboutData(const document::DataChoices& choices, const std::vector<std::string>& readers);
    void report(const QString& sentence);

    document::Document& m_document;
    session::SessionController& m_session;
    widgets::MessageBar& m_bar;
    QWidget* m_window;
    std::unique_ptr<DataSumWatch> m_sums;
    document::DocumentHold m_hold;  // of the document's file
    unsigned m_opens = 0;
    std::vector<document::OutsideFile> m_outside;  // those the document may not read
    std::vector<document::OutsideFile> m_outsideWeights;
    std::deque<Save> m_saves;                         // the first one runs
    std::vector<std::function<void()>> m_afterSaves;  // what waits until none does
};

}  // namespace perceptory::window
