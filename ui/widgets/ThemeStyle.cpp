#include "ui/widgets/ThemeStyle.h"

#include <QPainter>
#include <QStyleOption>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

void outline(QPainter* painter, const QRect& rect, const QStyleOption& option, ColourRole role) {
    const QColor colour = themed(role);
    painter->save();
    painter->setPen(option.state & QStyle::State_Enabled ? colour : faded(colour, 0.5));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

bool isHighContrast() { return Theme::instance().mode() == Theme::Mode::HighContrast; }

}  // namespace

ThemeStyle::ThemeStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isFocused = option->state & State_HasFocus && option->state & State_KeyboardFocusChange;
    const bool isField = element == PE_FrameLineEdit || element == PE_Frame;
    if (isField && isHighContrast()) outline(painter, option->rect, *option, ColourRole::Border);
    if (element == PE_IndicatorCheckBox && !isFocused) outline(painter, option->rect, *option, ColourRole::MutedText);
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const {
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (!isHighContrast()) return;
    const bool isField = control == CC_SpinBox || control == CC_ComboBox;
    if (isField) outline(painter, option->rect, *option, ColourRole::Border);
    if (control == CC_ScrollBar)
        outline(painter, proxy()->subControlRect(control, option, SC_ScrollBarSlider, widget), *option,
                ColourRole::Border);
}

}  // namespace perceptory::widgets
