// Copies of unsaved work while the system fails: whatever call it is, the copy before or the new one is offered.

#include <QTest>

#include "engine/project/Project.h"
#include "tests/support/FaultSweep.h"
#include "tests/support/Folder.h"
#include "ui/session/Recovery.h"

using namespace perceptory;
using session::RecoveryCopy;
using session::RecoveryFolder;
using support::FaultCase;

namespace {

document::Draft draftCalled(const char* name) {
    return {{{"format", "perceptory-project"}, {"format_version", 1}, {"name", name}}, "."};
}

class RecoveryFaultsTest : public QObject {
    Q_OBJECT

private slots:
    void theCopyBeforeOrTheNewOneIsOffered() {
        const support::Saving saving{[this] { begin(); }, [this] { keep("new"); },
                                     [this](const FaultCase& done) { check(done); }};
        QVERIFY(support::sweepFaults(saving) > 200);
        QVERIFY(support::sweepRoom(saving, 600, 50) == 12);
        QVERIFY(m_old > 100 && m_new > 20);  // both ends were met
    }

private:
    void begin() {
        m_copies.reset();
        std::filesystem::remove_all(m_root);
        m_copies = RecoveryFolder::make(m_root);
        keep("old");
    }

    void keep(const char* name) {
        m_copies->keep(draftCalled(name), {.title = name, .path = {}, .barred = {}, .step = 0}, nullptr);
    }

    void check(const FaultCase& done) {
        m_copies.reset();  // as a program that has ended
        const std::vector<RecoveryCopy> found = RecoveryFolder::abandoned(m_root);
        const QByteArray words = QByteArray::fromStdString(done.words());
        QVERIFY2(found.size() == 1, words);
        const QString title = found[0].note.title;
        QVERIFY2(title == "new" || (title == "old" && !done.said), words);
        QCOMPARE(readCopy(found[0]).draft.json["name"], base::Json(title.toStdString()));
        ++(title == "new" ? m_new : m_old);
        if (!done.said && done.plan.fault != support::Fault::Kill)
            QVERIFY2(QString::fromStdString(done.message).endsWith('.'), done.message.c_str());
    }

    support::Folder m_folder;
    std::filesystem::path m_root = m_folder / "recovery";
    std::shared_ptr<RecoveryFolder> m_copies;
    int m_old = 0, m_new = 0;
};

}  // namespace

QTEST_GUILESS_MAIN(RecoveryFaultsTest)
#include "RecoveryFaultsTest.moc"
