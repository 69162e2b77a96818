#include "ui/views/PlaygroundPage.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/LayerPlace.h"
#include "ui/document/commands/WeightCommands.h"
#include "ui/views/Places.h"
#include "ui/views/playground/DataPanel.h"
#include "ui/views/playground/DataWait.h"
#include "ui/views/playground/LossCurves.h"
#include "ui/views/playground/NetworkPanel.h"
#include "ui/views/playground/OutputPanel.h"
#include "ui/views/playground/PointBrush.h"
#include "ui/views/playground/Toolbar.h"

namespace perceptory::views {

namespace {

constexpr int kDataWidth = 176;
QFrame* line() {
    auto* frame = new QFrame;
    frame->setFrameShape(QFrame::HLine);
    frame->setFrameShadow(QFrame::Sunken);
    return frame;
}

}  // namespace

PlaygroundPage::PlaygroundPage(document::Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_wait(new DataWait(document, this)) {
    build();
    connectToolbar();
    connectPanels();
    connect(&m_document, &document::Document::changed, this, &PlaygroundPage::documentChanged);
    connect(m_wait, &DataWait::late, this, &PlaygroundPage::showWaiting);
    showViewState();
    showSpec();
}

PlaygroundPage::~PlaygroundPage() = default;

void PlaygroundPage::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_toolbar = new Toolbar(m_document);
    column->addWidget(m_toolbar);
    column->addWidget(line());
    m_row = new QHBoxLayout;
    m_row->setContentsMargins(10, 8, 10, 8);
    m_row->setSpacing(14);
    column->addLayout(m_row, 1);
    m_data = new DataPanel(m_document);
    m_data->setFixedWidth(kDataWidth);
    m_network = new NetworkPanel(m_document);
    m_output = new OutputPanel;
    m_row->addWidget(m_data);
    m_row->addWidget(m_network, 1);
    m_row->addWidget(m_output);
    m_brush = new PointBrush(m_document, *m_output->map(), this);
}

void PlaygroundPage::connectToolbar() {
    connect(m_toolbar, &Toolbar::playRequested, this, &PlaygroundPage::playRequested);
    connect(m_toolbar, &Toolbar::pauseRequested, this, &PlaygroundPage::pauseRequested);
    connect(m_toolbar, &Toolbar::stepBatchRequested, this, &PlaygroundPage::stepBatchRequested);
    connect(m_toolbar, &Toolbar::stepEpochRequested, this, &PlaygroundPage::stepEpochRequested);
    connect(m_toolbar, &Toolbar::resetRequested, this, &PlaygroundPage::resetRequested);
    connect(m_toolbar, &Toolbar::newSeedRequested, this, &PlaygroundPage::newSeedRequested);
    connect(m_toolbar, &Toolbar::paceRequested, this, &PlaygroundPage::paceRequested);
    connect(m_toolbar, &Toolbar::refused, this, &PlaygroundPage::refused);
}

void PlaygroundPage::connectPanels() {
    connect(m_data, &DataPanel::refused, this, &PlaygroundPage::refused);
    connect(m_network, &NetworkPanel::refused, this, &PlaygroundPage::refused);
    connect(m_data, &DataPanel::brushChanged, this, [this] {
        m_brush->setBrush(m_data->brush());
        m_output->setPainting(m_brush->isPainting());
        if (!m_brush->isPainting()) return;
        chooseSample({});
        m_document.setView("show_test", true);  // a painted point may fall to the test part, and must be seen
    });
    NetworkPicture* picture = m_network->picture();
    connect(picture, &NetworkPicture::weightWanted, this, &PlaygroundPage::setWeight);
    connect(picture, &NetworkPicture::unitHovered, this, [this](UnitRef unit) {
        m_hoveredUnit = unit;
        showUnit();
    });
    connect(picture, &NetworkPicture::unitLeft, this, [this] {
        m_hoveredUnit.reset();
        showUnit();
    });
    connect(picture, &NetworkPicture::unitClicked, this, [this](UnitRef unit) {
        m_pinnedUnit = m_pinnedUnit == unit ? std::nullopt : std::optional(unit);
        m_network->picture()->setPinned(m_pinnedUnit);
        showUnit();
    });
    connect(m_output->map(), &widgets::HeatmapView::clicked, this, &PlaygroundPage::mapClicked);
    connect(m_output->map(), &widgets::HeatmapView::hovered, this, &PlaygroundPage::mapHovered);
    connect(m_output, &OutputPanel::choiceWanted, this, &PlaygroundPage::choosePlane);
    connect(m_output, &OutputPanel::testShownWanted, this,
            [this](bool shown) { m_document.setView("show_test", shown); });
    connect(m_output, &OutputPanel::discreteWanted, this,
            [this](bool discrete) { m_document.setView("discretize", discrete); });
}

void PlaygroundPage::documentChanged(const document::Change& change) {
    if (change.parts & document::DataPart || change.opened) {
        chooseSample({});
        m_wait->dataChanged(change);
    }
    if (change.parts & document::ViewPart || change.opened) showViewState();
    if (change.affectsRun() || change.opened) showSpec();
}

// A busy machine takes its time: nobody must take the last picture for that of the new data.
void PlaygroundPage::showWaiting() {
    m_snapshot.reset();
    m_scene.reset();
    m_choiceData.reset();
    m_shownDataset = nullptr;
    m_data->showDataset(nullptr);
    m_toolbar->showWaiting();
    m_network->picture()->setScene(nullptr);
    m_output->showWaiting(tr("Loading…"));
    showSpec();
}

void PlaygroundPage::awaitData() {
    if (m_wait->isLate()) showWaiting();
}

void PlaygroundPage::showRefusal(const base::Problems& problems) {
    if (m_wait->giveUp()) {
        showWaiting();
        m_output->showWaiting(tr("Nothing to show"));
    }
    m_toolbar->setHindrance(hindranceOf(problems));
}

const data::Dataset* PlaygroundPage::knownDataset() const {
    return m_snapshot && m_snapshot->dataset && m_snapshot->revision >= m_wait->dataRevision()
               ? m_snapshot->dataset.get()
               : nullptr;
}

void PlaygroundPage::showSpec() {
    m_network->showDocument(knownDataset());
    m_hoveredUnit.reset();
    if (m_pinnedUnit && m_network->picture()->sight().model().unitCount() <= m_pinnedUnit->unit) m_pinnedUnit.reset();
    m_network->picture()->setPinned(m_pinnedUnit);
    updateRequests();
    showUnit();
}

std::vector<training::ProbeRequest> PlaygroundPage::wanted() const {
    if (!isVisible()) return {};
    std::vector<training::ProbeRequest> requests{m_requests.boundary};
    if (!showsStudio()) requests.push_back(m_requests.maps);
    if (m_requests.activations) requests.push_back(*m_requests.activations);
    return requests;
}

void PlaygroundPage::showSnapshot(std::shared_ptr<const training::Snapshot> snapshot) {
    if (!snapshot || !m_wait->lets(*snapshot)) return;
    m_snapshot = std::move(snapshot);
    fitChoice();
    updateScene();
    if (const data::Dataset* known = knownDataset(); known != m_shownDataset) {
        m_shownDataset = known;
        m_data->showDataset(known);
        showSpec();
    }
    m_toolbar->showSnapshot(*m_snapshot);
    m_network->picture()->setScene(m_scene);
    m_network->picture()->setSnapshot(m_snapshot, m_requests);
    m_output->showSnapshot(m_snapshot, m_scene, m_requests.boundary);
    showNote();
    if (m_hoveredUnit || m_pinnedUnit) showUnit();
}

void PlaygroundPage::showLog(const training::MetricsLog& log) {
    if (!m_wait->isLate()) m_output->curves()->showLog(log);
}

void PlaygroundPage::showUnit() {
    const std::optional<UnitRef> unit = m_hoveredUnit ? m_hoveredUnit : m_pinnedUnit;
    if (!unit) return m_output->showUnit({}, {});
    const NetworkSight& sight = m_network->picture()->sight();
    m_output->showUnit(sight.map(*unit), sight.model().unitName(*unit));
}

void PlaygroundPage::setWeight(const QString& parameter, qint64 index, double value) {
    const std::string name = parameter.toStdString();
    const std::span<const float> values = m_snapshot ? m_snapshot->weightsOf(name) : std::span<const float>();
    if (index < 0 || static_cast<std::size_t>(index) >= values.size()) return;
    document::setWeight(m_document, {name, index}, static_cast<double>(values[static_cast<std::size_t>(index)]), value);
}

void PlaygroundPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape || !leaveEverything()) QWidget::keyPressEvent(event);
}

// Whether there was anything to leave.
bool PlaygroundPage::leaveEverything() {
    const bool any = m_brush->isPainting() || m_pinnedUnit || m_sample;
    m_data->dropBrush();
    m_pinnedUnit.reset();
    m_network->picture()->setPinned({});
    chooseSample({});
    showUnit();
    return any;
}

// The node's id where `where` is one, or an address in the list of nodes; empty otherwise.
QString PlaygroundPage::placeName(const std::string& where) const {
    if (const std::string node = document::layerAt(where, m_document.spec().network); !node.empty())
        return m_network->picture()->sight().model().nodeName(node);
    const QWidget* control = controlFor(*this, where);
    return control ? control->accessibleName() : QString();
}

void PlaygroundPage::showPlace(const std::string& where) {
    if (m_network->picture()->focusNode(document::layerAt(where, m_document.spec().network))) return;
    if (QWidget* control = controlFor(*this, where)) control->setFocus(Qt::ShortcutFocusReason);
}

std::vector<widgets::GestureGroup> PlaygroundPage::gestures() {
    std::vector<widgets::Gesture> map{
        {tr("Click"), tr("Show at every neuron what it says for that place, or for the data point nearest to it")},
        {tr("Drag with a brush"), tr("Paint points of the brush's class; the right button erases")}};
    const std::vector<widgets::Gesture> own = widgets::HeatmapView::gestures();
    map.insert(map.end(), own.begin(), own.end());
    return {{tr("Network"), NetworkPicture::gestures()},
            {tr("Map of the output"), std::move(map)},
            {tr("Curves"), widgets::CurvePlot::gestures()}};
}

void PlaygroundPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    emit wantedChanged(wanted());
}

void PlaygroundPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    emit wantedChanged({});
}

void PlaygroundPage::resizeEvent(QResizeEvent* event) {
    setOutputWidth();
    QWidget::resizeEvent(event);
}

// The map is a square: as wide as the height leaves room for, and no more than a good third of the page; beside the
// Studio less, since the canvas needs the room.
void PlaygroundPage::setOutputWidth() {
    const int room = height() - m_toolbar->height(), share = showsStudio() ? 23 : 30;
    m_output->setFixedWidth(std::clamp(std::min(room * 52 / 100, width() * share / 100), 250, 560));
}

}  // namespace perceptory::views
