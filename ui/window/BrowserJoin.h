#pragma once
// Data ▸ Look at the data: the data browser, joined with the running training.

#include "ui/session/SessionController.h"
#include "ui/views/data/DataBrowser.h"

namespace perceptory::window {

// Opens it, or brings the open one of `parent` to the front. It goes when it is closed, or with the session.
views::DataBrowser* showDataBrowser(document::Document& document, session::SessionController& session, QWidget* parent);

// The same, with those rows of the data chosen in it.
void showSamples(views::DataBrowser& browser, std::vector<std::uint32_t> rows);

}  // namespace perceptory::window
