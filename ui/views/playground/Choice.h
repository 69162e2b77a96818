#pragma once
// Something to choose from a list: a shelf member, as the window shows it.

#include <QComboBox>
#include <QString>
#include <string>
#include <vector>

#include "engine/base/Params.h"

namespace perceptory::views {

struct Choice {
    QString id;
    QString label;
    QString help;
};

std::vector<Choice> choicesOf(const std::vector<const base::KindType*>& kinds);
// Regularizers that have a rate; constraints have none.
std::vector<Choice> penaltyChoices();

// Fills the box with labels, ids as item data, help as tool tips.
void fillChoices(QComboBox& box, const std::vector<Choice>& choices);

// Shows the choice without telling anybody; an id that is not in the list clears the box.
void showChoice(QComboBox& box, const std::string& id);

}  // namespace perceptory::views
