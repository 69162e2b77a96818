#include "ui/window/Studio.h"

#include <QAccessible>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/LayerPalette.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/Outline.h"
#include "ui/canvas/OverviewMap.h"
#include "ui/document/LayerPlace.h"
#include "ui/window/LayerInspector.h"

namespace perceptory::window {

using canvas::NetworkView;
using session::SessionController;

namespace {

constexpr int paletteWidth = 170, inspectorWidth = 280, canvasWidth = 530;

QToolButton* button(const QString& text, const QString& help) {
    auto* result = new QToolButton;
    result->setText(text);
    result->setToolTip(help);
    result->setAutoRaise(true);
    result->setFocusPolicy(Qt::StrongFocus);
    return result;
}

}  // namespace

Studio::Studio(document::Document& document, SessionController& session, QWidget* parent)
    : QWidget(parent),
      m_scene(new canvas::NetworkScene(document, this)),
      m_view(new NetworkView(*m_scene)),
      m_palette(new canvas::LayerPalette),
      m_outline(new canvas::Outline(*m_scene)),
      m_map(new canvas::OverviewMap(*m_scene, *m_view)),
      m_inspector(new LayerInspector(*m_scene)),
      m_reason(new QLabel) {
    auto* split = new QSplitter;
    auto* left = new QTabWidget;
    left->setDocumentMode(true);
    left->addTab(m_palette, tr("Layers"));
    left->addTab(m_outline, tr("Outline"));
    split->addWidget(left);
    split->addWidget(buildCanvas());
    split->addWidget(m_inspector);
    split->setStretchFactor(1, 1);
    split->setSizes({paletteWidth, canvasWidth, inspectorWidth});
    split->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);
    connect(m_palette, &canvas::LayerPalette::chosen, this,
            [this](const QString& type) { canvas::addBehind(*m_scene, type.toStdString(), m_scene->lastChosen()); });
    connect(m_view, &NetworkView::settingsWanted, m_inspector, &LayerInspector::takeKeyboard);
    connect(m_view, &NetworkView::renameWanted, this, [this] {
        m_inspector->nameField()->setFocus(Qt::OtherFocusReason);
        m_inspector->nameField()->selectAll();
    });
    connect(m_view, &NetworkView::refused, this, &Studio::showReason);
    connect(m_view, &NetworkView::mapWanted, m_map, &canvas::OverviewMap::toggle);
    connect(m_outline, &canvas::Outline::refused, this, &Studio::showReason);
    connect(m_outline, &canvas::Outline::addWanted, m_view, &NetworkView::openQuickAdd);
    for (const auto changed : {&canvas::NetworkScene::shown, &canvas::NetworkScene::chosenChanged})
        connect(m_scene, changed, this, [this] { showReason({}); });
    const auto showData = [this, &session] { m_scene->setDataset(session.dataset()); };
    connect(&session, &SessionController::snapshotChanged, this, showData);
    connect(&document, &document::Document::changed, this, [this, showData](const document::Change& change) {
        if (!change.opened) return;
        showData();
        QTimer::singleShot(0, m_view, &NetworkView::showStart);
    });
    showData();
}

QWidget* Studio::buildCanvas() {
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    QToolButton* add = button(tr("+ Layer"), tr("Add a layer by its name (Space on the canvas)"));
    QToolButton* tidy = button(tr("Tidy"), tr("Lay the network out anew"));
    QToolButton* turn = button(tr("Turn"), tr("From left to right, or from top to bottom"));
    QToolButton* fit = button(tr("Show all"), tr("As large as it fits (Home)"));
    for (QToolButton* one : {add, tidy, turn, fit}) row->addWidget(one);
    row->addStretch();
    connect(add, &QToolButton::clicked, m_view, &NetworkView::openQuickAdd);
    connect(tidy, &QToolButton::clicked, m_view, [this] {
        canvas::tidy(*m_scene);
        m_view->fitAll();
    });
    connect(turn, &QToolButton::clicked, m_view, &NetworkView::turn);
    connect(fit, &QToolButton::clicked, m_view, &NetworkView::fitAll);
    column->addLayout(row);
    auto* layers = new QGridLayout;
    layers->addWidget(m_view, 0, 0);
    // Over the canvas: a sentence of any length comes and goes without moving what the mouse is at.
    layers->addWidget(m_reason, 0, 0, Qt::AlignLeft | Qt::AlignTop);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setWordWrap(true);
    m_reason->setMargin(6);
    m_reason->setFrameShape(QFrame::StyledPanel);
    m_reason->setAutoFillBackground(true);
    m_reason->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_reason->hide();
    column->addLayout(layers, 1);
    return middle;
}

// Aloud too: a screen reader does not look at a label that changes.
void Studio::showReason(const QString& reason) {
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    if (reason.isEmpty()) return;
    QAccessibleEvent said(m_reason, QAccessible::Alert);
    QAccessible::updateAccessibility(&said);
}

// Esc that nothing else has used leads back to the canvas.
void Studio::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape || m_view->hasFocus()) return QWidget::keyPressEvent(event);
    m_view->setFocus(Qt::OtherFocusReason);
}

void Studio::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!event->spontaneous()) m_view->setFocus(Qt::OtherFocusReason);
    if (m_wasShown) return;
    m_wasShown = true;
    // The view has its size only after this event.
    QTimer::singleShot(0, m_view, &NetworkView::showStart);
}

bool Studio::knows(const std::string& where) const { return !layerOf(where).empty(); }

std::string Studio::layerOf(const std::string& where) const {
    return document::layerAt(where, m_scene->document().spec().network);
}

bool Studio::showPlace(const std::string& where) {
    const std::string id = layerOf(where);
    if (id.empty()) return false;
    m_scene->choose({id});
    m_view->fitChosen();
    m_view->setFocus(Qt::OtherFocusReason);
    return true;
}

}  // namespace perceptory::window
