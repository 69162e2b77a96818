#pragma once
// Painting points: what the mouse does on the map becomes points of the document, one undo step for each stroke. Dots
// of a stroke keep a distance, so that a slow hand paints no heaps. GUI thread.

#include <QObject>
#include <QPointF>
#include <optional>

#include "ui/document/Document.h"
#include "ui/views/playground/DataPanel.h"

namespace perceptory::widgets {
class HeatmapView;
}

namespace perceptory::views {

class PointBrush : public QObject {
    Q_OBJECT

public:
    PointBrush(document::Document& document, widgets::HeatmapView& map, QObject* parent);

    // Nothing: the mouse does not paint.
    void setBrush(std::optional<Brush> brush);
    bool isPainting() const { return m_brush.has_value(); }

private:
    void stroke(QPointF plane, Qt::MouseButton button);
    void endStroke();
    void dab(QPointF plane, Qt::MouseButton button);
    void clickedAt(QPointF plane, Qt::MouseButton button);

    document::Document& m_document;
    std::optional<Brush> m_brush;
    std::optional<QPointF> m_last;  // of the running stroke
    bool m_strokes = false;
    bool m_justStroked = false;  // the click that ends a stroke paints nothing more
};

}  // namespace perceptory::views
