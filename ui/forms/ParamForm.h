#pragma once
// A form made from the description of parameters: each gets the control that fits its kind, its help, and its unit.
// GUI thread only.

#include <QWidget>
#include <set>
#include <string>
#include <vector>

#include "ui/forms/ParamField.h"

class QFormLayout;
class QPushButton;

namespace perceptory::forms {

class ParamForm : public QWidget {
    Q_OBJECT

public:
    // `values`: an object; what is missing there shows its default.
    ParamForm(std::vector<base::ParamType> types, const base::Json& values, const FormStyle& style = {},
              QWidget* parent = nullptr);

    // Emits nothing.
    void setValues(const base::Json& values);
    // For pictures of what is chosen in it.
    void setSketch(const SketchContext& context);
    // Parameters whose values differ among what the form stands for: a dash stands in the field's place until it is
    // pressed, and the form's value is what the field then begins with.
    void setMixed(const std::set<std::string>& ids);

signals:
    // The user changed a parameter. While a slider is dragged not final; after such a one a final one always follows.
    void changed(const QString& id, const perceptory::base::Json& value, bool final);

private:
    void addRow(const base::ParamType& type, const FormStyle& style);
    QWidget* makeCell(ParamField& field);
    void showConditions();

    const std::vector<base::ParamType> m_types;
    base::Json m_values;
    QFormLayout* m_rows;
    std::vector<ParamField*> m_fields;  // as the types
    std::vector<QWidget*> m_cells;      // of the fields, each with its dash; rows are hidden by them
    std::vector<QPushButton*> m_dashes;
};

// When a change counts in a running training: "from the next batch on".
QString changesText(base::Changes changes);
// What the signs beside the names of these parameters mean, in one line.
QString changesLegend(const std::vector<base::ParamType>& types);

}  // namespace perceptory::forms
