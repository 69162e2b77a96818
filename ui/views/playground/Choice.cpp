#include "ui/views/playground/Choice.h"

#include <QSignalBlocker>

#include "engine/regularizers/Regularizer.h"
#include "ui/document/EngineText.h"

namespace perceptory::views {

std::vector<Choice> choicesOf(const std::vector<const base::KindType*>& kinds) {
    std::vector<Choice> choices;
    for (const base::KindType* kind : kinds)
        choices.push_back(
            {QString::fromStdString(kind->id), document::shelfText(kind->label), document::shelfText(kind->help)});
    return choices;
}

std::vector<Choice> penaltyChoices() {
    std::vector<const base::KindType*> penalties;
    for (const regularizers::RegularizerType* type : regularizers::shelf().members())
        if (!type->scale) penalties.push_back(type);
    return choicesOf(penalties);
}

void fillChoices(QComboBox& box, const std::vector<Choice>& choices) {
    for (const Choice& choice : choices) {
        box.addItem(choice.label, choice.id);
        box.setItemData(box.count() - 1, choice.help, Qt::ToolTipRole);
    }
}

void showChoice(QComboBox& box, const std::string& id) {
    const QSignalBlocker quiet(box);
    box.setCurrentIndex(box.findData(QString::fromStdString(id)));
}

}  // namespace perceptory::views
