#pragma once
// Curves of a run over its steps: loss, accuracy, rate. Qt Charts draws axes, grid and legend around empty series; one
// item of ours draws the lines, at a cost that depends on the width in pixels and not on the length of the run.
// Values are handed over as they come; drawing happens once for any number of appends. GUI thread only.
//
// Mouse: wheel zooms along the steps (Ctrl: along the values), dragging zooms into a rectangle, middle or
// Shift+dragging pans, double click shows everything, click pins the crosshair. Keys: ← → move the crosshair (Shift:
// ten at a time), Home and End jump, P pins, Escape hides it, B jumps to the best value, L log axis, S smoothing, 0
// shows everything,
// + and − zoom, Ctrl+C copies the picture.

#include <QChartView>
#include <QElapsedTimer>
#include <memory>
#include <optional>
#include <span>

#include "ui/widgets/CurveAxes.h"
#include "ui/widgets/CurveHistory.h"
#include "ui/widgets/CurvesItem.h"
#include "ui/widgets/Gestures.h"

class QMenu;
class QRubberBand;

namespace perceptory::widgets {

class CrosshairItem;

struct Curve {
    QString name;
    int colour = 0;       ///< Theme::series index
    bool dashed = false;  ///< test and validation: dashed with markers, so that colour is not all that tells them apart
};

class CurvePlot : public QChartView {
    Q_OBJECT

public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    /// Replaces all curves and forgets their values.
    void setCurves(const std::vector<Curve>& curves);
    /// Newer buckets of one curve, in order of their steps; see CurveHistory::append.
    void append(int curve, std::span<const CurveBucket> buckets);
    void append(int curve, quint64 step, float value) {
        const CurveBucket bucket = singleValue(step, value);
        append(curve, {&bucket, 1});
    }
    /// Forgets values, events, zoom and pin, keeps curves and choices: a new run.
    void clearValues();
    /// Forgets the values alone: others follow at once, and zoom, pin and events stay.
    void replaceValues();
    void setEvents(std::vector<EventMark> events);
    void setCurveVisible(int curve, bool visible);
    bool isCurveVisible(int curve) const;

    void setAxisNames(const QString& x, const QString& y);
    /// Names of the axes beside saved and copied pictures only, for a plot without setAxisNames().
    void setPictureNames(const QString& x, const QString& y);
    /// Along the axis, in the crosshair and in csv() steps are told in these. `name` is for the crosshair, which tells
    /// the step too unless steps are no steps of a run.
    void setStepUnits(StepUnits units, const QString& name, bool tellsStep = true);
    /// Keeps at least this range of values in view, such as 0…1 for accuracy.
    void setValueRange(std::optional<AxisRange> range);
    /// With a value range: what is lower gets no room while it is the smaller part; a mark at the bottom tells how low.
    void setValueFloor(std::optional<double> floor);
    void setLowerIsBetter(bool lower) { m_lowerIsBetter = lower; }

    bool logScale() const { return m_logWanted; }
    bool logScaleShown() const { return m_item->values().logarithmic(); }  ///< linear below one decade of values
    void setLogScale(bool logarithmic);
    double smoothing() const { return m_smoothing; }
    void setSmoothing(double weight);  ///< 0 … 0.999

    void showEverything();
    bool isZoomed() const { return m_zoom.has_value(); }
    void zoomTo(AxisRange steps, AxisRange values);
    AxisRange stepsShown() const { return m_item->steps(); }
    AxisRange valuesShown() const { return m_item->values().range(); }

    void setCrosshair(std::optional<double> step);
    std::optional<double> crosshair() const { return m_cursor; }
    bool isCrosshairPinned() const { return m_pinned; }
    QString readOut() const;  ///< the crosshair's table as text
    QString summary() const;  ///< one sentence for screen readers

    QImage picture(double scale) const;  ///< without the crosshair
    bool writeSvg(const QString& path) const;
    QByteArray csv() const;  ///< recorded values of all visible curves, numbers with a point
    void copyPicture() const;
    void savePicture();
    void saveCsv();

    /// Brings axes and lines up to date now instead of at the next turn of the event loop.
    void refreshNow();

    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return {420, 240}; }
    QSize minimumSizeHint() const override { return {180, 110}; }

signals:
    void logScaleChanged(bool logarithmic);
    void smoothingChanged(double weight);
    void crosshairMoved(double step);
    void crosshairHidden();

protected:
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;
    void leaveEvent(QEvent*) override;
    void focusInEvent(QFocusEvent*) override;
    void focusOutEvent(QFocusEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void showEvent(QShowEvent*) override;
    void paintEvent(QPaintEvent*) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;

private:
    struct Held {
        Curve curve;
        CurveHistory history;
        bool visible = true;
    };
    struct Zoom {
        AxisRange steps;
        AxisRange values;
        bool logarithmic = false;
    };

    void takeTheme();
    void scheduleRefresh();
    void refresh();
    AxisRange shownUnits();
    ValueMap valueMap(const CurveSpan& values);
    bool fewLieBelowFloor(const CurveSpan& values) const;
    CurveSpan collectLines(AxisRange shown);
    void collectPieces(const CurveHistory& history, AxisRange shown, std::vector<CurvePiece>& out);
    void fitChartToHeight();
    void markLegend();
    void showCrosshair();
    void moveCrosshair(int entries);
    void jumpToBest();
    void zoomAround(QPointF at, double factor, bool alongValues);
    void panBy(QPointF pixels);
    void zoomInto(const QRect& band);
    void bringIntoView(double step);
    void addCurveChoices(QMenu& menu);
    const Held* reference() const;  ///< the visible curve with most entries
    void describeForReaders();
    int nameHeight() const;
    QSize pictureSize() const;
    void paintPicture(QPainter& painter) const;
    QPointF inChart(QPointF viewPoint) const;

    std::vector<Held> m_curves;
    CurvesItem* m_item = nullptr;
    CrosshairItem* m_crosshairItem = nullptr;
    std::unique_ptr<CurveAxes> m_axes;
    StepScale m_stepScale;
    ValueScale m_valueScale;
    std::optional<AxisRange> m_valueRange;
    std::optional<double> m_valueFloor;
    std::optional<Zoom> m_zoom;
    bool m_logWanted = false;
    double m_smoothing = 0;
    double m_smoothingWhenOn = 0.6;
    std::vector<CurvePiece> m_stretch;  ///< kept for its memory
    QString m_unitName;
    bool m_tellsStep = true;
    QString m_pictureX;
    QString m_pictureY;
    bool m_lowerIsBetter = true;
    bool m_refreshPosted = false;

    std::optional<double> m_cursor;
    bool m_pinned = false;
    Qt::MouseButton m_pressed = Qt::NoButton;
    bool m_panning = false;
    QPoint m_pressedAt;
    QPoint m_lastAt;
    QRubberBand* m_band = nullptr;
    QElapsedTimer m_sinceDescribed;
};

}  // namespace perceptory::widgets
