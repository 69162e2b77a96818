#include "ui/window/Studio.h"

#include <QAccessible>
#include <QDockWidget>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "engine/layers/Layer.h"
#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/LayerPalette.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/Outline.h"
#include "ui/canvas/OverviewMap.h"
#include "ui/document/LayerPlace.h"
#include "ui/document/commands/BlockGraph.h"
#include "ui/views/Places.h"
#include "ui/window/InsidePanel.h"
#include "ui/window/LayerInspector.h"
#include "ui/window/RunsPanel.h"
#include "ui/window/TrainingPanel.h"

namespace perceptory::window {

using canvas::NetworkView;
using session::SessionController;

namespace {

constexpr int paletteWidth = 180, inspectorWidth = 290;
constexpr int roomBesideTitle = 26;  // on a tab
constexpr const char* panelsKey = "studio/panels";

QToolButton* button(const QString& text, const QString& help) {
    auto* result = new QToolButton;
    result->setText(text);
    result->setToolTip(help);
    result->setAutoRaise(true);
    result->setFocusPolicy(Qt::StrongFocus);
    return result;
}

bool isTraining(const std::string& where) { return where.rfind("training.", 0) == 0; }

// In front of those it shares its place with.
void raisePanelOf(const QWidget& inside) {
    auto* panel = qobject_cast<QDockWidget*>(inside.parentWidget());
    if (!panel) return;
    panel->show();
    panel->raise();
}

}  // namespace

Studio::Studio(document::Document& document, SessionController& session, QWidget* parent)
    : QMainWindow(parent, Qt::Widget),
      m_scene(new canvas::NetworkScene(document, this)),
      m_view(new NetworkView(*m_scene)),
      m_palette(new canvas::LayerPalette),
      m_outline(new canvas::Outline(*m_scene)),
      m_map(new canvas::OverviewMap(*m_scene, *m_view)),
      m_inspector(new LayerInspector(*m_scene)),
      m_training(new TrainingPanel(document)),
      m_inside(new InsidePanel(*m_scene, session)),
      m_runs(new RunsPanel(document, session)),
      m_reason(new QLabel),
      m_trail(new QWidget),
      m_trailEnd(new QLabel),
      m_session(session) {
    setCentralWidget(buildCanvas());
    buildPanels();
    connect(m_palette, &canvas::LayerPalette::chosen, this,
            [this](const QString& type) { canvas::addBehind(*m_scene, type.toStdString(), m_scene->lastChosen()); });
    connect(m_view, &NetworkView::settingsWanted, this, [this] {
        raisePanelOf(*m_inspector);
        m_inspector->takeKeyboard();
    });
    connect(m_view, &NetworkView::renameWanted, this, [this] {
        raisePanelOf(*m_inspector);
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
        watchNewLayers(!change.opened);
        if (!change.opened) return;
        showData();
        QTimer::singleShot(0, m_view, &NetworkView::showStart);
    });
    connect(&document, &document::Document::openBlockChanged, this, [this] { watchNewLayers(false); });
    watchNewLayers(false);
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
    column->addWidget(buildTrail());
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

void Studio::buildPanels() {
    setDockNestingEnabled(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    QDockWidget* layers = addPanel(QStringLiteral("layers"), tr("Layers"), m_palette, Qt::LeftDockWidgetArea);
    tabifyDockWidget(layers, addPanel(QStringLiteral("outline"), tr("Outline"), m_outline, Qt::LeftDockWidgetArea));
    QDockWidget* layer = addPanel(QStringLiteral("layer"), tr("Layer"), m_inspector, Qt::RightDockWidgetArea);
    tabifyDockWidget(layer, addPanel(QStringLiteral("training"), tr("Training"), m_training, Qt::RightDockWidgetArea));
    QDockWidget* inside = addPanel(QStringLiteral("inside"), tr("Inside"), m_inside, Qt::RightDockWidgetArea);
    connect(inside, &QDockWidget::visibilityChanged, m_inside, &InsidePanel::setSeen);
    tabifyDockWidget(layer, inside);
    m_inside->useRuns(m_runs->chosen());
    // Out of the way until it is asked for.
    addPanel(QStringLiteral("runs"), tr("Runs"), m_runs, Qt::BottomDockWidgetArea)->hide();
    const QFontMetrics metrics = fontMetrics();
    m_palette->setMinimumWidth(metrics.horizontalAdvance(tr("Layers") + tr("Outline")) + 2 * roomBesideTitle);
    layers->raise();
    layer->raise();
    m_usual = saveState();
}

// The names are kept in the settings.
QDockWidget* Studio::addPanel(const QString& name, const QString& title, QWidget* inside, Qt::DockWidgetArea area) {
    auto* panel = new QDockWidget(title);
    panel->setObjectName(name);
    panel->setWidget(inside);
    addDockWidget(area, panel);
    return panel;
}

void Studio::showRuns() {
    raisePanelOf(*m_runs);
    m_runs->setFocus(Qt::OtherFocusReason);
}

void Studio::resetPanels() {
    restoreState(m_usual);
    setPanelWidths();
}

void Studio::keepPanels() const {
    if (m_wasShown) QSettings().setValue(panelsKey, saveState());
}

void Studio::setPanelWidths() {
    QList<QDockWidget*> panels;
    for (const char* name : {"layers", "layer"}) panels << findChild<QDockWidget*>(QString::fromLatin1(name));
    resizeDocks(panels, {paletteWidth, inspectorWidth}, Qt::Horizontal);
}

// A single layer that comes into a network that has learned.
void Studio::watchNewLayers(bool offers) {
    std::set<std::string> now;
    std::vector<std::string> fresh;
    for (const network::NodeSpec& node : m_scene->document().graphSpec().nodes) {
        now.insert(node.id);
        if (!m_known.contains(node.id)) fresh.push_back(node.id);
    }
    if (offers && fresh.size() == 1 && m_session.snapshot()->progress.step > 0)
        m_inspector->offerIdentity(fresh.front());
    m_known = std::move(now);
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
    if (event->key() != Qt::Key_Escape || m_view->hasFocus()) return QMainWindow::keyPressEvent(event);
    m_view->setFocus(Qt::OtherFocusReason);
}

void Studio::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (!event->spontaneous()) m_view->setFocus(Qt::OtherFocusReason);
    if (m_wasShown) return;
    m_wasShown = true;
    if (!restoreState(QSettings().value(panelsKey).toByteArray())) setPanelWidths();
    // The view has its size only after this event.
    QTimer::singleShot(0, m_view, &NetworkView::showStart);
}

QString Studio::placeName(const std::string& where) const {
    const document::LayerPlace place = document::placeIn(m_scene->document(), where);
    if (!place.block.empty() || !place.layer.empty()) return tr("Canvas: %1").arg(QString::fromStdString(where));
    return isTraining(where) ? tr("Training") : QString();
}

const base::KindType* Studio::chosenType() const {
    const std::vector<std::string> chosen = m_scene->chosen();
    if (chosen.size() != 1) return nullptr;
    return layers::shelf().find(m_scene->sight().nodes[*m_scene->sight().find(chosen.front())].type);
}

bool Studio::showPlace(const std::string& where) {
    const document::LayerPlace place = document::placeIn(m_scene->document(), where);
    if (place.block.empty() && place.layer.empty()) {
        if (!isTraining(where)) return false;
        raisePanelOf(*m_training);
        if (QWidget* control = views::controlFor(*m_training, where)) control->setFocus(Qt::OtherFocusReason);
        return true;
    }
    m_scene->document().setOpenBlock(place.layer.empty() ? std::string() : place.block);
    m_scene->choose({place.layer.empty() ? place.block : place.layer});
    m_view->fitChosen();
    m_view->setFocus(Qt::OtherFocusReason);
    return true;
}

}  // namespace perceptory::window
