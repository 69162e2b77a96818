// What a screen reader hears of the canvas: names, words, states, places, and what happens there.

#include <QAccessible>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include "engine/data/DatasetLoader.h"
#include "tests/ui/canvas/Desk.h"
#include "ui/canvas/AccessibleEvents.h"
#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/Outline.h"
#include "ui/canvas/QuickAdd.h"

using namespace perceptory;
using namespace perceptory::canvas;
using base::Json;

namespace {

// conv1 is read by two layers.
Json branches() {
    return Json::parse(R"j([{"id": "in", "type": "input"},
        {"id": "conv1", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4, "padding": "same"}},
        {"id": "conv2", "type": "conv2d", "inputs": ["conv1"], "parameters": {"filters": 4, "padding": "same"}},
        {"id": "sum", "type": "add", "inputs": ["conv1", "conv2"]},
        {"id": "flat", "type": "flatten", "inputs": ["sum"]},
        {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 10}}])j");
}

// A desk as a screen reader has it.
struct Reading : tests::Desk {
    Reading() : Desk(branches()) {
        view->activateWindow();
        if (!QTest::qWaitForWindowActive(view.get())) qFatal("no window");
    }

    QAccessibleInterface* list() const { return QAccessible::queryAccessibleInterface(view.get()); }
    QAccessibleInterface* node(const QString& name) const {
        for (int i = 0; i < list()->childCount(); ++i)
            if (list()->child(i)->text(QAccessible::Name) == name) return list()->child(i);
        qFatal("no such node");
        return nullptr;
    }
    QString words(const QString& name) const { return node(name)->text(QAccessible::Description); }
    void act(const QString& name, const QString& action) const { node(name)->actionInterface()->doAction(action); }
    QString sourcesOf(const std::string& id) const {
        QStringList names;
        for (const std::string& source : document.spec().network.find(id)->inputs)
            names << QString::fromStdString(source);
        return names.join(' ');
    }
};

}  // namespace

class AccessibleTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void everyNodeIsARow() {
        const Reading desk;
        QCOMPARE(desk.list()->role(), QAccessible::List);
        QCOMPARE(desk.list()->text(QAccessible::Name), QStringLiteral("Network"));
        QCOMPARE(desk.list()->text(QAccessible::Description), QStringLiteral("6 layers"));
        QCOMPARE(desk.list()->childCount(), 6);
        for (int i = 0; i < 6; ++i) {
            QAccessibleInterface* row = desk.list()->child(i);
            QVERIFY(row && row->isValid());
            QCOMPARE(row->role(), QAccessible::ListItem);
            QCOMPARE(row->parent(), desk.list());
            QCOMPARE(desk.list()->indexOfChild(row), i);
            QCOMPARE(desk.list()->child(i), row);
            QCOMPARE(desk.list()->childAt(row->rect().center().x(), row->rect().center().y()), row);
        }
        const NodeItem* item = desk.scene->node("conv1");
        const QPoint middle = desk.view->mapFromScene(item->mapRectToScene(item->card()).center());
        QVERIFY(desk.node("conv1")->rect().contains(desk.view->viewport()->mapToGlobal(middle)));
        QVERIFY(!desk.list()->child(6) && !desk.list()->child(-1));
    }

    void aNodeIsToldInWords() {
        const Reading desk;
        QCOMPARE(desk.words("in"), QStringLiteral("Input, puts out 8×8×1, read by conv1"));
        QCOMPARE(desk.words("conv1"), QStringLiteral("Convolution 2D, 4 · 3×3, puts out 8×8×4, 40 parameters, "
                                                     "reads in, read by conv2 and sum"));
        QCOMPARE(desk.words("sum"), QStringLiteral("Add, puts out 8×8×4, reads conv1 and conv2, read by flat"));
        QVERIFY(desk.words("out").endsWith("reads flat, read by no layer"));
        QCOMPARE(desk.node("conv1")->text(QAccessible::Value), QStringLiteral("8×8×4"));
        QVERIFY(desk.node("conv1")->text(QAccessible::Help).contains("LeCun"));
        const auto related = desk.node("sum")->relations(QAccessible::Controller);
        QCOMPARE(related.size(), 2);
        QCOMPARE(related[1].first, desk.node("conv2"));
        QCOMPARE(desk.node("sum")->relations(QAccessible::AllRelations).size(), 3);
    }

    void whatIsWrongComesFirst() {
        Reading desk;
        document::removeLayers(desk.document, {"flat"}, true);
        QVERIFY2(desk.words("out").startsWith("Error: "), qPrintable(desk.words("out")));
        QVERIFY2(desk.words("out").contains("row of numbers"), qPrintable(desk.words("out")));
        QVERIFY(desk.words("out").contains(", reads sum, "));
        document::removeLayers(desk.document, {"sum"}, false);
        QVERIFY(desk.words("out").contains(", reads no layer, "));
        document::setBypass(desk.document, {"conv2"}, true);
        document::setTrainable(desk.document, {"conv2"}, false);
        document::setNote(desk.document, "conv2", "half the size");
        QVERIFY2(desk.words("conv2").endsWith("read by no layer, bypassed, frozen, note: half the size"),
                 qPrintable(desk.words("conv2")));
        Outline outline(*desk.scene);
        QCOMPARE(outline.item("conv2")->data(Outline::Name, Qt::AccessibleDescriptionRole).toString(),
                 desk.words("conv2"));
    }

    void statesFollowTheCanvas() {
        Reading desk;
        desk.scene->choose({"conv1"});
        const QAccessible::State chosen = desk.node("conv1")->state(), other = desk.node("flat")->state();
        QVERIFY(chosen.selected && chosen.focused && chosen.focusable && !chosen.offscreen && !chosen.invisible);
        QVERIFY(!other.selected && !other.focused && other.selectable);
        QCOMPARE(desk.list()->focusChild(), desk.node("conv1"));
        QTest::keyClick(desk.view.get(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(desk.node("conv1")->state().selected && !desk.node("conv1")->state().focused);
        QCOMPARE(desk.list()->focusChild()->text(QAccessible::Name), QStringLiteral("conv2"));
        desk.view->scale(3, 3);
        desk.view->centerOn(desk.scene->node("in"));
        QVERIFY(desk.node("out")->state().offscreen);
        QAccessibleInterface* gone = desk.node("flat");
        document::removeLayers(desk.document, {"flat"}, true);
        QVERIFY(!gone->isValid() && gone->state().invalid && gone->actionInterface()->actionNames().isEmpty());
        desk.document.undoStack().undo();
        QVERIFY(gone->isValid());
    }

    void actionsOfANode() {
        Reading desk;
        QAccessibleActionInterface* actions = desk.node("conv1")->actionInterface();
        for (const QString& name : actions->actionNames())
            QVERIFY2(
                !actions->localizedActionName(name).isEmpty() && !actions->localizedActionDescription(name).isEmpty(),
                qPrintable(name));
        QCOMPARE(actions->keyBindingsForAction("connect"), QStringList{"C"});
        desk.act("conv1", QAccessibleActionInterface::pressAction());
        QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"conv1"});
        desk.act("conv2", QAccessibleActionInterface::toggleAction());
        QCOMPARE(desk.scene->chosen().size(), 2u);
        QSignalSpy refused(desk.view.get(), &NetworkView::refused);
        desk.act("in", QAccessibleActionInterface::pressAction());
        desk.act("flat", "connect");
        QCOMPARE(desk.sourcesOf("flat"), QStringLiteral("in"));
        QVERIFY(refused.last()[0].toString().isEmpty());
        desk.act("sum", QAccessibleActionInterface::pressAction());
        desk.act("conv1", "connect");
        QCOMPARE(desk.sourcesOf("conv1"), QStringLiteral("in"));
        QVERIFY2(refused.last()[0].toString().contains("circle"), qPrintable(refused.last()[0].toString()));
        desk.act("flat", "deleteAndClose");
        QCOMPARE(desk.sourcesOf("out"), QStringLiteral("in"));
        desk.act("out", "delete");
        QVERIFY(!desk.document.spec().network.find("out"));
        QSignalSpy rename(desk.view.get(), &NetworkView::renameWanted);
        QSignalSpy settings(desk.view.get(), &NetworkView::settingsWanted);
        desk.act("conv2", "rename");
        desk.act("conv2", "settings");
        QVERIFY(rename.size() == 1 && settings.size() == 1);
        desk.node("conv2")->setText(QAccessible::Name, "second");
        QVERIFY(desk.document.spec().network.find("second"));
    }

    void theMenuOfALayerIsOpened() {
        Reading desk;
        desk.act("conv1", QAccessibleActionInterface::showMenuAction());
        const auto menu = [] { return qobject_cast<QMenu*>(QApplication::activePopupWidget()); };
        QPoint where;
        QTimer::singleShot(500, &desk.document, [&] {
            if (!menu()) return;
            where = menu()->pos();
            menu()->close();
        });
        QTRY_VERIFY(!where.isNull());
        QCOMPARE(desk.scene->chosen(), std::vector<std::string>{"conv1"});
        QVERIFY((where - desk.node("conv1")->rect().bottomLeft()).manhattanLength() < 40);
    }

    void theMenuOfLayersIsARowWhileItIsOpen() {
        Reading desk;
        desk.act("conv2", "addBehind");
        QCOMPARE(desk.list()->childCount(), 7);
        QAccessibleInterface* menu = desk.list()->child(6);
        QCOMPARE(desk.list()->indexOfChild(menu), 6);
        QCOMPARE(menu->text(QAccessible::Name), QStringLiteral("Add a layer"));
        QTest::keyClicks(desk.view->quickAdd()->field(), "dense");
        QVERIFY(desk.view->quickAdd()->field()->accessibleDescription().contains("row of numbers"));
        desk.view->quickAdd()->field()->clear();
        QTest::keyClicks(desk.view->quickAdd()->field(), "batch");
        menu->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(desk.list()->childCount(), 7);
        QCOMPARE(desk.sourcesOf("bn1"), QStringLiteral("conv2"));
    }

    void whatHappensIsTold() {
        Reading desk;
        QStringList told;
        new AccessibleEvents(*desk.view, [&told](QAccessibleEvent& event) {
            const QString name = event.accessibleInterface()->text(QAccessible::Name);
            told << QString::fromLatin1(qAccessibleEventString(event.type())) + ' ' + name;
        });
        desk.scene->choose({"in"});
        QTest::qWait(50);
        const auto hears = [&told](const QStringList& wanted) {
            QTest::qWait(20);
            const QStringList heard = std::exchange(told, {});
            for (const QString& event : wanted)
                if (!heard.contains(event)) return event + " not among " + heard.join(", ");
            return QString();
        };
        told.clear();
        QTest::keyClick(desk.view.get(), Qt::Key_Right);
        QCOMPARE(hears({"SelectionRemove in", "SelectionAdd conv1", "Focus conv1"}), QString());
        document::renameLayer(desk.document, "conv1", "first");
        QCOMPARE(hears({"NameChanged first", "DescriptionChanged conv2"}), QString());
        document::removeLayers(desk.document, {"conv2"}, true);
        QCOMPARE(hears({"ObjectDestroyed ", "DescriptionChanged sum"}), QString());
        desk.document.undoStack().undo();
        QCOMPARE(hears({"ObjectCreated conv2"}), QString());
        desk.scene->choose({"flat"});
        desk.view->clearFocus();
        told.clear();
        desk.view->setFocus();
        QCOMPARE(hears({"Focus flat"}), QString());
        QTest::keyClick(desk.view.get(), Qt::Key_C);
        QTest::keyClick(desk.view.get(), Qt::Key_Right);
        QCOMPARE(hears({"Focus out"}), QString());
    }
};

QTEST_MAIN(AccessibleTest)
#include "AccessibleTest.moc"
