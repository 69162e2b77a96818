// Files are written and read on another thread: what happens meanwhile must not cost anybody's work.

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "engine/project/Project.h"
#include "tests/ui/views/Playground.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/widgets/HeatmapView.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/FileDesk.h"
#include "ui/window/MainWindow.h"
#include "ui/window/StatusLine.h"

using namespace perceptory;
using namespace perceptory::window;

namespace {

constexpr int patience = 60000;

double noiseIn(const QString& path) {
    return project::loadProject(path.toStdString())["data"].value("/parameters/noise"_json_pointer, -1.0);
}

QMessageBox* outsideQuestion(MainWindow& window) { return window.findChild<QMessageBox*>("outsideData"); }

void answer(MainWindow& window, const char* text) {
    for (QAbstractButton* button : outsideQuestion(window)->buttons())
        if (button->text().remove('&') == text) return button->click();
    QFAIL(text);
}

bool hasData(MainWindow& window) {
    const auto& snapshot = window.session().snapshot();
    return snapshot->revision == window.document().revision() && snapshot->dataset && snapshot->dataset->count == 30;
}

// A project in a folder of its own that reads 30 rows from `data`.
QString projectReading(const QString& project, const QString& data) {
    base::Json json = document::defaultProject();
    json["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"path", data.toStdString()}};
    json["data"]["split"] = base::Json{{"mode", "random"}, {"train", 0.5}, {"validation", 0.0}, {"test", 0.5}};
    project::saveProject(json, project.toStdString());
    return project;
}

void writeTable(const QString& path) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a,b,kind\n");
    for (int i = 0; i < 30; ++i)
        file.write(QByteArray::number(i % 5) + "," + QByteArray::number(i) + (i % 2 ? ",yes\n" : ",no\n"));
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
    void aFileIsOpenInOneWindow() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("p.perceptory"), other = folder.filePath("q.perceptory");
        base::Json project = document::defaultProject();
        project["name"] = "p";
        project::saveProject(project, file.toStdString());
        project::saveProject(project, other.toStdString());
        MainWindow second;
        {
            MainWindow first;
            first.openFile(file);
            QTRY_COMPARE_WITH_TIMEOUT(first.document().path(), file, patience);
            second.openFile(file);
            QTRY_VERIFY_WITH_TIMEOUT(second.findChild<QMessageBox*>("openElsewhere"), patience);
            auto* box = second.findChild<QMessageBox*>("openElsewhere");
            QVERIFY(second.document().path().isEmpty());
            for (QAbstractButton* button : box->buttons())
                if (button->text().remove('&') == "Open a copy") button->click();
            QCOMPARE(second.document().title(), QString("Copy of p"));
            QVERIFY(!second.document().isModified());
            // Nor may it be overwritten from there.
            second.files().saveTo(file);
            QCOMPARE(second.messageBar().text(), file + " is open in another window. Save under another name.");
            second.openFile(other);
            QTRY_COMPARE_WITH_TIMEOUT(second.document().path(), other, patience);
            first.files().saveTo(other);
            QCOMPARE(first.messageBar().text(), other + " is open in another window. Save under another name.");
        }
        second.openFile(file);
        QTRY_COMPARE_WITH_TIMEOUT(second.document().path(), file, patience);
        QVERIFY(!QFile::exists(folder.filePath(".q.perceptory.lock")));
    }

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

    // The command line writes its models under the same name.
    void aModelThatIsNotTheProjectsOwnIsNeverReplaced() {
        const QString foreign = QString(m_path).replace(".perceptory", ".perceptory-model");
        const QString own = QString(m_path).replace(".perceptory", "-2.perceptory-model");
        QFile model(foreign);
        QVERIFY(model.open(QIODevice::WriteOnly));
        model.write("trained for hours");
        model.close();
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot() && window.session().snapshot()->dataset, patience);
        train(window);
        QSignalSpy opened(&window.files(), &FileDesk::opened);
        for (int saves = 1; saves <= 2; ++saves) {
            window.files().saveTo(m_path);
            QTRY_COMPARE_WITH_TIMEOUT(opened.count(), saves, patience);
            QVERIFY(QFile::exists(own));
            QVERIFY(!QFile::exists(QString(own).replace("-2", "-3")));
        }
        const std::string named = project::loadProject(m_path.toStdString())["weights"]["path"];
        QCOMPARE(named, std::string("mine-2.perceptory-model"));
        QVERIFY(model.open(QIODevice::ReadOnly));
        QCOMPARE(model.readAll(), QByteArray("trained for hours"));
    }

    void dataOutsideOfTheFolderAreAskedAboutOnce_data() {
        QTest::addColumn<QString>("named");
        QTest::newRow("up") << "../table.csv";
        QTest::newRow("whole path") << m_folder.filePath("dataOutsideOfTheFolderAreAskedAboutOnce/table.csv");
        QTest::newRow("link") << "link.csv";
        QTest::newRow("down and up") << "sub/../../table.csv";
    }

    void dataOutsideOfTheFolderAreAskedAboutOnce() {
        QFETCH(QString, named);
        const QDir folder = QFileInfo(m_path).dir();
        QVERIFY(folder.mkpath("own/sub"));
        writeTable(folder.filePath("table.csv"));
        QFile::link(folder.filePath("table.csv"), folder.filePath("own/link.csv"));
        const QString path = projectReading(folder.filePath("own/p.perceptory"), named);
        {
            MainWindow window;
            window.show();
            window.files().open(path);
            QTRY_VERIFY_WITH_TIMEOUT(outsideQuestion(window), patience);
            QVERIFY(outsideQuestion(window)->text().contains(named.section('/', -1)));
            const QMessageBox& box = *outsideQuestion(window);
            const int buttonsOfTheFrame = 120;
            QVERIFY(box.fontMetrics().horizontalAdvance(box.windowTitle()) + buttonsOfTheFrame <= box.width());
            answer(window, "Don't read");
            QTRY_VERIFY_WITH_TIMEOUT(window.messageBar().text().contains("outside"), patience);
            QCOMPARE(window.document().title(), QString("p"));
            window.session().play();
            QSignalSpy refused(&window.session(), &session::SessionController::refused);
            document::setTrainingSeed(window.document(), 7);
            QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, patience);
            QVERIFY(!window.session().isRunning());
            QVERIFY(!hasData(window));
            QVERIFY(!outsideQuestion(window));
            QAbstractButton* read = nullptr;
            for (QAbstractButton* button : window.messageBar().findChildren<QAbstractButton*>())
                if (button->text() == "Read it") read = button;
            QVERIFY(read);
            read->click();
            QTRY_VERIFY_WITH_TIMEOUT(hasData(window), patience);
            QVERIFY(!window.messageBar().isVisible());
        }
        MainWindow window;
        window.files().open(path);
        QTRY_VERIFY_WITH_TIMEOUT(hasData(window), patience);
        QVERIFY(!outsideQuestion(window));
    }

    void whatIsBeingReadIsSaidAndPlayWaitsForIt() {
        const QDir folder = QFileInfo(m_path).dir();
        QVERIFY(folder.mkpath("own"));
        writeTable(folder.filePath("table.csv"));
        MainWindow window;
        window.show();
        window.files().open(projectReading(folder.filePath("own/p.perceptory"), "../table.csv"));
        QTRY_VERIFY_WITH_TIMEOUT(outsideQuestion(window), patience);
        answer(window, "Don't read");
        auto* play = tests::named<QPushButton>(window, "Play");
        auto* map = window.findChild<widgets::HeatmapView*>();
        const auto state = [&] { return window.statusLine().stateText(); };
        QTRY_VERIFY2_WITH_TIMEOUT(state().startsWith("Nothing to train"), qPrintable(state()), patience);
        QCOMPARE(map->caption(), QString("Nothing to show"));
        QVERIFY2(play->toolTip().contains("outside"), qPrintable(play->toolTip()));
        QStringList said;
        connect(&window.session(), &session::SessionController::sent, &window,
                [&] { said << state() << window.statusLine().problemsText() << map->caption() << play->toolTip(); });
        window.files().readOutside();
        window.action("play")->trigger();
        QCOMPARE(said, QStringList(
                           {"Reading data", "No problems", "Loading…", "The data is being read. Then you can train."}));
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isRunning() && hasData(window), patience);
        QTRY_COMPARE_WITH_TIMEOUT(state(), QString("Training"), patience);
    }

    void dataInsideOfTheFolderAreJustRead() {
        const QDir folder = QFileInfo(m_path).dir();
        QVERIFY(folder.mkpath("sub"));
        writeTable(folder.filePath("sub/table.csv"));
        MainWindow window;
        window.files().open(projectReading(m_path, "sub/../sub/table.csv"));
        QTRY_VERIFY_WITH_TIMEOUT(hasData(window), patience);
        QVERIFY(!outsideQuestion(window));
    }

    void aTableTheUserOpenedIsNeverAskedAbout() {
        const QDir folder = QFileInfo(m_path).dir();
        QVERIFY(folder.mkpath("own"));
        writeTable(folder.filePath("table.csv"));
        const QString path = folder.filePath("own/p.perceptory");
        {
            MainWindow window;
            document::openTable(window.document(), {.path = folder.filePath("table.csv")});
            QTRY_VERIFY_WITH_TIMEOUT(hasData(window), patience);
            QSignalSpy opened(&window.files(), &FileDesk::opened);
            window.files().saveTo(path);
            QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
        }
        MainWindow window;
        window.files().open(path);
        QTRY_VERIFY_WITH_TIMEOUT(hasData(window), patience);
        QVERIFY(!outsideQuestion(window));
    }

    void savingWithoutTheDataKeepsTheWeights() {
        const QDir folder = QFileInfo(m_path).dir();
        QVERIFY(folder.mkpath("own"));
        writeTable(folder.filePath("table.csv"));
        const QString path = folder.filePath("own/p.perceptory");
        std::vector<float> weights;
        {
            MainWindow window;
            document::openTable(window.document(), {.path = folder.filePath("table.csv")});
            QTRY_VERIFY_WITH_TIMEOUT(hasData(window), patience);
            train(window);
            weights = window.session().snapshot()->weights;
            QSignalSpy opened(&window.files(), &FileDesk::opened);
            window.files().saveTo(path);
            QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
        }
        QSettings().clear();
        MainWindow window;
        window.show();
        train(window);  // what the training has then is of another project
        window.files().open(path);
        QTRY_VERIFY_WITH_TIMEOUT(outsideQuestion(window), patience);
        answer(window, "Don't read");
        QSignalSpy opened(&window.files(), &FileDesk::opened);
        window.files().saveTo(path);
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
        window.files().changeTable();
        QVERIFY(outsideQuestion(window));
        answer(window, "Read it");
        QTRY_VERIFY_WITH_TIMEOUT(hasData(window), patience);
        QVERIFY(window.session().snapshot()->weights == weights);
        window.document().newDocument();
        MainWindow again;
        again.files().open(path);
        QTRY_VERIFY_WITH_TIMEOUT(hasData(again), patience);
        QVERIFY(again.session().snapshot()->weights == weights);
    }

    void weightsOutsideOfTheFolderAreAskedAboutOnce() {
        const QDir folder = QFileInfo(m_path).dir();
        QVERIFY(folder.mkpath("own"));
        const QString path = folder.filePath("own/p.perceptory");
        std::vector<float> weights;
        {
            MainWindow window;
            train(window);
            weights = window.session().snapshot()->weights;
            QSignalSpy opened(&window.files(), &FileDesk::opened);
            window.files().saveTo(path);
            QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
        }
        QVERIFY(QFile::rename(folder.filePath("own/p.perceptory-model"), folder.filePath("p.perceptory-model")));
        base::Json json = project::loadProject(path.toStdString());
        json["weights"]["path"] = "../p.perceptory-model";
        project::saveProject(json, path.toStdString());
        const auto isOpen = [](MainWindow& window) {
            return window.session().snapshot()->revision == window.document().revision() &&
                   window.document().title() == "p";
        };
        {
            MainWindow window;
            window.files().open(path);
            QTRY_VERIFY_WITH_TIMEOUT(outsideQuestion(window), patience);
            QVERIFY(outsideQuestion(window)->text().contains("p.perceptory-model"));
            answer(window, "Don't read");
            QTRY_VERIFY_WITH_TIMEOUT(isOpen(window), patience);
            QCOMPARE(window.session().snapshot()->progress.epoch, 0U);
            QVERIFY(window.session().snapshot()->weights != weights);
            QTRY_VERIFY_WITH_TIMEOUT(!outsideQuestion(window), patience);
            QSignalSpy saved(&window.files(), &FileDesk::opened);
            window.files().saveTo(path);
            QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);
            const base::Json kept = project::loadProject(path.toStdString());
            QVERIFY(kept.contains("weights") && kept["weights"] == json["weights"]);
            window.files().open(path);
            QTRY_VERIFY_WITH_TIMEOUT(outsideQuestion(window), patience);
            answer(window, "Read it");
            QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->weights == weights, patience);
        }
        MainWindow window;
        window.files().open(path);
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(window) && window.session().snapshot()->weights == weights, patience);
        QVERIFY(!outsideQuestion(window));
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
