#pragma once
// On or off, one of a few words, a text.

#include "ui/forms/ParamField.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace perceptory::forms {

class SwitchField : public ParamField {
    Q_OBJECT

public:
    explicit SwitchField(const base::ParamType& type);
    void showValue(const base::Json& value) override;
    bool namesItself() const override { return true; }

private:
    QCheckBox* m_box;
};

class ChoiceField : public ParamField {
    Q_OBJECT

public:
    explicit ChoiceField(const base::ParamType& type);
    void showValue(const base::Json& value) override;

private:
    QComboBox* m_box;
};

class TextField : public ParamField {
    Q_OBJECT

public:
    explicit TextField(const base::ParamType& type);
    void showValue(const base::Json& value) override;

private:
    QLineEdit* m_line;
    QString m_shown;
};

}  // namespace perceptory::forms
