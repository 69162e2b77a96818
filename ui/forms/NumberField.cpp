#include "ui/forms/NumberField.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>

#include "ui/document/EngineText.h"
#include "ui/forms/SliderScale.h"
#include "ui/widgets/LabelledSlider.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/SteppedBox.h"

namespace perceptory::forms {

NumberField::NumberField(const base::ParamType& type)
    : ParamField(type), m_slider(new widgets::LabelledSlider(QString())), m_box(new widgets::SteppedBox) {
    const QString unit = type.unit.empty() ? QString() : document::shelfText(type.unit);
    m_slider->setValues(sliderValues(type));
    m_slider->setFormat([unit](double value) { return (widgets::shortNumber(value) + ' ' + unit).trimmed(); });
    // The form names it, and the field beside it shows its value.
    for (QLabel* text : m_slider->findChildren<QLabel*>()) text->hide();
    m_box->setSteps(offeredValues(type));
    m_box->setLimits(type.minimum, type.maximum);
    m_box->setFixedWidth(m_box->fontMetrics().averageCharWidth() * 9 + 24);
    auto* handle = m_slider->findChild<QSlider*>();
    introduce(m_box);
    introduce(handle, tr("%1, slider").arg(label()));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_slider, 1);
    row->addWidget(m_box);
    if (!unit.isEmpty()) row->addWidget(new QLabel(unit));
    connect(m_slider, &widgets::LabelledSlider::valueMoved, this, [this, handle](double value) {
        m_box->setValue(value);
        emit edited(value, !handle->isSliderDown());
    });
    connect(handle, &QSlider::sliderReleased, this, [this] { emit edited(m_box->value(), true); });
    connect(m_box, &widgets::SteppedBox::valueChosen, this, [this](double value) {
        m_slider->setValue(value);
        emit edited(value, true);
    });
}

void NumberField::showValue(const base::Json& value) {
    const base::Json& shown = value.is_number() ? value : type().fallback;
    const double number = shown.is_number() ? shown.get<double>() : type().minimum;
    m_slider->setValue(number);
    m_box->setValue(number);
}

}  // namespace perceptory::forms
