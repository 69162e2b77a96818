// The Studio's wishes: each is one undo step that leads back to the same bytes, and connections, losses and rules that
// name a layer follow it.

#include <QTest>

#include "tests/ui/document/GraphCase.h"
#include "ui/document/commands/GraphClipboard.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/LayerValues.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;
using namespace perceptory::tests;

namespace {

const QString chain = "in input, h1 dense in, out dense h1";
const QString residual = "in input, a dense in, b dense a, sum add a b, out dense sum";
const QString pools = "in input, pool max_pool in, conv conv2d pool, up max_unpool conv pool:indices, out dense up";

}  // namespace

class GraphCommandsTest : public QObject {
    Q_OBJECT

private slots:
    void aLayerStandsAlone() {
        Document document;
        open(document, chain);
        std::string id;
        once(document, [&] { id = addLayer(document, "conv2d", QPointF(3, -0.5)); });
        QCOMPARE(id, std::string("conv1"));
        QCOMPARE(net(document), "in, h1 in, conv1, out h1");  // the last layer stays the output
        QCOMPARE(document.value("network.nodes.conv1").dump(),
                 std::string(R"({"id":"conv1","type":"conv2d","inputs":[],"position":[3.0,-0.5]})"));
        once(document, [&] { addLayer(document, "input"); });
        QCOMPARE(document.value("network.nodes.in2").dump(), std::string(R"({"id":"in2","type":"input"})"));
        never(document, [&] { QVERIFY(addLayer(document, "no such layer").empty()); });
    }

    void layersAreCalledByWords() {
        Document document;
        open(document, "in input, out dense in");
        QCOMPARE(addLayer(document, "dense"), std::string("dense1"));
        for (const char* id : {"pool1", "pool2"}) QCOMPARE(addLayer(document, "max_pool"), std::string(id));
        QCOMPARE(addLayer(document, "batch_norm"), std::string("bn1"));
        QCOMPARE(addLayer(document, "flatten"), std::string("flat1"));
        QCOMPARE(addLayer(document, "multiply"), std::string("multiply1"));
        open(document, chain);
        QCOMPARE(addLayer(document, "dense"), std::string("h2"));
        // A name that a connection of a foreign file waits for is none: the layer would be connected at once.
        open(document, "in input, a add in conv1, out dense a", "conv2 mean_squared_error, out hinge");
        QCOMPARE(addLayer(document, "conv2d"), std::string("conv3"));
    }

    void aFirstLayerNeedsNoList() {
        Document document;
        for (const char* text : {R"({})", R"({"network":7})", R"({"network":{"nodes":"none"}})"}) {
            Json project = Json::parse(text);
            project["format"] = "perceptory-project";
            project["format_version"] = 1;
            document.open(project, {}, "test");
            once(document, [&] { addLayer(document, "input"); });
            QCOMPARE(net(document), "in");
        }
    }

    void aLayerIsAppended_data() {
        QTest::addColumn<QString>("nodes");
        QTest::addColumn<QString>("behind");
        QTest::addColumn<QString>("after");
        QTest::newRow("at the end") << chain << "out"
                                    << "in, h1 in, out h1, relu out";
        QTest::newRow("between") << chain << "in"
                                 << "in, relu in, h1 relu, out h1";
        QTest::newRow("a branch") << residual << "a"
                                  << "in, a in, b a, sum a b, relu a, out sum";
        QTest::newRow("one reader that reads twice") << "in input, a dense in, b add a a"
                                                     << "a"
                                                     << "in, a in, relu a, b relu relu";
        QTest::newRow("a named output is no main one")
            << pools << "pool"
            << "in, pool in, relu pool, conv relu, up conv pool:indices, out up";
        QTest::newRow("read at a named output only") << "in input, pool max_pool in, up max_unpool in pool:indices"
                                                     << "pool"
                                                     << "in, pool in, relu pool, up in pool:indices";
        QTest::newRow("behind none") << chain << "none"
                                     << "in, h1 in, relu, out h1";
        QTest::newRow("a foreign file in any order") << "out dense h1, h1 dense in, in input"
                                                     << "h1"
                                                     << "relu h1, out relu, h1 in, in";
    }

    void aLayerIsAppended() {
        QFETCH(QString, nodes);
        QFETCH(QString, behind);
        QFETCH(QString, after);
        Document document;
        open(document, nodes);
        std::string id;
        once(document, [&] { id = appendLayer(document, "activation", behind.toStdString(), QPointF(1, 2)); });
        QCOMPARE(net(document), after.replace("relu", "activation1"));
        QCOMPARE(document.value("network.nodes." + id + ".position").dump(), std::string("[1.0,2.0]"));
    }

    void lossesFollowTheEnd() {
        Document document;
        open(document, "in input, h1 dense in, a dense h1, b dense h1", "a hinge, b hinge, h1 hinge");
        once(document, [&] { appendLayer(document, "dropout", "a"); });
        QCOMPARE(losses(document), "dropout1, b, h1");
        appendLayer(document, "softmax", "h1");
        QCOMPARE(losses(document), "dropout1, b, h1");
        QCOMPARE(appendLayer(document, "input", "b"), std::string("in2"));  // reads nothing, so it stands alone
        QCOMPARE(losses(document), "dropout1, b, h1");
    }

    void aLayerIsPutOnAWire() {
        Document document;
        open(document, pools);
        once(document, [&] { insertLayer(document, "dropout", {"pool", "indices", "up", 1}, QPointF(7, 8)); });
        QCOMPARE(net(document), "in, pool in, conv pool, dropout1 pool:indices, up conv dropout1, out up");
        once(document, [&] { insertLayer(document, "dense", {"conv", "", "up", 0}); });
        QCOMPARE(net(document),
                 "in, pool in, conv pool, dropout1 pool:indices, dense1 conv, up dense1 dropout1, out up");
        for (const Wire& wire : {Wire{"pool", "", "up", 1}, Wire{"conv", "", "up", 0}, Wire{"a", "", "b", 0},
                                 Wire{"up", "", "out", 1}, Wire{"up", "x", "out", 0}})
            never(document, [&] { QVERIFY(insertLayer(document, "dense", wire).empty()); });
        never(document, [&] { QVERIFY(insertLayer(document, "input", {"up", "", "out", 0}).empty()); });
        never(document, [&] { QVERIFY(insertLayer(document, "none", {"up", "", "out", 0}).empty()); });
    }

    void aLooseLayerIsPutOnAWire() {
        Document document;
        open(document, "in input, a dense in, out dense a, loose dense, in2 input");
        const Wire wire{"in", "", "a", 0};
        for (const char* id : {"a", "in", "out", "in2", "none"})
            never(document, [&] { insertNode(document, id, wire); });
        never(document, [&] { insertNode(document, "loose", {"in", "", "out", 0}); });
        once(document, [&] { insertNode(document, "loose", wire); });
        QCOMPARE(net(document), "in, loose in, a loose, out a, in2");
    }

    void layersAreRemoved_data() {
        QTest::addColumn<QString>("nodes");
        QTest::addColumn<QString>("gone");
        QTest::addColumn<QString>("gap");
        QTest::addColumn<QString>("healed");
        QTest::newRow("of a chain") << chain << "h1"
                                    << "in, out"
                                    << "in, out in";
        QTest::newRow("several of a chain") << "in input, a dense in, b dense a, c dense b, d dense c"
                                            << "c a b"
                                            << "in, d"
                                            << "in, d in";
        QTest::newRow("a branch of a sum") << residual << "b"
                                           << "in, a in, sum a, out sum"
                                           << "in, a in, sum a a, out sum";
        QTest::newRow("no double where one is enough") << "in input, a dense in, b dense in, c add in a b"
                                                       << "a"
                                                       << "in, b in, c in b"
                                                       << "in, b in, c in b";
        QTest::newRow("a sum") << residual << "sum"
                               << "in, a in, b a, out"
                               << "in, a in, b a, out a";
        QTest::newRow("the data") << residual << "in"
                                  << "a, b a, sum a b, out sum"
                                  << "a, b a, sum a b, out sum";
        QTest::newRow("a pool and its indices") << pools << "pool"
                                                << "in, conv, up conv, out up"
                                                << "in, conv in, up conv, out up";
        QTest::newRow("what reads indices") << pools << "up"
                                            << "in, pool in, conv pool, out"
                                            << "in, pool in, conv pool, out conv";
        QTest::newRow("behind indices") << "in input, pool max_pool in, mid dropout pool:indices, up max_unpool in mid"
                                        << "mid"
                                        << "in, pool in, up in"
                                        << "in, pool in, up in pool:indices";
        QTest::newRow("behind indices, and the pool")
            << "in input, pool max_pool in, mid dropout pool:indices, up max_unpool in mid"
            << "mid pool"
            << "in, up in"
            << "in, up in";
        QTest::newRow("all") << residual << "in a b sum out"
                             << ""
                             << "";
        QTest::newRow("what reads nothing that is there") << "in input, a dense ghost, out dense a"
                                                          << "a"
                                                          << "in, out"
                                                          << "in, out";
        QTest::newRow("of a foreign circle") << "a dense b, b dense a, c dense b"
                                             << "b"
                                             << "a, c"
                                             << "a, c a";
        QTest::newRow("a whole foreign circle") << "a dense b, b dense a, c dense b"
                                                << "a b"
                                                << "c"
                                                << "c";
    }

    void layersAreRemoved() {
        QFETCH(QString, nodes);
        QFETCH(QString, gone);
        Ids ids;
        for (const QString& id : words(gone, " ")) ids.push_back(id.toStdString());
        for (const bool heal : {false, true}) {
            QFETCH(QString, gap);
            QFETCH(QString, healed);
            Document document;
            open(document, nodes);
            once(document, [&] { removeLayers(document, ids, heal); });
            QCOMPARE(net(document), heal ? healed : gap);
            QCOMPARE(document.value("network.behind").dump(), std::string("[2]"));
            never(document, [&] { removeLayers(document, ids, heal); });
        }
    }

    void lossesGoOrMove() {
        Document document;
        const QString nodes = "in input, a dense in, b dense a, c dense a";
        open(document, nodes, "b hinge, c hinge");
        once(document, [&] { removeLayers(document, {"b"}, false); });
        QCOMPARE(losses(document), "c");
        // Of an empty list nobody knows what it means; the way of counting stays.
        once(document, [&] { removeLayers(document, {"c"}, false); });
        QVERIFY(document.value("training.losses").is_null());
        QCOMPARE(document.value("training.loss").dump(), std::string(R"({"type":"hinge"})"));

        open(document, nodes, "b hinge x, c hinge x, c hinge y");
        once(document, [&] { removeLayers(document, {"b", "c"}, true); });
        QCOMPARE(document.value("training.losses").dump(),  // the same loss only once
                 std::string(R"([{"output":"a","type":"hinge","weight":0.5,"target":"x"},)"
                             R"({"output":"a","type":"hinge","weight":0.5,"target":"y"}])"));
        once(document, [&] { removeLayers(document, {"a"}, true); });  // no loss of what enters
        QVERIFY(document.value("training.losses").is_null());

        open(document, nodes, "b hinge");
        Json project = document.json();
        project["training"]["loss"] = "huber";
        document.open(project, {}, "test");
        removeLayers(document, {"b"}, false);
        QCOMPARE(document.value("training.loss").dump(), std::string("\"huber\""));
    }

    void layersAreConnected_data() {
        QTest::addColumn<QString>("nodes");
        QTest::addColumn<QString>("wire");
        QTest::addColumn<QString>("after");
        QTest::newRow("in place of its input") << "in input, a dense in, b dense in"
                                               << "a b"
                                               << "in, a in, b a";
        QTest::newRow("a first input") << "in input, a dense"
                                       << "in a"
                                       << "in, a in";
        QTest::newRow("a further input") << residual << "in sum"
                                         << "in, a in, b a, sum a b in, out sum";
        QTest::newRow("in place of the last of two") << "in input, a dense in, b dense in, c multi_head_attention in a"
                                                     << "b c"
                                                     << "in, a in, b in, c in b";
        QTest::newRow("indices in place of indices")
            << "in input, p max_pool in, q max_pool in, u max_unpool in p:indices"
            << "q:indices u"
            << "in, p in, q in, u in q:indices";
        QTest::newRow("values in place of values") << "in input, p max_pool in, u max_unpool in p:indices"
                                                   << "p u"
                                                   << "in, p in, u p p:indices";
        QTest::newRow("values in front of indices") << "in input, p max_pool in, u max_unpool p:indices"
                                                    << "in u"
                                                    << "in, p in, u in p:indices";
        QTest::newRow("what stands behind comes in front")
            << "in input, a dense in, x dense, c dense in, b dense c, y dense b"
            << "b a"
            << "in, c in, b c, a b, x, y b";
        QTest::newRow("too many of a foreign file") << "in input, a dense in, b dense in a"
                                                    << "b a"
                                                    << "";  // would be a circle
        QTest::newRow("too many of a foreign file, the last one") << "in input, c dense in, b dense in in"
                                                                  << "c b"
                                                                  << "in, c in, b in c";
        QTest::newRow("twice") << residual << "a sum"
                               << "";
        QTest::newRow("itself") << residual << "sum sum"
                                << "";
        QTest::newRow("a circle") << residual << "out sum"
                                  << "";
        QTest::newRow("a long circle") << residual << "out a"
                                       << "";
        QTest::newRow("into the data") << residual << "sum in"
                                       << "";
        QTest::newRow("from nowhere") << residual << "none sum"
                                      << "";
        QTest::newRow("to nowhere") << residual << "in none"
                                    << "";
        QTest::newRow("an output that is not there") << residual << "in:indices sum"
                                                     << "";
    }

    void layersAreConnected() {
        QFETCH(QString, nodes);
        QFETCH(QString, wire);
        QFETCH(QString, after);
        const QStringList ends = words(wire, " "), from = words(ends[0], ":");
        const std::string node = from[0].toStdString(), to = ends[1].toStdString();
        const std::string port = from.size() > 1 ? from[1].toStdString() : "";
        Document document;
        open(document, nodes);
        QCOMPARE(whyNotConnect(document, node, port, to).isEmpty(), !after.isEmpty());
        if (after.isEmpty()) {
            const QString reason = whyNotConnect(document, node, port, to);
            never(document, [&] { QCOMPARE(connectLayers(document, node, port, to), reason); });
        } else {
            once(document, [&] { QCOMPARE(connectLayers(document, node, port, to), QString()); });
            QCOMPARE(net(document), after);
        }
    }

    void reasonsArePlain() {
        Document document;
        open(document, residual);
        QCOMPARE(whyNotConnect(document, "out", "", "a"),
                 "That would make a circle: out reads a, directly or through others. Disconnect these first.");
        QCOMPARE(whyNotConnect(document, "a", "", "a"),
                 "That would make a circle: a cannot read what it puts out itself.");
        QCOMPARE(whyNotConnect(document, "a", "", "in"), "in takes no input: here data enter.");
        QCOMPARE(whyNotConnect(document, "a", "", "sum"), "sum reads a already.");
        QCOMPARE(whyNotConnect(document, "a", "indices", "sum"), "a has no output called \"indices\".");
        QCOMPARE(whyNotConnect(document, "z", "", "sum"), "There is no layer called \"z\".");
    }

    void wiresAreListed() {
        Document document;
        open(document, "in input, pool max_pool in, up max_unpool in pool:indices, x dense ghost");
        const std::vector<Wire> wires{
            {"in", "", "pool", 0}, {"in", "", "up", 0}, {"pool", "indices", "up", 1}, {"ghost", "", "x", 0}};
        QVERIFY(wiresOf(document) == wires);
        for (const Wire& wire : wires) QVERIFY(hasWire(document.json(), wire));
        QVERIFY(!hasWire(document.json(), {"in", "", "up", 1}));
        QVERIFY(!hasWire(document.json(), {"in", "", "up", 9}));
        QVERIFY(!hasWire(document.json(), {"in", "", "none", 0}));
    }

    void wiresAreMovedAndTaken() {
        Document document;
        open(document, residual);
        once(document, [&] { QCOMPARE(reconnectLayers(document, {"a", "", "sum", 0}, "in", ""), QString()); });
        QCOMPARE(net(document), "in, a in, b a, sum in b, out sum");
        never(document, [&] { QCOMPARE(reconnectLayers(document, {"b", "", "sum", 1}, "b", ""), QString()); });
        for (const char* from : {"in", "sum", "out", "none"})
            never(document, [&] { QVERIFY(!reconnectLayers(document, {"b", "", "sum", 1}, from, "").isEmpty()); });
        never(document, [&] { QVERIFY(!reconnectLayers(document, {"a", "", "sum", 1}, "in", "").isEmpty()); });

        once(document, [&] { disconnectLayers(document, {"in", "", "sum", 0}); });
        QCOMPARE(net(document), "in, a in, b a, sum b, out sum");
        never(document, [&] { disconnectLayers(document, {"in", "", "sum", 0}); });
        open(document, "in input, x dense ghost");
        once(document, [&] { disconnectLayers(document, {"ghost", "", "x", 0}); });
        QCOMPARE(net(document), "in, x");
    }

    void layersAreJoined() {
        Document document;
        open(document, "in input, a dense in, b dense, c dense, d add in a");
        once(document, [&] { QCOMPARE(joinLayers(document, {"in", "c", "a", "b", "d"}), QString()); });
        QCOMPARE(net(document), "in, c in, a c, b a, d in a b");
        never(document, [&] { QCOMPARE(joinLayers(document, {"in", "c", "a"}), QString()); });  // they are
        never(document, [&] { QVERIFY(!joinLayers(document, {"c", "d", "a"}).isEmpty()); });    // all or none
        never(document, [&] { QVERIFY(!joinLayers(document, {"c", "none"}).isEmpty()); });
        never(document, [&] { QCOMPARE(joinLayers(document, {}), QString()); });
    }

    void aNameIsFollowed() {
        Document document;
        open(document, pools, "up hinge, out hinge, up.x hinge");
        Json project = document.json();
        project["training"]["stopping"] = Json::parse(
            R"(["early_stopping",{"type":"early_stopping","parameters":{"monitor":"up.loss","patience":3}},)"
            R"({"type":"early_stopping","parameters":{"monitor":"up.x.loss"}},)"
            R"({"type":"early_stopping","parameters":{"monitor":"loss"}}])");
        document.open(project, {}, "test");
        once(document, [&] { QCOMPARE(renameLayer(document, "up", "Turned-round_2"), QString()); });
        once(document, [&] { QCOMPARE(renameLayer(document, "pool", "p"), QString()); });
        QCOMPARE(net(document), "in, p in, conv p, Turned-round_2 conv p:indices, out Turned-round_2");
        QCOMPARE(losses(document), "Turned-round_2, out, up.x");
        QCOMPARE(document.value("training.stopping").dump(),
                 std::string(R"(["early_stopping",)"
                             R"({"type":"early_stopping","parameters":{"monitor":"Turned-round_2.loss","patience":3}},)"
                             R"({"type":"early_stopping","parameters":{"monitor":"up.x.loss"}},)"
                             R"({"type":"early_stopping","parameters":{"monitor":"loss"}}])"));
        for (const std::string& name :
             {std::string("out"), std::string("in"), std::string("1a"), std::string("a b"), std::string("a:b"),
              std::string(), std::string("ä"), std::string("up.x"), std::string(101, 'a')})
            never(document, [&] { QVERIFY(!renameLayer(document, "conv", name).isEmpty()); });
        never(document, [&] { QVERIFY(!renameLayer(document, "none", "some").isEmpty()); });
        never(document, [&] { QVERIFY(renameLayer(document, "conv", "conv").isEmpty()); });
    }

    void switchesAreWrittenWhereTheySaySomething() {
        Document document;
        open(document, residual);
        const std::string before = document.json().dump();
        once(document, [&] { setBypass(document, {"a", "in", "none", "b"}, true); });
        QCOMPARE(document.undoStack().undoText(), "Bypass 4 layers");
        QVERIFY(document.spec().network.find("a")->bypass && document.spec().network.find("b")->bypass);
        QVERIFY(!document.spec().network.find("in")->bypass);
        once(document, [&] { setBypass(document, {"b", "a"}, false); });
        QCOMPARE(document.json().dump(), before);
        once(document, [&] { setTrainable(document, {"out"}, false); });
        QCOMPARE(document.undoStack().undoText(), "Freeze out");
        QVERIFY(!document.spec().network.find("out")->trainable);
        never(document, [&] { setTrainable(document, {"out"}, false); });
        once(document, [&] { setTrainable(document, {"out"}, true); });
        QCOMPARE(document.json().dump(), before);
    }

    void notesAndPlaces() {
        Document document;
        open(document, residual);
        once(document, [&] { setNote(document, "a", "Zwölf\n\"x\"", "note a"); });
        QCOMPARE(document.value("network.nodes.a.note").get<std::string>(), std::string("Zwölf\n\"x\""));
        setNote(document, "a", "more", "note a");
        QCOMPARE(document.undoStack().count(), 1);
        once(document, [&] { setNote(document, "a", {}); });
        QVERIFY(document.value("network.nodes.a.note").is_null());
        setNote(document, "a", QString(20'000, 'x'));
        QCOMPARE(document.value("network.nodes.a.note").get<std::string>().size(), std::size_t(10'000));
        never(document, [&] { setNote(document, "none", "text"); });

        once(document, [&] { moveLayers(document, {{"a", {1, 2}}, {"in", {-1e6, 0.25}}, {"none", {0, 0}}}, "drag"); });
        const int steps = document.undoStack().index();
        for (int i = 0; i < 5; ++i) moveLayers(document, {{"a", QPointF(i, i)}}, "drag");
        QCOMPARE(document.undoStack().index(), steps);
        QCOMPARE(document.value("network.nodes.a.position").dump(), std::string("[4.0,4.0]"));
        never(document, [&] { moveLayers(document, {{"b", {qInf(), 0}}, {"out", {0, qQNaN()}}}); });
    }

    void aParameterOfMany() {
        Document document;
        open(document, "in input, a dense in, b dropout a, c conv2d b, d lstm c");
        once(document, [&] { setParameterOfMany(document, {"in", "a", "b", "d", "none"}, "units", 7); });
        QCOMPARE(document.undoStack().undoText(), "Set Units of 5 layers");
        QCOMPARE(document.value("network.nodes.a.parameters").dump(), std::string(R"({"units":7})"));
        QCOMPARE(document.value("network.nodes.d.parameters").dump(), std::string(R"({"units":7})"));
        QVERIFY(document.value("network.nodes.b.parameters").is_null());
        setParameterOfMany(document, {"a", "d"}, "units", 8, "drag");
        setParameterOfMany(document, {"a", "d"}, "units", 9, "drag");
        QCOMPARE(document.undoStack().count(), 2);
        never(document, [&] { setParameterOfMany(document, {"a", "b"}, "filters", 7); });
    }

    // Nothing throws on a foreign file, and what cannot be read stays as it is.
    void damagedFilesAreLeftAlone() {
        Document document;
        Json project = document.json();
        project["network"] =
            Json::parse(R"({"nodes":[7,{"id":"in","type":"input"},{"id":3},{"id":"a","type":"dense","inputs":"in"},)"
                        R"({"id":"b","type":"dense","inputs":[1,"a"],"parameters":"x","position":["?"]},)"
                        R"({"id":"b","type":"dense"},{"id":"c","inputs":["b:"]}]})");
        project["training"]["losses"] = Json::parse(R"([7,{"output":1},{"output":"b"}])");
        project["training"]["stopping"] = Json::parse(R"([7,{"parameters":7},{"parameters":{"monitor":1}}])");
        document.open(project, {}, "test");
        const std::string before = document.json().dump();
        const Ids all{"in", "a", "b", "c"};
        addLayer(document, "dense");
        appendLayer(document, "dense", "b");
        connectLayers(document, "in", "", "b");
        renameLayer(document, "b", "d");
        setParameterOfMany(document, {"d"}, "units", 3);
        setBypass(document, all, true);
        duplicateLayers(document, {"a", "d", "c"}, {1, 1});
        pasteText(document, copyText(document, {"a", "d", "c"}), true, {});
        joinLayers(document, all);
        removeLayers(document, {"d", "c"}, true);
        QCOMPARE(document.value("network.nodes.0").dump(), std::string("7"));
        while (document.undoStack().canUndo()) document.undoStack().undo();
        QCOMPARE(document.json().dump(), before);
    }
};

QTEST_APPLESS_MAIN(GraphCommandsTest)
#include "GraphCommandsTest.moc"
