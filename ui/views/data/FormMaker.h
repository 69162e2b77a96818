#pragma once
// A form for the parameters of a shelf member, made by the window: views and forms do not know each other.

#include <functional>
#include <string>

#include "engine/base/Params.h"

class QWidget;

namespace perceptory::views {

struct StepForm {
    QWidget* widget = nullptr;
    std::function<void(const base::Json& values)> showValues;  // tells nobody
};

// While a slider is dragged not final; after such a call a final one always follows.
using ParamChanged = std::function<void(const std::string& id, const base::Json& value, bool final)>;
using FormMaker = std::function<StepForm(const base::KindType& type, const base::Json& values, ParamChanged changed)>;

}  // namespace perceptory::views
