#pragma once
// Fusion with outlines that can be seen on every background of ours: Fusion draws those of boxes to tick, and in high
// contrast those of fields, lists and scroll bars, darker than the window, which vanishes on dark ones. And a choice
// that is longer than its box ends in dots and is told whole by the box's tip, where Fusion cuts it off.

#include <QProxyStyle>

class QComboBox;

namespace perceptory::widgets {

class ThemeStyle : public QProxyStyle {
    Q_OBJECT

public:
    ThemeStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace perceptory::widgets
