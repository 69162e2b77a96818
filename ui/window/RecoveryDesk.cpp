#include "ui/window/RecoveryDesk.h"

#include "ui/document/Aside.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/Autosave.h"
#include "ui/window/FileDesk.h"
#include "ui/window/RecoveryDialog.h"

namespace perceptory::window {

using session::RecoveryFolder;
using widgets::MessageBar;

RecoveryDesk::RecoveryDesk(document::Document& document, session::SessionController& session, FileDesk& files,
                           MessageBar& bar, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_files(files),
      m_bar(bar),
      m_window(window),
      m_autosave(new Autosave(document, session, this)),
      m_root(RecoveryFolder::usualRoot()) {
    connect(m_autosave, &Autosave::failed, this,
            [this](const QString& sentence) { m_bar.showMessage(MessageBar::Severity::Warning, sentence); });
}

void RecoveryDesk::setRoot(const std::filesystem::path& root) {
    m_root = root;
    m_autosave->setRoot(root);
}

void RecoveryDesk::offer() {
    std::vector<session::RecoveryCopy> copies = RecoveryFolder::abandoned(m_root);
    if (copies.empty()) return;
    auto* dialog = new RecoveryDialog(std::move(copies), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RecoveryDialog::recoverWanted, this, &RecoveryDesk::recover);
    dialog->open();
}

void RecoveryDesk::offerOrTell() {
    if (!RecoveryFolder::abandoned(m_root).empty()) return offer();
    m_bar.showMessage(MessageBar::Severity::Information, tr("There is no unsaved work to recover."));
}

void RecoveryDesk::recover(const session::RecoveryCopy& copy) {
    m_files.whenSafe([this, copy] {
        const std::shared_ptr<RecoveryFolder> folder = RecoveryFolder::adopt(copy.folder);
        if (!folder)
            return m_bar.showMessage(MessageBar::Severity::Warning,
                                     tr("%1 is open in another window by now.").arg(copy.note.title));
        new document::Aside(this, [this, folder, copy] {
            session::Recovered recovered;
            QString fault;
            try {
                recovered = session::readCopy(copy);
            } catch (const std::exception& error) {
                fault = QString::fromUtf8(error.what());
            }
            return [this, folder, note = copy.note, recovered, fault] {
                if (fault.isEmpty()) return show(folder, note, recovered);
                m_bar.showMessage(MessageBar::Severity::Error, fault);
            };
        });
    });
}

void RecoveryDesk::show(const std::shared_ptr<RecoveryFolder>& folder, const session::RecoveryNote& note,
                        const session::Recovered& recovered) {
    m_session.setWeightsForOpening(recovered.run.state, recovered.run.history);
    m_document.openRecovered(recovered.draft, note.title, note.barred);
    m_autosave->adopt(folder);
    const QString done = tr("%1 is recovered. It has no file yet: save it to keep it.").arg(note.title);
    if (recovered.weightsFault.isEmpty()) return m_bar.showMessage(MessageBar::Severity::Success, done);
    m_bar.showMessage(MessageBar::Severity::Warning, done + ' ' + recovered.weightsFault);
}

}  // namespace perceptory::window
