#pragma once
// Fusion with outlines that can be seen on every background of ours: Fusion draws those of boxes to tick, and in high
// contrast those of fields, lists and scroll bars, darker than the window, which vanishes on dark ones.

#include <QProxyStyle>

namespace perceptory::widgets {

class ThemeStyle : public QProxyStyle {
    Q_OBJECT

public:
    ThemeStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
};

}  // namespace perceptory::widgets
