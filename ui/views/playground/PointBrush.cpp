#include "ui/views/playground/PointBrush.h"

#include <QTimer>
#include <cmath>

#include "ui/document/commands/PointCommands.h"
#include "ui/widgets/HeatmapView.h"

namespace perceptory::views {

namespace {

constexpr double kSpacing = 0.28, kEraserRadius = 0.45;  // data units

}  // namespace

PointBrush::PointBrush(document::Document& document, widgets::HeatmapView& map, QObject* parent)
    : QObject(parent), m_document(document) {
    connect(&map, &widgets::HeatmapView::dragged, this, &PointBrush::stroke);
    connect(&map, &widgets::HeatmapView::dragEnded, this, &PointBrush::endStroke);
    connect(&map, &widgets::HeatmapView::clicked, this, &PointBrush::clickedAt);
}

void PointBrush::setBrush(std::optional<Brush> brush) {
    endStroke();
    m_brush = std::move(brush);
}

void PointBrush::stroke(QPointF plane, Qt::MouseButton button) {
    if (!m_brush) return;
    if (!m_strokes) {
        m_strokes = true;
        m_document.beginGesture();
    }
    const QPointF away = m_last ? plane - *m_last : QPointF(kSpacing, kSpacing);
    if (std::hypot(away.x(), away.y()) >= kSpacing) dab(plane, button);
}

void PointBrush::dab(QPointF plane, Qt::MouseButton button) {
    m_last = plane;
    if (!document::hasPoints(m_document)) document::startPoints(m_document);
    if (m_brush->erases || button == Qt::RightButton)
        document::erasePoints(m_document, plane.x(), plane.y(), kEraserRadius);
    else
        document::addPoint(m_document, plane.x(), plane.y(), m_brush->label);
}

void PointBrush::endStroke() {
    if (!m_strokes) return;
    m_strokes = false;
    m_last.reset();
    m_document.endGesture();
    m_justStroked = true;
    QTimer::singleShot(0, this, [this] { m_justStroked = false; });
}

void PointBrush::clickedAt(QPointF plane, Qt::MouseButton button) {
    if (!m_brush || m_justStroked) return;
    m_document.beginGesture();
    dab(plane, button);
    m_document.endGesture();
    m_last.reset();
}

}  // namespace perceptory::views
