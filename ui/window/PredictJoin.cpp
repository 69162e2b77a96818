#include "ui/window/PredictJoin.h"

namespace perceptory::window {

using session::SessionController;
using views::PredictView;

namespace {

const QString wantedName = QStringLiteral("predict");

PredictView* makeView(SessionController& session, QWidget* parent) {
    auto* view = new PredictView(parent);
    view->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(&session, &SessionController::snapshotChanged, view,
                     [view](const session::SharedSnapshot& snapshot) { view->showSnapshot(*snapshot); });
    QObject::connect(view, &PredictView::wantedChanged, &session,
                     [view, &session] { session.setWanted(wantedName, view->wanted()); });
    QObject::connect(&session, &QObject::destroyed, view, [view] { delete view; });
    view->showSnapshot(*session.snapshot());
    return view;
}

}  // namespace

PredictView* showPredict(SessionController& session, QWidget* parent) {
    auto* view = parent->findChild<PredictView*>(QString(), Qt::FindDirectChildrenOnly);
    // A closed one is still there until the next turn of the event loop.
    if (!view || !view->isVisible()) view = makeView(session, parent);
    view->show();
    view->raise();
    view->activateWindow();
    return view;
}

}  // namespace perceptory::window
