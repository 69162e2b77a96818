#pragma once
// A member of a shelf: a list to choose it from, what the chosen one looks like, and a form for its own parameters.

#include "ui/forms/ParamField.h"

class QComboBox;
class QLabel;

namespace perceptory::forms {

class ParamForm;

class KindField : public ParamField {
    Q_OBJECT

public:
    // `style.levels`: 0 leaves the parameters of what is chosen as they are.
    KindField(const base::ParamType& type, const FormStyle& style);
    void showValue(const base::Json& value) override;
    void setSketch(const SketchContext& context) override;
    const base::KindType* kind() const;  // the chosen one; null: none

private:
    void choose();
    void showForm(bool anew);
    void showSketch();

    FormStyle m_style;
    SketchContext m_context;
    base::KindSpec m_spec;  // no type: none
    QComboBox* m_box;
    widgets::CurveSketch* m_sketch;
    QLabel* m_words;  // of the sketch
    ParamForm* m_form = nullptr;
};

}  // namespace perceptory::forms
