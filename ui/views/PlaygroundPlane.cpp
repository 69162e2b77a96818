#include <QCheckBox>
#include <QHBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/views/PlaygroundPage.h"
#include "ui/views/playground/NetworkPanel.h"
#include "ui/views/playground/OutputPanel.h"
#include "ui/views/playground/PointBrush.h"
#include "ui/views/playground/SampleNote.h"

// The page's plane: which one is shown, what is measured on it, and the sample chosen there.

namespace perceptory::views {

namespace {

constexpr int kBoundarySize = 100, kMapSize = 48, kSmallMapSize = 20, kManyUnits = 160;
constexpr int kCoarsestMap = 12;
constexpr double kMapWork = 2e9;  // multiplications for one picture: a large network's is coarser, and still comes soon
constexpr double kSampleReach = 0.02;  // of the plane's width: this close to a point means the point

int mapSize(int usual, const NetworkModel& model) {
    const double points = kMapWork / std::max(model.linkCount(), 1.0);
    return std::clamp(static_cast<int>(std::sqrt(points)), kCoarsestMap, usual);
}

}  // namespace

void PlaygroundPage::showViewState() {
    const base::Json view = m_document.value("view");
    const auto flag = [&](const char* key) { return view.is_object() && view.contains(key) && view[key] == true; };
    m_output->setTestShown(flag("show_test"));
    m_output->setDiscrete(flag("discretize"));
    showWorkspace();
    PlaneChoice choice = m_choiceData ? usualChoice(*m_choiceData) : PlaneChoice{};
    if (view.is_object() && view.contains("plane") && view["plane"].is_object())
        choice = PlaneChoice::from(view["plane"]);
    if (m_choiceData) choice = fitting(choice, *m_choiceData);
    if (choice == m_choice) return;
    m_choice = choice;
    m_output->setChoice(m_choice);  // the picture stays until the worker has measured the new one
    chooseSample({});
    updateRequests();
}

void PlaygroundPage::setStudio(QWidget* studio) {
    m_studio = studio;
    m_row->insertWidget(m_row->indexOf(m_output), studio, 1);
    studio->hide();
    showWorkspace();
}

bool PlaygroundPage::showsStudio() const {
    const base::Json view = m_document.value("view");
    return m_studio && view.is_object() && view.value("workspace", base::Json()) == "studio";
}

void PlaygroundPage::showWorkspace() {
    const bool studio = showsStudio();
    if (!m_studio || studio != m_studio->isHidden()) return;
    if (!studio) m_studio->hide();  // first of all: the window would grow to hold both
    m_data->setVisible(!studio);
    m_network->setVisible(!studio);
    m_studio->setVisible(studio);
    setOutputWidth();
    updateRequests();
}

void PlaygroundPage::choosePlane(const PlaneChoice& choice) { m_document.setView("plane", choice.settings()); }

void PlaygroundPage::updateRequests() {
    base::Json plane = m_choice.settings();
    m_requests.boundary = {"decision_boundary", plane};
    const NetworkModel& model = m_network->picture()->sight().model();
    m_requests.boundary.settings["size"] = mapSize(kBoundarySize, model);
    m_requests.maps = {"neuron_maps", plane};
    m_requests.maps.settings["size"] = mapSize(model.unitCount() > kManyUnits ? kSmallMapSize : kMapSize, model);
    m_requests.activations = m_sample ? std::optional(activationsOf(*m_sample, plane)) : std::nullopt;
    m_network->picture()->setSnapshot(m_snapshot, m_requests);
    emit wantedChanged(wanted());
}

// New data may have other columns.
void PlaygroundPage::fitChoice() {
    const auto& dataset = m_snapshot->dataset;
    if (dataset == m_choiceData) return;
    m_choiceData = dataset;
    if (!dataset) return;
    const bool chosen = !m_document.value("view.plane").is_null();
    const PlaneChoice fitted = fitting(chosen ? m_choice : usualChoice(*dataset), *dataset);
    const bool changed = !(fitted == m_choice);
    m_choice = fitted;
    m_output->setChoice(m_choice);
    if (changed) updateRequests();
}

void PlaygroundPage::updateScene() {
    const auto& dataset = m_snapshot->dataset;
    if (m_scene && m_scene->dataset != dataset) m_scene.reset();
    if (!dataset || dataset->rawNames.empty()) return;
    const std::shared_ptr<const training::Plane> plane = planeOf(*m_snapshot, m_requests.boundary);
    if (plane && (!m_scene || m_scene->plane != plane)) m_scene = std::make_shared<PlaneScene>(dataset, plane);
}

void PlaygroundPage::showNote() {
    if (!m_sample || !m_sample->row || !m_scene || !m_snapshot) return m_output->setNote({});
    const NetworkSight& sight = m_network->picture()->sight();
    const auto& nodes = m_document.spec().network.nodes;
    const bool drawn = !nodes.empty() && !sight.model().columns.empty() &&
                       sight.model().columns.back().node == nodes.back().id;  // else another layer follows
    const std::vector<float> outputs = drawn ? sight.outputs() : std::vector<float>{};
    m_output->setNote(sampleNote(*m_scene, m_choice, {*m_sample->row, m_snapshot->reading, outputs}));
}

// Only what is shown can be meant.
std::optional<std::uint32_t> PlaygroundPage::rowNear(QPointF plane, double share) const {
    const double width = m_scene->extent.right - m_scene->extent.left;
    return m_scene->rowNear(plane, share * width, m_output->testBox()->isChecked());
}

void PlaygroundPage::mapHovered(QPointF plane) {
    if (!m_scene || m_scene->dataset->inputShape.size() != 3) return;
    const auto row = rowNear(plane, 2 * kSampleReach);
    if (row || !m_sample) m_output->showImage(row);
}

void PlaygroundPage::mapClicked(QPointF plane, Qt::MouseButton button) {
    if (m_brush->isPainting() || button != Qt::LeftButton || !m_scene) return;
    // On the plane every place is a sample; in a projection only the data's own rows are.
    if (m_scene->dataset->isPlane()) return chooseSample(Sample{plane, {}});
    const auto nearest = rowNear(plane, 1);
    if (!nearest) return;
    std::vector<float> scratch;
    const auto [x, y] = m_scene->plane->project(m_scene->dataset->rawRow(*nearest, scratch));
    chooseSample(Sample{QPointF(static_cast<double>(x), static_cast<double>(y)), nearest});
}

void PlaygroundPage::chooseSample(std::optional<Sample> sample) {
    if (!sample && !m_sample) return;
    m_sample = sample;
    m_output->markSample(m_sample ? std::optional(m_sample->place) : std::nullopt,
                         m_sample ? m_sample->row : std::nullopt);
    updateRequests();
    showNote();
}

}  // namespace perceptory::views
