#include <QCoreApplication>

#include "ui/canvas/NetworkView.h"
#include "ui/views/PlaygroundPage.h"
#include "ui/views/playground/DataPanel.h"
#include "ui/views/playground/Toolbar.h"
#include "ui/window/FileDesk.h"
#include "ui/window/Page.h"
#include "ui/window/PreparationWindow.h"
#include "ui/window/Studio.h"

namespace perceptory::window {

using session::SessionController;
using views::PlaygroundPage;

Page makePage(document::Document& document, SessionController& session, FileDesk& files, QWidget* parent) {
    auto* page = new PlaygroundPage(document, parent);
    auto* studio = new Studio(document, session);
    page->setStudio(studio);
    QObject::connect(&session, &SessionController::snapshotChanged, page, &PlaygroundPage::showSnapshot);
    QObject::connect(&session, &SessionController::logChanged, page,
                     [page, &session] { page->showLog(session.log()); });
    QObject::connect(&session, &SessionController::refused, page, &PlaygroundPage::showRefusal);
    QObject::connect(&session, &SessionController::sent, page, &PlaygroundPage::awaitData);
    QObject::connect(&session, &SessionController::runningChanged, page->toolbar(), &views::Toolbar::showPlaying);
    QObject::connect(&session, &SessionController::pausing, page->toolbar(), &views::Toolbar::showPausing);

    QObject::connect(page, &PlaygroundPage::playRequested, &session, &SessionController::play);
    QObject::connect(page, &PlaygroundPage::pauseRequested, &session, &SessionController::pause);
    QObject::connect(page, &PlaygroundPage::stepBatchRequested, &session, &SessionController::stepBatch);
    QObject::connect(page, &PlaygroundPage::stepEpochRequested, &session, &SessionController::stepEpoch);
    QObject::connect(page, &PlaygroundPage::resetRequested, &session, &SessionController::reset);
    QObject::connect(page, &PlaygroundPage::newSeedRequested, &session, &SessionController::newSeed);
    QObject::connect(page, &PlaygroundPage::paceRequested, &session, &SessionController::setPace);
    QObject::connect(
        page, &PlaygroundPage::wantedChanged, &session,
        [&session](std::vector<training::ProbeRequest> wanted) { session.setWanted("playground", std::move(wanted)); });
    QObject::connect(page, &PlaygroundPage::refused, &document,
                     [&document](const QString& sentence) { emit document.noted(sentence, true); });
    QObject::connect(page->dataPanel(), &views::DataPanel::tableWanted, &files, &FileDesk::openTableByDialog);
    QObject::connect(page->dataPanel(), &views::DataPanel::tableChoicesWanted, &files, &FileDesk::changeTable);
    session.setWanted("playground", page->wanted());
    const auto placeName = [page, studio](const std::string& where) {
        if (isPreparation(where)) return QCoreApplication::translate("window", "Prepare and augment");
        const QString name = page->placeName(where), there = studio->placeName(where);
        return there.isEmpty() || (!page->showsStudio() && !name.isEmpty()) ? name : there;
    };
    const auto showPlace = [page, studio, &document, &session](const std::string& where) {
        if (!page->showsStudio() && page->placeName(where).isEmpty() && !studio->placeName(where).isEmpty())
            document.setView("workspace", "studio");
        if (page->showsStudio() && studio->showPlace(where)) return;
        if (!isPreparation(where)) return page->showPlace(where);
        showPreparation(document, session, page->window());
    };
    std::vector<widgets::GestureGroup> gestures = PlaygroundPage::gestures();
    for (widgets::GestureGroup& group : canvas::NetworkView::gestures()) gestures.push_back(std::move(group));
    return {page, studio, placeName, showPlace, std::move(gestures)};
}

}  // namespace perceptory::window
