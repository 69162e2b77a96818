#pragma once
// A picture of values over a rectangle of the plane: the decision boundary, a neuron's map, a surface. Shows either one
// value in each cell (HeatmapGrid) or the probabilities of classes (ClassGrid), data points above it, axes in data
// units, the value below the mouse or the keyboard crosshair. GUI thread only; a new grid costs one repaint.
//
// Keys: arrows move the crosshair (Shift: fine), Enter or Space clicks there, Delete clicks there
// with the right button, Escape hides it, Ctrl+C copies.

#include <QElapsedTimer>
#include <QPixmap>
#include <QStringList>
#include <QWidget>
#include <optional>

#include "ui/widgets/Gestures.h"
#include "ui/widgets/Heatmap.h"
#include "ui/widgets/PlaneFrame.h"
#include "ui/widgets/PlanePoints.h"

namespace perceptory::widgets {

class HeatmapView : public QWidget {
    Q_OBJECT

public:
    explicit HeatmapView(QWidget* parent = nullptr);

    void setValues(HeatmapGrid grid);
    void setClasses(ClassGrid grid);
    void clear();  ///< no values; points and axes stay

    void setExtent(const PlaneExtent& extent);
    PlaneExtent extent() const { return m_frame.extent(); }
    void setColourMap(ColourMap::Kind kind);
    void setRange(ValueRange range);
    /// Draws the line at this value (marching squares); also the threshold of setDiscrete.
    void setContourLevel(std::optional<float> level);
    void setDiscrete(bool discrete);
    void setInterpolated(bool interpolated);

    void setPoints(std::vector<PlanePoint> points);
    void setTestPointsVisible(bool visible);
    /// A ring around one place, such as the point whose forward pass is shown.
    void setMarkedPlace(std::optional<QPointF> plane);

    void setAxesVisible(bool visible);
    void setAxisNames(const QString& x, const QString& y);
    void setClassNames(const QStringList& names);
    void setCaption(const QString& caption);  ///< drawn over the picture, such as the name of a hovered neuron
    const QString& caption() const { return m_caption; }
    /// What of it is drawn over a picture of this size: its first line, and others that leave two thirds of it free.
    QString captionFor(const QRect& room, const QFontMetrics& metrics) const;
    /// Off while the mouse paints points, where the right button erases.
    void setMenuEnabled(bool enabled);

    QRect pictureRect() const { return m_frame.picture(); }  ///< the plane, in widget coordinates
    QPointF toPixel(QPointF plane) const { return m_frame.toPixel(plane); }
    QPointF toPlane(QPointF pixel) const { return m_frame.toPlane(pixel); }
    /// The value (or the likeliest class's probability) of the cell at this place; nothing outside or without values.
    std::optional<float> valueAt(QPointF plane) const;
    QString describe(QPointF plane) const;  ///< what hovering shows

    QImage picture(double scale) const;  ///< the whole widget, `scale` pixels for one logical pixel
    void copyPicture() const;
    /// Asks for a file name and writes a PNG; a failure is shown in a message box.
    void savePicture();

    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return {300, 300}; }
    QSize minimumSizeHint() const override { return {96, 96}; }

signals:
    void clicked(QPointF plane, Qt::MouseButton button);  ///< also from the keyboard
    /// A stroke: every place the mouse passes with a button down, the first at the press. Then dragEnded, once.
    void dragged(QPointF plane, Qt::MouseButton button);
    void dragEnded();
    void hovered(QPointF plane);
    void hoverLeft();

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void leaveEvent(QEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void focusOutEvent(QFocusEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;
    void changeEvent(QEvent*) override;

private:
    void layOut();
    void redo();  ///< forget the rendered picture and repaint
    void dropCrosshair();
    void themeChanged();
    void renderIfNeeded(double ratio);
    void paintPoints(QPainter& painter);
    void paintContour(QPainter& painter) const;
    void paintCrosshair(QPainter& painter) const;
    void paintReadOut(QPainter& painter) const;
    void paintPlate(QPainter& painter, const QString& text, Qt::Alignment where) const;
    void moveCrosshair(int right, int up, bool fine);
    std::optional<QPoint> cellAt(QPointF plane) const;
    const PlanePoint* pointNear(QPointF plane) const;
    QString className(int index) const;
    void describeForReaders();

    HeatmapGrid m_grid;
    ClassGrid m_classes;
    ColourMap m_map = ColourMap::of(ColourMap::Kind::BlueOrange);
    ValueRange m_range;
    std::optional<float> m_contourLevel;
    bool m_discrete = false;
    bool m_interpolated = true;
    std::vector<PlanePoint> m_points;
    bool m_testVisible = true;
    bool m_menuEnabled = true;
    PlaneExtent m_extent;
    PlaneFrame::Look m_look;
    QStringList m_classNames;
    QString m_caption;

    PlaneFrame m_frame;
    QImage m_image;
    std::vector<QLineF> m_contour;
    PointPainter m_pointPainter;
    QPixmap m_pointLayer;
    std::optional<QPointF> m_mouse;      // plane
    std::optional<QPointF> m_crosshair;  // plane
    std::optional<QPointF> m_marked;     // plane
    Qt::MouseButton m_pressed = Qt::NoButton;
    QPoint m_pressedAt;
    bool m_moved = false;
    QElapsedTimer m_sinceDescribed;
};

}  // namespace perceptory::widgets
