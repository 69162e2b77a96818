#include "tests/app/journeys/StudioHands.h"

#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QScreen>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <functional>

#include "ui/canvas/LayerPalette.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/WireItem.h"
#include "ui/document/commands/GraphWires.h"
#include "ui/window/LayerInspector.h"

namespace perceptory::tests {

using base::Json;

namespace {

constexpr int patience = 20000;

// Turns the wheel a little at a time until nothing is missing: 1 further down, -1 further up.
void scrollUntil(QPoint over, const std::function<int()>& missing) {
    for (int i = 0; i < 40 && missing() != 0; ++i) {
        moveTo(over);
        turnWheel(missing() > 0 ? -2 : 2);
    }
    QCOMPARE(missing(), 0);
}

// Where `part` lies beside `whole`: 1 below its end, -1 above its beginning, 0 inside.
int sideOf(const QRect& part, const QRect& whole) {
    return part.bottom() > whole.bottom() ? 1 : part.top() < whole.top() ? -1 : 0;
}

Json project(Json data, Json nodes) {
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data", std::move(data)},
            {"network", {{"nodes", std::move(nodes)}}},
            {"training", {{"loss", "softmax_cross_entropy"}, {"optimizer", "adam"}, {"batch_size", 32}}},
            {"view", {{"workspace", "studio"}}}};
}

}  // namespace

Json digitsProject(Json nodes) { return project({{"source", "dataset"}, {"id", "digits"}}, std::move(nodes)); }

Json shapesProject(Json nodes) {
    const Json parameters{{"samples", 50}, {"size", 32}, {"classes", 5}};
    return project({{"source", "generator"}, {"id", "shapes"}, {"parameters", parameters}}, std::move(nodes));
}

StudioHands::StudioHands(window::MainWindow& window)
    : m_window(window), m_studio(window.findChild<window::Studio*>()) {}

QPoint StudioHands::onScreen(QPointF scenePlace) const {
    const canvas::NetworkView* view = m_studio->view();
    return view->viewport()->mapToGlobal(view->mapFromScene(scenePlace));
}

QPoint StudioHands::middle(const std::string& id) const {
    const canvas::NodeItem* node = m_studio->scene()->node(id);
    return node ? onScreen(node->mapRectToScene(node->card()).center()) : QPoint();
}

QPoint StudioHands::output(const std::string& id) const {
    const canvas::NodeItem* node = m_studio->scene()->node(id);
    return node ? onScreen(node->pos() + node->outputPoint()) : QPoint();
}

QPoint StudioHands::onCanvas(double right, double down) const {
    const QWidget* canvas = m_studio->view()->viewport();
    return canvas->mapToGlobal(QPoint(int(right * canvas->width()), int(down * canvas->height())));
}

QPoint StudioHands::onWire(const std::string& from, const std::string& to) const {
    for (const canvas::WireItem* wire : m_studio->scene()->wires())
        if (wire->from()->node().id == from && wire->to()->node().id == to)
            return onScreen(wire->path().pointAtPercent(0.5));
    return {};
}

QWidget* StudioHands::button(const QString& text) const {
    for (QToolButton* button : m_studio->findChildren<QToolButton*>())
        if (button->isVisible() && button->text() == text) return button;
    return nullptr;
}

void StudioHands::dropFromPalette(const QString& label, QPoint place) const {
    canvas::LayerTree* tree = m_studio->palette()->tree();
    const auto items = tree->findItems(label, Qt::MatchExactly | Qt::MatchRecursive);
    QVERIFY2(items.size() == 1, qPrintable(label));
    const auto rect = [&] { return tree->visualItemRect(items[0]); };
    const QWidget* shown = tree->viewport();
    scrollUntil(shown->mapToGlobal(shown->rect().center()), [&] { return sideOf(rect(), shown->rect()); });
    const QPoint from = shown->mapToGlobal(QPoint(rect().left() + 20, rect().center().y()));
    dragAlong({from, from + QPoint(15, 5), (from + place) / 2, place});
}

void StudioHands::bringIntoView(QWidget* field) const {
    const QAbstractScrollArea* area = nullptr;
    for (QWidget* around = field; around && !area; around = around->parentWidget())
        area = qobject_cast<QAbstractScrollArea*>(around);
    QVERIFY2(area, qPrintable(field->objectName()));
    const QWidget* shown = area->viewport();
    const auto side = [&] { return sideOf({field->mapTo(shown, QPoint(0, 0)), field->size()}, shown->rect()); };
    // At the margin, where no field takes the wheel.
    scrollUntil(shown->mapToGlobal(QPoint(3, shown->height() / 2)), side);
}

void StudioHands::setNumber(const QString& field, int value) const {
    auto* spin = qobject_cast<QDoubleSpinBox*>(named(*m_studio->inspector(), field));
    QVERIFY2(spin, qPrintable(field));
    bringIntoView(spin);
    clickAt(spin->mapToGlobal(QPoint(12, spin->height() / 2)));
    // From a hundred on a notch is ten.
    turnWheel(std::min(value, 100) - int(spin->value()));
    turnWheel((value - std::min(value, 100)) / 10);
    QTRY_COMPARE_WITH_TIMEOUT(int(spin->value()), value, patience);
}

void StudioHands::setChoice(const QString& field, const QString& value) const {
    auto* box = qobject_cast<QComboBox*>(named(*m_studio->inspector(), field));
    QVERIFY2(box, qPrintable(field));
    bringIntoView(box);
    clickOn(box);
    QTRY_VERIFY_WITH_TIMEOUT(box->view()->isVisible(), patience);
    const QModelIndex choice = box->model()->index(box->findText(value), 0);
    const QWidget* shown = box->view()->viewport();
    const auto rect = [&] { return box->view()->visualRect(choice); };
    scrollUntil(shown->mapToGlobal(shown->rect().center()), [&] { return sideOf(rect(), shown->rect()); });
    clickAt(shown->mapToGlobal(rect().center()));
    QTRY_COMPARE_WITH_TIMEOUT(box->currentText(), value, patience);
}

QStringList StudioHands::ids() const {
    QStringList result;
    for (const network::NodeSpec& node : m_window.document().spec().network.nodes)
        result << QString::fromStdString(node.id);
    return result;
}

QString StudioHands::wires() const {
    QStringList result;
    for (const document::Wire& wire : document::wiresOf(m_window.document()))
        result << QString::fromStdString(wire.from + ">" + wire.to);
    return result.join(' ');
}

Json StudioHands::parameters(const std::string& id) const {
    const network::NodeSpec* node = m_window.document().spec().network.find(id);
    return node ? node->parameters : Json();
}

bool StudioHands::isSound() const {
    const canvas::NetworkScene* scene = m_studio->scene();
    return scene->dataset() && !scene->nodes().empty() && scene->sight().problems.empty();
}

void StudioHands::picture(const QString& name) const {
    const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
    if (folder.isEmpty()) return;
    QTest::qWait(300);
    m_window.screen()->grabWindow(0).save(QDir(folder).filePath(name + ".png"));
}

}  // namespace perceptory::tests
