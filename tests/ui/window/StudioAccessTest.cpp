// The Studio by its accessible tree alone: what a screen reader can reach is enough to build a network.

#include <QAccessible>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include "ui/canvas/NetworkScene.h"
#include "ui/document/commands/GraphWires.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Studio.h"

using namespace perceptory;
using namespace perceptory::window;
using base::Json;

namespace {

constexpr int patience = 60000;

// Four measures of flowers in three kinds, and no layer yet.
Json empty() {
    return Json::parse(R"j({"format": "perceptory-project", "format_version": 1,
        "data": {"source": "dataset", "id": "iris"}, "network": {"nodes": []},
        "training": {"loss": "softmax_cross_entropy", "optimizer": "adam"},
        "view": {"workspace": "studio"}})j");
}

// What can be seen below `where`, by name and, where that is given, by role; null: none.
QAccessibleInterface* find(QAccessibleInterface* where, const QString& name, int role = 0) {
    for (int i = 0; where && i < where->childCount(); ++i) {
        QAccessibleInterface* child = where->child(i);
        if (!child || !child->isValid() || child->state().invisible) continue;
        if (child->text(QAccessible::Name) == name && (role == 0 || child->role() == role)) return child;
        if (QAccessibleInterface* found = find(child, name, role)) return found;
    }
    return nullptr;
}

// Somebody who has nothing but the tree.
struct Reader {
    QAccessibleInterface* root;

    QAccessibleInterface* network() const { return find(root, "Network", QAccessible::List); }
    QAccessibleInterface* layer(const QString& id) const { return find(network(), id, QAccessible::ListItem); }

    bool act(QAccessibleInterface* on, const QString& action) const {
        if (!on || !on->actionInterface() || !on->actionInterface()->actionNames().contains(action)) return false;
        on->actionInterface()->doAction(action);
        return true;
    }
    bool press(QAccessibleInterface* on) const { return act(on, QAccessibleActionInterface::pressAction()); }
    // In the menu of layers that is open.
    bool take(const QString& typed) const {
        QAccessibleInterface* menu = find(network(), "Add a layer", QAccessible::Dialog);
        QAccessibleInterface* field = find(menu, "Name of a layer", QAccessible::EditableText);
        if (!field || !field->editableTextInterface()) return false;
        field->editableTextInterface()->insertText(0, typed);
        return press(menu);
    }
    bool setNumber(const QString& name, double value) const {
        QAccessibleInterface* field = find(root, name, QAccessible::SpinBox);
        if (!field || !field->valueInterface()) return false;
        field->valueInterface()->setCurrentValue(value);
        return true;
    }
};

QString connections(const document::Document& document) {
    QStringList result;
    for (const document::Wire& wire : document::wiresOf(document))
        result << QString::fromStdString(wire.from + ">" + wire.to);
    return result.join(' ');
}

}  // namespace

class StudioAccessTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
    }

    void theAccessibleTreeBuildsAThreeLayerNetByItsActionsAlone() {
        MainWindow window;
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.document().open(empty(), ".", "empty");
        auto* studio = window.findChild<Studio*>();
        QTRY_VERIFY_WITH_TIMEOUT(studio->isVisible() && studio->scene()->dataset(), patience);

        const Reader reader{QAccessible::queryAccessibleInterface(&window)};
        QCOMPARE(reader.network()->text(QAccessible::Description), QStringLiteral("No layers yet"));
        QVERIFY(reader.act(reader.network(), "addLayer"));
        QVERIFY(reader.take("input"));
        QVERIFY(reader.act(reader.layer("in"), "addBehind"));
        QVERIFY(reader.take("dense"));
        QTRY_VERIFY(reader.setNumber("Units", 8));
        QVERIFY(reader.act(reader.layer("dense1"), "addBehind"));
        QVERIFY(reader.take("dense"));
        QVERIFY(reader.act(reader.layer("dense2"), "rename"));
        QAccessibleInterface* name = find(reader.root, "Name of the layer", QAccessible::EditableText);
        QVERIFY(name && name->editableTextInterface());
        reader.layer("dense2")->setText(QAccessible::Name, "out");
        QVERIFY(reader.press(reader.layer("out")));
        QTRY_VERIFY(reader.setNumber("Units", 3));
        QCOMPARE(connections(window.document()), QStringLiteral("in>dense1 dense1>out"));

        // A wrong connection says what is wrong with it, and is made good again.
        QVERIFY(reader.press(reader.layer("in")));
        QVERIFY(reader.act(reader.layer("out"), "connect"));
        QCOMPARE(connections(window.document()), QStringLiteral("in>dense1 in>out"));
        QVERIFY(reader.layer("dense1")->text(QAccessible::Description).contains("read by no layer"));
        QVERIFY(reader.press(reader.layer("dense1")));
        QVERIFY(reader.act(reader.layer("out"), "connect"));

        QCOMPARE(connections(window.document()), QStringLiteral("in>dense1 dense1>out"));
        QCOMPARE(reader.network()->text(QAccessible::Description), QStringLiteral("3 layers"));
        QVERIFY(reader.layer("dense1")->text(QAccessible::Description).contains("puts out 8, "));
        QVERIFY(!base::hasError(window.document().problems()));
        QVERIFY(studio->scene()->sight().problems.empty());
        QCOMPARE(window.document().spec().network.find("dense1")->parameters["units"], Json(8));
        QTRY_COMPARE_WITH_TIMEOUT(window.session().snapshot()->revision, window.document().revision(), patience);
    }
};

QTEST_MAIN(StudioAccessTest)
#include "StudioAccessTest.moc"
