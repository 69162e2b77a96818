// Looking into a network while it learns: what is shown are the numbers of the network, and only what is seen is
// measured.

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>
#include <algorithm>

#include "engine/backends/KernelLibrary.h"
#include "tests/ui/window/DigitsProject.h"
#include "ui/views/inside/SheetView.h"
#include "ui/widgets/CountMatrix.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/ValueBars.h"
#include "ui/window/InsidePanel.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Studio.h"

using namespace perceptory;
using namespace perceptory::window;
using base::Json;

namespace {

constexpr int patience = 60000;

// Its convolution with an activation.
Json learner() {
    Json project = tests::digits();
    project["network"]["nodes"][1]["parameters"]["activation"] = "relu";
    return project;
}

// A window with the panel in front and the digits read.
struct Room {
    explicit Room(const Json& project = learner()) {
        window.resize(1366, 768);
        window.show();
        window.document().open(project, ".", "digits");
        window.action("studio")->trigger();
        studio = window.findChild<Studio*>();
        panel = studio->inside();
        auto* dock = studio->findChild<QDockWidget*>("inside");
        dock->show();
        dock->raise();
        QTest::qWait(20);
    }
    views::SheetView* view() const { return qobject_cast<views::SheetView*>(panel->view()); }
    void look(const char* layer, int view = 0) const {
        studio->scene()->choose({layer});
        panel->viewField()->setCurrentIndex(view);
    }
    const training::Snapshot& now() const { return *window.session().snapshot(); }

    mutable MainWindow window;
    Studio* studio;
    InsidePanel* panel;
};

// As the network works it out by itself.
std::vector<float> outputsOf(const training::Snapshot& snapshot, const std::string& layer, std::size_t row) {
    const network::Network network(*snapshot.network);
    tensor::Buffer weights(network.parameterCount());
    std::ranges::copy(snapshot.weights, weights.floats().begin());
    backends::cpu::ThreadPool pool(1);
    training::Forward forward(network, weights, {backends::kernels(), pool});
    std::vector<float> scratch;
    return forward.outputs(snapshot.dataset->input(row, scratch), 1, layer);
}

}  // namespace

class InsideTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
        widgets::Theme::apply(*qApp, widgets::Theme::Mode::Light);
    }

    void mapsAreWhatTheNetworkPutsOut() {
        const Room room;
        room.look("conv1");
        const widgets::MapSheet* sheet = room.view()->sheet();
        QTRY_COMPARE_WITH_TIMEOUT(sheet->maps().count, 4, patience);
        QCOMPARE(sheet->maps().height, 6);
        room.panel->sampleField()->setValue(7);
        room.window.session().stepEpoch();
        QTRY_VERIFY_WITH_TIMEOUT(room.now().progress.epoch == 1 && room.now().exact, patience);
        QTest::qWait(50);
        const std::vector<float> expected = outputsOf(room.now(), "conv1", 7);
        const widgets::Maps& maps = sheet->maps();
        QCOMPARE(maps.values.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) QCOMPARE(maps.values[i % 4 * 36 + i / 4], expected[i]);
    }

    void rowsAreBarsAndOnlyTheChosenLayerIsMeasured() {
        const Room room;
        room.look("out");
        QTRY_COMPARE_WITH_TIMEOUT(room.view()->bars()->values().size(), 10u, patience);
        const Json request{{"row", 0}, {"node", "out"}};
        QCOMPARE(room.panel->view()->wanted(room.panel->look()).size(), 1u);
        QTRY_VERIFY_WITH_TIMEOUT(room.now().probes.contains("activations" + request.dump()), patience);
        room.studio->findChild<QDockWidget*>("layer")->raise();
        room.window.session().stepBatch();
        QTRY_VERIFY_WITH_TIMEOUT(room.now().progress.step == 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!room.now().probes.contains("activations" + request.dump()), patience);
    }

    void weightsOfAConvolutionAreItsWindows() {
        const Room room;
        room.look("conv1", 1);
        const widgets::MapSheet* sheet = room.view()->sheet();
        QTRY_COMPARE_WITH_TIMEOUT(sheet->maps().count, 4, patience);
        QCOMPARE(sheet->maps().width, 3);
        // Ours are [height][width][channel][filter].
        const network::Parameter& kernel = room.now().parameters.front();
        QCOMPARE(kernel.name, std::string("conv1.weight"));
        const std::vector<float>& weights = room.now().weights;
        for (int filter = 0; filter < 4; ++filter)
            for (int pixel = 0; pixel < 9; ++pixel)
                QCOMPARE(sheet->maps().map(filter)[static_cast<std::size_t>(pixel)],
                         weights[static_cast<std::size_t>(kernel.offset + pixel * 4 + filter)]);
    }

    void aUnitBehindAnImageIsATemplate() {
        Json project = learner();
        project["network"]["nodes"].erase(1);
        project["network"]["nodes"][1]["inputs"] = {"in"};
        const Room room(project);
        room.look("out", 1);
        QTRY_COMPARE_WITH_TIMEOUT(room.view()->sheet()->maps().count, 10, patience);
        QCOMPARE(room.view()->sheet()->maps().height, 8);
        room.look("flat", 1);
        QTRY_VERIFY(room.view()->facts().isEmpty());
    }

    void unitsThatAreSilentAreCounted() {
        Json project = learner();
        project["network"]["nodes"][1]["parameters"]["bias_initializer"] = {{"type", "constant"},
                                                                            {"parameters", {{"value", -100}}}};
        const Room room(project);
        room.look("conv1");
        QTRY_VERIFY_WITH_TIMEOUT(room.view()->facts().startsWith("4 units: 4 put out 0 alone"), patience);
    }

    void whatThePredictedClassRestsOn() {
        const Room room;
        room.look("conv1", 2);
        const widgets::MapSheet* sheet = room.view()->sheet();
        QTRY_COMPARE_WITH_TIMEOUT(sheet->maps().count, 4, patience);
        QCOMPARE(sheet->maps().width, 8);
        QCOMPARE(sheet->nameOf(2), QString("SmoothGrad"));
        QVERIFY(!sheet->hasSharedRange());
        QVERIFY(room.view()->facts().startsWith("For the predicted class \""));
        // The second is the first times the sample.
        std::vector<float> scratch;
        const auto sample = room.now().dataset->input(0, scratch);
        for (std::size_t i = 0; i < 64; ++i) QCOMPARE(sheet->maps().map(1)[i], sheet->maps().map(0)[i] * sample[i]);
        const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
        if (!folder.isEmpty()) room.studio->window()->grab().save(folder + "/saliency.png");
    }

    void whatTheClassesAreTakenFor() {
        const Room room;
        room.look("conv1", 3);
        const auto* matrix = room.panel->view()->findChild<widgets::CountMatrix*>();
        QTRY_COMPARE_WITH_TIMEOUT(matrix->size(), 10, patience);
        room.window.session().stepEpoch();
        QTRY_VERIFY_WITH_TIMEOUT(room.now().progress.epoch == 1 && room.now().exact, patience);
        QTest::qWait(50);
        double right = 0, all = 0;
        for (int line = 0; line < 10; ++line)
            for (int column = 0; column < 10; ++column) {
                all += matrix->count(line, column);
                right += line == column ? matrix->count(line, column) : 0;
            }
        QCOMPARE(all, static_cast<double>(room.now().dataset->parts.test.size()));
        QCOMPARE(right / all, room.now().test.metrics.at("accuracy"));
        QVERIFY(matrix->textOf(3, 3).startsWith("3 told rightly: "));
        const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
        if (!folder.isEmpty()) room.studio->window()->grab().save(folder + "/confusion.png");
    }

    void theSheetIsWalkedByKeys() {
        const Room room;
        room.look("conv1");
        widgets::MapSheet* sheet = room.view()->sheet();
        QTRY_COMPARE_WITH_TIMEOUT(sheet->maps().count, 4, patience);
        QTest::keyClick(sheet, Qt::Key_Right);
        QCOMPARE(sheet->chosen(), 1);
        QTest::keyClick(sheet, Qt::Key_End);
        QCOMPARE(sheet->chosen(), 3);
        QVERIFY(sheet->accessibleDescription().contains("4 maps of 6 × 6"));
        QVERIFY(sheet->textAt(sheet->cellRect(2).center()).startsWith("2, row 2, column 2: "));
        const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
        if (!folder.isEmpty()) room.studio->window()->grab().save(folder + "/inside.png");
    }
};

QTEST_MAIN(InsideTest)
#include "InsideTest.moc"
