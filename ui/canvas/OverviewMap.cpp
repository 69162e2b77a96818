#include "ui/canvas/OverviewMap.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include "ui/canvas/NodeItem.h"
#include "ui/canvas/WireItem.h"
#include "ui/widgets/Theme.h"

namespace perceptory::canvas {

using widgets::ColourRole;
using widgets::themed;

namespace {

constexpr QSize usualSize(200, 120);
constexpr int margin = 10;

}  // namespace

OverviewMap::OverviewMap(NetworkScene& scene, NetworkView& view)
    : QWidget(view.viewport()), m_scene(scene), m_view(view) {
    resize(usualSize);
    setAccessibleName(tr("Overview of the network"));
    setToolTip(tr("All of the network; click to go there (M)"));
    view.viewport()->installEventFilter(this);
    connect(&scene, &NetworkScene::shown, this, &OverviewMap::showItself);
    // The view moves what is inside of it along when it scrolls.
    connect(view.horizontalScrollBar(), &QScrollBar::valueChanged, this, &OverviewMap::showItself);
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, &OverviewMap::showItself);
    showItself();
}

void OverviewMap::toggle() {
    m_wanted = isHidden();
    showItself();
}

void OverviewMap::showItself() {
    setVisible(m_wanted.value_or(m_scene.nodes().size() > mostWithout));
    move(m_view.viewport()->width() - width() - margin, m_view.viewport()->height() - height() - margin);
    update();
}

bool OverviewMap::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) showItself();
    return QWidget::eventFilter(watched, event);
}

QRectF OverviewMap::whole() const {
    QRectF all;
    for (const NodeItem* node : m_scene.nodes()) all |= node->sceneBoundingRect();
    return all;
}

QTransform OverviewMap::toMap() const {
    const QRectF all = whole(), room = QRectF(rect()).adjusted(6, 6, -6, -6);
    if (all.isEmpty()) return {};
    const double scale = std::min(room.width() / all.width(), room.height() / all.height());
    return QTransform::fromTranslate(-all.center().x(), -all.center().y()) * QTransform::fromScale(scale, scale) *
           QTransform::fromTranslate(room.center().x(), room.center().y());
}

void OverviewMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(themed(ColourRole::Border));
    painter.setBrush(themed(ColourRole::Base));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const QTransform map = toMap();
    painter.setPen(themed(ColourRole::Wire));
    for (const WireItem* wire : m_scene.wires())
        painter.drawLine(map.map(wire->from()->sceneBoundingRect().center()),
                         map.map(wire->to()->sceneBoundingRect().center()));
    painter.setPen(Qt::NoPen);
    for (const NodeItem* node : m_scene.nodes()) {
        const bool faulty = node->node().isError;
        painter.setBrush(themed(faulty               ? ColourRole::Error
                                : node->isSelected() ? ColourRole::Accent
                                                     : ColourRole::MutedText));
        const QRectF box = map.mapRect(node->sceneBoundingRect());
        painter.drawRect(box.adjusted(0, 0, std::max(0.0, 2 - box.width()), std::max(0.0, 2 - box.height())));
    }
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    painter.setPen(QPen(themed(ColourRole::Accent), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(map.mapRect(seen).intersected(QRectF(rect()).adjusted(1, 1, -2, -2)));
}

void OverviewMap::lead(QPointF place) { m_view.centerOn(toMap().inverted().map(place)); }

void OverviewMap::mousePressEvent(QMouseEvent* event) { lead(event->position()); }

void OverviewMap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) lead(event->position());
}

}  // namespace perceptory::canvas
