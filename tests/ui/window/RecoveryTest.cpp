// A crash costs seconds: what no file has is kept in copies, which the next start offers, and which go only when the
// user has saved or given up what is in them. Called with --work FOLDER it is a program that is going to be killed.

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QListWidget>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <iostream>

#include "tests/ui/window/Window.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/WeightCommands.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/Autosave.h"
#include "ui/window/FileDesk.h"
#include "ui/window/RecoveryDesk.h"
#include "ui/window/RecoveryDialog.h"
#include "ui/window/StatusLine.h"

using namespace perceptory;
using namespace perceptory::window;
using session::RecoveryCopy;
using session::RecoveryFolder;

namespace {

namespace fs = std::filesystem;

constexpr int patience = 60000, milliseconds = 1;

void nameIt(document::Document& document, const std::string& name) { document.setValue("name", name, "Name"); }

// A window that keeps copies at once in a folder of the test's.
struct Desk {
    MainWindow window;

    explicit Desk(const QTemporaryDir& root) {
        window.recovery().setRoot(root.path().toStdString());
        window.recovery().autosave().setPace({milliseconds, patience});
        window.show();
    }

    document::Document& document() { return window.document(); }
    fs::path folder() { return window.recovery().autosave().folder(); }
    bool hasCopy(int number) { return fs::exists(folder() / ("gen-" + std::to_string(number)) / "note.json"); }
    RecoveryDialog* dialog() { return window.findChild<RecoveryDialog*>(); }

    void train() {
        window.session().stepEpoch();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->exact && window.session().snapshot()->progress.epoch == 1,
                                 patience);
    }
};

std::vector<RecoveryCopy> left(const QTemporaryDir& root) {
    return RecoveryFolder::abandoned(root.path().toStdString());
}

std::string nameIn(const RecoveryCopy& copy) { return session::readCopy(copy).draft.json["name"].get<std::string>(); }

// The work of a window that ended without being closed.
void crash(const QTemporaryDir& root, const std::string& name) {
    Desk desk(root);
    nameIt(desk.document(), name);
    QTRY_VERIFY_WITH_TIMEOUT(desk.hasCopy(1), patience);
}

// Edits until it is killed, and tells each.
int work(int argc, char** argv, const char* root) {
    QApplication application(argc, argv);
    MainWindow window;
    window.recovery().setRoot(root);
    window.show();
    window.session().play();
    QElapsedTimer since;
    since.start();
    QTimer edits;
    int number = 0;
    QObject::connect(&edits, &QTimer::timeout, &window, [&] {
        nameIt(window.document(), std::to_string(++number));
        std::cout << number << ' ' << since.elapsed() << std::endl;
    });
    edits.start(40);
    return QApplication::exec();
}

}  // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
    }

    void anEditIsKept() {
        const QTemporaryDir root;
        Desk desk(root);
        QVERIFY(desk.folder().empty());
        nameIt(desk.document(), "mine");
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasCopy(1), patience);
        QVERIFY(desk.document().isModified());
        QTRY_VERIFY(desk.window.statusLine().savedText().startsWith("Not saved · copy of"));
        // Nobody else may have it: it is being worked on.
        QVERIFY(left(root).empty());
        QVERIFY(!RecoveryFolder::adopt(desk.folder()));
    }

    void aWeightThatIsSetByHandIsKept() {
        const QTemporaryDir root;
        Desk desk(root);
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.session().snapshot()->dataset, patience);
        document::setWeight(desk.document(), {"h1.weight", 0}, 0, 1.5);
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasCopy(1), patience);
        QVERIFY(fs::exists(desk.folder() / "gen-1" / "project.perceptory-model"));
    }

    void whatIsNotChangedIsNotKept() {
        const QTemporaryDir root;
        Desk desk(root);
        desk.document().setView("workspace", "studio");
        desk.train();
        QTest::qWait(100);
        QVERIFY(desk.folder().empty());
    }

    void whenItIsOffNothingIsKept() {
        const QTemporaryDir root;
        Desk desk(root);
        desk.window.recovery().autosave().setOn(false);
        nameIt(desk.document(), "mine");
        QTest::qWait(200);
        QVERIFY(desk.folder().empty());
    }

    void savedWorkLeavesNoCopies() {
        const QTemporaryDir root, files;
        Desk desk(root);
        nameIt(desk.document(), "mine");
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasCopy(1), patience);
        desk.window.files().saveTo(files.filePath("mine.perceptory"));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.document().isModified(), patience);
        QVERIFY(desk.folder().empty() && fs::is_empty(root.path().toStdString()));
        nameIt(desk.document(), "again");
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasCopy(1), patience);
        desk.document().undoStack().undo();
        QVERIFY(!desk.document().isModified() && fs::is_empty(root.path().toStdString()));
    }

    void workThatIsGivenUpLeavesNoCopies() {
        const QTemporaryDir root;
        Desk desk(root);
        for (const char* action : {"new", "quit"}) {
            nameIt(desk.document(), "mine");
            QTRY_VERIFY_WITH_TIMEOUT(desk.hasCopy(1), patience);
            desk.window.action(action)->trigger();
            auto* box = desk.window.findChild<QMessageBox*>("unsavedChanges");
            QVERIFY(box && fs::exists(desk.folder()));
            box->button(QMessageBox::Discard)->click();
            QTRY_VERIFY(desk.folder().empty() && fs::is_empty(root.path().toStdString()));
            QTRY_VERIFY(!desk.window.findChild<QMessageBox*>("unsavedChanges"));
        }
    }

    void fiveCopiesAreKept() {
        const QTemporaryDir root;
        const auto folder = RecoveryFolder::make(root.path().toStdString());
        for (int i = 1; i <= 8; ++i)
            folder->keep({document::defaultProject(), "/"}, {QString::number(i), {}, {}, 0}, nullptr);
        for (int i = 1; i <= 8; ++i) QCOMPARE(fs::exists(folder->folder() / ("gen-" + std::to_string(i))), i > 3);
        folder->clear();
        QVERIFY(fs::is_empty(root.path().toStdString()));
    }

    void theHighestNumberCounts() {
        const QTemporaryDir root;
        fs::path folder;
        {
            const auto own = RecoveryFolder::make(root.path().toStdString());
            folder = own->folder();
            for (int i = 1; i <= 3; ++i)
                own->keep({document::defaultProject(), "/"}, {QString::number(i), {}, {}, 0}, nullptr);
        }
        fs::last_write_time(folder / "gen-1", fs::file_time_type::clock::now() + std::chrono::hours(5));
        QCOMPARE(left(root).at(0).note.title, QString("3"));
        // One that is damaged costs no more than itself.
        writeFile(QString::fromStdString((folder / "gen-3" / "project.perceptory").string()), "{\"format");
        QCOMPARE(left(root).at(0).note.title, QString("2"));
        writeFile(QString::fromStdString((folder / "gen-2" / "note.json").string()), "");
        QCOMPARE(left(root).at(0).note.title, QString("1"));
        // The next one is none of those.
        const auto adopted = RecoveryFolder::adopt(folder);
        QVERIFY(adopted && !RecoveryFolder::adopt(folder));
        adopted->keep({document::defaultProject(), "/"}, {"new", {}, {}, 0}, nullptr);
        QVERIFY(fs::exists(folder / "gen-4"));
    }

    void whatWasLeftIsOfferedAndRecovered() {
        const QTemporaryDir root, files;
        std::vector<float> weights;
        {
            Desk desk(root);
            nameIt(desk.document(), "mine");
            desk.train();
            nameIt(desk.document(), "mine, trained");
            weights = desk.window.session().snapshot()->weights;
            QTRY_VERIFY_WITH_TIMEOUT(
                fs::exists(desk.folder()) && !left(root).size() &&
                    [&] {
                        for (int i = 1; i < 9; ++i)
                            if (desk.hasCopy(i) &&
                                fs::exists(desk.folder() / ("gen-" + std::to_string(i)) / "project.perceptory-model"))
                                return true;
                        return false;
                    }(),
                patience);
        }
        Desk desk(root);
        desk.window.recovery().offer();
        QVERIFY(desk.dialog() && desk.dialog()->list()->count() == 1);
        const QString words = desk.dialog()->list()->item(0)->text();
        QVERIFY2(words.startsWith("mine, trained\nnever saved\n") && words.contains("steps"), qPrintable(words));
        savePicture(*desk.dialog(), "recovery.png");
        desk.dialog()->recoverButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(desk.document().title(), QString("mine, trained"), patience);
        QVERIFY(desk.document().isModified() && desk.document().path().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.session().snapshot()->weights == weights, patience);
        QVERIFY(desk.window.session().hasOwnWeights());
        QVERIFY(desk.window.messageBar().text().contains("recovered"));
        // It is kept on in the same place until it is saved: a second crash costs nothing either.
        const fs::path folder = desk.folder();
        QVERIFY(fs::exists(folder) && left(root).empty());
        nameIt(desk.document(), "mine, further");
        desk.window.files().saveTo(files.filePath("mine.perceptory"));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.document().isModified() && !fs::exists(folder), patience);
    }

    void closingTheDialogDecidesNothing() {
        const QTemporaryDir root;
        crash(root, "mine");
        Desk desk(root);
        desk.window.recovery().offer();
        desk.dialog()->reject();
        QTRY_VERIFY(!desk.dialog());
        QCOMPARE(left(root).size(), 1u);
        desk.window.action("recover")->trigger();
        QTRY_VERIFY(desk.dialog() && desk.dialog()->isVisible());
        const auto discard = [&](QMessageBox::StandardButton answer) {
            desk.dialog()->discardButton()->click();
            auto* box = desk.window.findChild<QMessageBox*>("discardRecovery");
            QVERIFY(box);
            box->button(answer)->click();
            QTRY_VERIFY(!desk.window.findChild<QMessageBox*>("discardRecovery"));
        };
        discard(QMessageBox::Cancel);
        QCOMPARE(left(root).size(), 1u);
        discard(QMessageBox::Discard);
        QVERIFY(left(root).empty() && fs::is_empty(root.path().toStdString()));
        desk.window.action("recover")->trigger();
        QCOMPARE(desk.window.messageBar().text(), QString("There is no unsaved work to recover."));
    }

    void severalAreOfferedTheLastFirst() {
        const QTemporaryDir root;
        crash(root, "first");
        QTest::qWait(5);
        crash(root, "second");
        Desk desk(root);
        desk.window.recovery().offer();
        QCOMPARE(desk.dialog()->list()->count(), 2);
        QVERIFY(desk.dialog()->list()->item(0)->text().startsWith("second"));
        // One that another window takes meanwhile is told.
        const auto taken = RecoveryFolder::adopt(left(root).at(0).folder);
        desk.dialog()->recoverButton()->click();
        QCOMPARE(desk.window.messageBar().text(), QString("second is open in another window by now."));
        QCOMPARE(left(root).size(), 1u);
    }

    void dataAreFoundWhereTheyWere() {
        const QTemporaryDir root, files;
        writeFile(files.filePath("t.csv"), "a,b,kind\n1,2,x\n2,3,y\n3,4,x\n4,5,y\n");
        base::Json project = document::defaultProject();
        project["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"path", "t.csv"}};
        {
            Desk desk(root);
            desk.document().openRead(project, files.filePath("p.perceptory"), {files.filePath("t.csv").toStdString()});
            nameIt(desk.document(), "mine");
            QTRY_VERIFY_WITH_TIMEOUT(desk.hasCopy(1), patience);
        }
        const RecoveryCopy copy = left(root).at(0);
        QCOMPARE(copy.note.path, files.filePath("p.perceptory"));
        Desk desk(root);
        desk.window.recovery().recover(copy);
        QTRY_COMPARE_WITH_TIMEOUT(desk.document().value("name"), base::Json("mine"), patience);
        QCOMPARE(desk.document().value("data.path"), base::Json("t.csv"));
        QCOMPARE(QString::fromStdString(desk.document().folder().string()), files.path());
        QCOMPARE(desk.document().barredFiles().size(), 1u);  // not read before, not read now
    }

    void aFolderThatCannotBeWrittenIsToldOnce() {
        const QTemporaryDir root;
        Desk desk(root);
        writeFile(root.filePath("file"), "");
        desk.window.recovery().autosave().setRoot((fs::path(root.path().toStdString()) / "file" / "x"));
        nameIt(desk.document(), "mine");
        QTRY_VERIFY(desk.window.messageBar().text().startsWith("No copy of the unsaved work could be kept: "));
        desk.window.messageBar().dismiss();
        nameIt(desk.document(), "more");
        QTest::qWait(200);
        QVERIFY(!desk.window.messageBar().isVisible() && desk.document().isModified());
    }

    void atMostFiveSecondsOfEditsAreLost() {
        const int kills = 6;
        for (int i = 0; i < kills; ++i) {
            const QTemporaryDir root;
            QProcess program;
            program.start(QCoreApplication::applicationFilePath(), {"--work", root.path()});
            QVERIFY(program.waitForStarted());
            while (!program.canReadLine()) QVERIFY(program.waitForReadyRead(patience));
            QTest::qWait(500 + static_cast<int>(QRandomGenerator::global()->bounded(4000)));
            program.kill();
            program.waitForFinished();
            std::map<int, qint64> edits;
            for (const QByteArray& line : program.readAllStandardOutput().split('\n'))
                if (line.count(' ') == 1) edits[line.split(' ')[0].toInt()] = line.split(' ')[1].toLongLong();
            const std::vector<RecoveryCopy> copies = left(root);
            const int kept = copies.empty() ? 0 : std::stoi(nameIn(copies.front()));
            const auto lost = edits.upper_bound(kept);
            const qint64 time = lost == edits.end() ? 0 : edits.rbegin()->second - lost->second;
            qInfo("kept edit %d of %d; %lld ms lost", kept, edits.rbegin()->first, time);
            QVERIFY(time <= 5000);
        }
    }

private:
    static void savePicture(QWidget& widget, const char* name) {
        const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
        QTest::qWait(50);
        if (!folder.isEmpty()) widget.grab().save(folder + '/' + QLatin1String(name));
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && QLatin1String(argv[1]) == QLatin1String("--work")) return work(argc, argv, argv[2]);
    QApplication application(argc, argv);
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "RecoveryTest.moc"
