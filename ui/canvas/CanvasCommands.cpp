#include "ui/canvas/CanvasCommands.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/NodeItem.h"

namespace perceptory::canvas {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CanvasCommands)
};

}  // namespace

std::vector<CanvasCommand> canvasCommands(NetworkView& view) {
    NetworkView* shown = &view;
    NetworkScene* scene = &view.scene();
    const std::vector<std::string> chosen = scene->chosen();
    const bool any = !chosen.empty(), one = chosen.size() == 1, several = chosen.size() > 1;
    const NodeItem* first = any ? scene->node(chosen.front()) : nullptr;
    const bool block = one && first && first->node().repeat > 0;
    const bool open = !scene->document().openBlock().empty();
    const QString name = one ? QString::fromStdString(chosen.front()) : QString();
    const auto text = [](const char* keys) { return QString::fromLatin1(keys); };
    return {
        {Words::tr("Add a layer…"), Words::tr("Space"), true, [=] { shown->openQuickAdd(); }},
        {Words::tr("Rename…"), text("F2"), one, [=] { emit shown->renameWanted(name); }},
        {Words::tr("Go to the settings"), text("Alt+Return"), one, [=] { emit shown->settingsWanted(); }},
        {Words::tr("Bypass"), text("Ctrl+B"), any, [=] { shown->toggleBypass(); }},
        {Words::tr("Freeze the weights"), {}, any, [=] { shown->toggleFrozen(); }},
        {Words::tr("Join the chosen in order"), text("Ctrl+J"), several, [=] { shown->joinChosen(); }},
        {Words::tr("Cut"), text("Ctrl+X"), any, [=] { shown->cut(); }},
        {Words::tr("Copy"), text("Ctrl+C"), any, [=] { shown->copy(); }},
        {Words::tr("Paste"), text("Ctrl+V"), true, [=] { shown->paste(); }},
        {Words::tr("Paste with inputs"), text("Ctrl+Shift+V"), true, [=] { shown->paste(true); }},
        {Words::tr("Duplicate"), text("Ctrl+D"), any, [=] { shown->duplicate(); }},
        {Words::tr("Delete"), text("Del"), any, [=] { shown->deleteChosen(false); }},
        {Words::tr("Delete and close the gap"), text("Ctrl+Del"), any, [=] { shown->deleteChosen(true); }},
        {Words::tr("Fold into a block"), text("Ctrl+G"), any && !block && !open, [=] { shown->fold(); }},
        {Words::tr("Unfold the block"), text("Ctrl+Shift+G"), block, [=] { shown->unfold(); }},
        {Words::tr("Open the block"), text("Return"), block, [=] { shown->openChosen(); }},
        {Words::tr("Leave the block"), text("Esc"), open, [=] { leaveBlock(*scene); }},
        {Words::tr("Tidy"), text("Ctrl+L"), true, [=] { tidy(*scene); }},
        {Words::tr("Turn the direction"), text("T"), true, [=] { shown->turn(); }},
        {Words::tr("Show all"), text("Home"), true, [=] { shown->fitAll(); }},
        {Words::tr("Show the chosen"), text("F"), any, [=] { shown->fitChosen(); }},
        {Words::tr("As large as it is"), text("Ctrl+0"), true, [=] { shown->zoomToFull(); }},
        {Words::tr("Show or hide the overview"), text("M"), true, [=] { emit shown->mapWanted(); }},
    };
}

}  // namespace perceptory::canvas
