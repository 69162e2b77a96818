#pragma once
// Help on everything that can be chosen, made from the shelves: what it does, its parameters, where it can be taken.
// GUI thread only.

#include <QString>
#include <vector>

#include "engine/base/Params.h"

namespace perceptory::window {

struct HelpShelf {
    QString title;
    std::vector<const base::KindType*> members;  // by their names
};

// Those with members.
std::vector<HelpShelf> helpShelves();

// As HTML.
QString helpPage(const base::KindType& kind, const QString& shelf);

}  // namespace perceptory::window
