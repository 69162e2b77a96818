#pragma once
// The control for one parameter of a shelf member. GUI thread only.

#include <QWidget>

#include "engine/base/Params.h"

namespace perceptory::forms {

class ParamField : public QWidget {
    Q_OBJECT

public:
    // `type` outlives the field.
    explicit ParamField(const base::ParamType& type);

    // Emits nothing. A value of the wrong kind, as a file written by hand may hold, is shown as the default.
    virtual void showValue(const base::Json& value) = 0;
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

// The field that fits the kind of the parameter. `levels`: how many levels of forms may open below a choice of a kind.
ParamField* makeField(const base::ParamType& type, int levels);

}  // namespace perceptory::forms
