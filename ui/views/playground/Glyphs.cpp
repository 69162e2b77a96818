#include "ui/views/playground/Glyphs.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>
#include <array>
#include <cmath>
#include <numbers>

#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {

// All symbols are drawn in a square from 0 to 16.
QPolygonF triangle(double left, double right) { return QPolygonF({{left, 2.5}, {right, 8}, {left, 13.5}}); }

void paintReset(QPainter& painter, QColor colour) {
    painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(2.5, 2.5, 11, 11), -30 * 16, -290 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({{9.2, 6.6}, {14.6, 6.6}, {14.6, 1.2}}));
}

void paintDice(QPainter& painter, QColor colour) {
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(2, 2, 12, 12), 2.5, 2.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const QPointF dot :
         {QPointF(5.2, 5.2), QPointF(10.8, 5.2), QPointF(8, 8), QPointF(5.2, 10.8), QPointF(10.8, 10.8)})
        painter.drawEllipse(dot, 1.25, 1.25);
}

void paintBrush(QPainter& painter, QColor colour) {
    painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(13.2, 2.8), QPointF(7.4, 8.6));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    QPainterPath tip(QPointF(2, 14));
    tip.quadTo(2.4, 9, 5.4, 8.4);
    tip.lineTo(7.8, 10.8);
    tip.quadTo(7, 14, 2, 14);
    painter.drawPath(tip);
}

void paintEraser(QPainter& painter, QColor colour) {
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(QPolygonF({{6, 12.5}, {2.5, 9}, {9, 2.5}, {13.5, 7}, {8, 12.5}}));
    painter.drawLine(QPointF(5.6, 5.9), QPointF(10.1, 10.4));
    painter.drawLine(QPointF(4, 14), QPointF(14, 14));
}

void paintTable(QPainter& painter, QColor colour) {
    painter.setPen(QPen(colour, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(2, 3, 12, 10));
    painter.fillRect(QRectF(2, 3, 12, 2.6), colour);
    painter.drawLine(QPointF(2, 9.3), QPointF(14, 9.3));
    painter.drawLine(QPointF(6, 5), QPointF(6, 13));
    painter.drawLine(QPointF(10, 5), QPointF(10, 13));
}

void paintPoints(QPainter& painter, QColor colour) {
    painter.setPen(Qt::NoPen);
    const auto dot = [&](double x, double y, int cls) {
        painter.setBrush(widgets::Theme::instance().classColour(cls));
        painter.drawEllipse(QPointF(x, y), 1.5, 1.5);
    };
    dot(3, 4, 0);
    dot(5.6, 7, 0);
    dot(2.6, 9.4, 0);
    dot(10.5, 13, 1);
    dot(13.4, 11.4, 1);
    painter.save();
    painter.translate(6.2, 0.2);
    painter.scale(0.62, 0.62);
    paintBrush(painter, colour);
    painter.restore();
}

}  // namespace

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& where, QColor colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(where.topLeft());
    painter.scale(where.width() / 16, where.height() / 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (glyph) {
        case Glyph::Play:
            painter.drawPolygon(triangle(3.5, 13.5));
            break;
        case Glyph::Pause:
            painter.drawRect(QRectF(3.5, 2.5, 3.2, 11));
            painter.drawRect(QRectF(9.3, 2.5, 3.2, 11));
            break;
        case Glyph::StepBatch:
            painter.drawRect(QRectF(3, 2.5, 2, 11));
            painter.drawPolygon(triangle(6.5, 13.5));
            break;
        case Glyph::StepEpoch:
            painter.drawPolygon(triangle(1.5, 7));
            painter.drawPolygon(triangle(7, 12.5));
            painter.drawRect(QRectF(12.8, 2.5, 2, 11));
            break;
        case Glyph::Reset:
            paintReset(painter, colour);
            break;
        case Glyph::Dice:
            paintDice(painter, colour);
            break;
        case Glyph::Brush:
            paintBrush(painter, colour);
            break;
        case Glyph::Eraser:
            paintEraser(painter, colour);
            break;
        case Glyph::Table:
            paintTable(painter, colour);
            break;
        case Glyph::Points:
            paintPoints(painter, colour);
            break;
    }
    painter.restore();
}

void paintChosen(QPainter& painter, const QRectF& box, bool hasFocus) {
    constexpr double tick = 10;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(widgets::themed(hasFocus ? widgets::ColourRole::FocusRing : widgets::ColourRole::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(widgets::themed(widgets::ColourRole::Accent));
    const QPointF corner = box.bottomRight();
    painter.drawPolygon(QPolygonF({corner, corner - QPointF(tick, 0), corner - QPointF(0, tick)}));
}

QIcon glyphIcon(Glyph glyph, int size, QColor colour) {
    QIcon icon;
    for (const double ratio : {1.0, 2.0}) {
        QPixmap pixmap(QSize(size, size) * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paintGlyph(painter, glyph, QRectF(0, 0, size, size), colour);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

QIcon glyphIcon(Glyph glyph, int size) { return glyphIcon(glyph, size, widgets::themed(widgets::ColourRole::Text)); }

}  // namespace perceptory::views
