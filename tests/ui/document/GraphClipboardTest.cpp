// Copies of layers: what they read among them comes along, names that are taken get the next number, and no text from
// elsewhere does harm.

#include <QTest>

#include "engine/network/NodeRules.h"
#include "engine/project/Project.h"
#include "tests/ui/document/GraphCase.h"
#include "ui/document/commands/GraphClipboard.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/LayerValues.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;
using namespace perceptory::tests;

namespace {

const QString pools = "in input, pool max_pool in, conv conv2d pool, up max_unpool conv pool:indices, out dense up";

}  // namespace

class GraphClipboardTest : public QObject {
    Q_OBJECT

private slots:
    void layersAreCopied() {
        Document document;
        open(document, pools, "out hinge");
        moveLayers(document, {{"up", {10, 20}}});
        const QString text = copyText(document, {"up", "conv", "none"});
        QCOMPARE(Json::parse(text.toStdString()).dump(),
                 std::string(R"({"perceptory":"layers","nodes":[{"id":"conv","type":"conv2d","inputs":[]},)"
                             R"({"id":"up","type":"max_unpool","inputs":["conv"],"position":[10.0,20.0]}],)"
                             R"("incoming":[{"to":"conv","input":0,"from":"pool"},)"
                             R"({"to":"up","input":1,"from":"pool:indices"}]})"));
        QCOMPARE(copyText(document, {"none"}), QString());
        Ids ids;
        once(document, [&] { ids = pasteText(document, text, true, {5, 5}); });
        QVERIFY((ids == Ids{"conv2", "up2"}));
        QCOMPARE(net(document),
                 "in, pool in, conv pool, up conv pool:indices, conv2 pool, up2 conv2 pool:indices, out up");
        QCOMPARE(document.value("network.nodes.up2.position").dump(), std::string("[15.0,25.0]"));
        once(document, [&] { ids = pasteText(document, text, false, {}); });
        QCOMPARE(net(document).section(", ", 6, 7), "conv3, up3 conv3");
        QCOMPARE(losses(document), "out");

        open(document, "in input, out dense in");  // there is no pool
        once(document, [&] { ids = pasteText(document, text, true, {}); });
        QCOMPARE(net(document), "in, conv, up conv, out in");
    }

    void inputsKeepTheirNumbers() {
        Document document;
        open(document, "a input, b input, c dense b, d concatenate a c b, e dense d");
        Ids ids;
        once(document, [&] { ids = duplicateLayers(document, {"d", "c", "e"}, {}); });
        QVERIFY((ids == Ids{"c2", "d2", "e2"}));
        QCOMPARE(net(document), "a, b, c b, d a c b, c2 b, d2 a c2 b, e2 d2, e d");
        once(document, [&] { duplicateLayers(document, {"e"}, {}); });
        QCOMPARE(net(document), "a, b, c b, d a c b, c2 b, d2 a c2 b, e2 d2, e3 d, e d");
        once(document, [&] { duplicateLayers(document, {"a"}, {}); });
        never(document, [&] { QVERIFY(duplicateLayers(document, {"none"}, {}).empty()); });
    }

    // One is free, the other's is not, and a third has the name the second would get.
    void namesThatAreFreeStay() {
        Document document;
        open(document, "conv1 input, x dense conv1");
        const QString text = R"({"perceptory":"layers","nodes":[{"id":"conv1","type":"dense"},)"
                             R"({"id":"conv2","type":"dense","inputs":["conv1"],"more":{"a":1}},)"
                             R"({"id":"y","type":"from a newer version","inputs":["elsewhere","conv2"]}]})";
        Ids ids;
        once(document, [&] { ids = pasteText(document, text, true, {}); });
        QVERIFY((ids == Ids{"conv3", "conv2", "y"}));
        QCOMPARE(net(document), "conv1, conv3, conv2 conv3, y conv2, x conv1");
        QCOMPARE(document.value("network.nodes.conv2.more.a").dump(), std::string("1"));
    }

    void damagedTextsAreRefused_data() {
        QTest::addColumn<QString>("text");
        const auto nodes = [](const char* list) { return QString(R"({"perceptory":"layers","nodes":%1})").arg(list); };
        QTest::newRow("nothing") << "";
        QTest::newRow("words") << "conv1";
        QTest::newRow("another kind") << R"({"perceptory":"project","nodes":[{"id":"a","type":"dense"}]})";
        QTest::newRow("two things") << nodes(R"([{"id":"a","type":"dense"}])") + "," + nodes("[]");
        QTest::newRow("out of the list") << "1],[" + nodes(R"([{"id":"a","type":"dense"}])");
        QTest::newRow("a list") << R"([{"id":"a","type":"dense"}])";
        QTest::newRow("no nodes") << R"({"perceptory":"layers"})";
        QTest::newRow("empty") << nodes("[]");
        QTest::newRow("an object") << nodes("{}");
        QTest::newRow("cut off") << nodes(R"([{"id":"a","type":"dense"}])").chopped(1);
        QTest::newRow("no node") << nodes("[7]");
        QTest::newRow("no id") << nodes(R"([{"type":"dense"}])");
        QTest::newRow("a bad id") << nodes(R"([{"id":"a:b","type":"dense"}])");
        QTest::newRow("no type") << nodes(R"([{"id":"a","type":7}])");
        QTest::newRow("inputs that are none") << nodes(R"([{"id":"a","type":"dense","inputs":"a"}])");
        QTest::newRow("inputs that are no texts") << nodes(R"([{"id":"a","type":"dense","inputs":[1]}])");
        QTest::newRow("namesakes") << nodes(R"([{"id":"a","type":"dense"},{"id":"a","type":"dense"}])");
        QTest::newRow("itself") << nodes(R"([{"id":"a","type":"dense","inputs":["a"]}])");
        QTest::newRow("a circle") << nodes(
            R"([{"id":"a","type":"dense","inputs":["b"]},{"id":"b","type":"dense","inputs":["a"]}])");
        QTest::newRow("too large a number") << nodes(R"([{"id":"a","type":"dense","x":1e999}])");
        QTest::newRow("damaged inputs") << nodes(
            R"([{"id":"a","type":"dense"}],"incoming":[{"to":"a","input":-1,"from":"in"}])");
        QTest::newRow("inputs as a number") << nodes(R"([{"id":"a","type":"dense"}],"incoming":7)");
        QTest::newRow("not UTF-16") << QString(QChar(0xD800));
    }

    void damagedTextsAreRefused() {
        QFETCH(QString, text);
        Document document;
        never(document, [&] { QVERIFY(pasteText(document, text, true, {}).empty()); });
    }

    // A file may be so deep and no deeper.
    void whatIsPastedCanBeReadAgain() {
        int refused = 0;
        for (int depth = 20; depth < 40; ++depth) {
            Document document;
            const QString deep = QString(depth, '[') + QString(depth, ']');
            const QString text = R"({"perceptory":"layers","nodes":[{"id":"a","type":"dense","x":%1}]})";
            refused += pasteText(document, text.arg(deep), true, {}).empty();
            QCOMPARE(project::parseProject(project::projectText(document.json()), "test").dump(),
                     document.json().dump());
        }
        QVERIFY(refused > 5 && refused < 15);
    }

    void aNetworkStaysReadable() {
        Document document;
        Json nodes = Json::array();
        for (std::size_t i = 0; i < network::mostNodes; ++i)
            nodes.push_back({{"id", "n" + std::to_string(i)}, {"type", "dense"}, {"inputs", Json::array()}});
        for (std::size_t i = 1; i < nodes.size(); ++i) nodes[i]["inputs"].push_back("n" + std::to_string(i - 1));
        Json project = document.json();
        project["network"]["nodes"] = nodes;
        document.open(project, {}, "test");
        never(document, [&] { QVERIFY(duplicateLayers(document, {"n7"}, {}).empty()); });
        QVERIFY(!whyNotConnect(document, "n9999", "", "n0").isEmpty());
        Ids half;
        for (std::size_t i = 0; i < network::mostNodes; i += 2) half.push_back("n" + std::to_string(i));
        once(document, [&] { removeLayers(document, half, true); });
        Ids rest;
        for (const network::NodeSpec& node : document.spec().network.nodes) rest.push_back(node.id);
        once(document, [&] { QCOMPARE(duplicateLayers(document, rest, {}).size(), rest.size()); });
        QCOMPARE(document.spec().network.nodes.size(), network::mostNodes);
    }
};

QTEST_APPLESS_MAIN(GraphClipboardTest)
#include "GraphClipboardTest.moc"
