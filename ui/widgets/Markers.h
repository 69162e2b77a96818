#pragma once
// Marker shapes of classes and curves, so that nothing is told by colour alone.

#include <QColor>
#include <QPointF>

class QPainter;

namespace perceptory::widgets {

enum class Marker { Circle, Square, Triangle, Diamond, TriangleDown, Cross, Plus, Star };

Marker markerOfClass(int index);  ///< with its colour, which repeats after kClassHues, unique up to 96

struct MarkerLook {
    QColor fill;
    QColor rim;
    double rimWidth = 1;
};

/// Draws the shape centred on `at` so that it covers about the area of a circle of that radius.
void drawMarker(QPainter& painter, Marker marker, QPointF at, double radius, const MarkerLook& look);

}  // namespace perceptory::widgets
