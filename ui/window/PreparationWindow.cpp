#include "ui/window/PreparationWindow.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/forms/ParamForm.h"
#include "ui/views/data/PreparationView.h"
#include "ui/widgets/WindowSize.h"

namespace perceptory::window {

using session::SessionController;
using views::PreparationView;

namespace {

constexpr QSize usualSize{1020, 660};

class PreparationWindow : public QDialog {
    Q_DECLARE_TR_FUNCTIONS(PreparationWindow)

public:
    PreparationWindow(document::Document& document, SessionController& session, QWidget* parent) : QDialog(parent) {
        setObjectName("preparation");
        setWindowTitle(tr("Prepare and augment"));
        setAttribute(Qt::WA_DeleteOnClose);
        auto* view = new PreparationView(document, stepForms());
        auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
        for (QPushButton* button : buttons->findChildren<QPushButton*>()) button->setAutoDefault(false);
        connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
        auto* column = new QVBoxLayout(this);
        column->addWidget(view);
        column->addWidget(buttons);
        addUndo(document);
        connect(&session, &SessionController::snapshotChanged, view, &PreparationView::showSnapshot);
        connect(&session, &SessionController::refused, view, &PreparationView::showRefusal);
        connect(&session, &SessionController::sent, view, [view] { view->showRefusal({}); });
        // Fields tell what was typed when they are hidden, and the document goes right after the session.
        connect(&session, &QObject::destroyed, this, [this] { delete this; });
        view->showSnapshot(session.snapshot());
        view->showRefusal(session.problems());
        resize(widgets::onScreen(*this, usualSize));
    }

private:
    // The keys of the main window's menus do not reach a window beside it.
    void addUndo(document::Document& document) {
        QAction* undo = document.undoStack().createUndoAction(this);
        QAction* redo = document.undoStack().createRedoAction(this);
        undo->setShortcut(QKeySequence::Undo);
        redo->setShortcuts(QKeySequence::Redo);
        addActions({undo, redo});
    }
};

}  // namespace

views::FormMaker stepForms() {
    return [](const base::KindType& type, const base::Json& values, views::ParamChanged changed) {
        auto* form = new forms::ParamForm(type.parameters, values);
        QObject::connect(form, &forms::ParamForm::changed, form,
                         [changed = std::move(changed)](const QString& id, const base::Json& value, bool final) {
                             changed(id.toStdString(), value, final);
                         });
        return views::StepForm{form, [form](const base::Json& now) { form->setValues(now); }};
    };
}

bool isPreparation(const std::string& where) {
    return std::ranges::any_of(std::array{"data.preprocessing", "data.augmentation", "data.balance"},
                               [&](const char* part) { return where.starts_with(part); });
}

QDialog* showPreparation(document::Document& document, SessionController& session, QWidget* parent) {
    auto* window = parent->findChild<QDialog*>("preparation", Qt::FindDirectChildrenOnly);
    // A closed one is still there until the next turn of the event loop.
    if (!window || !window->isVisible()) window = new PreparationWindow(document, session, parent);
    window->show();
    window->raise();
    window->activateWindow();
    return window;
}

}  // namespace perceptory::window
