#include "ui/window/BrowserJoin.h"

#include <QComboBox>
#include <QLineEdit>

#include "ui/views/data/FilterRow.h"

namespace perceptory::window {

using session::SessionController;
using views::DataBrowser;

namespace {

DataBrowser* makeBrowser(document::Document& document, SessionController& session, QWidget* parent) {
    auto* browser = new DataBrowser(document, parent);
    browser->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(&session, &SessionController::snapshotChanged, browser,
                     [browser](const session::SharedSnapshot& snapshot) { browser->showSnapshot(*snapshot); });
    QObject::connect(&session, &SessionController::refused, browser, &DataBrowser::showRefusal);
    // The document goes right after the session, before the children of the window.
    QObject::connect(&session, &QObject::destroyed, browser, [browser] { delete browser; });
    browser->showSnapshot(*session.snapshot());
    if (base::hasError(session.problems())) browser->showRefusal(session.problems());
    return browser;
}

}  // namespace

DataBrowser* showDataBrowser(document::Document& document, SessionController& session, QWidget* parent) {
    auto* browser = parent->findChild<DataBrowser*>(QString(), Qt::FindDirectChildrenOnly);
    // A closed one is still there until the next turn of the event loop.
    if (!browser || !browser->isVisible()) browser = makeBrowser(document, session, parent);
    browser->show();
    browser->raise();
    browser->activateWindow();
    return browser;
}

void showSamples(views::DataBrowser& browser, std::vector<std::uint32_t> rows) {
    if (rows.empty()) return;
    // A filter could hide them.
    browser.filters().partBox()->setCurrentIndex(0);
    browser.filters().classBox()->setCurrentIndex(0);
    browser.filters().searchField()->clear();
    views::SampleList* list = &browser.list();
    const auto choose = [list, rows = std::move(rows)] { list->choose(rows, rows.front()); };
    if (list->isSearching())
        QObject::connect(list, &views::SampleList::rowsChanged, list, choose, Qt::SingleShotConnection);
    else
        choose();
}

}  // namespace perceptory::window
