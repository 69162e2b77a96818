#pragma once
// A number: a slider for trying out, a field for typing.

#include "ui/forms/ParamField.h"

namespace perceptory::widgets {
class LabelledSlider;
class SteppedBox;
}  // namespace perceptory::widgets

namespace perceptory::forms {

class NumberField : public ParamField {
    Q_OBJECT

public:
    explicit NumberField(const base::ParamType& type);
    void showValue(const base::Json& value) override;

private:
    widgets::LabelledSlider* m_slider;
    widgets::SteppedBox* m_box;
};

}  // namespace perceptory::forms
