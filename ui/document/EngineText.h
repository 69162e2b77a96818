#pragma once
// The engine's words on their way to the screen. Its translations stand in the context "engine".

#include <QString>
#include <string>

#include "engine/base/Problem.h"

namespace perceptory::document {

// Labels and help of shelf members and their parameters, as the tables write them. Any thread.
QString shelfText(const std::string& text);

// A problem as a person reads it: addresses of a file's values are left out, names of layers stay.
QString problemText(const base::Problem& problem);

// What to do about it. Where the engine names a value of the project file, the window names its control.
QString remedyText(const base::Problem& problem);

// From now on the engine's sentences come in the language of the installed translators. Once, at the start.
void translateEngine();

}  // namespace perceptory::document
