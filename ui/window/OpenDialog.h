#pragma once
// GUI thread only.

#include <QDialog>
#include <utility>

namespace perceptory::window {

// Shows a new dialog over its parent, gone when it is closed. Never waits.
template <class Dialog, class... Arguments>
Dialog* openDialog(Arguments&&... arguments) {
    auto* dialog = new Dialog(std::forward<Arguments>(arguments)...);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

}  // namespace perceptory::window
