#pragma once
// A member of a shelf: a list to choose it from, and a form for its own parameters below.

#include "ui/forms/ParamField.h"

class QComboBox;

namespace perceptory::forms {

class ParamForm;

class KindField : public ParamField {
    Q_OBJECT

public:
    // `levels`: 0 leaves the parameters of what is chosen as they are.
    KindField(const base::ParamType& type, int levels);
    void showValue(const base::Json& value) override;

private:
    void choose();
    void showForm(bool anew);

    int m_levels;
    base::KindSpec m_spec;  // no type: none
    QComboBox* m_box;
    ParamForm* m_form = nullptr;
};

}  // namespace perceptory::forms
