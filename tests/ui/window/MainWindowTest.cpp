// The window: keys, files dropped, opened, saved and refused, what is said about it, and leaving.

#include <QAbstractButton>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <set>

#include "engine/project/Project.h"
#include "tests/ui/views/Playground.h"
#include "tests/ui/window/Window.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/document/commands/WeightCommands.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/DropOverlay.h"
#include "ui/window/ExamplesGallery.h"
#include "ui/window/FileDesk.h"
#include "ui/window/MainWindow.h"
#include "ui/window/RecentFiles.h"
#include "ui/window/StatusLine.h"
#include "ui/window/TableDialog.h"

using namespace perceptory;
using namespace perceptory::window;

namespace {

constexpr int patience = 60000;

QMessageBox* question(MainWindow& window) { return window.findChild<QMessageBox*>("unsavedChanges"); }

std::vector<double> meansOf(const training::MetricsLog& log) {
    std::vector<double> means;
    for (const auto& bucket : log.buckets("loss", 0, 1 << 20, 1 << 20)) means.push_back(bucket.mean);
    return means;
}

bool isUpToDate(MainWindow& window) {
    return window.session().snapshot()->revision == window.document().revision() &&
           window.session().snapshot()->dataset;
}

}  // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("perceptory-test");
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    }

    void init() { QSettings().clear(); }

    void startsPausedOnTheCircle() {
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QCOMPARE(window.document().spec().data.id, std::string("circle"));
        QVERIFY(!window.session().isRunning());
        QVERIFY(window.windowTitle().endsWith("Perceptory"));
        QVERIFY(!window.isWindowModified());
        QCOMPARE(window.statusLine().stateText(), QString("Paused"));
    }

    void everyKeyHasOneAction() {
        MainWindow window;
        std::set<QString> keys;
        for (QAction* action : window.findChildren<QAction*>()) {
            if (action->shortcut().isEmpty()) continue;
            const QString key = action->shortcut().toString();
            QVERIFY2(keys.insert(key).second, qPrintable(key));
        }
        for (const char* name :
             {"new", "open", "save", "undo", "redo", "play", "stepBatch", "stepEpoch", "reset", "newSeed"}) {
            QVERIFY2(window.action(name), name);
            QVERIFY2(!window.action(name)->shortcut().isEmpty(), name);
            QVERIFY2(!window.action(name)->icon().isNull(), name);
        }
        QCOMPARE(window.action("play")->shortcut(), QKeySequence("F5"));
        QCOMPARE(window.action("reset")->shortcut(), QKeySequence("Ctrl+R"));
    }

    void keysTrainAndEdit() {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QTest::keyClick(&window, Qt::Key_F7);
        QTRY_COMPARE_WITH_TIMEOUT(window.session().snapshot()->progress.step, std::uint64_t(1), patience);
        QTest::keyClick(&window, Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isRunning(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.statusLine().stateText(), QString("Training"), patience);
        QTest::keyClick(&window, Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().isRunning(), patience);
        const std::size_t layers = document::hiddenLayers(window.document()).size();
        QTest::keyClick(&window, Qt::Key_Insert, Qt::AltModifier);
        QCOMPARE(document::hiddenLayers(window.document()).size(), layers + 1);
        QVERIFY(window.isWindowModified());
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(document::hiddenLayers(window.document()).size(), layers);
        QVERIFY(!window.isWindowModified());
        QTest::keyClick(&window, Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(window.session().snapshot()->progress.step, std::uint64_t(0), patience);
    }

    void undoByKeyWorksFromAFieldOnceItsTextWasEntered() {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        auto* seed = tests::named<QLineEdit>(window, "Seed of the data");
        QVERIFY(seed);
        const QString before = seed->text();
        seed->setFocus();
        seed->selectAll();
        QTest::keyClicks(seed, "77");
        QTest::keyClick(seed, Qt::Key_Z, Qt::ControlModifier);  // the field's own, while its text is edited
        QVERIFY(!window.isWindowModified());
        seed->selectAll();
        QTest::keyClicks(seed, "77");
        QTest::keyClick(seed, Qt::Key_Return);
        QTRY_VERIFY(!seed->isModified());
        QCOMPARE(window.document().spec().data.seed, std::uint64_t(77));
        QTest::keyClick(seed, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(QString::number(window.document().spec().data.seed), before);
        QVERIFY(!window.isWindowModified());
    }

    void savedAndOpenedAgain() {
        QTemporaryDir folder;
        const QString path = folder.filePath("mine.perceptory");
        MainWindow window;
        document::chooseGenerator(window.document(), "xor");
        QSignalSpy opened(&window.files(), &FileDesk::opened);
        window.files().saveTo(path);
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
        QVERIFY(window.windowTitle().startsWith("mine"));
        QVERIFY(!window.isWindowModified());
        QVERIFY(RecentFiles::paths().contains(path));
        press(window, "data.circle");
        QVERIFY(window.isWindowModified());
        window.files().open(path);
        QTRY_COMPARE_WITH_TIMEOUT(window.document().spec().data.id, std::string("xor"), patience);
    }

    void openedAgainItLooksTheSame() {
        QTemporaryDir folder;
        const QString path = folder.filePath("trained.perceptory");
        std::vector<float> weights;
        double loss = 0;
        std::uint64_t step = 0;
        std::vector<double> curve;
        {
            MainWindow window;
            document::setOptimizer(window.document(), "momentum");
            press(window, "stepEpoch");
            QTRY_VERIFY_WITH_TIMEOUT(
                window.session().snapshot()->progress.epoch == 1 && window.session().snapshot()->exact, patience);
            weights = window.session().snapshot()->weights;
            loss = window.session().snapshot()->test.loss;
            step = window.session().snapshot()->progress.step;
            curve = meansOf(window.session().log());
            QVERIFY(!curve.empty());
            QSignalSpy opened(&window.files(), &FileDesk::opened);
            window.files().saveTo(path);
            QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
            QVERIFY(QFile::exists(folder.filePath("trained.perceptory-model")));
        }
        MainWindow window;
        window.files().open(path);
        QTRY_COMPARE_WITH_TIMEOUT(window.document().title(), QString("trained"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QVERIFY2(window.messageBar().text().isEmpty(), qPrintable(window.messageBar().text()));
        QVERIFY(window.session().snapshot()->weights == weights);
        QCOMPARE(window.session().snapshot()->test.loss, loss);
        QCOMPARE(window.session().snapshot()->progress.step, step);
        QVERIFY(meansOf(window.session().log()) == curve);
        QVERIFY(!window.session().log().buckets("test_loss", 0, 0, 9).empty());
    }

    void aWeightSetByHandIsSavedAndAskedAbout() {
        QTemporaryDir folder;
        const QString path = folder.filePath("hand.perceptory");
        {
            MainWindow window;
            window.show();
            QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
            QSignalSpy opened(&window.files(), &FileDesk::opened);
            window.files().saveTo(path);
            QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
            const float before = window.session().snapshot()->weightsOf("h1.bias")[1];
            document::setWeight(window.document(), {"h1.bias", 1}, double{before}, 0.625);
            QVERIFY(window.isWindowModified());
            press(window, "undo");
            QVERIFY(!window.isWindowModified());
            press(window, "redo");
            QVERIFY(window.isWindowModified());
            window.close();
            QTRY_VERIFY(question(window));
            question(window)->button(QMessageBox::Save)->click();
            QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), patience);
        }
        MainWindow window;
        window.files().open(path);
        QTRY_COMPARE_WITH_TIMEOUT(window.document().title(), QString("hand"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QCOMPARE(window.session().snapshot()->weightsOf("h1.bias")[1], 0.625f);
        QVERIFY(!window.isWindowModified());
    }

    void missingWeightsAreSaidAndTheProjectOpens() {
        QTemporaryDir folder;
        const QString path = folder.filePath("p.perceptory");
        base::Json project = document::defaultProject();
        project["weights"] = base::Json{{"path", "p.perceptory-model"}, {"sha256", "00"}};
        project::saveProject(project, path.toStdString());
        MainWindow window;
        window.files().open(path);
        QTRY_VERIFY2_WITH_TIMEOUT(window.messageBar().text().contains("p.perceptory-model"),
                                  qPrintable(window.messageBar().text()), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QCOMPARE(window.session().snapshot()->progress.step, std::uint64_t(0));
    }

    void badFilesAreNamedAndChangeNothing_data() {
        QTest::addColumn<QString>("content");
        QTest::newRow("empty") << "";
        QTest::newRow("truncated") << R"({"format": "perceptory-project", "format")";
        QTest::newRow("page") << "<!DOCTYPE html><html>";
        QTest::newRow("newer") << R"({"format": "perceptory-project", "format_version": 7})";
        QTest::newRow("foreign") << "[1, 2, 3]";
    }

    void badFilesAreNamedAndChangeNothing() {
        QFETCH(QString, content);
        QTemporaryDir folder;
        const QString path = folder.filePath("odd.perceptory");
        writeFile(path, content.toStdString());
        MainWindow window;
        document::setNoise(window.document(), 0.2);
        const std::string before = window.document().json().dump();
        window.files().open(path);
        QTRY_VERIFY2_WITH_TIMEOUT(window.messageBar().text().contains("odd.perceptory"),
                                  qPrintable(window.messageBar().text()), patience);
        QVERIFY(window.messageBar().severity() == widgets::MessageBar::Severity::Error);
        QCOMPARE(window.document().json().dump(), before);
        window.files().open(folder.filePath("none.perceptory"));
        QTRY_VERIFY_WITH_TIMEOUT(window.messageBar().text().contains("none.perceptory"), patience);
    }

    void aProjectWithoutItsDataSaysSo() {
        QTemporaryDir folder;
        const QString path = folder.filePath("p.perceptory");
        base::Json project = document::defaultProject();
        project["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"path", "gone.csv"}};
        project::saveProject(project, path.toStdString());
        MainWindow window;
        window.show();
        window.files().open(path);
        QTRY_VERIFY_WITH_TIMEOUT(window.messageBar().text().contains("gone.csv"), patience);
        QCOMPARE(window.document().value("data.path").dump(), std::string("\"gone.csv\""));
        QVERIFY(window.statusLine().problemsText() != "No problems");
    }

    void aFileThatHoversIsExplained() {
        QTemporaryDir folder;
        const QString path = folder.filePath("iris.csv");
        writeFile(path, "a,b,kind\n");
        MainWindow window;
        window.show();
        QVERIFY(!window.dropOverlay().isVisible());
        drag(window, path, false);
        QVERIFY(window.dropOverlay().isVisible());
        QVERIFY(window.dropOverlay().text().contains("iris.csv"));
        QVERIFY(window.dropOverlay().text().contains("table"));
        drag(window, folder.filePath("x.perceptory"), false);
        QVERIFY(window.dropOverlay().text().contains("project"));
        drag(window, folder.filePath("x.png"), false);
        QVERIFY2(window.dropOverlay().text().contains("a sub-folder for each class"),
                 qPrintable(window.dropOverlay().text()));
        drag(window, folder.filePath("x.png"), true);
        QVERIFY(!window.dropOverlay().isVisible());
        QCOMPARE(window.document().undoStack().count(), 0);
    }

    void droppedFilesAreOpened() {
        QTemporaryDir folder;
        std::string rows = "a,b,kind\n";
        for (int i = 0; i < 30; ++i)
            rows += std::to_string(i % 5) + "," + std::to_string(i) + "," + (i % 2 ? "yes" : "no") + "\n";
        writeFile(folder.filePath("t.csv"), rows);
        MainWindow window;
        window.show();
        drag(window, folder.filePath("t.csv"), true);
        auto* dialog = window.findChild<TableDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isReady(), patience);
        dialog->apply();
        QTRY_COMPARE_WITH_TIMEOUT(window.document().undoStack().count(), 1, patience);
        QVERIFY(window.document().spec().data.source == data::SourceKind::File);
        QVERIFY2(window.windowTitle().startsWith("t[*]"), qPrintable(window.windowTitle()));
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        window.document().undoStack().undo();
        QVERIFY2(window.windowTitle().startsWith("Untitled"), qPrintable(window.windowTitle()));

        project::saveProject(document::defaultProject(), folder.filePath("p.perceptory").toStdString());
        drag(window, folder.filePath("p.perceptory"), true);
        QTRY_COMPARE_WITH_TIMEOUT(window.document().title(), QString("p"), patience);
    }

    void fieldsLeaveFilesToTheWindow() {
        MainWindow window;
        window.show();
        const auto* overlay = window.findChild<DropOverlay*>();
        QLineEdit* field = nullptr;
        for (auto* each : window.findChildren<QLineEdit*>())
            if (each->isVisible() && each->isEnabled() && each->acceptDrops()) field = each;
        QVERIFY(overlay && field);
        const QString before = field->text();
        const QPoint place = field->mapTo(&window, field->rect().center());
        // As the window system hands it over: to the window on the screen, which looks for who is below.
        const auto dragTo = [&](const QMimeData& data) {
            QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(window.windowHandle(), &enter);
            const bool taken = overlay->isVisible();
            QDropEvent drop(QPointF(place), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(window.windowHandle(), &drop);
            return taken;
        };
        QMimeData file, text;
        file.setUrls({QUrl::fromLocalFile("/nowhere/t.csv")});
        text.setText("7");
        QVERIFY(dragTo(file));
        QCOMPARE(field->text(), before);
        QVERIFY(!dragTo(text));
        QVERIFY(field->text() != before);
    }

    void playingWhatCannotRunChangesNothing() {
        const QTemporaryDir folder;
        writeFile(folder.filePath("t.csv"), "a,b,kind\n1,2,x\n3\n5,6,y\n");
        base::Json project = document::defaultProject();
        project["data"] = {{"source", "file"}, {"path", "t.csv"}, {"task", "classification"}};
        project::saveProject(project, folder.filePath("p.perceptory").toStdString());
        MainWindow window;
        window.show();
        drag(window, folder.filePath("p.perceptory"), true);
        QTRY_VERIFY_WITH_TIMEOUT(base::hasError(window.session().problems()), patience);
        window.session().play();
        QTest::qWait(50);
        QVERIFY(!window.document().isModified());
    }

    void closingAsksOnceAndOnlyWhenNeeded() {
        MainWindow window;
        window.show();
        QVERIFY(window.close());
        window.show();
        document::setNoise(window.document(), 0.3);
        window.close();
        QVERIFY(window.isVisible());
        QTRY_VERIFY(question(window));
        question(window)->button(QMessageBox::Cancel)->click();
        QTRY_VERIFY(!question(window));
        QVERIFY(window.isVisible());
        window.close();
        QTRY_VERIFY(question(window));
        question(window)->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(!window.isVisible());
    }

    void aPlayIsLeftWithoutAQuestion() {
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        press(window, "play");
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->progress.epoch > 1, patience);
        window.document().setView("discretize", true);
        QVERIFY(window.files().openExample(document::examples().back().file, document::examples().back().title));
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        press(window, "stepEpoch");
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->progress.epoch == 1, patience);
        QVERIFY(window.close());
        QVERIFY(!question(window));
    }

    void whatWasBuiltAndTrainedIsAskedAbout() {
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        document::addHiddenLayer(window.document());
        press(window, "stepEpoch");
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->progress.epoch == 1, patience);
        press(window, "new");
        QTRY_VERIFY(question(window));
        QVERIFY(question(window)->informativeText().contains("learned"));
        QCOMPARE(window.document().undoStack().count(), 1);
        question(window)->button(QMessageBox::Cancel)->click();
        QTRY_VERIFY(!question(window));
        QCOMPARE(window.session().snapshot()->progress.epoch, std::uint64_t(1));
    }

    void missingRecentFilesAreGrey() {
        QTemporaryDir folder;
        writeFile(folder.filePath("here.perceptory"), "{}");
        RecentFiles menu;
        menu.add(folder.filePath("gone.perceptory"));
        menu.add(folder.filePath("here.perceptory"));
        QCOMPARE(menu.actions().size(), 2);
        QVERIFY(menu.actions()[0]->isEnabled());
        QVERIFY(!menu.actions()[1]->isEnabled());
    }

    void newsMoveNothing() {
        MainWindow window;
        window.resize(1024, 640);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QCoreApplication::processEvents();  // what the first picture brought along is laid out then
        const auto places = [&] {
            QList<QRect> all;
            for (const QWidget* widget : window.findChildren<QWidget*>())
                if (widget->isVisible() && !window.messageBar().isAncestorOf(widget) && widget != &window.messageBar())
                    all << QRect(widget->mapTo(&window, QPoint()), widget->size());
            return all;
        };
        const QList<QRect> before = places();
        window.messageBar().showMessage(widgets::MessageBar::Severity::Error,
                                        QString("What went wrong. ").repeated(30));
        QCoreApplication::processEvents();
        QVERIFY(window.messageBar().isVisible() && window.messageBar().width() > 400);
        QCOMPARE(window.messageBar().findChild<QPlainTextEdit*>()->verticalScrollBar()->maximum(), 0);
        QCOMPARE(places(), before);
        const QPoint middle = window.messageBar().mapTo(&window, window.messageBar().rect().center());
        QVERIFY(window.childAt(middle) && window.messageBar().isAncestorOf(window.childAt(middle)));
    }

    // 640 less the title bar and the frame a desktop draws around the window.
    void everyDataSetFitsASmallScreen() {
        MainWindow window;
        window.resize(1024, 612);
        window.show();
        for (const char* set : {"iris", "digits"}) {
            document::chooseDataset(window.document(), set);
            QTRY_COMPARE_WITH_TIMEOUT(window.document().spec().data.id, set, patience);  // it is read aside
            QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
            QTest::qWait(50);
            QCOMPARE(window.size(), QSize(1024, 612));
        }
    }

    void divergenceOffersHalfTheRate() {
        MainWindow window;
        window.show();
        document::setTask(window.document(), data::Task::Regression);
        document::setAllActivations(window.document(), "linear");
        document::setLearningRate(window.document(), 1000);
        QSignalSpy diverged(&window.session(), &session::SessionController::diverged);
        press(window, "play");
        QTRY_COMPARE_WITH_TIMEOUT(diverged.count(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.messageBar().text().isEmpty(), patience);
        const QString back = QString("went back to step %1 of epoch").arg(window.session().snapshot()->progress.step);
        QVERIFY2(window.messageBar().text().contains(back), qPrintable(window.messageBar().text()));
        QAbstractButton* half = nullptr;
        for (QAbstractButton* button : window.messageBar().findChildren<QAbstractButton*>())
            if (button->text().contains("half")) half = button;
        QVERIFY(half);
        half->click();
        QCOMPARE(document::learningRateOf(window.document()), 500.0);
    }

    void theStateIsThatOfWhatIsOpen() {
        MainWindow window;
        window.show();
        const auto state = [&] { return window.statusLine().stateText(); };
        const auto diverge = [&] {
            document::setTask(window.document(), data::Task::Regression);
            document::setAllActivations(window.document(), "linear");
            document::setLearningRate(window.document(), 1000);
            press(window, "play");
            QTRY_COMPARE_WITH_TIMEOUT(state(), QString("Diverged"), patience);
        };
        diverge();
        press(window, "reset");
        QTRY_COMPARE_WITH_TIMEOUT(state(), QString("Paused"), patience);
        diverge();
        base::Json project = document::defaultProject();
        project["training"]["batch_size"] = 0;
        window.document().open(project, {}, {});
        QTRY_VERIFY2_WITH_TIMEOUT(state().startsWith("Nothing to train: "), qPrintable(state()), patience);
        window.document().newDocument();
        QTRY_COMPARE_WITH_TIMEOUT(state(), QString("Paused"), patience);
        diverge();
        project = document::defaultProject();
        project["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"path", "gone.csv"}};
        window.document().open(project, {}, {});
        QTRY_VERIFY2_WITH_TIMEOUT(state().startsWith("Nothing to train: "), qPrintable(state()), patience);
    }

    void aPauseIsShownAtOnce() {
        MainWindow window;
        window.show();
        press(window, "play");
        QTRY_COMPARE_WITH_TIMEOUT(window.statusLine().stateText(), QString("Training"), patience);
        auto* button = tests::named<QPushButton>(window, "Pause");
        QVERIFY(button);
        press(window, "play");
        QCOMPARE(button->text(), QString("Pausing…"));
        QCOMPARE(window.statusLine().stateText(), QString("Pausing"));
        QTRY_COMPARE_WITH_TIMEOUT(window.statusLine().stateText(), QString("Paused"), patience);
        QCOMPARE(button->text(), QString("Play"));
    }

    void examplesOpenByKey() {
        QVERIFY(!document::examples().empty());
        MainWindow window;
        window.show();
        press(window, "examples");
        QTRY_VERIFY(window.findChild<ExamplesGallery*>());
        auto* gallery = window.findChild<ExamplesGallery*>();
        QVERIFY(gallery->list()->count() >= 10);
        for (int row = 0; row < gallery->list()->count(); ++row) QVERIFY(!gallery->list()->item(row)->icon().isNull());
        gallery->list()->setCurrentRow(1);
        const QString title = gallery->list()->currentItem()->text().section('\n', 0, 0);
        gallery->list()->setFocus();
        QTest::keyClick(gallery->list(), Qt::Key_Return);
        QTRY_COMPARE(window.document().title(), title);
    }

    void everyExampleRuns() {
        MainWindow window;
        for (const document::Example& example : document::examples()) {
            QVERIFY2(window.files().openExample(example.file, example.title), qPrintable(example.file));
            QTRY_VERIFY2_WITH_TIMEOUT(isUpToDate(window), qPrintable(example.file + window.messageBar().text()),
                                      patience);
            QVERIFY2(!base::hasError(window.session().problems()), qPrintable(example.file));
        }
    }

    void textFromFilesIsNeverMarkup() {
        QTemporaryDir folder;
        const QString path = folder.filePath("<b>bold<img src=x>.perceptory");
        writeFile(path, "no");
        MainWindow window;
        window.files().open(path);
        QTRY_VERIFY_WITH_TIMEOUT(!window.messageBar().text().isEmpty(), patience);
        for (const QLabel* label : window.messageBar().findChildren<QLabel*>())
            if (!label->text().isEmpty()) QCOMPARE(label->textFormat(), Qt::PlainText);
    }

private:
    QTemporaryDir m_settings;
};

QTEST_MAIN(MainWindowTest)
#include "MainWindowTest.moc"
