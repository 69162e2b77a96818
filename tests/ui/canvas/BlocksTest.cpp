// Blocks on the canvas and in the outline: folded, opened, edited inside, left.

#include <QAction>
#include <QMenu>
#include <QSignalSpy>

#include "tests/ui/canvas/Desk.h"
#include "ui/canvas/Outline.h"
#include "ui/document/commands/BlockCommands.h"
#include "ui/widgets/Theme.h"

using namespace perceptory;
using namespace perceptory::tests;

namespace {

Json residual() {
    const auto conv = [](const char* id, const char* input) {
        return Json{
            {"id", id}, {"type", "conv2d"}, {"inputs", {input}}, {"parameters", {{"filters", 4}, {"padding", "same"}}}};
    };
    return Json::array({{{"id", "in"}, {"type", "input"}, {"shape", {8, 8, 1}}},
                        conv("front", "in"),
                        conv("conv", "front"),
                        {{"id", "add"}, {"type", "add"}, {"inputs", {"conv", "front"}}},
                        {{"id", "flat"}, {"type", "flatten"}, {"inputs", {"add"}}},
                        {{"id", "out"}, {"type", "dense"}, {"inputs", {"flat"}}, {"parameters", {{"units", 10}}}}});
}

// With its block folded and repeated.
struct Folded : Desk {
    explicit Folded(int repeat = 3) : Desk(residual()) {
        scene->choose({"conv", "add"});
        key(Qt::Key_G, Qt::ControlModifier);
        document::setRepeat(document, "block1", repeat);
    }
    const NodeSight& sight(const std::string& id) const { return scene->node(id)->node(); }
};

void savePicture(const Desk& desk, const char* name) {
    const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
    if (!folder.isEmpty()) desk.view->grab().save(folder + '/' + QLatin1String(name));
}

}  // namespace

class BlocksTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::Theme::apply(*qApp, widgets::Theme::Mode::Light); }

    void aFoldedBlockIsOneCard() {
        const Folded desk;
        QCOMPARE(desk.ids(), QStringList({"in", "front", "block1", "flat", "out"}));
        QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"block1"});
        const NodeSight& card = desk.sight("block1");
        QCOMPARE(NodeItem::title(card), "block1 ×3");
        QCOMPARE(card.shape, "8×8×4");
        QCOMPARE(card.parameters, "444 parameters");  // 3 · (3 · 3 · 4 + 1) · 4
        QVERIFY(card.trouble.isEmpty());
        QCOMPARE(desk.scene->sight().wires[1].shape, "8×8×4");
        QCOMPARE(desk.scene->sight().layers, 10u);
        savePicture(desk, "block-folded.png");
    }

    void whatIsWrongInsideStandsOnTheCard() {
        Folded desk;
        openBlock(*desk.scene, "block1");
        document::setParameterOfMany(desk.document, {"conv"}, "filters", 5);
        QVERIFY(!desk.sight("add").trouble.isEmpty());
        QCOMPARE(desk.sight("conv").shape, "8×8×5");
        savePicture(desk, "block-open-trouble.png");
        leaveBlock(*desk.scene);
        QVERIFY(desk.sight("block1").isError);
        QCOMPARE(desk.sight("block1").trouble.count('\n'), 0);
        savePicture(desk, "block-folded-trouble.png");
    }

    void enterOpensAndEscapeLeaves() {
        Folded desk;
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.ids(), QStringList({"in", "conv", "add"}));
        QCOMPARE(desk.sight("in").shape, "8×8×4");
        QCOMPARE(desk.sight("conv").parameters, "148 parameters");
        QCOMPARE(desk.sight("add").shape, "8×8×4");
        QVERIFY(desk.scene->chosen().empty());
        savePicture(desk, "block-open.png");
        desk.scene->choose({"conv"});
        desk.key(Qt::Key_Escape);
        QCOMPARE(desk.document.openBlock(), std::string("block1"));
        desk.key(Qt::Key_Escape);
        QCOMPARE(desk.document.openBlock(), std::string());
        QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"block1"});
        QTest::mouseDClick(desk.view->viewport(), Qt::LeftButton, {}, desk.middle("block1"));
        QCOMPARE(desk.document.openBlock(), std::string("block1"));
    }

    void insideLayersAreAddedAsEverywhere() {
        Folded desk(2);
        desk.key(Qt::Key_Return);
        desk.scene->choose({"conv"});
        desk.add("bn");
        QCOMPARE(desk.wires(), "in>conv conv>bn1 bn1>add in>add");
        desk.drag(desk.output("in"), desk.middle("bn1"));
        QCOMPARE(desk.wires(), "in>conv in>bn1 bn1>add in>add");
        desk.document.undoStack().undo();
        desk.drop("dropout", desk.middle("conv"));
        QCOMPARE(desk.wires(), "in>conv conv>dropout1 dropout1>bn1 bn1>add in>add");
        desk.key(Qt::Key_A, Qt::ControlModifier);
        desk.key(Qt::Key_Delete);
        QCOMPARE(desk.ids(), QStringList{"in"});
        desk.document.undoStack().undo();
        desk.scene->choose({});
        desk.key(Qt::Key_Escape);
        QVERIFY(!desk.sight("block1").isError);
        QVERIFY(desk.document.spec().network.find("block1.1.dropout1"));
    }

    void unfoldedItsLayersAreChosen() {
        Folded desk(2);
        desk.key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(desk.scene->chosen(),
                 (std::vector<std::string>{"block1.0.conv", "block1.0.add", "block1.1.conv", "block1.1.add"}));
        desk.document.undoStack().undo();
        QCOMPARE(desk.ids(), QStringList({"in", "front", "block1", "flat", "out"}));
    }

    void whatCannotBeFoldedIsSaid() {
        Desk desk(residual());
        QSignalSpy refused(desk.view.get(), &NetworkView::refused);
        desk.key(Qt::Key_A, Qt::ControlModifier);
        desk.key(Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(refused.last()[0].toString(), "in cannot be in a block: here data enter the network.");
        desk.scene->choose({"conv"});
        desk.key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(refused.last()[0].toString(), "Choose a block to unfold it.");
    }

    void aBlockIsMovedConnectedAndDeletedAsALayer() {
        Folded desk;
        desk.drag(desk.middle("block1"), desk.middle("block1") + QPoint(0, 90), Qt::AltModifier);
        QVERIFY(desk.sight("block1").place);
        desk.drag(desk.output("in"), desk.middle("block1"));
        QCOMPARE(desk.wires(), "in>front in>block1 block1>flat flat>out");
        desk.document.undoStack().undo();
        desk.scene->choose({"block1"});
        desk.key(Qt::Key_Delete, Qt::ControlModifier);
        QCOMPARE(desk.wires(), "in>front front>flat flat>out");
    }

    void theOutlineShowsBlocksAsBranches() {
        Folded desk;
        Outline outline(*desk.scene);
        QTreeWidgetItem* row = outline.item("block1");
        QCOMPARE(row->childCount(), 2);
        QCOMPARE(row->text(Outline::Name), "block1");
        QCOMPARE(row->text(Outline::Kind), "Block ×3 · 2 layers");
        QCOMPARE(row->child(0)->text(Outline::Name), "conv");
        QCOMPARE(row->child(0)->text(Outline::Parameters), "148 parameters");
        QCOMPARE(row->child(1)->text(Outline::Output), "8×8×4");
        emit outline.itemActivated(row->child(1), 0);
        QCOMPARE(desk.document.openBlock(), std::string("block1"));
        QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"add"});
        QCOMPARE(outline.topLevelItemCount(), 3);
        desk.document.setOpenBlock({});
        outline.item("block1")->setText(Outline::Name, "res");
        QCOMPARE(desk.ids(), QStringList({"in", "front", "res", "flat", "out"}));
    }
};

QTEST_MAIN(BlocksTest)
#include "BlocksTest.moc"
