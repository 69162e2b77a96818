// The Playground by mouse and keyboard: every wish becomes a command, every number comes from a snapshot.

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <limits>

#include "tests/ui/views/Playground.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/views/PlaygroundPage.h"
#include "ui/views/playground/DataPanel.h"
#include "ui/views/playground/DataTile.h"
#include "ui/views/playground/FormulaEditor.h"
#include "ui/views/playground/LossCurves.h"
#include "ui/views/playground/NetworkPanel.h"
#include "ui/views/playground/OutputPanel.h"
#include "ui/views/playground/Toolbar.h"
#include "ui/views/playground/WeightEditor.h"

namespace perceptory::views {

using tests::middleOfLink;
using tests::named;
using tests::Playground;
using tests::pointAt;
using tests::Rehearsal;

class PlaygroundTest : public QObject {
    Q_OBJECT

private slots:
    void aThumbnailChoosesItsGenerator();
    void addingALayerIsOneUndoStep();
    void columnHeadsChangeNeuronsAndActivation();
    void hoveringALinkTellsItsWeight();
    void clickingALinkSetsItsWeight();
    void aBiasIsSetLikeAWeight();
    void hoveringANeuronShowsItsMapLarge();
    void inputsAreSwitchedByClick();
    void theLastInputStays();
    void arrowsWalkTheNeurons();
    void keysEditLayersAndWeights();
    void aStrokeIsOneUndoStep();
    void theRightButtonErases();
    void clickingAPlaceShowsItsForwardPass();
    void aWrongFormulaIsNamedAtItsCharacter();
    void aFormulaBecomesAnInput();
    void fitsASmallLaptop();
    void manyNeuronsAreFolded();
    void aTableShowsItsColumns();
    void everyControlHasAName();
    void numbersThatAreNotFiniteAreShown();
    void aSnapshotOfAnotherNetworkIsNoTrouble();
    void transportAsksTheTraining();
    void asksForNothingWhileHidden();
    void epochsHaveSixDigits();
    void theSplitFollowsTheRowsWhenAsked();
    void theScoreIsThatOfTheTask();
    void otherDataLeaveNoOldNumbers();
    void quickDataDoNotFlicker();
    void playSaysWhyItCannot();
    void outputsAreNamedAfterTheirClasses();
};

void PlaygroundTest::aThumbnailChoosesItsGenerator() {
    Playground playground;
    auto* spiral = named<DataTile>(*playground.page, QStringLiteral("Spiral"));
    QVERIFY(spiral);
    QTest::mouseClick(spiral, Qt::LeftButton);
    QCOMPARE(playground.document.spec().data.id, "spiral");
    QVERIFY(spiral->isChecked());
    QVERIFY(!named<DataTile>(*playground.page, QStringLiteral("Circle"))->isChecked());
    QCOMPARE(playground.document.undoStack().count(), 1);
}

void PlaygroundTest::addingALayerIsOneUndoStep() {
    Playground playground;
    const std::size_t before = document::hiddenLayers(playground.document).size();
    auto* more = named<QToolButton>(*playground.page, QStringLiteral("Add a hidden layer"));
    QVERIFY(more);
    QTest::mouseClick(more, Qt::LeftButton);
    QCOMPARE(document::hiddenLayers(playground.document).size(), before + 1);
    QCOMPARE(playground.document.undoStack().count(), 1);
    QCOMPARE(playground.picture().sight().model().hiddenLayers(), static_cast<int>(before + 1));
    playground.document.undoStack().undo();
    QCOMPARE(document::hiddenLayers(playground.document).size(), before);
    QCOMPARE(playground.picture().sight().model().hiddenLayers(), static_cast<int>(before));
}

void PlaygroundTest::columnHeadsChangeNeuronsAndActivation() {
    Playground playground;
    const std::string first = document::hiddenLayers(playground.document).front();
    const int before = document::unitsOf(playground.document, first);
    QTest::mouseClick(named<QToolButton>(*playground.page, QStringLiteral("Add a neuron to layer 1")), Qt::LeftButton);
    QCOMPARE(document::unitsOf(playground.document, first), before + 1);
    auto* activation = named<QComboBox>(*playground.page, QStringLiteral("Activation of layer 1"));
    QVERIFY(activation);
    activation->setFocus();
    const int relu = activation->findData(QStringLiteral("relu"));
    activation->setCurrentIndex(relu);
    emit activation->activated(relu);
    QCOMPARE(document::activationOf(playground.document, first), "relu");
}

void PlaygroundTest::hoveringALinkTellsItsWeight() {
    Playground playground;
    NetworkPicture& picture = playground.picture();
    pointAt(picture, middleOfLink(picture, {1, 3}, {2, 1}));
    QVERIFY(picture.shownLink());
    const LinkRef link = *picture.shownLink();
    QVERIFY(!link.isBias());
    const float before = *picture.sight().value(link);
    playground.rehearsal->train(5);
    playground.refresh();
    QVERIFY(picture.shownLink() == link);  // it stays, and tells what is true now
    QVERIFY(*picture.sight().value(link) != before);
}

void PlaygroundTest::clickingALinkSetsItsWeight() {
    Playground playground;
    NetworkPicture& picture = playground.picture();
    QSignalSpy spy(&playground.document, &document::Document::weightSet);
    const QPoint place = middleOfLink(picture, {1, 3}, {2, 1});
    pointAt(picture, place);
    const auto [parameter, index] = picture.sight().address(*picture.shownLink());
    const auto before = static_cast<double>(*picture.sight().value(*picture.shownLink()));
    QTest::mouseClick(&picture, Qt::LeftButton, {}, place);
    auto* editor = picture.findChild<WeightEditor*>();
    editor->field()->setText(QStringLiteral("-1,25"));
    QTest::keyClick(editor->field(), Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toString(), QString::fromStdString(parameter));
    QCOMPARE(spy[0][1].toLongLong(), index);
    QCOMPARE(spy[0][2].toDouble(), -1.25);
    QCOMPARE(playground.document.undoStack().count(), 1);
    playground.document.undoStack().undo();
    QCOMPARE(spy[1][0], spy[0][0]);
    QCOMPARE(spy[1][1], spy[0][1]);
    QCOMPARE(spy[1][2].toDouble(), before);
}

void PlaygroundTest::aBiasIsSetLikeAWeight() {
    Playground playground;
    NetworkPicture& picture = playground.picture();
    QSignalSpy spy(&playground.document, &document::Document::weightSet);
    QTest::mouseClick(&picture, Qt::LeftButton, {}, picture.tiles().biasRect({1, 2}).center());
    auto* editor = picture.findChild<WeightEditor*>();
    editor->field()->setText(QStringLiteral("0.5"));
    QTest::keyClick(editor->field(), Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QVERIFY(spy[0][0].toString().endsWith(QStringLiteral(".bias")));
    QCOMPARE(spy[0][1].toLongLong(), 2);
}

void PlaygroundTest::hoveringANeuronShowsItsMapLarge() {
    Playground playground;
    widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    const std::optional<float> output = map.valueAt({1, 2});
    QVERIFY(output);
    pointAt(playground.picture(), playground.centre({1, 0}));
    const UnitMap unit = playground.picture().sight().map({1, 0});
    QVERIFY(unit.grid.valid());
    const std::optional<float> shown = map.valueAt({1, 2});
    QVERIFY(shown);
    QVERIFY(*shown != *output);
    pointAt(playground.picture(), QPoint(playground.picture().width() - 3, playground.picture().height() - 3));
    QCOMPARE(*map.valueAt({1, 2}), *output);
}

void PlaygroundTest::inputsAreSwitchedByClick() {
    Playground playground;
    const auto& inputs = playground.picture().sight().model().inputs;
    const auto tile = std::ranges::find_if(inputs, [](const InputTile& input) { return input.id == "x1_squared"; });
    const int place = static_cast<int>(tile - inputs.begin());
    QVERIFY(!document::hasFeature(playground.document, "x1_squared"));
    QTest::mouseClick(&playground.picture(), Qt::LeftButton, {}, playground.centre({0, place}));
    QVERIFY(document::hasFeature(playground.document, "x1_squared"));
    QTest::mouseClick(&playground.picture(), Qt::LeftButton, {}, playground.centre({0, place}));
    QVERIFY(!document::hasFeature(playground.document, "x1_squared"));
}

void PlaygroundTest::theLastInputStays() {
    Playground playground;
    QSignalSpy refused(playground.page.get(), &PlaygroundPage::refused);
    QTest::mouseClick(&playground.picture(), Qt::LeftButton, {}, playground.centre({0, 0}));
    QVERIFY(!document::hasFeature(playground.document, "x1"));
    QTest::mouseClick(&playground.picture(), Qt::LeftButton, {}, playground.centre({0, 1}));
    QVERIFY(document::hasFeature(playground.document, "x2"));
    QCOMPARE(refused.count(), 1);
}

void PlaygroundTest::arrowsWalkTheNeurons() {
    Playground playground;
    NetworkPicture& picture = playground.picture();
    picture.setFocus();
    QVERIFY(picture.hasFocus());
    QVERIFY((picture.focusedUnit() == UnitRef{0, 0}));
    QTest::keyClick(&picture, Qt::Key_Right);
    QCOMPARE(picture.focusedUnit()->column, 1);
    const int unit = picture.focusedUnit()->unit;
    QTest::keyClick(&picture, Qt::Key_Down);
    QCOMPARE(picture.focusedUnit()->unit, unit + 1);
    QVERIFY(picture.accessibleDescription().contains(QStringLiteral("layer 1, neuron %1").arg(unit + 2)));
    for (int i = 0; i < 20; ++i) QTest::keyClick(&picture, Qt::Key_Right);
    QCOMPARE(picture.focusedUnit()->column, static_cast<int>(picture.sight().model().columns.size()) - 1);
    for (int i = 0; i < 20; ++i) QTest::keyClick(&picture, Qt::Key_Left);
    QCOMPARE(picture.focusedUnit()->column, 0);
}

void PlaygroundTest::keysEditLayersAndWeights() {
    Playground playground;
    NetworkPicture& picture = playground.picture();
    const std::string first = document::hiddenLayers(playground.document).front();
    const int before = document::unitsOf(playground.document, first);
    picture.setFocus();
    QTest::keyClick(&picture, Qt::Key_Right);
    QTest::keyClick(&picture, Qt::Key_Plus);
    QCOMPARE(document::unitsOf(playground.document, first), before + 1);
    QTest::keyClick(&picture, Qt::Key_Minus);
    QCOMPARE(document::unitsOf(playground.document, first), before);
    QSignalSpy spy(&playground.document, &document::Document::weightSet);
    QTest::keyClick(&picture, Qt::Key_W);
    QVERIFY(picture.shownLink() && !picture.shownLink()->isBias());
    QTest::keyClick(&picture, Qt::Key_Return);
    auto* editor = picture.findChild<WeightEditor*>();
    QVERIFY(editor->isVisible());
    QTest::keyClick(editor->field(), Qt::Key_Return);
    QCOMPARE(spy.count(), 0);  // nothing was typed
    QTest::keyClick(&picture, Qt::Key_B);
    QVERIFY(picture.shownLink() && picture.shownLink()->isBias());
}

void PlaygroundTest::aStrokeIsOneUndoStep() {
    Playground playground;
    auto* brush = named<QToolButton>(*playground.page, QStringLiteral("Paint points of class 1"));
    QVERIFY(brush);
    const base::Json before = playground.document.json();
    QTest::mouseClick(brush, Qt::LeftButton);
    widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    const auto at = [&](double x, double y) { return map.toPixel({x, y}).toPoint(); };
    QTest::mousePress(&map, Qt::LeftButton, {}, at(-2, 0));
    for (double x = -2; x <= 2; x += 0.5) QTest::mouseMove(&map, at(x, 0));
    QTest::mouseRelease(&map, Qt::LeftButton, {}, at(2, 0));
    QVERIFY(document::hasPoints(playground.document));
    QVERIFY(playground.document.spec().data.points.size() > 500);
    QCOMPARE(playground.document.spec().data.points.back().label, "1");
    QCOMPARE(playground.document.undoStack().count(), 1);
    playground.document.undoStack().undo();
    QVERIFY(playground.document.json()["data"] == before["data"]);
}

void PlaygroundTest::theRightButtonErases() {
    Playground playground([](document::Document& document) { document::startPoints(document); });
    QTest::mouseClick(named<QToolButton>(*playground.page, QStringLiteral("Paint points of class 0")), Qt::LeftButton);
    const std::size_t before = playground.document.spec().data.points.size();
    const data::PointSpec point = playground.document.spec().data.points.front();
    widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    const QPoint place = map.toPixel({static_cast<double>(point.x), static_cast<double>(point.y)}).toPoint();
    QTest::mouseClick(&map, Qt::RightButton, {}, place);
    QVERIFY(playground.document.spec().data.points.size() < before);
}

void PlaygroundTest::clickingAPlaceShowsItsForwardPass() {
    Playground playground;
    QSignalSpy wanted(playground.page.get(), &PlaygroundPage::wantedChanged);
    widgets::HeatmapView& map = *playground.page->outputPanel()->map();
    QTest::mouseClick(&map, Qt::LeftButton, {}, map.toPixel({2, 1}).toPoint());
    QVERIFY(wanted.count() >= 1);
    QCOMPARE(playground.page->wanted().size(), std::size_t{3});
    playground.refresh();
    const NetworkSight& sight = playground.picture().sight();
    const std::optional<float> neuron = sight.activation({1, 0});
    QVERIFY(neuron);
    QVERIFY(std::abs(*neuron) <= 1);  // tanh
    // The map of the same neuron says about the same at that place.
    const UnitMap unit = sight.map({1, 0});
    const int column = static_cast<int>((2.0 + 6) / 12 * unit.grid.width);
    const int row = static_cast<int>((6 - 1.0) / 12 * unit.grid.height);
    QVERIFY(std::abs(unit.grid.at(column, row) - *neuron) < 0.2f);
    QTest::keyClick(playground.page.get(), Qt::Key_Escape);
    QCOMPARE(playground.page->wanted().size(), std::size_t{2});
}

void PlaygroundTest::aWrongFormulaIsNamedAtItsCharacter() {
    Playground playground;
    QTest::mouseClick(named<QPushButton>(*playground.page, QStringLiteral("Add a feature of your own")),
                      Qt::LeftButton);
    auto* editor = playground.page->findChild<FormulaEditor*>();
    QVERIFY(editor->isVisible());
    QTest::keyClicks(editor->field(), QStringLiteral("x1 + $"));
    QVERIFY2(editor->message().contains(QStringLiteral("character 6")), qPrintable(editor->message()));
    QTest::keyClick(editor->field(), Qt::Key_Return);
    QCOMPARE(playground.document.undoStack().count(), 0);
    QVERIFY(editor->isVisible());
}

void PlaygroundTest::aFormulaBecomesAnInput() {
    Playground playground;
    QTest::mouseClick(named<QPushButton>(*playground.page, QStringLiteral("Add a feature of your own")),
                      Qt::LeftButton);
    auto* editor = playground.page->findChild<FormulaEditor*>();
    QTest::keyClicks(editor->field(), QStringLiteral("x1^2 + x2^2"));
    QTest::keyClick(editor->field(), Qt::Key_Return);
    const auto& inputs = playground.picture().sight().model().inputs;
    QCOMPARE(inputs.back().formula, "x1^2 + x2^2");
    QCOMPARE(inputs.back().unit, 2);
    QVERIFY(playground.picture().sight().map({0, static_cast<int>(inputs.size()) - 1}).grid.valid());
    QTest::mouseClick(&playground.picture(), Qt::LeftButton, {},
                      playground.centre({0, static_cast<int>(inputs.size()) - 1}));
    QVERIFY(playground.picture().sight().model().inputs.back().formula.empty());
}

void PlaygroundTest::fitsASmallLaptop() {
    Playground playground;
    const QSize least = playground.page->minimumSizeHint();
    QVERIFY2(least.width() <= 1024 && least.height() <= 560,
             qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
}

void PlaygroundTest::manyNeuronsAreFolded() {
    Playground playground([](document::Document& document) {
        while (document::hiddenLayers(document).size() < 10) document::addHiddenLayer(document);
        for (const std::string& layer : document::hiddenLayers(document)) document::setUnits(document, layer, 20);
    });
    NetworkPicture& picture = playground.picture();
    const QRect room = picture.rect();
    for (const ColumnLayout& column : picture.tiles().columns()) {
        QVERIFY(!column.tiles.empty());
        for (const QRect& tile : column.tiles) QVERIFY(room.contains(tile));
        const auto units = picture.sight().model().columns[static_cast<std::size_t>(column.column)].units;
        QCOMPARE(static_cast<int>(column.tiles.size()) + column.folded, units);
    }
    playground.page->resize(1024, 560);
    playground.refresh();
    // The last neuron of a folded column is reached by walking.
    document::setUnits(playground.document, document::hiddenLayers(playground.document).front(), 60);
    picture.setFocus();
    QTest::keyClick(&picture, Qt::Key_Right);
    for (int i = 0; i < 60; ++i) QTest::keyClick(&picture, Qt::Key_Down);
    QVERIFY((picture.focusedUnit() == UnitRef{1, 59}));
    QVERIFY(!picture.tiles().tile({1, 59}).isEmpty());
}

void PlaygroundTest::aTableShowsItsColumns() {
    document::Document document;
    document.newDocument();
    document.edit(QStringLiteral("iris"), [](base::Json& project) {
        project["data"] = {
            {"source", "dataset"}, {"id", "iris"}, {"seed", "1"}, {"preprocessing", {{{"type", "standardize"}}}}};
        project["network"]["nodes"].back()["parameters"] = {{"units", 3}, {"activation", "linear"}};
        project["training"]["loss"] = "softmax_cross_entropy";
    });
    PlaygroundPage page(document);
    page.resize(1366, 690);
    page.show();
    Rehearsal rehearsal(document);
    rehearsal.train(5);
    // The plane comes with what the worker measured; from many columns it would take too long here.
    page.showSnapshot(rehearsal.snapshot({}));
    QVERIFY(!page.networkPanel()->picture()->sight().map({0, 0}).grid.valid());
    page.showSnapshot(rehearsal.snapshot(page.wanted()));
    page.grab();
    const NetworkModel& model = page.networkPanel()->picture()->sight().model();
    QCOMPARE(model.inputs.size(), std::size_t{4});
    QCOMPARE(model.columns.back().units, 3);
    QVERIFY(page.networkPanel()->picture()->sight().map({0, 0}).grid.valid());
    auto* across = named<QComboBox>(page, QStringLiteral("Column shown across"));
    QVERIFY(across->isVisible());
    QCOMPARE(across->count(), 5);
    emit across->activated((across->setCurrentIndex(0), 0));
    QVERIFY(document.json()["view"]["plane"]["axes"] == "components");
    page.showSnapshot(rehearsal.snapshot(page.wanted()));
    QVERIFY(page.outputPanel()->map()->valueAt({0, 0}));
    page.resize(1024, 560);
    QCoreApplication::processEvents();
    QVERIFY(across->width() > 32 + across->fontMetrics().horizontalAdvance(across->currentText()));
}

void PlaygroundTest::everyControlHasAName() {
    Playground playground;
    for (const QWidget* widget : playground.page->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() || widget->isWindow()) continue;
        if (widget->inherits("QLineEdit") && widget->parentWidget()->inherits("QComboBox")) continue;
        if (widget->inherits("QScrollArea") || widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
        const QWidget* window = widget->window();
        if (window != playground.page.get()) continue;
        QVERIFY2(
            !widget->accessibleName().isEmpty(),
            qPrintable(QStringLiteral("%1 in %2")
                           .arg(widget->metaObject()->className(), widget->parentWidget()->metaObject()->className())));
    }
}

void PlaygroundTest::numbersThatAreNotFiniteAreShown() {
    Playground playground;
    auto snapshot = playground.rehearsal->snapshot(playground.page->wanted());
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (float& weight : snapshot->weights) weight = nan;
    for (auto& [key, result] : snapshot->probes) {
        auto broken = std::make_shared<training::ProbeResult>(*result);
        for (float& value : broken->values) value = nan;
        result = broken;
    }
    snapshot->train.loss = snapshot->test.loss = std::numeric_limits<double>::infinity();
    snapshot->state = training::RunState::Diverged;
    playground.page->showSnapshot(snapshot);
    QVERIFY(!playground.page->grab().isNull());
}

void PlaygroundTest::aSnapshotOfAnotherNetworkIsNoTrouble() {
    Playground playground;
    const auto old = playground.rehearsal->snapshot(playground.page->wanted());
    document::setUnits(playground.document, document::hiddenLayers(playground.document).front(), 7);
    document::chooseGenerator(playground.document, "rings");
    playground.page->showSnapshot(old);
    playground.page->grab();
    QVERIFY(!playground.picture().sight().value({0, 0, 0}));  // 4 neurons' weights are not 7 neurons'
    playground.rehearsal->open();
    playground.refresh();
    QVERIFY(playground.picture().sight().value({0, 0, 0}));
}

void PlaygroundTest::transportAsksTheTraining() {
    Playground playground;
    PlaygroundPage& page = *playground.page;
    QSignalSpy play(&page, &PlaygroundPage::playRequested), pause(&page, &PlaygroundPage::pauseRequested);
    QSignalSpy reset(&page, &PlaygroundPage::resetRequested), batch(&page, &PlaygroundPage::stepBatchRequested);
    QTest::mouseClick(named<QPushButton>(page, QStringLiteral("Play")), Qt::LeftButton);
    QCOMPARE(play.count(), 1);
    playground.rehearsal->setState(training::RunState::Running);
    playground.refresh();
    QTest::mouseClick(named<QPushButton>(page, QStringLiteral("Pause")), Qt::LeftButton);
    QCOMPARE(pause.count(), 1);
    QTest::mouseClick(named<QToolButton>(page, QStringLiteral("Step one batch")), Qt::LeftButton);
    QTest::mouseClick(named<QToolButton>(page, QStringLiteral("Reset")), Qt::LeftButton);
    QCOMPARE(batch.count(), 1);
    QCOMPARE(reset.count(), 1);
}

void PlaygroundTest::asksForNothingWhileHidden() {
    Playground playground;
    QVERIFY(!playground.page->wanted().empty());
    QSignalSpy wanted(playground.page.get(), &PlaygroundPage::wantedChanged);
    playground.page->hide();
    QCOMPARE(wanted.count(), 1);
    QVERIFY(playground.page->wanted().empty());
}

void PlaygroundTest::epochsHaveSixDigits() {
    QLocale::setDefault(QLocale::c());
    QCOMPARE(epochText(124), QStringLiteral("000") + QLocale().groupSeparator() + QStringLiteral("124"));
    QCOMPARE(epochText(1234567).remove(QLocale().groupSeparator()), QStringLiteral("1234567"));
}

void PlaygroundTest::theSplitFollowsTheRowsWhenAsked() {
    Playground playground;
    auto* split = named<QComboBox>(*playground.page, QStringLiteral("How training and test data are parted"));
    QVERIFY(split->isVisible());
    split->setCurrentIndex(1);
    emit split->activated(1);
    QCOMPARE(playground.document.spec().data.split.mode, std::string("ordered"));
    playground.rehearsal->open();
    const auto& train = playground.rehearsal->trainer().dataset().parts.train;
    QCOMPARE(train.back(), static_cast<std::uint32_t>(train.size() - 1));
    playground.document.undoStack().undo();
    QCOMPARE(split->currentIndex(), 0);
}

void PlaygroundTest::theScoreIsThatOfTheTask() {
    Playground playground;
    PlaygroundPage& page = *playground.page;
    LossCurves& curves = *page.outputPanel()->curves();
    QVERIFY(named<QLabel>(page, QStringLiteral("Accuracy, test"))->text().endsWith(QStringLiteral(" %")));
    QCOMPARE(curves.scorePlot()->csv().count('\n'), 1 + 2 * 4);  // a head; two curves from the start on
    document::setTask(playground.document, data::Task::Regression);
    playground.rehearsal->open();
    playground.rehearsal->train(2);
    playground.refresh();
    QCOMPARE(curves.findChild<QTabBar*>()->tabText(1), QStringLiteral("R²"));
    QCOMPARE(
        named<QLabel>(page, QStringLiteral("R², test"))->text(),
        QString::number(playground.rehearsal->snapshot({})->test.metrics.at("r2"), 'f', 3).replace('-', QChar(0x2212)));
    QCOMPARE(curves.scorePlot()->csv().count('\n'), 1 + 2 * 3);
}

void PlaygroundTest::otherDataLeaveNoOldNumbers() {
    Playground playground;
    PlaygroundPage& page = *playground.page;
    auto* loss = named<QLabel>(page, QStringLiteral("Training loss"));
    QVERIFY(loss->text() != QStringLiteral("–"));
    QVERIFY(page.outputPanel()->map()->valueAt({0, 0}));
    const auto old = playground.rehearsal->snapshot(page.wanted());
    document::chooseGenerator(playground.document, "spiral");
    QTRY_COMPARE(loss->text(), QStringLiteral("–"));
    QVERIFY(!page.outputPanel()->map()->valueAt({0, 0}));
    page.showSnapshot(old);  // the worker had not heard of it yet
    page.showLog(playground.rehearsal->log());
    QCOMPARE(loss->text(), QStringLiteral("–"));
    QVERIFY(!named<QPushButton>(page, QStringLiteral("Play"))->isEnabled());
    playground.rehearsal->open();
    playground.refresh();
    QVERIFY(loss->text() != QStringLiteral("–"));
    QVERIFY(named<QPushButton>(page, QStringLiteral("Play"))->isEnabled());
    QVERIFY(page.outputPanel()->map()->valueAt({0, 0}));
}

void PlaygroundTest::quickDataDoNotFlicker() {
    Playground playground;
    auto* loss = named<QLabel>(*playground.page, QStringLiteral("Training loss"));
    const QString before = loss->text();
    document::chooseGenerator(playground.document, "spiral");
    QCOMPARE(loss->text(), before);
    document::setNoise(playground.document, 0.3);
    playground.rehearsal->open();
    playground.refresh();
    QTest::qWait(250);
    QVERIFY(loss->text() != QStringLiteral("–"));
}

void PlaygroundTest::playSaysWhyItCannot() {
    Playground playground;
    auto* play = named<QPushButton>(*playground.page, QStringLiteral("Play"));
    const auto ground = [&] { return play->grab().toImage().pixelColor(6, 6); };
    const QColor ready = ground();
    playground.page->showRefusal({{"data.path", base::Severity::Error, "gone.csv is not there.", "Choose another."}});
    auto empty = std::make_shared<training::Snapshot>();
    empty->revision = playground.document.revision();
    playground.page->showSnapshot(empty);
    QVERIFY(!play->isEnabled());
    QVERIFY2(play->toolTip().contains("gone.csv is not there. Choose another."), qPrintable(play->toolTip()));
    QVERIFY(ground() != ready);
    playground.refresh();
    QVERIFY(play->isEnabled() && ground() == ready);
    QVERIFY(!play->toolTip().contains("gone.csv"));
}

void PlaygroundTest::outputsAreNamedAfterTheirClasses() {
    Playground playground([](document::Document& document) { document::chooseGenerator(document, "rings"); });
    const NetworkModel& model = playground.picture().sight().model();
    const int last = static_cast<int>(model.columns.size()) - 1;
    QCOMPARE(model.columns.back().units, static_cast<int>(model.classNames.size()));
    const QRect tile = playground.picture().tiles().tile({last, 0});
    QImage picture = playground.picture().grab().toImage();
    QSet<QRgb> colours;
    for (int x = tile.right() + 6; x < std::min(tile.right() + 30, picture.width()); ++x)
        for (int y = tile.top(); y < tile.bottom(); ++y) colours.insert(picture.pixel(x, y));
    QVERIFY(colours.size() > 1);
}

}  // namespace perceptory::views

QTEST_MAIN(perceptory::views::PlaygroundTest)
#include "PlaygroundTest.moc"
