#pragma once
// The control for one parameter of a shelf member. GUI thread only.

#include <QWidget>

#include "ui/forms/KindSketch.h"

namespace perceptory::forms {

struct FormStyle {
    int levels = 1;             // how many levels of forms may open below a parameter that is a member of a shelf
    bool tellsChanges = false;  // a sign beside each name: when a change takes effect in a running training
};

class ParamField : public QWidget {
    Q_OBJECT

public:
    // `type` outlives the field.
    explicit ParamField(const base::ParamType& type);

    // Emits nothing. A value of the wrong kind, as a file written by hand may hold, is shown as the default.
    virtual void showValue(const base::Json& value) = 0;
    // For pictures of what is chosen.
    virtual void setSketch(const SketchContext&) {}
    // Whether the control bears the parameter's label itself, so that it needs none beside it.
    virtual bool namesItself() const { return false; }

    QString label() const;
    QString help() const;  // for a tool tip

signals:
    // While a slider is dragged not final; after such a one a final one always follows.
    void edited(const perceptory::base::Json& value, bool final);

protected:
    const base::ParamType& type() const { return m_type; }
    // Names the control for screen readers and gives it the parameter's help. `name`: where the field has several.
    void introduce(QWidget* control, const QString& name = {});
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const base::ParamType& m_type;
};

// What may stand there, in words: "0 to 1", "valid, same"; empty where anything may.
QString rangeText(const base::ParamType& type);

// The field that fits the kind of the parameter.
ParamField* makeField(const base::ParamType& type, const FormStyle& style);

}  // namespace perceptory::forms
