#pragma once
// The workspace in the middle of the window, joined with the running training.

#include "ui/session/SessionController.h"

class QWidget;

namespace perceptory::window {

QWidget* makePage(document::Document& document, session::SessionController& session, QWidget* parent);

}  // namespace perceptory::window
