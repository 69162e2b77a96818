#include "ui/widgets/ThemeStyle.h"

#include <QComboBox>
#include <QHelpEvent>
#include <QPainter>
#include <QStyleOption>
#include <QToolTip>

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

// Pixels for the text of a box.
int roomOf(const QComboBox& box) {
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.editable = box.isEditable();
    return box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box).width();
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

void ThemeStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const {
    const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (element != CE_ComboBoxLabel || !box) return QProxyStyle::drawControl(element, option, painter, widget);
    QStyleOptionComboBox shown = *box;
    const int room = proxy()->subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width();
    shown.currentText = box->fontMetrics.elidedText(box->currentText, Qt::ElideRight, room);
    QProxyStyle::drawControl(element, &shown, painter, widget);
}

void ThemeStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QComboBox*>(widget)) widget->installEventFilter(this);
}

bool ThemeStyle::eventFilter(QObject* watched, QEvent* event) {
    auto* box = qobject_cast<QComboBox*>(watched);
    if (event->type() != QEvent::ToolTip || !box) return QProxyStyle::eventFilter(watched, event);
    const QString text = box->currentText();
    if (box->fontMetrics().horizontalAdvance(text) <= roomOf(*box)) return false;
    QStringList tips{text, box->toolTip()};
    tips.removeAll(QString());
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                       tips.join('\n').toHtmlEscaped().replace('\n', "<br>"), box);
    return true;
}

}  // namespace perceptory::widgets
