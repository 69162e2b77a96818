// The canvas as it is used: layers by keys, by drops and by the mouse; wires; what is refused and why.

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/canvas/Desk.h"
#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/LayerPalette.h"
#include "ui/canvas/NetworkSketch.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/Outline.h"
#include "ui/canvas/OverviewMap.h"
#include "ui/canvas/QuickAdd.h"
#include "ui/canvas/WireItem.h"
#include "ui/widgets/Theme.h"

using namespace perceptory;
using namespace perceptory::canvas;
using namespace perceptory::tests;
using base::Json;

class CanvasTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void showsShapesAndParameters();
    void aWireThatDoesNotFitSaysWhy();
    void layersComeBehindTheChosenOneByTheirName();
    void aDropOnAWirePutsTheLayerThere();
    void aWireIsMetFromAfar();
    void aDropOnALayerAppendsBehindIt();
    void aDropBesideThemStandsAlone();
    void aWireIsDrawnFromOutputToInput();
    void aWireIntoNothingAsksForALayer();
    void aWireIsTakenAway();
    void aClickOnTheMarkFreezesAndThaws();
    void aCircleIsRefusedWithItsReason();
    void aLooseLayerIsPutOnAWireByDragging();
    void movingKeepsAllPlacesInOneStep();
    void deletingLeavesAGapOrClosesIt();
    void copiesGoThroughTheClipboardAsText();
    void arrowsWalkAlongTheWires();
    void connectingByKeys();
    void thePaletteFindsSynonyms();
    void whatFitsComesFirst();
    void theOutlineDoesWhatTheCanvasDoes();
    void layersOfAChainChangePlaces();
    void neighboursMoveAside();
    void lossesFollowTheEndOfTheChain();
    void placesBeyondTheCanvasAreNone();
    void theOverviewComesWithManyLayers();
    void layersOfOneNameLeaveNoneBehind();
    void aClickEndsConnectingByKeys();
    void aWireIsTakenAwayByKeys();
    void aNamedOutputIsConnectedByKeys();
    void turningIsOneStep();
    void movesOfDifferentLayersAreTheirOwnSteps();
    void anyCountOfAForeignEntry();
    void aSketchShowsLayersThatLearn();
};

void CanvasTest::initTestCase() { widgets::Theme::apply(*qApp, widgets::Theme::Mode::Light); }

void CanvasTest::showsShapesAndParameters() {
    const Desk desk;
    const GraphSight& sight = desk.scene->sight();
    QCOMPARE(sight.nodes[1].kind, QStringLiteral("Convolution 2D"));
    QCOMPARE(sight.nodes[1].facts, QStringLiteral("4 · 3×3"));
    QCOMPARE(sight.nodes[1].parameters, QStringLiteral("40 parameters"));
    QCOMPARE(sight.wires[0].shape, QStringLiteral("8×8×1"));
    QCOMPARE(sight.wires[1].shape, QStringLiteral("6×6×4"));
    QVERIFY(sight.wires[2].fits);
    QVERIFY(sight.nodes[3].trouble.isEmpty());
}

void CanvasTest::aWireThatDoesNotFitSaysWhy() {
    Json nodes = chain();
    nodes[3]["inputs"] = {"conv1"};
    const Desk desk(nodes);
    const GraphSight& sight = desk.scene->sight();
    QVERIFY(sight.nodes[3].isError);
    QVERIFY2(sight.nodes[3].trouble.contains("Insert a flatten layer before it"), qPrintable(sight.nodes[3].trouble));
    QVERIFY(!sight.wires.back().fits);
    QVERIFY(desk.scene->wires().back()->toolTip().contains("row of numbers"));
}

void CanvasTest::layersComeBehindTheChosenOneByTheirName() {
    Desk desk;
    desk.scene->choose({"conv1"});
    desk.add("bn");
    desk.add("maxpool");
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>bn1 bn1>pool1 pool1>flat flat>out"));
    QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"pool1"});
    desk.document.undoStack().undo();
    desk.document.undoStack().undo();
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>flat flat>out"));
}

void CanvasTest::aDropOnAWirePutsTheLayerThere() {
    Desk desk;
    const QPoint between = (desk.output("conv1") + desk.input("flat")) / 2;
    desk.drop("batch_norm", between);
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>bn1 bn1>flat flat>out"));
}

void CanvasTest::aWireIsMetFromAfar() {
    Desk desk;
    desk.view->scale(0.3, 0.3);
    desk.drop("batch_norm", (desk.output("conv1") + desk.input("flat")) / 2 + QPoint(0, 3));
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>bn1 bn1>flat flat>out"));
}

void CanvasTest::aDropOnALayerAppendsBehindIt() {
    Desk desk;
    desk.drop("dropout", desk.middle("flat"));
    QVERIFY2(desk.wires().contains("flat>dropout1 dropout1>out"), qPrintable(desk.wires()));
}

void CanvasTest::aDropBesideThemStandsAlone() {
    Desk desk;
    const QPoint place(400, 550);
    const QPointF there = desk.view->mapToScene(place);
    desk.drop("dense", place);
    const NodeItem* node = desk.scene->node(desk.scene->chosen().at(0));
    QVERIFY(node->sceneBoundingRect().contains(there));
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>flat flat>out"));
    QVERIFY(node->node().isError);
}

void CanvasTest::aWireIsDrawnFromOutputToInput() {
    Json nodes = chain();
    nodes.insert(nodes.begin() + 1, Json{{"id", "sum"}, {"type", "add"}, {"inputs", {"in"}}});
    Desk desk(nodes);
    desk.drag(desk.output("conv1"), desk.middle("sum"));
    QVERIFY2(desk.wires().contains("conv1>sum"), qPrintable(desk.wires()));
}

void CanvasTest::aWireIntoNothingAsksForALayer() {
    Desk desk;
    desk.drag(desk.output("conv1"), QPoint(500, 560));
    QVERIFY(desk.view->quickAdd()->isVisible());
    QTest::keyClicks(desk.view->quickAdd()->field(), "conv");
    QTest::keyClick(desk.view->quickAdd()->field(), Qt::Key_Return);
    QVERIFY2(desk.wires().contains("conv1>flat") && desk.wires().contains("conv1>conv2"), qPrintable(desk.wires()));
    desk.document.undoStack().undo();
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>flat flat>out"));
}

void CanvasTest::aWireIsTakenAway() {
    Desk desk;
    desk.drag(desk.input("flat"), QPoint(500, 560));
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 flat>out"));
}

void CanvasTest::aClickOnTheMarkFreezesAndThaws() {
    Desk desk;
    const auto click = [&](const std::string& id) {
        const NodeItem* node = desk.scene->node(id);
        const QPoint place = desk.view->mapFromScene(node->mapToScene(node->freezeMark().center()));
        QTest::mouseClick(desk.view->viewport(), Qt::LeftButton, Qt::NoModifier, place);
    };
    QVERIFY(desk.scene->node("flat")->freezeMark().isEmpty());  // without weights
    click("conv1");
    QVERIFY(!desk.document.spec().network.find("conv1")->trainable);
    QCOMPARE(desk.document.undoStack().count(), 1);
    click("conv1");
    QVERIFY(desk.document.spec().network.find("conv1")->trainable);
}

void CanvasTest::aCircleIsRefusedWithItsReason() {
    Desk desk;
    QSignalSpy refused(desk.view.get(), &NetworkView::refused);
    desk.drag(desk.output("out"), desk.middle("conv1"));
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>flat flat>out"));
    QVERIFY(!refused.isEmpty());
    QVERIFY2(refused.last().at(0).toString().contains("circle"), qPrintable(refused.last().at(0).toString()));
}

void CanvasTest::aLooseLayerIsPutOnAWireByDragging() {
    Desk desk;
    desk.drop("batch_norm", QPoint(400, 560));
    const std::string id = desk.scene->chosen().at(0);
    desk.view->fitAll();
    desk.drag(desk.middle(id), (desk.output("conv1") + desk.input("flat")) / 2);
    QVERIFY2(desk.wires().contains("conv1>bn1 bn1>flat"), qPrintable(desk.wires()));
}

void CanvasTest::movingKeepsAllPlacesInOneStep() {
    Desk desk;
    const QPointF before = desk.scene->node("flat")->pos();
    const int steps = desk.document.undoStack().count();
    desk.drag(desk.middle("flat"), desk.middle("flat") + QPoint(0, 90), Qt::AltModifier);
    QVERIFY(desk.scene->node("flat")->pos().y() > before.y() + 60);
    QCOMPARE(desk.document.undoStack().count(), steps + 1);
    for (const NodeSight& node : desk.scene->sight().nodes) QVERIFY(node.place);
    tidy(*desk.scene);
    QCOMPARE(desk.scene->node("flat")->pos(), before);
}

void CanvasTest::deletingLeavesAGapOrClosesIt() {
    Desk desk;
    desk.scene->choose({"conv1"});
    desk.key(Qt::Key_Delete);
    QCOMPARE(desk.wires(), QStringLiteral("flat>out"));
    desk.document.undoStack().undo();
    desk.scene->choose({"conv1"});
    desk.key(Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(desk.wires(), QStringLiteral("in>flat flat>out"));
}

void CanvasTest::copiesGoThroughTheClipboardAsText() {
    Desk desk;
    desk.scene->choose({"conv1", "flat"});
    desk.key(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains("conv2d"));
    desk.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(desk.ids().size(), 6);
    QVERIFY2(desk.wires().contains("conv2>flat2"), qPrintable(desk.wires()));
    QCOMPARE(desk.scene->chosen().size(), 2u);
}

void CanvasTest::arrowsWalkAlongTheWires() {
    Desk desk;
    desk.scene->choose({"in"});
    desk.key(Qt::Key_Right);
    QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"conv1"});
    desk.key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(desk.scene->chosen().size(), 2u);
    desk.key(Qt::Key_Left);
    QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"conv1"});
}

void CanvasTest::connectingByKeys() {
    Json nodes = chain();
    nodes.insert(nodes.begin() + 2, Json{{"id", "sum"}, {"type", "add"}, {"inputs", {"conv1"}}});
    nodes[3]["inputs"] = {"sum"};
    Desk desk(nodes);
    desk.scene->choose({"in"});
    desk.key(Qt::Key_C);
    desk.key(Qt::Key_Right);
    desk.key(Qt::Key_Right);
    desk.key(Qt::Key_Return);
    QVERIFY2(desk.wires().contains("in>sum"), qPrintable(desk.wires()));
}

void CanvasTest::thePaletteFindsSynonyms() {
    LayerPalette palette;
    palette.show();
    QSignalSpy chosen(&palette, &LayerPalette::chosen);
    QTest::keyClicks(palette.field(), "fc");
    QTest::keyClick(palette.field(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("dense"));
}

void CanvasTest::whatFitsComesFirst() {
    const auto behindImage = findLayers("", tensor::Shape{8, 8, 4}), behindRow = findLayers("", tensor::Shape{10});
    QCOMPARE(behindImage.front().type->id, std::string("conv2d"));
    QCOMPARE(behindRow.front().type->id, std::string("dense"));
    const auto dense = findLayers("dense", tensor::Shape{8, 8, 4});
    QVERIFY(dense.front().refusal.contains("row of numbers"));
    QVERIFY(findLayers("conv", tensor::Shape{10}).back().refusal.size() > 0);
}

void CanvasTest::theOutlineDoesWhatTheCanvasDoes() {
    Desk desk;
    Outline outline(*desk.scene);
    outline.resize(500, 300);
    outline.show();
    QCOMPARE(outline.topLevelItemCount(), 4);
    QCOMPARE(outline.item("conv1")->text(Outline::Output), QStringLiteral("6×6×4"));
    outline.item("conv1")->setSelected(true);
    QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"conv1"});
    desk.scene->choose({"flat"});
    QVERIFY(outline.item("flat")->isSelected() && !outline.item("conv1")->isSelected());
    outline.item("flat")->setText(Outline::Name, "row");
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>row row>out"));
    QSignalSpy refused(&outline, &Outline::refused);
    outline.item("row")->setText(Outline::Name, "out");
    QCOMPARE(refused.size(), 1);
    QVERIFY(outline.item("row"));
    outline.setFocus();
    QTest::keyClick(&outline, Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>out"));
    QVERIFY(!outline.item("out")->text(Outline::Trouble).isEmpty());
}

void CanvasTest::layersOfAChainChangePlaces() {
    Desk desk;
    const int steps = desk.document.undoStack().count();
    QCOMPARE(moveAlong(*desk.scene, "conv1", 1), QString());
    QCOMPARE(desk.wires(), QStringLiteral("in>flat flat>conv1 conv1>out"));
    QCOMPARE(desk.document.undoStack().count(), steps + 1);
    QCOMPARE(moveAlong(*desk.scene, "conv1", -1), QString());
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>flat flat>out"));
    QVERIFY(!moveAlong(*desk.scene, "conv1", -1).isEmpty());
    QVERIFY(!moveAlong(*desk.scene, "out", 1).isEmpty());
}

void CanvasTest::neighboursMoveAside() {
    Desk desk;
    document::moveLayers(desk.document, desk.scene->places());
    const double before = desk.scene->node("flat")->x();
    desk.drop("batch_norm", (desk.output("conv1") + desk.input("flat")) / 2);
    const NodeItem* fresh = desk.scene->node("bn1");
    QVERIFY(desk.scene->node("flat")->x() > before);
    for (const NodeItem* other : desk.scene->nodes())
        QVERIFY(other == fresh ||
                !other->mapRectToScene(other->card()).intersects(fresh->mapRectToScene(fresh->card())));
}

void CanvasTest::lossesFollowTheEndOfTheChain() {
    Desk desk;
    desk.document.edit("name the output", [](Json& project) {
        project["training"] = {{"losses", {{{"output", "out"}, {"type", "softmax_cross_entropy"}}}}};
    });
    QCOMPARE(moveAlong(*desk.scene, "flat", 1), QString());
    QCOMPARE(desk.wires(), QStringLiteral("in>conv1 conv1>out out>flat"));
    QCOMPARE(desk.document.json()["training"]["losses"][0]["output"], Json("flat"));
}

void CanvasTest::placesBeyondTheCanvasAreNone() {
    Json nodes = chain();
    nodes[1]["position"] = {1e300, 0};
    nodes[2]["position"] = {"left", 0};
    nodes[3]["position"] = {10, 20};
    const Desk desk(nodes);
    QVERIFY(!desk.scene->sight().nodes[1].place && !desk.scene->sight().nodes[2].place);
    QCOMPARE(desk.scene->node("out")->pos(), QPointF(10, 20));
}

void CanvasTest::aClickEndsConnectingByKeys() {
    Desk desk;
    desk.scene->choose({"conv1"});
    desk.key(Qt::Key_C);
    const QPoint place = desk.view->mapFromScene(desk.scene->node("flat")->sceneBoundingRect().center());
    QTest::mouseClick(desk.view->viewport(), Qt::LeftButton, {}, place);
    desk.key(Qt::Key_Right);
    QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"out"});
    const int before = desk.document.undoStack().count();
    desk.key(Qt::Key_Return);
    QCOMPARE(desk.document.undoStack().count(), before);
}

void CanvasTest::aWireIsTakenAwayByKeys() {
    Desk desk;
    QSignalSpy told(desk.view.get(), &NetworkView::refused);
    desk.scene->choose({"conv1"});
    desk.key(Qt::Key_C);
    desk.key(Qt::Key_Right);
    QVERIFY(told.back()[0].toString().contains("Enter takes the connection away"));
    const std::size_t before = desk.scene->wires().size();
    desk.key(Qt::Key_Return);
    QCOMPARE(desk.scene->wires().size(), before - 1);
    desk.document.undoStack().undo();
    QCOMPARE(desk.scene->wires().size(), before);
}

void CanvasTest::aNamedOutputIsConnectedByKeys() {
    Json nodes = Json::parse(R"j([
        {"id": "in", "type": "input", "shape": [8, 8, 1]},
        {"id": "pool", "type": "max_pool", "inputs": ["in"], "position": [200, 0]},
        {"id": "back", "type": "max_unpool", "inputs": ["pool"], "position": [500, 0]}])j");
    Desk desk(nodes);
    desk.scene->choose({"pool"});
    for (const int key : {Qt::Key_C, Qt::Key_C, Qt::Key_Right, Qt::Key_Return}) desk.key(Qt::Key(key));
    QCOMPARE(desk.document.spec().network.find("back")->ports.back(), std::string("indices"));
}

void CanvasTest::turningIsOneStep() {
    Desk desk;
    desk.scene->choose({"conv1"});
    moveChosen(*desk.scene, {40, 0});
    const QPointF place = desk.scene->node("flat")->pos();
    const int before = desk.document.undoStack().count();
    desk.key(Qt::Key_T);
    QCOMPARE(desk.scene->direction(), Direction::TopToBottom);
    QCOMPARE(desk.document.undoStack().count(), before + 1);
    desk.document.undoStack().undo();
    QCOMPARE(desk.scene->direction(), Direction::LeftToRight);
    QCOMPARE(desk.scene->node("flat")->pos(), place);
}

void CanvasTest::movesOfDifferentLayersAreTheirOwnSteps() {
    Desk desk;
    const int before = desk.document.undoStack().count();
    for (const char* id : {"conv1", "conv1", "flat"}) {
        desk.scene->choose({id});
        moveChosen(*desk.scene, {0, 20});
    }
    QCOMPARE(desk.document.undoStack().count(), before + 2);
}

void CanvasTest::layersOfOneNameLeaveNoneBehind() {
    Json nodes = chain();
    nodes[2]["id"] = nodes[1]["id"];
    Desk desk(nodes);
    document::setNote(desk.document, "out", "looked at again");
    const auto cards = std::ranges::count_if(
        desk.scene->items(), [](QGraphicsItem* item) { return dynamic_cast<NodeItem*>(item) != nullptr; });
    QCOMPARE(cards, std::ssize(desk.scene->nodes()));
}

void CanvasTest::anyCountOfAForeignEntry() {
    for (const Json& count : {Json("x"), Json(-1), Json(3'000'000'000), Json::array()}) {
        Json nodes = chain();
        nodes.push_back({{"id", "q"}, {"type", "block_input"}, {"count", count}});
        const Desk desk(nodes);
        QVERIFY(!desk.scene->nodes().empty());
    }
}

void CanvasTest::theOverviewComesWithManyLayers() {
    Json nodes = chain();
    Desk small(nodes);
    QVERIFY(OverviewMap(*small.scene, *small.view).isHidden());
    for (int i = 0; i < 30; ++i)
        nodes.push_back({{"id", "h" + std::to_string(i)},
                         {"type", "dense"},
                         {"inputs", {i ? "h" + std::to_string(i - 1) : "out"}}});
    Desk large(nodes);
    auto* map = new OverviewMap(*large.scene, *large.view);  // the view's
    QVERIFY(map->isVisible());
    large.view->showStart();
    const QPoint corner = map->pos();
    large.view->horizontalScrollBar()->setValue(large.view->horizontalScrollBar()->value() + 400);
    QCOMPARE(map->pos(), corner);
    large.view->showStart();
    QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() - 10, map->height() / 2));
    const QRectF seen = large.view->mapToScene(large.view->viewport()->rect()).boundingRect();
    QVERIFY(seen.intersects(large.scene->node("h29")->sceneBoundingRect()));
    map->toggle();
    QVERIFY(map->isHidden());
}

void CanvasTest::aSketchShowsLayersThatLearn() {
    QVERIFY(networkSketch(Json{{"nodes", Json::array()}}, {96, 60}, 1).isNull());
    QVERIFY(networkSketch(Json(), {96, 60}, 1).isNull());
    const QImage sketch = networkSketch(Json{{"nodes", chain()}}, {96, 60}, 2).toImage();
    QCOMPARE(sketch.size(), QSize(192, 120));
    // Of the four bars those of conv1 and out, the second and the last, learn.
    QString bars;
    const int middle = sketch.height() / 2;
    for (int x = 0; x < sketch.width(); ++x) {
        const QColor colour = sketch.pixelColor(x, middle);
        const QChar mark = colour == widgets::themed(widgets::ColourRole::Accent)      ? 'A'
                           : colour == widgets::themed(widgets::ColourRole::MutedText) ? 'm'
                                                                                       : ' ';
        if (bars.isEmpty() || bars.back() != mark) bars += mark;
    }
    QCOMPARE(bars, QStringLiteral(" m A m A "));
}

QTEST_MAIN(CanvasTest)
#include "CanvasTest.moc"
