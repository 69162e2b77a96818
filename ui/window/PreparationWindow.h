#pragma once
// Data ▸ Prepare and augment: a window beside the main one, that may stay open while the network learns.

#include <string>

#include "ui/session/SessionController.h"
#include "ui/views/data/FormMaker.h"

class QDialog;

namespace perceptory::window {

// Forms for the steps, as the views want them.
views::FormMaker stepForms();

// Whether a problem's address is of what this window sets.
bool isPreparation(const std::string& where);

// Opens it, or brings the open one of `parent` to the front. It goes with the session.
QDialog* showPreparation(document::Document& document, session::SessionController& session, QWidget* parent);

}  // namespace perceptory::window
