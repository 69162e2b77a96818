#pragma once
// A canvas with a network on it, and hands that use it.

#include <QApplication>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QTest>

#include "engine/data/DatasetLoader.h"
#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/QuickAdd.h"

namespace perceptory::tests {

using namespace canvas;
using base::Json;

// Images of 8 × 8 in ten classes.
inline Json digits(Json nodes) {
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data", {{"source", "dataset"}, {"id", "digits"}}},
            {"network", {{"nodes", std::move(nodes)}}},
            {"training", {{"loss", "softmax_cross_entropy"}, {"optimizer", "adam"}}}};
}

inline Json chain() {
    return {{{"id", "in"}, {"type", "input"}, {"shape", {8, 8, 1}}},
            {{"id", "conv1"}, {"type", "conv2d"}, {"inputs", {"in"}}, {"parameters", {{"filters", 4}}}},
            {{"id", "flat"}, {"type", "flatten"}, {"inputs", {"conv1"}}},
            {{"id", "out"}, {"type", "dense"}, {"inputs", {"flat"}}, {"parameters", {{"units", 10}}}}};
}

struct Desk {
    document::Document document;
    std::unique_ptr<NetworkScene> scene;
    std::unique_ptr<NetworkView> view;

    explicit Desk(Json nodes = chain()) {
        document.open(digits(std::move(nodes)), ".", "test");
        scene = std::make_unique<NetworkScene>(document);
        base::Problems problems;
        scene->setDataset(data::loadDataset(document.spec().data, ".", problems));
        view = std::make_unique<NetworkView>(*scene);
        view->resize(1000, 600);
        view->show();
        view->setFocus();
        if (!QTest::qWaitForWindowExposed(view.get())) qFatal("no window");
        view->fitAll();
    }

    QStringList ids() const {
        QStringList result;
        for (const NodeSight& node : scene->sight().nodes) result << QString::fromStdString(node.id);
        return result;
    }
    QString wires() const {
        QStringList result;
        for (const document::Wire& wire : document::wiresOf(document))
            result << QString::fromStdString(wire.from + ">" + wire.to);
        return result.join(' ');
    }
    QPoint at(QPointF scenePlace) const { return view->mapFromScene(scenePlace); }
    QPoint middle(const std::string& id) const { return at(scene->node(id)->sceneBoundingRect().center()); }
    QPoint output(const std::string& id) const {
        const NodeItem* node = scene->node(id);
        return at(node->pos() + node->outputPoint());
    }
    QPoint input(const std::string& id, std::size_t input = 0) const {
        const NodeItem* node = scene->node(id);
        return at(node->pos() + node->inputPoint(input));
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(view.get(), key, modifiers); }
    void add(const QString& typed) {
        key(Qt::Key_Space);
        QTest::keyClicks(view->quickAdd()->field(), typed);
        QTest::keyClick(view->quickAdd()->field(), Qt::Key_Return);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(view->viewport(), Qt::LeftButton, modifiers, from);
        QTest::mouseMove(view->viewport(), (from + to) / 2);
        QMouseEvent move(QEvent::MouseMove, to, view->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                         modifiers);
        QApplication::sendEvent(view->viewport(), &move);
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, modifiers, to);
    }
    void drop(const char* type, QPoint place) {
        QMimeData data;
        data.setData(QString::fromLatin1(layerMimeType), type);
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(view->viewport(), &enter);
        QVERIFY(enter.isAccepted());
        // A fast hand: the last move that was told lies elsewhere.
        QDragMoveEvent move(QPoint(1, 1), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(view->viewport(), &move);
        QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(view->viewport(), &drop);
    }
};

}  // namespace perceptory::tests
