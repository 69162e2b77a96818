#pragma once
// A form made from the description of parameters: each gets the control that fits its kind, its help, and its unit.
// GUI thread only.

#include <QWidget>
#include <set>
#include <string>
#include <vector>

#include "engine/base/Params.h"

class QFormLayout;
class QPushButton;

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
    // Parameters whose values differ among what the form stands for: a dash stands in the field's place until it is
    // pressed, and the form's value is what the field then begins with.
    void setMixed(const std::set<std::string>& ids);

signals:
    // The user changed a parameter. While a slider is dragged not final; after such a one a final one always follows.
    void changed(const QString& id, const perceptory::base::Json& value, bool final);

private:
    void addRow(const base::ParamType& type, int levels);
    QWidget* makeCell(ParamField& field);
    void showConditions();

    const std::vector<base::ParamType> m_types;
    base::Json m_values;
    QFormLayout* m_rows;
    std::vector<ParamField*> m_fields;  // as the types
    std::vector<QWidget*> m_cells;      // of the fields, each with its dash
    std::vector<QPushButton*> m_dashes;
};

}  // namespace perceptory::forms
