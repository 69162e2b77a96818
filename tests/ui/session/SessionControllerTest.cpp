// The document joined with a real training: learning, live edits, divergence, and leaving while it runs.

#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/document/commands/WeightCommands.h"
#include "ui/session/SessionController.h"
#include "ui/session/StallWatch.h"

using namespace perceptory;
using namespace perceptory::session;
using document::Document;
using training::RunState;

namespace {

constexpr int patience = 60000;  // milliseconds; a loaded machine is no fault

struct Bench {
    Document document;
    SessionController session{document};

    const training::Snapshot& now() const { return *session.snapshot(); }
    bool isUpToDate() const { return now().revision == document.revision() && now().dataset; }
};

std::vector<float> weightsOf(const training::Snapshot& snapshot, const std::string& name) {
    const auto values = snapshot.weightsOf(name);
    return {values.begin(), values.end()};
}

}  // namespace

class SessionControllerTest : public QObject {
    Q_OBJECT

private slots:
    void opensPausedAndShowsTheData() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        QCOMPARE(bench.now().state, RunState::Paused);
        QCOMPARE(bench.now().progress.step, std::uint64_t(0));
        QVERIFY(bench.now().exact);
        QCOMPARE(bench.now().dataset->count, std::size_t(500));
        QVERIFY(!bench.session.isRunning());
    }

    void playMakesTheLossFall() {
        Bench bench;
        QSignalSpy started(&bench.session, &SessionController::started),
            paused(&bench.session, &SessionController::paused);
        QSignalSpy curves(&bench.session, &SessionController::logChanged);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        const double before = bench.now().train.loss;
        bench.session.setPace(0);
        bench.session.play();
        QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().train.loss < before / 2, patience);
        QVERIFY(bench.session.isRunning());
        bench.session.pause();
        QTRY_COMPARE_WITH_TIMEOUT(paused.count(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().state == RunState::Paused && bench.now().exact, patience);
        QVERIFY(!bench.session.isRunning());
        QVERIFY(curves.count() > 0);
        QVERIFY(!bench.session.log().series().empty());
    }

    void stepsAndReset() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        const std::vector<float> first = bench.now().weights;
        bench.session.stepBatch();
        QTRY_COMPARE_WITH_TIMEOUT(bench.now().progress.step, std::uint64_t(1), patience);
        QVERIFY(bench.now().weights != first);
        bench.session.stepEpoch();
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().progress.epoch == 1 && bench.now().state == RunState::Paused, patience);
        bench.session.reset();
        QTRY_COMPARE_WITH_TIMEOUT(bench.now().progress.step, std::uint64_t(0), patience);
        QVERIFY(bench.now().weights == first);
        bench.session.newSeed();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate() && bench.now().weights != first, patience);
        QCOMPARE(bench.document.undoStack().count(), 1);
    }

    void timeIsCountedWhileItRuns() {
        using std::chrono::milliseconds;
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        QTest::qWait(5);
        QCOMPARE(bench.session.timeTrained(), milliseconds(0));
        bench.session.play();
        QTRY_VERIFY_WITH_TIMEOUT(bench.session.timeTrained() > milliseconds(20), patience);
        bench.session.pause();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.session.isRunning(), patience);
        const milliseconds spent = bench.session.timeTrained();
        QVERIFY(spent > milliseconds(20));
        QTest::qWait(5);
        QCOMPARE(bench.session.timeTrained(), spent);
        QVERIFY(!bench.document.isModified());
        bench.session.reset();
        QCOMPARE(bench.session.timeTrained(), milliseconds(0));
    }

    void aPauseIsToldBeforeItIsThere() {
        Bench bench;
        bench.session.play();
        QTRY_VERIFY_WITH_TIMEOUT(bench.session.isRunning(), patience);
        QSignalSpy pausing(&bench.session, &SessionController::pausing);
        bench.session.pause();
        QCOMPARE(pausing.count(), 1);
        QVERIFY(bench.session.isPausing() && bench.session.isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!bench.session.isRunning(), patience);
        QVERIFY(!bench.session.isPausing());
        bench.session.pause();
        QCOMPARE(pausing.count(), 1);
    }

    void openingEndsTheRunAtOnce() {
        Bench bench;
        bench.session.play();
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().progress.step > 10, patience);
        bool ran = true;
        connect(&bench.session, &SessionController::sent, this, [&] { ran = bench.session.isRunning(); });
        bench.document.open(bench.document.json(), bench.document.folder(), "again");
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        QVERIFY(!ran);
        QVERIFY(!bench.session.isRunning());
    }

    void anEditKeepsTheWeights() {
        Bench bench;
        bench.session.play();
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().progress.epoch > 3, patience);
        bench.session.pause();
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().state == RunState::Paused && bench.isUpToDate(), patience);
        const std::vector<float> before = weightsOf(bench.now(), "h1.weight");
        const std::uint64_t step = bench.now().progress.step;
        document::setLearningRate(bench.document, 0.1);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        QCOMPARE(bench.now().learningRate, 0.1);
        QVERIFY(weightsOf(bench.now(), "h1.weight") == before);
        QCOMPARE(bench.now().progress.step, step);

        QSignalSpy noted(&bench.session, &SessionController::noted);
        document::addHiddenLayer(bench.document);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        QVERIFY(weightsOf(bench.now(), "h1.weight") == before);
        QTRY_COMPARE_WITH_TIMEOUT(noted.count(), 1, patience);
    }

    void dataCanBeSwitchedWhileRunning() {
        Bench bench;
        bench.session.play();
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().progress.step > 10, patience);
        document::chooseGenerator(bench.document, "rings");
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate() && bench.now().dataset->classes() == 3, patience);
        QTRY_VERIFY_WITH_TIMEOUT(bench.session.isRunning(), patience);
        const std::uint64_t step = bench.now().progress.step;
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().progress.step > step, patience);
    }

    void manyEditsInOneTurnAreOneCommand() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        QSignalSpy snapshots(&bench.session, &SessionController::snapshotChanged);
        for (int i = 1; i <= 50; ++i) document::setLearningRate(bench.document, 0.001 * i);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        QVERIFY(snapshots.count() <= 2);
        QCOMPARE(bench.now().learningRate, 0.05);
    }

    void aWeightCanBeSetByHand() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        const float before = weightsOf(bench.now(), "h1.bias").at(1);
        document::setWeight(bench.document, {"h1.bias", 1}, double{before}, 0.625);
        QTRY_COMPARE_WITH_TIMEOUT(weightsOf(bench.now(), "h1.bias").at(1), 0.625f, patience);
        QVERIFY(bench.session.hasOwnWeights());
        bench.document.undoStack().undo();
        QTRY_COMPARE_WITH_TIMEOUT(weightsOf(bench.now(), "h1.bias").at(1), before, patience);
        bench.document.undoStack().redo();
        QTRY_COMPARE_WITH_TIMEOUT(weightsOf(bench.now(), "h1.bias").at(1), 0.625f, patience);
    }

    void undoPutsAWeightBackAfterTraining() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        const float before = weightsOf(bench.now(), "h1.weight").at(2);
        document::setWeight(bench.document, {"h1.weight", 2}, double{before}, 3);
        bench.session.stepEpoch();
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().progress.epoch == 1 && bench.now().state == RunState::Paused, patience);
        std::vector<float> wanted = weightsOf(bench.now(), "h1.weight");
        QVERIFY(wanted.at(2) != before && wanted.at(2) != 3);
        wanted.at(2) = before;
        bench.document.undoStack().undo();
        QTRY_VERIFY_WITH_TIMEOUT(weightsOf(bench.now(), "h1.weight") == wanted, patience);
        QCOMPARE(bench.now().progress.epoch, std::uint64_t(1));
    }

    // The steps are undone in one go, faster than the training takes them.
    void undoBringsBackTheLayerBeforeItsWeight() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        const std::vector<float> before = bench.now().weights;
        document::setWeight(bench.document, {"h2.weight", 5}, double{weightsOf(bench.now(), "h2.weight").at(5)}, 0.75);
        QTRY_COMPARE_WITH_TIMEOUT(weightsOf(bench.now(), "h2.weight").at(5), 0.75f, patience);
        document::setUnits(bench.document, "h2", 5);
        document::removeLayer(bench.document, "h2");
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate() && weightsOf(bench.now(), "h2.weight").empty(), patience);
        for (int i = 0; i < 3; ++i) bench.document.undoStack().undo();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate() && bench.now().weights == before, patience);
    }

    void aWeightThatIsGoneIsLeftAlone() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        std::vector<float> wanted = bench.now().weights;
        document::setWeight(bench.document, {"h9.weight", 0}, 0, 1);
        document::setWeight(bench.document, {"h1.bias", 4}, 0, 1);
        document::setWeight(bench.document, {"h1.bias", -1}, 0, 1);
        for (int i = 0; i < 3; ++i) bench.document.undoStack().undo();
        const auto& parameters = bench.now().parameters;
        const auto bias = std::ranges::find_if(parameters, [](const auto& p) { return p.name == "h1.bias"; });
        QVERIFY(bias != parameters.end());
        wanted.at(static_cast<std::size_t>(bias->offset)) = 0.5f;
        document::setWeight(bench.document, {"h1.bias", 0}, 0, 0.5);  // the answer that is waited for
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().weights == wanted, patience);
    }

    void probesArriveForVisibleViewsOnly() {
        Bench bench;
        const training::ProbeRequest wanted{"decision_boundary", {{"size", 10}}};
        bench.session.setWanted("page", {wanted});
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().probe(wanted) != nullptr, patience);
        QCOMPARE(bench.now().probe(wanted)->values.size(), std::size_t(100));
        bench.session.setWanted("page", {});
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().probe(wanted) == nullptr, patience);
    }

    void aDocumentWithFaultsIsRefusedAndMendedByUndo() {
        Bench bench;
        QSignalSpy refused(&bench.session, &SessionController::refused);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        bench.session.play();
        QTRY_VERIFY_WITH_TIMEOUT(bench.session.isRunning(), patience);
        document::setFeature(bench.document, "x1", false);
        document::setFeature(bench.document, "x2", false);
        QTRY_VERIFY_WITH_TIMEOUT(refused.count() >= 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.session.isRunning(), patience);
        QVERIFY(!bench.session.problems().empty());
        const auto before = refused.count();
        bench.session.play();
        QVERIFY(refused.count() > before);
        bench.document.undoStack().undo();
        bench.session.play();
        QTRY_VERIFY_WITH_TIMEOUT(bench.session.isRunning(), patience);
        QVERIFY(bench.session.problems().empty());
    }

    void tooManyUnitsAreRefusedBeforeMemoryIsTaken() {
        Bench bench;
        QSignalSpy refused(&bench.session, &SessionController::refused);
        bench.document.setValue("network.nodes.h1.parameters.units", 1000000, "x");
        bench.document.setValue("network.nodes.h2.parameters.units", 1000000, "x");
        QTRY_VERIFY_WITH_TIMEOUT(refused.count() >= 1, patience);
        bench.document.undoStack().undo();
        bench.document.undoStack().undo();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
    }

    void tooHighARateDivergesAndHalfOfItGoesOn() {
        Bench bench;
        document::setTask(bench.document, data::Task::Regression);
        document::setAllActivations(bench.document, "linear");
        document::setLearningRate(bench.document, 1000);
        QSignalSpy diverged(&bench.session, &SessionController::diverged);
        bench.session.setPace(0);
        bench.session.play();
        QTRY_COMPARE_WITH_TIMEOUT(diverged.count(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().state == RunState::Diverged, patience);
        QVERIFY(!bench.session.isRunning());
        for (const float weight : bench.now().weights) QVERIFY(std::isfinite(weight));
        const auto divergence = diverged[0][0].value<training::Divergence>();
        QVERIFY(!divergence.sentence.empty());
        QVERIFY(!divergence.node.empty());

        QSignalSpy started(&bench.session, &SessionController::started);
        bench.session.continueWithHalfRate();
        QTRY_VERIFY_WITH_TIMEOUT(started.count() >= 1, patience);
        QCOMPARE(document::learningRateOf(bench.document), 500.0);
        bench.document.undoStack().undo();
        QCOMPARE(document::learningRateOf(bench.document), 1000.0);
    }

    void paintingWhileTrainingDoesNotHoldTheWindow() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        bench.session.play();
        bench.document.beginGesture();
        for (int i = 0; i < 40; ++i) {
            document::addPoint(bench.document, i / 10.0 - 2, 1, "1");
            QCoreApplication::processEvents();
        }
        bench.document.endGesture();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate() && bench.now().dataset->count == 540, patience);
        QCOMPARE(bench.document.undoStack().count(), 1);
    }

    void theStateCanBeAskedFor() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        bench.session.stepBatch();
        SharedState state;
        bench.session.requestState([&](const SharedState& answer) { state = answer; });
        QTRY_VERIFY_WITH_TIMEOUT(state != nullptr, patience);
        QCOMPARE(state->progress.step, std::uint64_t(1));
    }

    void openingTakesSavedWeights() {
        Bench bench;
        bench.session.stepEpoch();
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().progress.epoch == 1 && bench.now().exact, patience);
        const std::vector<float> trained = bench.now().weights;
        SharedState state;
        bench.session.requestState([&](const SharedState& answer) { state = answer; });
        QTRY_VERIFY_WITH_TIMEOUT(state != nullptr, patience);
        bench.document.open(bench.document.json(), bench.document.folder(), "again");
        bench.session.setWeightsForOpening(state);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        QVERIFY(bench.now().weights == trained);
    }

    void leavingWhileItRunsIsSafe() {
        for (int i = 0; i < 5; ++i) {
            Bench bench;
            bench.session.setPace(0);
            bench.session.play();
            if (i % 2) QTRY_VERIFY_WITH_TIMEOUT(bench.session.isRunning(), patience);
        }
    }

    void theTimerRestsWhenNothingIsExpected() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.isUpToDate(), patience);
        const auto* timer = bench.session.findChild<QTimer*>("display");
        QVERIFY(timer);
        QTRY_VERIFY_WITH_TIMEOUT(!timer->isActive(), patience);
    }

    void theWatchSeesAStall() {
        StallWatch watch;
        watch.start();
        QElapsedTimer busy;
        QTest::qWait(30);
        busy.start();
        while (busy.elapsed() < 120) {
        }
        QTRY_VERIFY_WITH_TIMEOUT(watch.longestStall() >= 100, patience);
    }
};

QTEST_MAIN(SessionControllerTest)
#include "SessionControllerTest.moc"
