#pragma once
// What the commands are called in the undo menu.

#include <QCoreApplication>

namespace perceptory::document {

class Words {
    Q_DECLARE_TR_FUNCTIONS(document)
};

}  // namespace perceptory::document
