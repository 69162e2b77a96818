#include "ui/window/Studio.h"

#include <QHBoxLayout>
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
#include "ui/document/commands/BlockGraph.h"
#include "ui/window/LayerInspector.h"

namespace perceptory::window {

using canvas::NetworkView;
using session::SessionController;

namespace {

constexpr int paletteWidth = 170, inspectorWidth = 250, canvasWidth = 560;

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
      m_reason(new QLabel),
      m_trail(new QWidget),
      m_trailEnd(new QLabel) {
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
    connect(m_view, &NetworkView::refused, m_reason, &QLabel::setText);
    connect(m_view, &NetworkView::mapWanted, m_map, &canvas::OverviewMap::toggle);
    connect(m_outline, &canvas::Outline::refused, m_reason, &QLabel::setText);
    connect(m_outline, &canvas::Outline::addWanted, m_view, &NetworkView::openQuickAdd);
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
    m_reason->setTextFormat(Qt::PlainText);
    QToolButton* add = button(tr("+ Layer"), tr("Add a layer by its name (Space on the canvas)"));
    QToolButton* tidy = button(tr("Tidy"), tr("Lay the network out anew"));
    QToolButton* turn = button(tr("Turn"), tr("From left to right, or from top to bottom"));
    QToolButton* fit = button(tr("Show all"), tr("As large as it fits (Home)"));
    for (QToolButton* one : {add, tidy, turn, fit}) row->addWidget(one);
    row->addWidget(m_reason, 1);
    connect(add, &QToolButton::clicked, m_view, &NetworkView::openQuickAdd);
    connect(tidy, &QToolButton::clicked, m_view, [this] {
        canvas::tidy(*m_scene);
        m_view->fitAll();
    });
    connect(turn, &QToolButton::clicked, m_view, &NetworkView::turn);
    connect(fit, &QToolButton::clicked, m_view, &NetworkView::fitAll);
    column->addLayout(row);
    column->addWidget(buildTrail());
    column->addWidget(m_view, 1);
    return middle;
}

QWidget* Studio::buildTrail() {
    auto* row = new QHBoxLayout(m_trail);
    row->setContentsMargins(0, 0, 0, 0);
    QToolButton* whole = button(tr("Network"), tr("Leave the block (Esc)"));
    m_trailEnd->setTextFormat(Qt::PlainText);
    row->addWidget(whole);
    row->addWidget(m_trailEnd, 1);
    connect(whole, &QToolButton::clicked, m_view, [this] {
        canvas::leaveBlock(*m_scene);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_scene, &canvas::NetworkScene::shown, this, &Studio::showTrail);
    showTrail();
    return m_trail;
}

void Studio::showTrail() {
    const std::string& open = m_scene->document().openBlock();
    m_trail->setVisible(!open.empty());
    const base::Json* block = document::blockOf(m_scene->document().json(), open);
    if (block)
        m_trailEnd->setText(
            QStringLiteral("▸ %1 ×%2").arg(QString::fromStdString(open)).arg(document::repeatOf(*block)));
}

void Studio::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_wasShown) return;
    m_wasShown = true;
    // The view has its size only after this event.
    QTimer::singleShot(0, m_view, &NetworkView::showStart);
}

bool Studio::knows(const std::string& where) const {
    const document::LayerPlace place = document::placeIn(m_scene->document(), where);
    return !place.block.empty() || !place.layer.empty();
}

bool Studio::showPlace(const std::string& where) {
    if (!knows(where)) return false;
    const document::LayerPlace place = document::placeIn(m_scene->document(), where);
    m_scene->document().setOpenBlock(place.layer.empty() ? std::string() : place.block);
    m_scene->choose({place.layer.empty() ? place.block : place.layer});
    m_view->fitChosen();
    m_view->setFocus(Qt::OtherFocusReason);
    return true;
}

}  // namespace perceptory::window
