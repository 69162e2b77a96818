#pragma once
// Draws the curves over a chart's plot area. Lines are built when data or axes change and only stroked in paint().
// While a run grows and the axes rest, only the strip that changed is painted again. Pens are one device pixel wide and
// cosmetic, the only ones Qt strokes fast; strong lines are drawn twice, one pixel apart.

#include <QColor>
#include <QCoreApplication>
#include <QGraphicsItem>
#include <vector>

#include "ui/widgets/CurveHistory.h"
#include "ui/widgets/CurveScale.h"
#include "ui/widgets/CurveStrokes.h"
#include "ui/widgets/Markers.h"
#include "ui/widgets/StepUnits.h"

namespace perceptory::widgets {

/// What happened at a step, such as "rate 0.03 → 0.01"; shown on the axis and in the crosshair's table.
struct EventMark {
    quint64 step = 0;
    QString text;
};

struct CurveLook {
    QColor colour;
    bool dashed = false;
    Marker marker = Marker::Circle;
    bool rawShown = false;  ///< the pale line of the values as recorded
    bool operator==(const CurveLook&) const = default;
};

struct CurveLine {
    CurveLook look;
    std::vector<CurvePiece> pieces;
};

class CurvesItem : public QGraphicsItem {
    Q_DECLARE_TR_FUNCTIONS(CurvesItem)

public:
    explicit CurvesItem(QGraphicsItem* parent);

    void setArea(const QRectF& plotArea);
    QRectF area() const { return m_area; }
    /// `shown` in the units. True when something moved.
    bool setScales(AxisRange shown, const ValueMap& values);
    void setUnits(StepUnits units) { m_units = std::move(units); }
    const StepUnits& units() const { return m_units; }
    AxisRange steps() const { return {m_units.stepAt(m_shown.low), m_units.stepAt(m_shown.high)}; }
    const ValueMap& values() const { return m_values; }
    /// The lines to draw; fill it, then call rebuild().
    std::vector<CurveLine>& lines() { return m_lines; }
    void setEvents(std::vector<EventMark> events);
    const std::vector<EventMark>& events() const { return m_events; }
    void rebuild();  ///< the lines changed
    /// Whether values below the axis are told of.
    void setMarksBelow(bool marks);
    /// Real widths instead of device pixels while a picture is made.
    void setExporting(bool exporting) { m_exporting = exporting; }

    double xOf(double step) const;
    double yOf(float value) const;  ///< clamped to a little outside of the area
    double stepAt(double x) const;

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;
    /// On a logarithmic axis with room, lines at 2 … 9 of every decade. To be painted below the lines of the axes.
    void paintMinorGrid(QPainter& painter) const;

private:
    // Values below the axis.
    struct Below {
        double x;
        float lowest;
        bool operator==(const Below&) const = default;
    };
    struct Drawn {
        CurveLook look;
        CurveStrokes strong;
        CurveStrokes pale;
        std::vector<QPointF> markers;
        std::vector<double> notFiniteAt;
        std::vector<double> notPositiveAt;
        std::vector<Below> below;

        double differsFrom(const Drawn& before) const;  // see CurveStrokes
    };

    void buildIfStale();
    double rebuiltFrom();
    void build(const CurveLine& line, Drawn& drawn) const;
    bool hasPoint(const CurvePiece& piece) const;
    void addSpan(double x, const CurveSpan& span, CurveStrokes& strokes) const;
    void placeMarkers(const CurveLine& line, Drawn& drawn) const;
    void noteBadValues(double x, const CurvePiece& piece, Drawn& drawn) const;
    void paintStrong(QPainter& painter, const Drawn& drawn, PixelSpan shown) const;
    void paintEvents(QPainter& painter) const;
    void paintBadValues(QPainter& painter) const;
    void noteBelow(double x, float lowest, std::vector<Below>& below) const;
    void paintBelow(QPainter& painter) const;

    QRectF m_area;
    AxisRange m_shown;
    StepUnits m_units;
    ValueMap m_values;
    std::vector<CurveLine> m_lines;
    std::vector<Drawn> m_drawn;
    Drawn m_built;  // kept for its memory
    std::vector<EventMark> m_events;
    bool m_exporting = false;
    bool m_marksBelow = false;
    bool m_stale = true;
};

}  // namespace perceptory::widgets
