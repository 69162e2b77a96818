#pragma once
// Whole numbers: one, or two for height and width.

#include "ui/forms/ParamField.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace perceptory::forms {

class IntegerField : public ParamField {
    Q_OBJECT

public:
    explicit IntegerField(const base::ParamType& type);
    void showValue(const base::Json& value) override;

private:
    QDoubleSpinBox* m_number;
};

// Height and width, the same number for both, or a word such as "same".
class PairField : public ParamField {
    Q_OBJECT

public:
    explicit PairField(const base::ParamType& type);
    void showValue(const base::Json& value) override;

private:
    void buildWords();
    base::Json value() const;
    void showParts();
    void tell();

    QComboBox* m_words = nullptr;  // none where only numbers are possible
    QDoubleSpinBox *m_height, *m_width;
    QLabel* m_times;
    QCheckBox* m_same;
};

}  // namespace perceptory::forms
