#pragma once
// A form made from the description of parameters: each gets the control that fits its kind, its help, and its unit.
// GUI thread only.

#include <QWidget>
#include <vector>

#include "engine/base/Params.h"

class QFormLayout;

namespace perceptory::forms {

class ParamField;

class ParamForm : public QWidget {
    Q_OBJECT

public:
    // `values`: an object; what is missing there shows its default. `levels`: how many levels of forms may open below a
    // parameter that is itself a member of a shelf.
    ParamForm(std::vector<base::ParamType> types, const base::Json& values, int levels = 1, QWidget* parent = nullptr);

    // Emits nothing.
    void setValues(const base::Json& values);

signals:
    // The user changed a parameter. While a slider is dragged not final; after such a one a final one always follows.
    void changed(const QString& id, const perceptory::base::Json& value, bool final);

private:
    void addRow(const base::ParamType& type, int levels);
    void showConditions();

    const std::vector<base::ParamType> m_types;
    base::Json m_values;
    QFormLayout* m_rows;
    std::vector<ParamField*> m_fields;  // as the types
};

}  // namespace perceptory::forms
