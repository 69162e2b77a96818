#pragma once
// Where the network picture puts its tiles: columns side by side, units one below the other; what does not fit is
// folded into "… 12 more". Pure geometry in logical pixels.

#include <QPointF>
#include <QRect>
#include <optional>
#include <vector>

#include "ui/views/playground/NetworkModel.h"

namespace perceptory::views {

struct ColumnLayout {
    int column = 0;            // in the model
    QRect header;              // room for the layer's buttons; empty for the inputs
    std::vector<QRect> tiles;  // of the units first, first + 1, …
    int first = 0;
    int folded = 0;  // units that are not shown
    QRect fold;      // where "… n more" stands; empty when nothing is folded
};

struct LayoutRoom {
    QRect area;
    int headerHeight = 0;
    int inputLabelWidth = 0;
    int footHeight = 0;  // below the inputs, for the formula button
};

class NetworkLayout {
public:
    NetworkLayout() = default;
    // `focused` stays visible when its column is folded.
    NetworkLayout(const NetworkModel& model, const LayoutRoom& room, UnitRef focused);

    const std::vector<ColumnLayout>& columns() const { return m_columns; }
    int foldedColumns() const { return m_foldedColumns; }
    QRect columnFold() const { return m_columnFold; }  // where "… n layers" stands
    QRect hintRoom() const { return m_hintRoom; }      // free room below the layers; empty when there is little

    // Empty when the unit is folded.
    QRect tile(UnitRef unit) const;
    std::optional<UnitRef> unitAt(QPoint at) const;
    QRect biasRect(UnitRef unit) const;

private:
    void layOutInputs(const NetworkModel& model, const LayoutRoom& room, UnitRef focused);
    void layOutLayers(const NetworkModel& model, const LayoutRoom& room, UnitRef focused);
    static ColumnLayout layOutColumn(int column, int units, const QRect& room, UnitRef focused, int largest);
    void alignLayers(const QRect& area);

    std::vector<ColumnLayout> m_columns;
    int m_foldedColumns = 0;
    QRect m_columnFold;
    QRect m_hintRoom;
};

// The curve of a link, from the right of one tile to the left of the other, as a few points.
std::vector<QPointF> linkCurve(const QRect& from, const QRect& to, bool straight);

}  // namespace perceptory::views
