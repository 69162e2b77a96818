// Files are written and read on another thread: what happens meanwhile must not cost anybody's work.

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "engine/project/Project.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/FileDesk.h"
#include "ui/window/MainWindow.h"

using namespace perceptory;
using namespace perceptory::window;

namespace {

constexpr int patience = 60000;

double noiseIn(const QString& path) {
    return project::loadProject(path.toStdString())["data"].value("/parameters/noise"_json_pointer, -1.0);
}

QMessageBox* question(MainWindow& window) { return window.findChild<QMessageBox*>("unsavedChanges"); }

// Once, at the moment from which on another thread writes.
template <typename Call>
void whileWriting(MainWindow& window, Call call) {
    QObject::connect(&window.files(), &FileDesk::writing, &window, call,
                     static_cast<Qt::ConnectionType>(Qt::SingleShotConnection));
}

void train(MainWindow& window) {
    window.session().stepEpoch();
    QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->progress.epoch == 1 && window.session().snapshot()->exact,
                             patience);
}

}  // namespace

class FileDeskTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("perceptory-test");
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    }

    void init() {
        QSettings().clear();
        QVERIFY(QDir(m_folder.path()).mkpath(QTest::currentTestFunction()));
        m_path = m_folder.filePath(QString(QTest::currentTestFunction()) + "/mine.perceptory");
    }

    void whatIsChangedWhileItIsWrittenIsStillToBeSaved() {
        MainWindow window;
        document::setNoise(window.document(), 0.2);
        QSignalSpy opened(&window.files(), &FileDesk::opened);
        whileWriting(window, [&window] { document::setNoise(window.document(), 0.3); });
        window.files().saveTo(m_path);
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
        QCOMPARE(noiseIn(m_path), 0.2);
        QVERIFY(window.isWindowModified());
        window.document().undoStack().undo();
        QVERIFY(!window.isWindowModified());
    }

    void nothingIsSaidToBeSavedBeforeItIs() {
        MainWindow window;
        document::setNoise(window.document(), 0.2);
        bool seen = false;
        whileWriting(window, [&] { seen = window.document().isModified() && window.isWindowModified(); });
        window.files().saveTo(m_path);
        QTRY_VERIFY_WITH_TIMEOUT(!window.files().isSaving(), patience);
        QVERIFY(seen);
        QVERIFY(!window.isWindowModified());
    }

    void aFailedSaveLeavesTheChangesUnsaved() {
        MainWindow window;
        document::setNoise(window.document(), 0.2);
        const QString path = m_folder.filePath("no such folder/mine.perceptory");
        window.files().saveTo(path);
        QTRY_VERIFY_WITH_TIMEOUT(window.messageBar().text().contains("no such folder"), patience);
        QVERIFY(window.messageBar().severity() == widgets::MessageBar::Severity::Error);
        QVERIFY(!window.files().isSaving());
        QVERIFY(window.isWindowModified());
        QVERIFY(window.document().path().isEmpty());
        window.files().saveTo(m_path);
        QTRY_COMPARE_WITH_TIMEOUT(window.document().path(), m_path, patience);
        QVERIFY(!window.isWindowModified());
    }

    void theWindowClosesOnceItIsWritten() {
        MainWindow window;
        window.show();
        train(window);
        document::setNoise(window.document(), 0.2);
        bool stayed = false;
        whileWriting(window, [&] {
            window.close();
            stayed = window.isVisible();
        });
        window.files().saveTo(m_path);
        QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), patience);
        QVERIFY(stayed);
        QVERIFY(!question(window));
        QCOMPARE(noiseIn(m_path), 0.2);
    }

    void closingAsksWhenTheSaveItWaitedForFailed() {
        MainWindow window;
        window.show();
        document::setNoise(window.document(), 0.2);
        whileWriting(window, [&window] { window.close(); });
        window.files().saveTo(m_folder.filePath("no such folder/mine.perceptory"));
        QTRY_VERIFY_WITH_TIMEOUT(question(window), patience);
        QVERIFY(window.isVisible());
        question(window)->button(QMessageBox::Discard)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), patience);
    }

    void theEndOfTheWindowWaitsForTheFile() {
        {
            MainWindow window;
            train(window);
            bool writing = false;
            whileWriting(window, [&writing] { writing = true; });
            window.files().saveTo(m_path);
            while (!writing) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        const base::Json project = project::loadProject(m_path.toStdString());
        QVERIFY(project.contains("weights"));
        QVERIFY(QFile::exists(QFileInfo(m_path).path() + "/mine.perceptory-model"));
    }

    void twoSavesInARowWriteTheLastState() {
        MainWindow window;
        train(window);
        QSignalSpy writing(&window.files(), &FileDesk::writing);
        document::setNoise(window.document(), 0.2);
        whileWriting(window, [this, &window] {
            document::setNoise(window.document(), 0.3);
            for (int i = 0; i < 5; ++i) window.files().saveTo(m_path);
        });
        window.files().saveTo(m_path);
        QTRY_VERIFY_WITH_TIMEOUT(writing.count() > 0 && !window.files().isSaving(), patience);
        QCOMPARE(writing.count(), 2);
        QCOMPARE(noiseIn(m_path), 0.3);
        QVERIFY(!window.isWindowModified());
    }

    // Save, in the question before another project opens, and once more while that runs.
    void theSecondSaveIsNotThatOfTheNextProject() {
        MainWindow window;
        window.show();
        document::setNoise(window.document(), 0.2);
        window.files().saveTo(m_path);
        QTRY_VERIFY_WITH_TIMEOUT(!window.files().isSaving(), patience);
        document::setNoise(window.document(), 0.3);
        window.files().newProject();
        QTRY_VERIFY(question(window));
        whileWriting(window, [&window] { window.files().save(); });
        question(window)->button(QMessageBox::Save)->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.document().path().isEmpty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.files().isSaving(), patience);
        QCOMPARE(noiseIn(m_path), 0.3);
    }

    void whatIsChangedWhileAProjectIsReadIsAskedAbout() {
        project::saveProject(document::defaultProject(), m_path.toStdString());
        MainWindow window;
        window.show();
        window.files().open(m_path);
        document::setNoise(window.document(), 0.2);
        QTRY_VERIFY_WITH_TIMEOUT(question(window), patience);
        question(window)->button(QMessageBox::Cancel)->click();
        QVERIFY(window.document().path().isEmpty());
    }

    void theProjectAskedForLastIsOpened() {
        base::Json project = document::defaultProject();
        project::saveProject(project, m_path.toStdString());
        MainWindow window;
        window.files().open(m_path);
        const document::Example example = document::examples().back();
        QVERIFY(window.files().openExample(example.file, example.title));
        QTRY_VERIFY_WITH_TIMEOUT(window.files().children().isEmpty(), patience);  // it has been read
        QCOMPARE(window.document().title(), example.title);
    }

private:
    QTemporaryDir m_folder;
    QString m_path;
};

QTEST_MAIN(FileDeskTest)
#include "FileDeskTest.moc"
