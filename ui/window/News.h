#pragma once
// Turns what the training and the document report into messages of the bar.

#include "ui/session/SessionController.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/Page.h"

namespace perceptory::window {

class FileDesk;

struct NewsSources {
    document::Document& document;
    session::SessionController& session;
    FileDesk& files;
    Page page;  // knows the names of places
};

// Connects them to `bar`; the connections live as long as the bar.
void tellNews(const NewsSources& sources, widgets::MessageBar& bar);

}  // namespace perceptory::window
