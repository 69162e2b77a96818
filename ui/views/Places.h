#pragma once
// Where on a page the values of the project are set, so that a problem can lead the user there. GUI thread only.

#include <QStringList>
#include <string>

class QWidget;

namespace perceptory::views {

// `addresses` as problems name them: "training.loss".
void setAddresses(QWidget* control, const QStringList& addresses);

// The control below `page` that takes the keyboard and sets this value, or one of the part of the project it belongs to
// ("data.split.train" for "data.split"). Null where none does, or where it is hidden.
QWidget* controlFor(const QWidget& page, const std::string& address);

}  // namespace perceptory::views
