#pragma once
// Turns what the training and the document report into messages of the bar.

#include "ui/session/SessionController.h"
#include "ui/widgets/MessageBar.h"

namespace perceptory::window {

class FileDesk;

// Connects both to `bar`; the connections live as long as the bar.
void tellNews(document::Document& document, session::SessionController& session, FileDesk& files,
              widgets::MessageBar& bar);

}  // namespace perceptory::window
