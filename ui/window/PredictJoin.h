#pragma once
// Train ▸ Ask the network: rows of the user's own, joined with the running training.

#include "ui/session/SessionController.h"
#include "ui/views/predict/PredictView.h"

namespace perceptory::window {

// Opens it, or brings the open one of `parent` to the front. It goes when it is closed, or with the session.
views::PredictView* showPredict(session::SessionController& session, QWidget* parent);

}  // namespace perceptory::window
