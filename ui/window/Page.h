#pragma once
// The workspace in the middle of the window, joined with the running training.

#include <functional>
#include <string>
#include <vector>

#include "ui/session/SessionController.h"
#include "ui/widgets/Gestures.h"

class QWidget;

namespace perceptory::window {

class FileDesk;
class Studio;

struct Page {
    QWidget* widget = nullptr;
    Studio* studio = nullptr;                                    // on it
    std::function<QString(const std::string& where)> placeName;  // of what a problem is about; empty: not on this page
    std::function<void(const std::string& where)> showPlace;     // takes the keyboard there
    std::vector<widgets::GestureGroup> gestures;
};

Page makePage(document::Document& document, session::SessionController& session, FileDesk& files, QWidget* parent);

}  // namespace perceptory::window
