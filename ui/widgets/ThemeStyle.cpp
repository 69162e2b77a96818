#include "ui/widgets/ThemeStyle.h"

#include <QPainter>
#include <QStyleOption>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

ThemeStyle::ThemeStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isFocused = option->state & State_HasFocus && option->state & State_KeyboardFocusChange;
    if (element != PE_IndicatorCheckBox || isFocused) return;
    const QColor outline = themed(ColourRole::MutedText);
    painter->save();
    painter->setPen(option->state & State_Enabled ? outline : faded(outline, 0.5));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

}  // namespace perceptory::widgets
