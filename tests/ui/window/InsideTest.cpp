// Looking into a network while it learns: what is shown are the numbers of the network, and only what is seen is
// measured.

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <numeric>

#include "engine/backends/KernelLibrary.h"
#include "tests/ui/window/DigitsProject.h"
#include "ui/document/commands/LayerValues.h"
#include "ui/views/SampleImage.h"
#include "ui/views/data/DataBrowser.h"
#include "ui/views/inside/SheetView.h"
#include "ui/widgets/CountMatrix.h"
#include "ui/widgets/DepthDots.h"
#include "ui/widgets/HeatmapView.h"
#include "ui/widgets/HistogramRows.h"
#include "ui/widgets/LabelledSlider.h"
#include "ui/widgets/QuantileBands.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/ValueBars.h"
#include "ui/widgets/XyPlot.h"
#include "ui/window/InsideExport.h"
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

// To be looked at, in both themes.
void keepPicture(const Room& room, const QString& name) {
    const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
    if (folder.isEmpty()) return;
    room.studio->window()->grab().save(folder + '/' + name + ".png");
    widgets::Theme::apply(*qApp, widgets::Theme::Mode::Dark);
    room.studio->window()->grab().save(folder + '/' + name + "_dark.png");
    widgets::Theme::apply(*qApp, widgets::Theme::Mode::Light);
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
        QTRY_COMPARE_WITH_TIMEOUT(sheet->maps().count, 8, patience);
        QCOMPARE(sheet->maps().width, 8);
        QCOMPARE(sheet->nameOf(2), QString("SmoothGrad"));
        QVERIFY(!sheet->hasSharedRange());
        QVERIFY(room.view()->facts().startsWith("For the class \""));
        // The second is the first times the sample.
        std::vector<float> scratch;
        const auto sample = room.now().dataset->input(0, scratch);
        for (std::size_t i = 0; i < 64; ++i) QCOMPARE(sheet->maps().map(1)[i], sheet->maps().map(0)[i] * sample[i]);
        keepPicture(room, "saliency");
    }

    void anotherClassIsAskedAboutAndTheMapLiesOverTheSample() {
        const Room room;
        room.look("conv1", 2);
        widgets::MapSheet* sheet = room.view()->sheet();
        QTRY_COMPARE_WITH_TIMEOUT(sheet->maps().count, 8, patience);
        const std::vector<float> predicted = sheet->maps().values;
        auto* classes = room.panel->view()->findChild<QComboBox*>();
        QCOMPARE(classes->count(), 11);
        const int told = room.now().probe({"saliency", {{"row", 0}}})->facts["class"];
        classes->setCurrentIndex(1 + (told + 1) % 10);
        QTRY_VERIFY_WITH_TIMEOUT(room.view()->facts().startsWith(QString("For the class \"%1\"").arg((told + 1) % 10)),
                                 patience);
        QVERIFY(sheet->maps().values != predicted);
        sheet->choose(5);  // Grad-CAM, of the last layer that puts out an image
        QCOMPARE(room.view()->large(), sheet->imageOf(5));
        room.view()->opacity()->setValue(0);
        const QImage sample = views::imageOf(*room.now().dataset, 0);
        QCOMPARE(room.view()->large(), sample.convertToFormat(QImage::Format_RGB32));
        room.view()->opacity()->setValue(0.5);
        QVERIFY(room.view()->large() != sample.convertToFormat(QImage::Format_RGB32));
    }

    void spreadsOfEveryLayer() {
        const Room room;
        room.look("conv1", 4);
        const auto* rows = room.panel->view()->findChild<widgets::HistogramRows*>();
        QTRY_COMPARE_WITH_TIMEOUT(rows->rows().size(), 3u, patience);
        QVERIFY(!room.panel->sampleField()->isVisible());
        // 64 samples of ten units.
        const std::vector<float>& counts = rows->rows()[2].counts;
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), 0.0f), 640.0f);
        QVERIFY(rows->textOf(2, 0).startsWith("out, "));
        keepPicture(room, "distributions");
        // Other first weights, and at once another spread in all that follows.
        const QString before = rows->rows()[2].words;
        document::setParameterOfMany(room.window.document(), {"conv1"}, "kernel_initializer",
                                     {{"type", "normal"}, {"parameters", {{"deviation", 5}}}});
        QTRY_VERIFY_WITH_TIMEOUT(rows->rows()[2].words != before, patience);
        QCOMPARE(room.now().progress.step, 0u);
    }

    void gradientsByDepthAndWeightsOverTime() {
        const Room room;
        room.look("out", 4);
        const QList<QComboBox*> fields = room.panel->view()->findChildren<QComboBox*>();
        fields[0]->setCurrentIndex(2);
        fields[1]->setCurrentIndex(1);
        const auto* depth = room.panel->view()->findChild<widgets::DepthDots*>();
        QTRY_COMPARE_WITH_TIMEOUT(depth->dots().size(), 2u, patience);
        const training::ProbeRequest request{"distributions", {{"of", "gradients"}}};
        QCOMPARE(depth->dots()[0].value, room.now().probe(request)->facts["layers"][0]["norm"].get<double>());
        QVERIFY(depth->axis().low <= depth->dots()[0].value && depth->dots()[0].value <= depth->axis().high);
        keepPicture(room, "by_depth");
        fields[0]->setCurrentIndex(1);
        fields[1]->setCurrentIndex(2);
        const auto* bands = room.panel->view()->findChild<widgets::QuantileBands*>();
        for (quint64 step = 1; step < 6; ++step) {
            room.window.session().stepBatch();
            QTRY_VERIFY_WITH_TIMEOUT(!bands->moments().empty() && bands->moments().back().step == step, patience);
        }
        QVERIFY(bands->moments().size() >= 5);
        QVERIFY(bands->textOf(0).startsWith("step "));
        keepPicture(room, "over_time");
        room.window.action("reset")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(bands->moments().size(), 1u, patience);
    }

    void lookingChangesNothing() {
        const auto trained = [](bool looking) {
            const Room room;
            if (looking) {
                room.look("out", 4);
                room.panel->view()->findChild<QComboBox*>()->setCurrentIndex(3);
            } else {
                room.studio->findChild<QDockWidget*>("layer")->raise();
            }
            for (quint64 step = 1; step < 8; ++step) {
                room.window.session().stepBatch();
                [&] { QTRY_VERIFY_WITH_TIMEOUT(room.now().progress.step == step, patience); }();
            }
            const bool measured = room.now().probe({"distributions", {{"of", "updates"}}}) != nullptr;
            return std::pair(room.now().weights, measured);
        };
        const auto [looked, some] = trained(true);
        const auto [alone, none] = trained(false);
        QVERIFY(some);
        QVERIFY(!none);
        QVERIFY(!looked.empty());
        QCOMPARE(looked, alone);
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
        keepPicture(room, "confusion");
    }

    void aCellOfTheConfusionOpensItsSamples() {
        const Room room;
        room.look("conv1", 3);
        auto* matrix = room.panel->view()->findChild<widgets::CountMatrix*>();
        QTRY_COMPARE_WITH_TIMEOUT(matrix->size(), 10, patience);
        // The first cell with samples of class 3.
        int column = 0;
        while (matrix->count(3, column) == 0) ++column;
        const auto count = static_cast<std::size_t>(matrix->count(3, column));
        QTest::mouseDClick(matrix, Qt::LeftButton, {}, matrix->cellRect(3, column).center());
        QTRY_VERIFY_WITH_TIMEOUT(room.window.findChild<views::DataBrowser*>(), patience);
        const views::SampleList& list = room.window.findChild<views::DataBrowser*>()->list();
        QTRY_COMPARE_WITH_TIMEOUT(list.chosen().size(), count, patience);
        for (const std::uint32_t row : list.chosen()) QCOMPARE(room.now().dataset->labels[row], 3);
        const training::ProbeRequest asked{"class_predictions", {{"samples", 1000}}};
        room.window.session().stepBatch();
        QTRY_COMPARE_WITH_TIMEOUT(room.now().progress.step, 1u, patience);
        QVERIFY(!room.now().probe(asked));  // once was enough
        delete room.window.findChild<views::DataBrowser*>();
    }

    void resultsOfClassesAndCurves() {
        const Room room;
        room.look("out", 5);
        views::InsideView* view = room.panel->view();
        const QList<QComboBox*> fields = view->findChildren<QComboBox*>();
        auto* table = view->findChild<QTableWidget*>();
        QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 10, patience);
        const training::ProbeResult* report = room.now().probe({"class_report", {{"samples", 1000}}});
        QCOMPARE(table->item(4, 3)->text(), QString::number(double{report->values[4 * 4 + 2]}, 'f', 3));
        keepPicture(room, "results_classes");
        auto* plot = view->findChild<widgets::XyPlot*>();
        for (const auto& [page, name] : {std::pair(1, "results_roc"), std::pair(2, "results_recall")}) {
            fields[0]->setCurrentIndex(page);
            fields[1]->setCurrentIndex(3);
            const training::ProbeRequest request = view->wanted(room.panel->look()).front();
            QCOMPARE(request.settings["class"].get<int>(), 3);
            QTRY_VERIFY_WITH_TIMEOUT(room.now().probe(request), patience);
            QTRY_COMPARE_WITH_TIMEOUT(plot->series().front().points.size(),
                                      static_cast<std::size_t>(room.now().probe(request)->shape[0]), patience);
            keepPicture(room, name);
        }
        fields[0]->setCurrentIndex(3);
        QCOMPARE(fields[1]->count(), 11);
        QTRY_COMPARE_WITH_TIMEOUT(plot->series().size(), 2u, patience);
        keepPicture(room, "results_calibration");
        fields[0]->setCurrentIndex(4);  // of classes there are none
        QTRY_VERIFY_WITH_TIMEOUT(!plot->isVisible() && !table->isVisible(), patience);
        fields[0]->setCurrentIndex(5);
        QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 50, patience);
        keepPicture(room, "results_worst");
        const auto worst = static_cast<std::uint32_t>(table->item(0, 0)->text().toInt());
        emit table->cellActivated(0, 0);
        QTRY_VERIFY_WITH_TIMEOUT(room.window.findChild<views::DataBrowser*>(), patience);
        const views::SampleList& list = room.window.findChild<views::DataBrowser*>()->list();
        QTRY_COMPARE_WITH_TIMEOUT(list.chosen(), std::vector<std::uint32_t>{worst}, patience);
        delete room.window.findChild<views::DataBrowser*>();
    }

    void samplesArePlacesByWhatALayerPutsOut() {
        const Room room;
        room.look("out", 6);
        views::InsideView* view = room.panel->view();
        keepPicture(room, "embedding_empty");
        QVERIFY(view->wanted(room.panel->look()).empty());
        auto* button = view->findChild<QPushButton*>();
        view->findChildren<QComboBox*>()[1]->setCurrentIndex(0);
        view->findChildren<QComboBox*>()[0]->setCurrentIndex(1);  // components
        button->click();
        const auto numbers = [&] { return view->numbers(room.now(), room.panel->look()); };
        QTRY_VERIFY_WITH_TIMEOUT(!numbers().empty(), patience);
        const auto samples =
            static_cast<std::int64_t>(std::min<std::size_t>(500, room.now().dataset->parts.test.size()));
        QCOMPARE(numbers().front().shape, (std::vector<std::int64_t>{samples, 2}));
        QVERIFY(view->wanted(room.panel->look()).empty());
        const std::vector<float> components = numbers().front().values;
        view->findChildren<QComboBox*>()[0]->setCurrentIndex(0);
        button->click();
        QTRY_VERIFY_WITH_TIMEOUT(view->findChild<QProgressBar*>()->value() > 0, patience);
        QVERIFY(numbers().front().values != components);
        button->click();  // stops
        QTRY_VERIFY_WITH_TIMEOUT(!view->findChild<QProgressBar*>()->isVisible(), patience);
        button->click();
        const auto said = [&](const char* words) {
            return std::ranges::any_of(view->findChildren<QLabel*>(),
                                       [&](const QLabel* label) { return label->text().contains(words); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(said("of the same class"), patience);
        keepPicture(room, "embedding");
        // A click chooses the sample below, and tells its neighbours.
        auto* map = view->findChild<widgets::HeatmapView*>();
        const std::vector<float> places = numbers().front().values;
        QTest::mouseClick(map, Qt::LeftButton, {}, map->toPixel({double{places[0]}, double{places[1]}}).toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(said("nearest to it"), patience);
    }

    void whatIsSeenIsTakenAway() {
        const Room room;
        room.look("conv1");
        QTRY_COMPARE_WITH_TIMEOUT(room.view()->sheet()->maps().count, 4, patience);
        const auto arrays = [&] { return room.panel->view()->numbers(room.now(), room.panel->look()); };
        QCOMPARE(arrays().size(), 1u);
        QCOMPARE(arrays().front().values, outputsOf(room.now(), "conv1", 0));
        const std::vector<views::ShownArray> table{{"t", {2, 2}, {1, 2.5f, -3, 4}}};
        QCOMPARE(csvOf(table), QByteArray("1,2.5\n-3,4\n"));
        QCOMPARE(csvOf({{"a", {2}, {1, 2}}, {"b", {1, 2}, {3, 4}}}),
                 QByteArray("array,index,value\na,0,1\na,1,2\nb,0 0,3\nb,0 1,4\n"));
        QCOMPARE(numpyOf(table).substr(1, 5), std::string("NUMPY"));
        QCOMPARE(numpyOf({table[0], table[0]}).substr(0, 2), std::string("PK"));
        room.panel->takeAway()->actions().first()->trigger();
        const QImage copied = QApplication::clipboard()->image();
        QCOMPARE(copied.size(), room.panel->view()->picture()->size() * 2);
        QTemporaryDir folder;
        const QString path = folder.filePath("maps.svg");
        QVERIFY(writeSvg(*room.panel->view()->picture(), path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("<svg"));
        room.look("conv1", 1);
        QTRY_COMPARE_WITH_TIMEOUT(arrays().front().name, std::string("conv1.weight"), patience);
        QCOMPARE(arrays().front().shape, (std::vector<std::int64_t>{4, 1, 3, 3}));
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
        keepPicture(room, "inside");
    }
};

QTEST_MAIN(InsideTest)
#include "InsideTest.moc"
