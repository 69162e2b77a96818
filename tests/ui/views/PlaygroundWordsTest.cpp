// What the Playground says: names that can be read, why map and sample differ, where a problem is, which keys there
// are.

#include <QAccessible>
#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <algorithm>
#include <map>

#include "tests/ui/Gestures.h"
#include "tests/ui/views/Playground.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/views/playground/DataPanel.h"
#include "ui/views/playground/FormulaEditor.h"
#include "ui/views/playground/OutputPanel.h"
#include "ui/views/playground/Scores.h"
#include "ui/views/playground/Toolbar.h"
#include "ui/views/playground/UnitMarks.h"
#include "ui/widgets/ColourLegend.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using tests::named;
using tests::Playground;

namespace {

int widthFor(const std::vector<QString>& labels, int tileHeight) {
    NetworkModel model;
    for (const QString& label : labels) model.inputs.push_back({label, {}, {}, {}, 0});
    return inputLabelWidth(model, QApplication::font(), {tileHeight, 64, 180});
}

void choose(document::Document& document, const char* set, int classes) {
    document.edit(QStringLiteral("data"), [&](base::Json& project) {
        project["data"] = {
            {"source", "dataset"}, {"id", set}, {"seed", "1"}, {"preprocessing", {{{"type", "standardize"}}}}};
        project["network"]["nodes"].back()["parameters"] = {{"units", classes}, {"activation", "linear"}};
        project["training"]["loss"] = "softmax_cross_entropy";
    });
}

// `wanted`: accessible names, in the order in which the Tab key reaches them.
void verifyTabOrder(QWidget& page, const QStringList& wanted) {
    QStringList order;
    const QWidget* first = named<QPushButton>(page, "Play");
    const QWidget* widget = first;
    do {
        if (widget->focusPolicy() != Qt::NoFocus) order += widget->accessibleName();
        widget = widget->nextInFocusChain();
    } while (widget != first);
    for (int i = 1; i < wanted.size(); ++i)
        QVERIFY2(order.contains(wanted[i]) && order.indexOf(wanted[i - 1]) < order.indexOf(wanted[i]),
                 qPrintable(wanted[i] + " in " + order.join(", ")));
}

bool isBrush(const QString& name) { return name.startsWith("Paint points of") || name == "Erase points"; }

void clickPoint(Playground& playground, std::size_t row) {
    widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    const std::vector<training::ProbeRequest> wanted = playground.page->wanted();
    const auto snapshot = playground.rehearsal->snapshot(wanted);
    std::shared_ptr<const training::Plane> plane;
    for (const training::ProbeRequest& request : wanted)
        if (!plane) plane = planeOf(*snapshot, request);
    QVERIFY(plane);
    std::vector<float> scratch;
    const auto [x, y] = plane->project(snapshot->dataset->rawRow(row, scratch));
    QTest::mouseClick(&map, Qt::LeftButton, {},
                      map.toPixel({static_cast<double>(x), static_cast<double>(y)}).toPoint());
    playground.refresh();
}

}  // namespace

class PlaygroundWordsTest : public QObject {
    Q_OBJECT

private slots:
    void namesOfInputsHaveTheRoomTheyNeed();
    void aFormulaIsReadWhole();
    void aSampleBesideTheSliceIsExplained();
    void onlyShownPointsAreChosen();
    void onThePlaneThereIsNothingToExplain();
    void problemsHaveAPlace_data();
    void problemsHaveAPlace();
    void thePlaceOfAProblemTakesTheKeyboard();
    void everyKeyOfTheNetworkIsListed();
    void escapeLeavesWhatThereIsAndThenGoesOn();
    void whatCameLaterHasItsPlaceInTheTabOrder();
    void aNewBrushStandsBesideTheOthersInTheTabOrder();
    void brushesStayWhenThePointsBecomeOnesOwn();
    void brushesFitBesideOneAnother();
    void theBrushThatPaintsIsSeen();
    void aLongFaultOfAFormulaIsReadWhole();
    void aCircleOfLayersIsCountedOnce();
    void aRefusalIsNotTakenForWaiting();
    void aPlaneThatCannotBeMeasuredSaysWhy();
    void aPauseThatTakesIsSeen();
    void dataInSeveralFilesAreCalledByTheFirst();
    void withoutHiddenLayersThereIsNoActivationToChoose();
    void readersHearTheNamesOfBoxes();
    void theScoreFitsTheDataBeforeTheirPlaneIsKnown();
};

void PlaygroundWordsTest::namesOfInputsHaveTheRoomTheyNeed() {
    QCOMPARE(widthFor({"x₁", "sin x₁"}, 36), 64);
    const QString formula = "x1^2 + sin(x2)*exp(x1)";
    const int one = widthFor({formula}, 16), two = widthFor({formula}, 36);
    QVERIFY2(two > 64 && two < one, qPrintable(QString("%1 %2").arg(two).arg(one)));
    QCOMPARE(widthFor({QString(200, 'x')}, 36), 180);
}

void PlaygroundWordsTest::aFormulaIsReadWhole() {
    const std::string formula = "0.5*x1^2 - 0.5*x2^2";
    Playground playground([&](document::Document& document) { document::addFormula(document, formula); });
    NetworkPicture& picture = playground.picture();
    const int last = static_cast<int>(picture.sight().model().inputs.size()) - 1;
    const QFontMetrics metrics(picture.font());
    QVERIFY(picture.tiles().tile({0, last}).left() > metrics.horizontalAdvance("0.5*x1^2 -"));
    picture.setFocus();
    for (int i = 0; i < last; ++i) QTest::keyClick(&picture, Qt::Key_Down);
    QVERIFY(picture.accessibleDescription().startsWith(QString::fromStdString(formula)));
    const QPoint place = playground.centre({0, last});
    QHelpEvent help(QEvent::ToolTip, place, picture.mapToGlobal(place));
    QCoreApplication::sendEvent(&picture, &help);
    QVERIFY(QToolTip::text().contains(QString::fromStdString(formula)));
}

void PlaygroundWordsTest::aSampleBesideTheSliceIsExplained() {
    Playground playground([](document::Document& document) { choose(document, "iris", 3); });
    const widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    clickPoint(playground, 120);
    QVERIFY2(map.caption().contains("network says"), qPrintable(map.caption()));
    QVERIFY2(map.caption().endsWith("Neurons: this sample\nMap: other columns at their mean"),
             qPrintable(map.caption()));
    const std::vector<float> outputs = playground.picture().sight().outputs();
    QCOMPARE(outputs.size(), std::size_t{3});
    auto* across = named<QComboBox>(*playground.page, "Column shown across");
    emit across->activated((across->setCurrentIndex(0), 0));
    playground.refresh();
    QVERIFY(map.caption().isEmpty());  // another plane: no sample is chosen
    QTest::mouseClick(const_cast<widgets::HeatmapView*>(&map), Qt::LeftButton, {}, map.toPixel({0, 0}).toPoint());
    playground.refresh();
    QVERIFY2(map.caption().endsWith("Map: other components at their mean"), qPrintable(map.caption()));
    QTest::keyClick(playground.page.get(), Qt::Key_Escape);
    QVERIFY(map.caption().isEmpty());
}

void PlaygroundWordsTest::onlyShownPointsAreChosen() {
    Playground playground([](document::Document& document) { choose(document, "iris", 3); });
    const data::Dataset& dataset = playground.rehearsal->trainer().dataset();
    const std::uint32_t test = dataset.parts.test.front();
    static const QRegularExpression note(R"(^Sample (\d+) \((\w+)\): true class (\w+), network says \w+ \(\d+ %\)\n)");
    for (const bool shown : {false, true}) {
        playground.document.setView("show_test", shown);
        clickPoint(playground, test);
        const QString caption = playground.page->outputPanel()->map()->caption();
        const QRegularExpressionMatch said = note.match(caption);
        QVERIFY2(said.hasMatch(), qPrintable(caption));
        QCOMPARE(said.captured(2), QString(shown ? "test" : "training"));
        const auto row = said.captured(1).toUInt() - 1;
        QVERIFY(std::ranges::binary_search(shown ? dataset.parts.test : dataset.parts.train, row));
        QCOMPARE(said.captured(3).toStdString(), dataset.classNames[static_cast<std::size_t>(dataset.labels[row])]);
    }
}

void PlaygroundWordsTest::onThePlaneThereIsNothingToExplain() {
    Playground playground;
    widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    QTest::mouseClick(&map, Qt::LeftButton, {}, map.toPixel({1, 1}).toPoint());
    playground.refresh();
    QVERIFY(playground.picture().sight().activation({1, 0}));
    QVERIFY(map.caption().isEmpty());
}

void PlaygroundWordsTest::problemsHaveAPlace_data() {
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("place");
    QTest::newRow("rate") << "training.optimizer.parameters.learning_rate"
                          << "Learning rate";
    QTest::newRow("optimizer") << "training.optimizer.type"
                               << "Optimizer";
    QTest::newRow("split") << "data.split"
                           << "Train";
    QTest::newRow("order") << "data.split.mode"
                           << "How training and test data are parted";
    QTest::newRow("formula") << "data.features[2]"
                             << "Network";
    QTest::newRow("layer") << "h2"
                           << "layer 2";
    QTest::newRow("entry") << "network.nodes[1].parameters.units"
                           << "layer 1";
    QTest::newRow("output") << "out"
                            << "output";
    QTest::newRow("whole") << ""
                           << "";
    QTest::newRow("not here") << "training.stopping[0]"
                              << "";
    QTest::newRow("file") << "/tmp/x.csv"
                          << "";
    QTest::newRow("hidden") << "data.target"
                            << "";
}

void PlaygroundWordsTest::problemsHaveAPlace() {
    QFETCH(QString, where);
    QFETCH(QString, place);
    Playground playground;
    QCOMPARE(playground.page->placeName(where.toStdString()), place);
}

void PlaygroundWordsTest::thePlaceOfAProblemTakesTheKeyboard() {
    Playground playground;
    playground.page->showPlace("training.loss");
    QCOMPARE(QApplication::focusWidget(), named<QComboBox>(*playground.page, "Loss"));
    playground.page->showPlace("h2");
    QVERIFY(playground.picture().hasFocus());
    QVERIFY((playground.picture().focusedUnit() == UnitRef{2, 0}));
    playground.page->showPlace("nowhere");
    QVERIFY(playground.picture().hasFocus());
}

void PlaygroundWordsTest::everyKeyOfTheNetworkIsListed() {
    Playground playground;
    NetworkPicture& picture = playground.picture();
    const auto prepare = [&] {
        picture.setFocus();
        QVERIFY(picture.focusNode(document::hiddenLayers(playground.document).front()));
    };
    QCOMPARE(tests::unlistedKeys(picture, NetworkPicture::gestures(), prepare), QStringList());
}

void PlaygroundWordsTest::escapeLeavesWhatThereIsAndThenGoesOn() {
    Playground playground;
    NetworkPicture& picture = playground.picture();
    const auto escape = [&] {
        QKeyEvent event(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
        QCoreApplication::sendEvent(&picture, &event);
        return event.isAccepted();
    };
    picture.focusNode(document::hiddenLayers(playground.document).front());
    QTest::keyClick(&picture, Qt::Key_Return);  // stays large
    QTest::keyClick(&picture, Qt::Key_W);
    QVERIFY(escape());
    QVERIFY(!picture.shownLink());
    const QString large = playground.page->outputPanel()->map()->caption();
    QVERIFY(!large.isEmpty());
    QVERIFY(escape());
    QVERIFY(playground.page->outputPanel()->map()->caption().isEmpty());
    QVERIFY(!escape());
}

void PlaygroundWordsTest::whatCameLaterHasItsPlaceInTheTabOrder() {
    Playground playground;
    document::addHiddenLayer(playground.document);
    document::chooseGenerator(playground.document, "spiral");
    verifyTabOrder(*playground.page,
                   {"Samples", "Arms", "Seed of the data", "Network", "Add a neuron to layer 2",
                    "Activation of layer 2", "Remove a neuron from layer 3", "Add a neuron to layer 3",
                    "Activation of layer 3", "Activation of the output", "What the network says over the plane"});
}

void PlaygroundWordsTest::aNewBrushStandsBesideTheOthersInTheTabOrder() {
    Playground playground;
    document::startPoints(playground.document);
    verifyTabOrder(*playground.page, {"Seed of the data", "New data", "Paint points of class 0",
                                      "Paint points of class 1", "Paint points of class 2", "Erase points", "Network"});
}

void PlaygroundWordsTest::brushesStayWhenThePointsBecomeOnesOwn() {
    Playground playground([](document::Document& document) { document::chooseGenerator(document, "spiral"); });
    const auto places = [&] {
        std::map<QString, QPoint> all;
        for (const QToolButton* button : playground.page->findChildren<QToolButton*>())
            if (const QString name = button->accessibleName(); isBrush(name))
                all[name] = button->mapTo(playground.page.get(), QPoint());
        return all;
    };
    QCoreApplication::processEvents();
    const auto before = places();
    QCOMPARE(before.size(), std::size_t(4));
    const auto rest = [&](bool wanted) {
        QCoreApplication::processEvents();  // a new slider is shown then
        for (const char* name : {"Noise", "Samples", "Arms"}) {
            const auto* slider = named<QSlider>(*playground.page, name);
            QVERIFY2(slider && slider->isVisible() && slider->isEnabled() != wanted, name);
        }
    };
    document::startPoints(playground.document);
    rest(true);
    playground.page->grab();
    QVERIFY(places() == before);
    playground.document.undoStack().undo();
    rest(false);
    playground.document.open(playground.document.json(), {}, {});
    rest(false);
}

void PlaygroundWordsTest::brushesFitBesideOneAnother() {
    for (const int arms : {2, 3, 4, 5}) {
        Playground playground([&](document::Document& document) {
            document::chooseGenerator(document, "spiral");
            document::setGeneratorParameter(document, "arms", arms);
        });
        QCoreApplication::processEvents();
        int brushes = 0;
        for (const QToolButton* button : playground.page->findChildren<QToolButton*>()) {
            if (!isBrush(button->accessibleName())) continue;
            ++brushes;
            for (const QWidget* around = button->parentWidget(); around; around = around->parentWidget())
                QVERIFY2(around->rect().contains(QRect(button->mapTo(around, QPoint()), button->size())),
                         around->metaObject()->className());
        }
        QCOMPARE(brushes, arms + 2);
    }
}

void PlaygroundWordsTest::theBrushThatPaintsIsSeen() {
    Playground playground;
    auto* brush = named<QToolButton>(*playground.page, "Paint points of class 1");
    const auto framed = [&] {
        return brush->grab().toImage().pixelColor(brush->width() / 2, 1) ==
               widgets::themed(widgets::ColourRole::Accent);
    };
    QVERIFY(!framed());
    QTest::mouseClick(brush, Qt::LeftButton);
    QVERIFY(framed());
}

void PlaygroundWordsTest::aLongFaultOfAFormulaIsReadWhole() {
    QWidget page;
    page.resize(700, 600);
    FormulaEditor editor(&page);
    page.show();
    std::vector<std::string> columns;
    for (int i = 0; i < 64; ++i) columns.push_back("a_column_" + std::to_string(i));
    editor.open(columns, {10, 590});
    QTest::keyClicks(editor.field(), "nothing + 1");
    QVERIFY(editor.message().contains("nothing"));
    for (const QLabel* label : editor.findChildren<QLabel*>())
        QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
    QVERIFY(page.rect().contains(editor.geometry()));
}

void PlaygroundWordsTest::aCircleOfLayersIsCountedOnce() {
    Playground playground;
    playground.document.edit(QStringLiteral("circle"), [](base::Json& project) {
        project["network"]["nodes"][1]["inputs"] = base::Json::array({"h2"});
    });
    QCOMPARE(playground.picture().sight().model().hiddenLayers(), 2);
    QStringList labels;
    for (const QLabel* label : playground.page->networkPanel()->findChildren<QLabel*>()) labels << label->text();
    QVERIFY2(labels.contains("2 hidden layers"), qPrintable(labels.join(", ")));
}

void PlaygroundWordsTest::aRefusalIsNotTakenForWaiting() {
    Playground playground;
    const auto* play = named<QPushButton>(*playground.page, "Play");
    const widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    document::chooseGenerator(playground.document, "spiral");
    playground.page->showRefusal({{"data.path", base::Severity::Error, "gone.csv is not there.", "Choose another."}});
    QCOMPARE(map.caption(), QString("Nothing to show"));
    QVERIFY2(play->toolTip().contains("gone.csv is not there. Choose another."), qPrintable(play->toolTip()));
    playground.page->awaitData();
    QCOMPARE(map.caption(), QString("Loading…"));
    QVERIFY2(play->toolTip().contains("being read"), qPrintable(play->toolTip()));
    QVERIFY(!play->isEnabled());
}

// Wider than a plane can be, after data that had one.
void PlaygroundWordsTest::aPlaneThatCannotBeMeasuredSaysWhy() {
    Playground playground([](document::Document& document) { choose(document, "iris", 3); });
    const widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    const auto* across = named<QComboBox>(*playground.page, "Column shown across");
    const auto* classes = named<widgets::ClassLegend>(*playground.page, "Points on the map");
    const int tall = classes->heightForWidth(60);
    QVERIFY(across->isVisible() && map.valueAt({6, 3}));
    playground.document.edit("images", [](base::Json& project) {
        project["data"] = {{"source", "generator"},
                           {"id", "shapes"},
                           {"seed", "1"},
                           {"parameters", {{"samples", 20}, {"size", 64}, {"colour", "rgb"}, {"classes", 3}}}};
        base::Json& nodes = project["network"]["nodes"];
        nodes[1]["inputs"] = {"flat"};
        nodes.insert(nodes.begin() + 1, base::Json{{"id", "flat"}, {"type", "flatten"}, {"inputs", {"in"}}});
    });
    playground.rehearsal->open();
    playground.page->showSnapshot(playground.rehearsal->snapshot({}));
    QCOMPARE(map.caption(), QString("Loading…"));
    for (int tick = 0; tick < 2; ++tick) {
        playground.refresh();
        QVERIFY2(map.caption().startsWith("The data has 12288 columns, and the map of a plane can have 4096 at most."),
                 qPrintable(map.caption()));
        QVERIFY(!map.valueAt({6, 3}));
        QVERIFY(!across->isVisible());
        QVERIFY(classes->heightForWidth(60) < tall);  // no names of classes
    }
    choose(playground.document, "iris", 3);
    playground.rehearsal->open();
    playground.refresh();
    playground.refresh();  // now with what is measured for such data
    QVERIFY2(map.caption().isEmpty(), qPrintable(map.caption()));
    QVERIFY(across->isVisible() && map.valueAt({6, 3}));
}

void PlaygroundWordsTest::withoutHiddenLayersThereIsNoActivationToChoose() {
    Playground playground;
    const auto* activation = named<QComboBox>(*playground.page, "Activation");
    QVERIFY(activation->isEnabled());
    while (playground.document.spec().network.nodes.size() > 2) document::removeHiddenLayer(playground.document);
    QVERIFY(!activation->isEnabled());
    QCOMPARE(activation->placeholderText(), QString("none"));
    QCOMPARE(activation->currentIndex(), -1);
}

// A box is called by its label; Qt tells its choice where others tell the name.
void PlaygroundWordsTest::readersHearTheNamesOfBoxes() {
    Playground playground;
    for (QComboBox* box : playground.page->findChildren<QComboBox*>()) {
        if (!box->isVisible()) continue;
        QAccessibleInterface* reader = QAccessible::queryAccessibleInterface(box);
        QVERIFY2(!reader->relations(QAccessible::Label).empty(), qPrintable(box->accessibleName()));
        if (box->lineEdit()) QCOMPARE(box->lineEdit()->accessibleName(), box->accessibleName());
    }
}

void PlaygroundWordsTest::theScoreFitsTheDataBeforeTheirPlaneIsKnown() {
    Playground plane([](document::Document& document) { document::chooseGenerator(document, "plane"); });
    const Playground iris([](document::Document& document) { choose(document, "iris", 3); });
    const auto scores = [&] {
        QStringList names;
        for (const QLabel* label : plane.page->outputPanel()->scores()->findChildren<QLabel*>())
            if (label->isVisible()) names << label->text();
        return names;
    };
    QVERIFY2(scores().contains("R²"), qPrintable(scores().join(", ")));
    plane.page->showSnapshot(iris.rehearsal->snapshot({}));
    QVERIFY2(scores().contains("Accuracy"), qPrintable(scores().join(", ")));
}

void PlaygroundWordsTest::dataInSeveralFilesAreCalledByTheFirst() {
    Playground playground;
    const auto titled = [&](const base::Json& data) {
        playground.document.edit("files", [&](base::Json& project) { project["data"] = data; });
        QStringList texts;
        for (const QLabel* label : playground.page->dataPanel()->findChildren<QLabel*>()) texts << label->text();
        return texts;
    };
    QVERIFY(titled({{"source", "file"}, {"path", "sub/a.csv"}}).contains("a.csv"));
    QVERIFY(titled({{"source", "file"}, {"paths", {"sub/a.csv", "b.csv", "c.csv"}}}).contains("a.csv +2"));
    const base::Json parts{{"train", {"x.csv"}}, {"test", {"y.csv"}}};
    QVERIFY(titled({{"source", "file"}, {"split", {{"mode", "files"}, {"paths", parts}}}}).contains("x.csv +1"));
}

void PlaygroundWordsTest::aPauseThatTakesIsSeen() {
    Playground playground;
    const auto* play = named<QPushButton>(*playground.page, "Play");
    playground.rehearsal->setState(training::RunState::Running);
    playground.refresh();
    playground.page->toolbar()->showPausing();
    QCOMPARE(play->text(), QString("Pausing…"));
    QVERIFY(play->isEnabled());
    playground.refresh();  // of a batch that was in work
    QCOMPARE(play->text(), QString("Pausing…"));
    playground.rehearsal->setState(training::RunState::Paused);
    playground.refresh();
    QCOMPARE(play->text(), QString("Play"));
}

}  // namespace perceptory::views

QTEST_MAIN(perceptory::views::PlaygroundWordsTest)
#include "PlaygroundWordsTest.moc"
