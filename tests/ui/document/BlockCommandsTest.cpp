// Layers folded into blocks and back; every wish about the graph outside of a block and in it.

#include <QSignalSpy>

#include "tests/ui/document/GraphCase.h"
#include "ui/document/LayerPlace.h"
#include "ui/document/commands/BlockCommands.h"
#include "ui/document/commands/GraphClipboard.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/LayerValues.h"
#include "ui/document/commands/NetworkCommands.h"

using namespace perceptory;
using namespace perceptory::document;
using namespace perceptory::tests;

namespace {

const QString residual =
    QStringLiteral("in input, front dense in, fold dense front, act activation fold, add add act front, out dense add");

// As net(), of what is open.
QString graph(const Document& document) {
    QStringList lines;
    for (const network::NodeSpec& node : document.graphSpec().nodes) {
        QString line = QString::fromStdString(node.id);
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            line += " " + QString::fromStdString(node.inputs[i] + (node.port(i).empty() ? "" : ":" + node.port(i)));
        lines += line;
    }
    return lines.join(", ");
}

std::string fold(Document& document, const Ids& ids) {
    std::string made;
    const QString reason = foldLayers(document, ids, made);
    if (!reason.isEmpty()) qFatal("%s", qPrintable(reason));
    return made;
}

QString whyNotFold(const QString& nodes, const Ids& ids, const QString& losses = {}) {
    Document document;
    open(document, nodes, losses);
    QString reason;
    never(document, [&] {
        std::string made;
        reason = foldLayers(document, ids, made);
    });
    return reason;
}

const Json& block(const Document& document, int index = 0) {
    return document.json()["network"]["blocks"][static_cast<std::size_t>(index)];
}

// The residual network with its block folded.
void openFolded(Document& document, int repeat = 1) {
    open(document, residual);
    fold(document, {"fold", "act", "add"});
    if (repeat > 1) setRepeat(document, "block1", repeat);
}

}  // namespace

class BlockCommandsTest : public QObject {
    Q_OBJECT

private slots:
    void foldingKeepsTheNetwork() {
        Document document;
        open(document, residual);
        once(document, [&] { QCOMPARE(fold(document, {"add", "fold", "act"}), std::string("block1")); });
        QCOMPARE(graph(document), "in, front in, block1 front, out block1");
        QCOMPARE(net(document),
                 "in, front in, block1.0.fold front, block1.0.act block1.0.fold, block1.0.add block1.0.act front, "
                 "out block1.0.add");
        QCOMPARE(QString::fromStdString(block(document).dump()),
                 QString(R"({"id":"block1","repeat":1,"inputs":["front"],"outputs":["add"],"nodes":[)"
                         R"({"id":"fold","type":"dense","inputs":["in"]},)"
                         R"({"id":"act","type":"activation","inputs":["fold"]},)"
                         R"({"id":"add","type":"add","inputs":["act","in"]}]})"));
        QVERIFY(document.problems().empty());
    }

    void unfoldingOnceGivesTheProjectBack() {
        Document document;
        open(document, residual);
        const QString before = net(document);
        const Json project = document.json();
        fold(document, {"fold", "act", "add"});
        once(document, [&] { QCOMPARE(unfoldBlock(document, "block1"), QString()); });
        QCOMPARE(net(document), before);
        QCOMPARE(document.json()["network"], project["network"]);
    }

    void aRepeatedBlockUnfoldsToTheNodesItStoodFor() {
        Document document;
        openFolded(document);
        once(document, [&] { setRepeat(document, "block1", 3); });
        const QString before = net(document);
        QVERIFY(before.contains("block1.2.add block1.2.act block1.1.add, out block1.2.add"));
        once(document, [&] { QCOMPARE(unfoldBlock(document, "block1"), QString()); });
        QCOMPARE(net(document), before);
        QVERIFY(!document.json()["network"].contains("blocks"));
    }

    void lossesAndRulesFollowTheirLayer() {
        Document document;
        open(document, residual, "out mse a, add mse b");
        document.setValue("training.stopping",
                          {{{"type", "early_stopping"}, {"parameters", {{"monitor", "add.loss"}}}}}, "rule");
        fold(document, {"fold", "act", "add"});
        QCOMPARE(losses(document), "out, block1");
        QCOMPARE(document.json()["training"]["stopping"][0]["parameters"]["monitor"], Json("block1.loss"));
        setRepeat(document, "block1", 2);
        renameLayer(document, "block1", "res");
        QCOMPARE(losses(document), "out, res");
        QVERIFY(unfoldBlock(document, "res").isEmpty());
        QCOMPARE(losses(document), "out, res.1.add");
        QCOMPARE(document.json()["training"]["stopping"][0]["parameters"]["monitor"], Json("res.1.add.loss"));
    }

    void aLossThatNothingLeavesToGoesWithTheBlock() {
        Document document;
        open(document, "in input, h dense in, out dense h", "out mse a");
        const std::string id = fold(document, {"h", "out"});
        QCOMPARE(losses(document), "block1");
        document.setOpenBlock(id);
        setLeavesBlock(document, "out", false);
        document.setOpenBlock({});
        once(document, [&] { QVERIFY(unfoldBlock(document, id).isEmpty()); });
        QCOMPARE(losses(document), "");
    }

    void severalWiresInAndOutAreNamed() {
        Document document;
        open(document, "in input, a dense in, b dense a, c add a in, d add c b, e add d c, f dense e");
        fold(document, {"c", "d"});
        QCOMPARE(graph(document), "in, a in, b a, block1 a in b, e block1 block1:c, f e");
        QCOMPARE(block(document)["nodes"][1]["inputs"], Json({"c", "in:2"}));
        QCOMPARE(net(document),
                 "in, a in, b a, block1.0.c a in, block1.0.d block1.0.c b, e block1.0.d block1.0.c, f e");
    }

    void portsGoThroughBlocks() {
        Document document;
        open(document, "in input, p max_pool in, c conv2d p, u max_unpool c p:indices");
        fold(document, {"p"});
        fold(document, {"u"});
        QCOMPARE(graph(document), "in, block1 in, c block1, block2 c block1:p:indices");
        QCOMPARE(net(document), "in, block1.0.p in, c block1.0.p, block2.0.u c block1.0.p:indices");
    }

    void whatIsNoBlockIsRefusedInASentence() {
        QCOMPARE(whyNotFold(residual, {}), "Choose the layers that are to be folded into a block.");
        QCOMPARE(whyNotFold(residual, {"none"}), "Choose the layers that are to be folded into a block.");
        QCOMPARE(whyNotFold(residual, {"in", "front"}), "in cannot be in a block: here data enter the network.");
        QCOMPARE(whyNotFold(residual, {"fold", "add"}),
                 "act stands between these layers: it reads fold and is read by them. Choose it too.");
        QCOMPARE(whyNotFold("x input, in dense x, out dense in", {"in"}),
                 "In a block \"in\" means what enters it. Give this layer another name first.");
        QCOMPARE(whyNotFold("in input, a dense in, b dense in", {"a", "b"}, "a mse x, b mse y"),
                 "Losses look at a and b, but of a block only at one layer. Leave one of them out.");
        Document document;
        openFolded(document);
        std::string made;
        never(document, [&] {
            QCOMPARE(foldLayers(document, {"block1", "front"}, made),
                     "A block cannot hold another block. Unfold block1 first.");
            document.setOpenBlock("block1");
            QCOMPARE(foldLayers(document, {"fold"}, made),
                     "A block cannot hold another block. Leave this one before you fold layers.");
            QCOMPARE(unfoldBlock(document, "fold"), "Choose a block to unfold it.");
        });
    }

    void outsideABlockIsEditedAsALayer() {
        Document document;
        openFolded(document);
        once(document, [&] { appendLayer(document, "dense", "block1"); });
        QCOMPARE(graph(document), "in, front in, block1 front, dense1 block1, out dense1");
        once(document, [&] { insertLayer(document, "dropout", {"front", "", "block1", 0}); });
        QCOMPARE(graph(document), "in, front in, dropout1 front, block1 dropout1, dense1 block1, out dense1");
        once(document, [&] { disconnectLayers(document, {"dropout1", "", "block1", 0}); });
        QCOMPARE(document.problems().front().where, std::string("block1.0.fold"));
        once(document, [&] { QCOMPARE(connectLayers(document, "front", "", "block1"), QString()); });
        QVERIFY(document.problems().empty());
        once(document, [&] { QCOMPARE(connectLayers(document, "dropout1", "", "block1"), QString()); });
        once(document, [&] { QCOMPARE(renameLayer(document, "block1", "res"), QString()); });
        QCOMPARE(graph(document), "in, front in, dropout1 front, res dropout1, dense1 res, out dense1");
        once(document, [&] { setTrainable(document, {"res"}, false); });
        for (const Json& node : block(document)["nodes"]) QCOMPARE(node["trainable"], Json(false));
        once(document, [&] { moveLayers(document, {{"res", {3, 4}}}); });
        once(document, [&] { setNote(document, "res", "note"); });
        QCOMPARE(block(document)["position"], Json({3.0, 4.0}));
        QCOMPARE(block(document)["note"], Json("note"));
        once(document, [&] { removeLayers(document, {"res"}, true); });
        QCOMPARE(graph(document), "in, front in, dropout1 front, dense1 dropout1, out dense1");
    }

    void blocksAreCopiedWithAllThatIsInThem() {
        Document document;
        openFolded(document, 2);
        once(document, [&] { QCOMPARE(duplicateLayers(document, {"block1"}, {}), Ids{"block2"}); });
        QCOMPARE(graph(document), "in, front in, block1 front, out block1, block2 front");
        QCOMPARE(block(document, 1)["nodes"], block(document)["nodes"]);
        const QString text = copyText(document, {"block1", "out"});
        Document other;
        open(other, "in input, out dense in");
        once(other, [&] { QCOMPARE(pasteText(other, text, false, {}), Ids({"block1", "out2"})); });
        QCOMPARE(graph(other), "in, block1, out2 block1, out in");
        other.setOpenBlock("block1");
        never(other, [&] { QVERIFY(pasteText(other, text, false, {}).empty()); });
        QString damaged = text;
        damaged.replace(R"("fold")", R"("in")");
        other.setOpenBlock({});
        never(other, [&] { QVERIFY(pasteText(other, damaged, false, {}).empty()); });
    }

    void insideTheLayersAreEditedAsInANetwork() {
        Document document;
        openFolded(document, 2);
        document.setOpenBlock("block1");
        QCOMPARE(graph(document), "in, fold in, act fold, add act in");
        once(document, [&] { QCOMPARE(appendLayer(document, "batch_norm", "fold"), std::string("bn1")); });
        QCOMPARE(graph(document), "in, fold in, bn1 fold, act bn1, add act in");
        once(document, [&] {
            QCOMPARE(insertLayer(document, "dropout", {"in", "", "fold", 0}), std::string("dropout1"));
        });
        once(document, [&] { setParameterOfMany(document, {"fold"}, "units", 7); });
        once(document, [&] { QCOMPARE(renameLayer(document, "add", "sum"), QString()); });
        QCOMPARE(block(document)["outputs"], Json({"sum"}));
        once(document, [&] { QCOMPARE(duplicateLayers(document, {"fold", "in"}, {}), Ids{"fold2"}); });
        once(document, [&] { removeLayers(document, {"fold2", "in"}, false); });
        once(document, [&] { moveLayers(document, {{"in", {1, 2}}, {"sum", {3, 4}}}); });
        QCOMPARE(block(document)["entry"], Json({{"position", {1.0, 2.0}}}));
        never(document, [&] {
            QCOMPARE(renameLayer(document, "in", "x"), "\"in\" stands for what enters the block and keeps its name.");
            QCOMPARE(renameLayer(document, "sum", "in"),
                     "There is a layer called \"in\" already. Choose another name.");
            QCOMPARE(connectLayers(document, "sum", "", "in"), "in takes no input: here data enter.");
            setBypass(document, {"in"}, true);
        });
        QCOMPARE(graph(document), "in, dropout1 in, fold dropout1, bn1 fold, act bn1, sum act in");
        document.setOpenBlock({});
        QCOMPARE(graph(document), "in, front in, block1 front, out block1");
        QVERIFY(document.problems().empty());
    }

    void outputsFollowTheLastLayerAndReadersFollowTheOutputs() {
        Document document;
        open(document, "in input, a dense in, b dense a, c add a b");
        fold(document, {"a", "b"});
        QCOMPARE(graph(document), "in, block1 in, c block1 block1:b");
        document.setOpenBlock("block1");
        once(document, [&] { appendLayer(document, "dense", "b"); });
        QCOMPARE(block(document)["outputs"], Json({"a", "dense1"}));
        QCOMPARE(document.json()["network"]["nodes"][1]["inputs"], Json({"block1", "block1:dense1"}));
        once(document, [&] { renameLayer(document, "dense1", "d"); });
        QCOMPARE(document.json()["network"]["nodes"][1]["inputs"], Json({"block1", "block1:d"}));
        once(document, [&] { setLeavesBlock(document, "b", true); });
        QVERIFY(leavesBlock(document, "b"));
        QCOMPARE(block(document)["outputs"], Json({"a", "d", "b"}));
        once(document, [&] { setLeavesBlock(document, "a", false); });
        QCOMPARE(block(document)["outputs"], Json({"d", "b"}));
        QCOMPARE(document.json()["network"]["nodes"][1]["inputs"], Json(Json::array({"block1"})));
        document.undoStack().undo();
        once(document, [&] { removeLayers(document, {"a"}, true); });
        QCOMPARE(document.json()["network"]["nodes"][1]["inputs"], Json(Json::array({"block1"})));
    }

    void theOpenBlockIsNeitherSavedNorUndone() {
        Document document;
        openFolded(document);
        QSignalSpy told(&document, &Document::openBlockChanged);
        never(document, [&] { document.setOpenBlock("none"); });
        QCOMPARE(told.count(), 0);
        never(document, [&] { document.setOpenBlock("block1"); });
        QCOMPARE(told.count(), 1);
        document.setView("x", 1);
        QCOMPARE(document.openBlock(), std::string("block1"));
        document.undoStack().undo();
        QCOMPARE(document.openBlock(), std::string());
        QCOMPARE(told.count(), 2);
        QCOMPARE(graph(document), net(document));
    }

    void editsDoNotBringAnOldViewBack() {
        Document document;
        openFolded(document);
        document.setView("x", 1);
        setRepeat(document, "block1", 2);
        QCOMPARE(document.json()["view"]["x"], Json(1));
        QVERIFY(document.json()["network"].contains("more"));
    }

    void placesOfProblemsLeadIntoTheBlock() {
        Document document;
        openFolded(document, 3);
        const auto place = [&](const char* where) {
            const LayerPlace found = placeIn(document, where);
            return QString::fromStdString(found.block + "/" + found.layer);
        };
        QCOMPARE(place("block1.2.fold.units"), "block1/fold");
        QCOMPARE(place("network.blocks[0].repeat"), "block1/");
        QCOMPARE(place("network.blocks[0].nodes[1].inputs"), "block1/act");
        QCOMPARE(place("network.nodes[2].inputs"), "/out");
        QCOMPARE(place("front.units"), "/front");
        QCOMPARE(place("training.loss"), "/");
    }

    void thePlaygroundsWishesReachLayersInBlocks() {
        Document document;
        openFolded(document, 2);
        once(document, [&] { setUnits(document, "block1.1.fold", 6); });
        once(document, [&] { setActivation(document, "block1.0.fold", "relu"); });
        QCOMPARE(block(document)["nodes"][0]["parameters"], Json({{"units", 6}, {"activation", "relu"}}));
        once(document, [&] { setRegularizer(document, "l2", 0.5); });
        QCOMPARE(regularizationRateOf(document), 0.5);
        QVERIFY(block(document)["nodes"][0]["parameters"].contains("regularizer"));
        never(document, [&] { removeLayer(document, "block1.0.fold"); });
    }

    void theOutputIsNotALayerThatABlockReads() {
        Document document;
        open(document, "in input, a dense in, b dense a");
        fold(document, {"b"});
        QCOMPARE(outputLayer(document), std::string());
    }
};

QTEST_APPLESS_MAIN(BlockCommandsTest)
#include "BlockCommandsTest.moc"
