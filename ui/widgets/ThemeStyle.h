#pragma once
// Fusion with boxes to tick that can be seen on every background of ours: Fusion draws their outline darker than the
// window, which vanishes on dark ones.

#include <QProxyStyle>

namespace perceptory::widgets {

class ThemeStyle : public QProxyStyle {
    Q_OBJECT

public:
    ThemeStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
};

}  // namespace perceptory::widgets
