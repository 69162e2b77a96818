// The part of the desk that finds data that are gone, and tells of data that have changed.

#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>

#include "ui/document/Aside.h"
#include "ui/window/FileDesk.h"

namespace perceptory::window {

using widgets::MessageBar;

namespace {

// The file by its name, others of its kind, all; names that a filter cannot hold are left out of it.
QStringList filtersFor(const QFileInfo& file) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_.-]+$"));
    QStringList filters;
    if (plain.match(file.fileName()).hasMatch()) filters += FileDesk::tr("The file (%1)").arg(file.fileName());
    if (plain.match(file.suffix()).hasMatch())
        filters += FileDesk::tr("Files of this kind (%1)").arg("*." + file.suffix());
    return filters + QStringList{FileDesk::tr("All files (*)")};
}

}  // namespace

void FileDesk::tellMissing() {
    if (document::dataFiles(m_document.json(), m_document.folder()).empty()) return;
    new document::Aside(
        this, [this, json = m_document.json(), folder = m_document.folder(), revision = m_document.revision()] {
            return [this, revision, missing = document::missingData(json, folder)] {
                if (missing.empty() || revision != m_document.revision()) return;
                m_bar.showMessage(MessageBar::Severity::Error, document::missingText(missing));
                m_bar.addButton(tr("Find it…"), [this, gone = missing.front()] { findMissing(gone); });
            };
        });
}

// What was pressed has closed the message: who chooses nothing gets it back.
void FileDesk::findMissing(const document::MissingData& gone) {
    const QFileInfo file(QString::fromStdString(gone.path.lexically_normal().string()));
    const QString home = QString::fromStdString(m_document.folder().string());
    auto* dialog = new QFileDialog(m_window, tr("Where is %1?").arg(file.fileName()), home);
    dialog->setObjectName("findData");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(gone.isFolder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (gone.isFolder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    else
        dialog->setNameFilters(filtersFor(file));
    connect(dialog, &QFileDialog::rejected, this, &FileDesk::tellMissing);
    connect(dialog, &QFileDialog::fileSelected, this, [this, gone](const QString& chosen) {
        allowChosen(chosen);
        document::pointToData(m_document, gone.path, QFileInfo(chosen).absoluteFilePath().toStdString());
    });
    connect(&m_document, &document::Document::changed, dialog, [dialog](const document::Change& change) {
        if (change.opened) dialog->reject();
    });
    dialog->open();
}

// An error that waits for an answer stays: the files are compared again when it has got one.
bool FileDesk::tellChanged(const QString& sentences) {
    const bool isShown = !m_bar.isHidden();
    if (isShown && m_bar.severity() == MessageBar::Severity::Error) return false;
    m_bar.showMessage(MessageBar::Severity::Warning, isShown ? m_bar.text() + "\n" + sentences : sentences);
    return true;
}

}  // namespace perceptory::window
