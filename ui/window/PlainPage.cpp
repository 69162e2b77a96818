#include <QWidget>

#include "ui/window/Page.h"

namespace perceptory::window {

QWidget* makePage(document::Document&, session::SessionController&, QWidget* parent) { return new QWidget(parent); }

}  // namespace perceptory::window
