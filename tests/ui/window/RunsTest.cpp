// The book of runs: what is trained is kept, and can be laid over each other, taken back and repeated to the bit.

#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/window/DigitsProject.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/views/inside/InsideView.h"
#include "ui/widgets/CurvePlot.h"
#include "ui/window/InsidePanel.h"
#include "ui/window/MainWindow.h"
#include "ui/window/RunsPanel.h"
#include "ui/window/Studio.h"

using namespace perceptory;
using namespace perceptory::window;
using base::Json;
using project::Run;

namespace {

constexpr int patience = 60000;

// A window with the digits, and a book of its own.
struct Room {
    explicit Room(int threads = 1) : window(training::TrainerOptions{threads}) {
        window.resize(1366, 768);
        window.show();
        panel = window.findChild<Studio*>()->runs();
        recorder().setRoot((root.path() + "/book/runs").toStdString());
        window.document().open(tests::digits(), ".", "digits");
        window.action("runs")->trigger();
        window.session().setPace(0);
        QTRY_VERIFY_WITH_TIMEOUT(
            session().snapshot()->dataset && session().snapshot()->revision == window.document().revision(), patience);
    }
    session::RunRecorder& recorder() const { return panel->recorder(); }
    session::SessionController& session() { return window.session(); }
    std::size_t kept() const { return recorder().runs().size(); }

    // One epoch more, until the book has it.
    void train(std::uint64_t epochs) {
        session().stepEpoch();
        QTRY_VERIFY_WITH_TIMEOUT(session().snapshot()->exact && session().snapshot()->progress.epoch == epochs,
                                 patience);
        QTRY_VERIFY_WITH_TIMEOUT(kept() > 0 && recorder().runs().back().steps ==
                                                   static_cast<std::int64_t>(session().snapshot()->progress.step),
                                 patience);
    }
    Run read(std::size_t index) const {
        std::optional<Run> found;
        recorder().read(recorder().runs()[index].id, [&](std::optional<Run> run) { found = std::move(run); });
        for (int i = 0; i < patience / 10 && !found; ++i) QTest::qWait(10);
        return found.value_or(Run());
    }
    QPushButton* button(const QString& text) const {
        for (QPushButton* one : panel->findChildren<QPushButton*>())
            if (one->text() == text) return one;
        return nullptr;
    }
    void pick(int row) const {
        panel->table()->clearSelection();
        panel->table()->selectRow(row);
    }

    QTemporaryDir root;
    MainWindow window;
    RunsPanel* panel;
};

// What each step of a run lost, up to a step.
std::vector<double> lossesOf(const Json& history, std::int64_t steps) {
    std::vector<double> losses;
    for (const Json& row : history["series"]["loss"])
        if (row[0].get<std::int64_t>() + row[1].get<std::int64_t>() <= steps) losses.push_back(row[4].get<double>());
    return losses;
}

}  // namespace

class RunsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
    }

    void aRunIsKeptWithItsSettings() {
        Room room;
        QCOMPARE(room.kept(), std::size_t{0});
        room.train(1);
        QCOMPARE(room.kept(), std::size_t{1});
        const Run run = room.read(0);
        QVERIFY(run.repeats());
        QCOMPARE(run.settings["training"], room.window.document().json()["training"]);
        QCOMPARE(run.seed, room.window.document().spec().training.seed);
        QCOMPARE(QString::fromStdString(run.network), QStringLiteral("conv2d 4 → flatten → dense 10"));
        QCOMPARE(run.epochs, 1.0);
        QCOMPARE(run.results["test_loss"].get<double>(), room.session().snapshot()->test.loss);
        QVERIFY(!lossesOf(run.history, run.steps).empty());
        QVERIFY(run.history["series"].contains("learning_rate"));
        // It goes on as the same run, and begins anew with a reset.
        room.train(2);
        QCOMPARE(room.kept(), std::size_t{1});
        room.session().reset();
        room.train(1);
        QCOMPARE(room.kept(), std::size_t{2});
        QVERIFY(room.recorder().runs()[0].epochs > room.recorder().runs()[1].epochs);
    }

    void settingsChangedOnTheWayAreTold() {
        Room room;
        room.train(1);
        const double rate = document::learningRateOf(room.window.document());
        document::setLearningRate(room.window.document(), rate / 2);
        room.train(2);
        QVERIFY(!room.recorder().runs()[0].repeats());
        QVERIFY(room.read(0).beganWith != room.read(0).settings);
        room.pick(0);
        QVERIFY(room.panel->told().contains("changed on the way"));
        // Another seed is another run.
        room.session().newSeed();
        room.train(1);
        QCOMPARE(room.kept(), std::size_t{2});
        QVERIFY(room.recorder().runs()[1].repeats());
    }

    void settingsComeBackAsOneStep() {
        Room room;
        room.train(1);
        const Json before = room.window.document().json();
        document::setBatchSize(room.window.document(), 50);
        document::setOptimizer(room.window.document(), "sgd");
        const Json changed = room.window.document().json();
        const int steps = room.window.document().undoStack().count();
        room.pick(0);
        room.button("Restore these settings")->click();
        QCOMPARE(room.window.document().json(), before);
        QCOMPARE(room.window.document().undoStack().count(), steps + 1);
        room.window.document().undoStack().undo();
        QCOMPARE(room.window.document().json(), changed);
    }

    void aRunIsRepeatedToTheBit_data() {
        QTest::addColumn<int>("threads");
        QTest::newRow("one thread") << 1;
        QTest::newRow("two threads") << 2;
    }
    void aRunIsRepeatedToTheBit() {
        QFETCH(int, threads);
        Room room(threads);
        room.train(1);
        const Run record = room.read(0);
        document::setBatchSize(room.window.document(), 50);
        room.session().newSeed();
        room.train(1);
        QTRY_COMPARE_WITH_TIMEOUT(room.kept(), std::size_t{2}, patience);
        room.panel->repeat(record);
        QTRY_VERIFY_WITH_TIMEOUT(room.session().snapshot()->progress.epoch > 1, patience);
        room.session().pause();
        QTRY_VERIFY_WITH_TIMEOUT(room.kept() == 3 && room.recorder().runs()[2].ending == "paused", patience);
        const Run again = room.read(2);
        QCOMPARE(again.seed, record.seed);
        // Where the first run ended, the second has a mean with later steps.
        std::vector<double> first = lossesOf(record.history, record.steps);
        const std::vector<double> second = lossesOf(again.history, record.steps);
        QVERIFY2(second.size() > 10, qPrintable(QString::number(second.size())));
        first.resize(second.size());
        QCOMPARE(second, first);
    }

    void wordsAreTheUsers() {
        Room room;
        room.train(1);
        QTableWidget* table = room.panel->table();
        QTRY_COMPARE(table->rowCount(), 1);
        table->item(0, 1)->setText("with more filters");
        QTRY_COMPARE(QString::fromStdString(room.recorder().runs()[0].note), QStringLiteral("with more filters"));
        room.train(2);
        QCOMPARE(QString::fromStdString(room.read(0).note), QStringLiteral("with more filters"));
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("with more filters"));
        room.pick(0);
        room.button("Delete")->click();
        QCOMPARE(table->rowCount(), 0);
        QTRY_VERIFY(QDir(room.root.path() + "/book/runs").isEmpty());
    }

    void runsMoveWithTheProject() {
        Room room;
        room.train(1);
        const QString file = room.root.path() + "/mine.perceptory";
        room.window.document().save(file);
        QTRY_COMPARE(QDir(room.root.path() + "/mine-runs").entryList(QDir::Files).size(), 1);
        QTRY_VERIFY(QDir(room.root.path() + "/book/runs").isEmpty());
        QTRY_COMPARE(room.kept(), std::size_t{1});
        room.train(2);
        QCOMPARE(room.kept(), std::size_t{1});
        // A damaged one costs no more than itself.
        QFile broken(room.root.path() + "/mine-runs/20200101-000000-000.perceptory-run");
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("perceptory-run 1 x\n{") > 0);
        broken.close();
        room.window.document().load(file);
        QTRY_COMPARE(room.recorder().damaged().size(), std::size_t{1});
        QCOMPARE(room.kept(), std::size_t{1});
        QVERIFY(room.panel->told().contains("1 damaged"));
    }

    void runsAreLaidOverEachOther() {
        Room room;
        room.train(1);
        room.session().newSeed();
        room.train(1);
        auto* studio = room.window.findChild<Studio*>();
        auto* dock = studio->findChild<QDockWidget*>("inside");
        dock->show();
        dock->raise();
        InsidePanel* inside = studio->inside();
        inside->viewField()->setCurrentIndex(inside->viewField()->findText("Curves of runs"));
        auto* plot = inside->view()->findChild<widgets::CurvePlot*>();
        QTRY_VERIFY(plot->isVisible());
        const auto shown = [&] { return inside->view()->numbers(*room.session().snapshot(), inside->look()); };
        QTRY_COMPARE(shown().size(), std::size_t{1});
        // The first run's place in the table depends on what it is sorted by.
        QTableWidget* table = room.panel->table();
        for (int row = 0; row < table->rowCount(); ++row) table->item(row, 0)->setCheckState(Qt::Checked);
        QTRY_COMPARE(shown().size(), std::size_t{2});
        QVERIFY(plot->csv().contains("Run 1"));
        QVERIFY(plot->csv().contains("Run 2"));
        // An axis has room for ten units at least.
        auto* along = inside->view()->findChildren<QComboBox*>()[1];
        const auto reach = [&](const QString& axis) {
            along->setCurrentText(axis);
            emit along->activated(along->currentIndex());
            plot->refreshNow();
            return plot->stepsShown().high;
        };
        const Run& run = room.recorder().runs()[0];
        const double steps = reach("by step");
        QVERIFY2(steps >= static_cast<double>(run.steps) && steps < 1000, qPrintable(QString::number(steps)));
        QCOMPARE(qRound(reach("by epoch") / 1e6), 10);
        QVERIFY(reach("by time") / 1e6 < std::max(10.5, 3 * run.seconds + 1));
    }
};

QTEST_MAIN(RunsTest)
#include "RunsTest.moc"
