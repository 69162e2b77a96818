// The part of the desk that asks how data are to be read.

#include <QFileDialog>
#include <QFileInfo>
#include <algorithm>
#include <ranges>

#include "ui/document/DataKind.h"
#include "ui/window/FileDesk.h"
#include "ui/window/ImportDialog.h"
#include "ui/window/TableDialog.h"

namespace perceptory::window {

using document::DropAnswer;
using document::DropKind;
using widgets::MessageBar;

namespace {

// How they are split is left to the dialog: as the files are, where they make parts.
document::DataChoices firstChoices(const QStringList& files, const std::string& reader) {
    document::DataChoices choices;
    choices.files = files;
    choices.reader = reader;
    choices.split.clear();
    return choices;
}

}  // namespace

void FileDesk::openTableByDialog() {
    const QStringList paths = QFileDialog::getOpenFileNames(
        m_window, tr("Open table"), {}, tr("Tables (*.csv *.tsv *.txt *.data *.train *.test);;All files (*)"));
    if (!paths.isEmpty()) openTables(paths);
}

void FileDesk::openDataByDialog() {
    const QStringList paths = QFileDialog::getOpenFileNames(
        m_window, tr("Open images, arrays or texts"), {},
        tr("Images, arrays and texts (*.gz *ubyte *.idx *.bin *.npy *.npz *.txt);;All files (*)"));
    if (!paths.isEmpty()) openData(paths);
}

void FileDesk::openDataFolderByDialog() {
    const QString path = QFileDialog::getExistingDirectory(m_window, tr("Open a folder of data"));
    if (!path.isEmpty()) openData({path});
}

void FileDesk::openTable(const QString& path) { openTables({path}); }

void FileDesk::openTables(const QStringList& paths) {
    for (const QString& path : paths) allowChosen(path);
    document::TableChoices choices;
    choices.path = paths.front();
    if (paths.size() > 1) choices.files = document::tableFiles(paths);
    for (const document::TableFile& file : choices.files | std::views::reverse)
        if (file.part == "train") choices.path = file.path;
    askAboutTable(choices);
}

void FileDesk::openData(const QStringList& paths) {
    const DropAnswer answer = document::dropKindOf(paths);
    if (answer.kind == DropKind::Project) return openAsked(paths.front());
    if (answer.kind == DropKind::Table) return openTables(answer.files);
    if (answer.kind == DropKind::Foreign)
        return m_bar.showMessage(MessageBar::Severity::Warning, answer.sentence + QStringLiteral("."));
    for (const QString& file : answer.files) allowChosen(file);
    askAboutData(firstChoices(answer.files, answer.reader), document::fittingReaders(answer));
}

void FileDesk::changeTable() {
    if (!m_document.barredFiles().empty()) return askToRead();
    if (const auto choices = document::tableChoices(m_document)) return askAboutTable(*choices);
    if (const auto choices = document::dataChoices(m_document)) {
        std::vector<std::string> readers = document::fittingReaders(document::dropKindOf(choices->files));
        if (std::ranges::find(readers, choices->reader) == readers.end()) readers = {choices->reader};
        askAboutData(*choices, readers);
    }
}

void FileDesk::allowChosen(const QString& path) {
    const std::filesystem::path chosen = QFileInfo(path).canonicalFilePath().toStdString();
    for (const document::OutsideFile& file : m_outside)
        if (file.real == chosen) m_document.allowFiles({file.named});
}

void FileDesk::askAboutTable(const document::TableChoices& choices) {
    const QString path = choices.path;
    const bool isOne = choices.files.size() < 2;
    const std::vector<std::string> readers =
        isOne ? document::fittingReaders(document::dropKindOf({path})) : std::vector<std::string>{"csv"};
    auto* dialog = new TableDialog(m_document, choices, m_window);
    dialog->setReaders(readers);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TableDialog::readerWanted, this, [this, path, readers](const QString& reader) {
        askAboutData(firstChoices({path}, reader.toStdString()), readers);
    });
    dialog->open();
}

void FileDesk::askAboutData(const document::DataChoices& choices, const std::vector<std::string>& readers) {
    auto* dialog = new ImportDialog(m_document, choices, readers, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::tableWanted, this, &FileDesk::openTable);
    dialog->open();
}

}  // namespace perceptory::window
