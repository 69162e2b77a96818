#pragma once
// The workspace in the middle of the window, joined with the running training.

#include "ui/session/SessionController.h"

class QWidget;

namespace perceptory::window {

class FileDesk;

QWidget* makePage(document::Document& document, session::SessionController& session, FileDesk& files, QWidget* parent);

}  // namespace perceptory::window
