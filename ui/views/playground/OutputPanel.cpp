#include "ui/views/playground/OutputPanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/EngineText.h"
#include "ui/views/SampleImage.h"
#include "ui/views/playground/LossCurves.h"
#include "ui/views/playground/Scores.h"
#include "ui/widgets/ColourLegend.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {

constexpr int kComponents = -1;  // item data of the entry "first two components"

QLabel* caption(QWidget* parent, const QString& text) {
    auto* label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

OutputPanel::OutputPanel(QWidget* parent) : QWidget(parent) {
    build();
    connect(m_test, &QCheckBox::toggled, this, &OutputPanel::testShownWanted);
    connect(m_discrete, &QCheckBox::toggled, this, &OutputPanel::discreteWanted);
    connect(m_across, &QComboBox::activated, this, &OutputPanel::axesChosen);
    connect(m_up, &QComboBox::activated, this, &OutputPanel::axesChosen);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &OutputPanel::showMap);
}

void OutputPanel::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    m_scores = new Scores;
    column->addWidget(m_scores);
    m_curves = new LossCurves;
    m_curves->setMinimumHeight(100);
    column->addWidget(m_curves, 1);
    column->addWidget(buildAxes());
    m_map = new widgets::HeatmapView;
    m_map->setAccessibleName(tr("What the network says over the plane"));
    m_map->setMinimumSize(140, 140);
    column->addWidget(m_map, 3);
    m_bar = new widgets::ColourBar;
    m_classes = new widgets::ClassLegend;
    m_classes->setAccessibleName(tr("Points on the map"));
    auto* legends = new QVBoxLayout;
    legends->setSpacing(4);
    legends->addWidget(m_classes);
    legends->addWidget(m_bar);
    m_image = new QLabel;
    m_image->setAccessibleName(tr("Image of the chosen sample"));
    m_image->hide();
    auto* legendRow = new QHBoxLayout;
    legendRow->setSpacing(8);
    legendRow->addLayout(legends, 1);
    legendRow->addWidget(m_image);
    column->addLayout(legendRow);
    m_test = new QCheckBox(tr("Test ro&ws"));
    m_discrete = new QCheckBox(tr("Dis&cretize"));
    m_discrete->setToolTip(tr("Show only which side of the border each place is on"));
    m_test->setToolTip(tr("Points kept aside, drawn with a dark rim"));
    auto* boxes = new QHBoxLayout;
    for (QCheckBox* box : {m_test, m_discrete}) {
        box->setAccessibleName(box->text().remove(QLatin1Char('&')));
        box->setMinimumHeight(24);
        boxes->addWidget(box);
    }
    boxes->addStretch(1);
    column->addLayout(boxes);
}

QWidget* OutputPanel::buildAxes() {
    m_axes = new QWidget;
    auto* row = new QHBoxLayout(m_axes);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_across = new QComboBox;
    m_up = new QComboBox;
    m_across->setAccessibleName(tr("Column shown across"));
    m_up->setAccessibleName(tr("Column shown upwards"));
    auto* across = caption(m_axes, QStringLiteral("→"));
    m_upArrow = caption(m_axes, QStringLiteral("↑"));
    across->setBuddy(m_across);
    m_upArrow->setBuddy(m_up);
    for (QComboBox* box : {m_across, m_up}) {
        box->setToolTip(tr("The map is a slice through the data: what is not shown on an axis is at its mean"));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(6);
    }
    row->addWidget(across);
    row->addWidget(m_across, 1);
    row->addWidget(m_upArrow);
    row->addWidget(m_up, 1);
    m_axes->hide();
    return m_axes;
}

void OutputPanel::setChoice(const PlaneChoice& choice) {
    m_choice = choice;
    showColumns();
}

void OutputPanel::setTestShown(bool shown) {
    const QSignalBlocker quiet(m_test);
    m_test->setChecked(shown);
    m_map->setTestPointsVisible(shown);
}

void OutputPanel::setDiscrete(bool discrete) {
    const QSignalBlocker quiet(m_discrete);
    m_discrete->setChecked(discrete);
    m_isDiscrete = discrete;
    m_map->setDiscrete(discrete && !m_unit);
}

void OutputPanel::setPainting(bool painting) {
    m_map->setMenuEnabled(!painting);
    m_map->setCursor(painting ? Qt::CrossCursor : Qt::ArrowCursor);
}

void OutputPanel::showSnapshot(std::shared_ptr<const training::Snapshot> snapshot,
                               std::shared_ptr<const PlaneScene> scene, const training::ProbeRequest& boundary) {
    m_snapshot = std::move(snapshot);
    m_boundary = boundary;
    const bool isRefused = m_snapshot && !refusalOf(m_snapshot->probe(m_boundary)).isEmpty();
    if (isRefused) scene.reset();
    const bool newScene = scene != m_scene;
    m_scene = std::move(scene);
    if (newScene) showScene();
    if (isRefused || !m_snapshot || !m_snapshot->dataset) leavePlane();
    m_waiting = whyNoMap();
    showScores();
    showMap();
}

QString OutputPanel::whyNoMap() const {
    if (!m_snapshot || m_scene) return {};
    const training::ProbeResult* measured = m_snapshot->probe(m_boundary);
    if (const QString refusal = refusalOf(measured); !refusal.isEmpty()) return refusal;
    if (m_snapshot->dataset) return measured ? QString() : tr("Loading…");
    return m_snapshot->revision > 0 ? tr("Nothing to show") : QString();  // 0: nothing was asked for yet
}

void OutputPanel::showWaiting(const QString& text) {
    m_snapshot.reset();
    m_scene.reset();
    m_unit.reset();
    m_unitName.clear();
    m_waiting = text;
    leavePlane();
    m_curves->restart();
    showScores();
    showMap();
}

// What stands around a map says nothing without one.
void OutputPanel::leavePlane() {
    m_axes->hide();
    m_image->hide();
    m_classes->setClassNames({});
    m_map->setPoints({});
    m_map->setMarkedPlace({});
    m_map->setAxisNames({}, {});
}

// Numbers may be there before the plane of many columns is.
void OutputPanel::showScores() {
    const data::Dataset* dataset = m_snapshot ? m_snapshot->dataset.get() : nullptr;
    if (const metrics::MetricType* score = dataset ? scoreFor(dataset->task) : m_score; score != m_score) {
        m_score = score;
        const QString label = score ? document::shelfText(score->label) : QString();
        m_scores->setScore(score, label);
        m_curves->setScore(score, label);
    }
    const training::Evaluation none;
    m_scores->showResults(m_snapshot ? m_snapshot->train : none, m_snapshot ? m_snapshot->test : none);
}

void OutputPanel::showScene() {
    if (!m_scene) {
        m_map->setPoints({});
        m_map->clear();
        return;
    }
    QStringList names;
    for (const std::string& name : m_scene->dataset->classNames) names << QString::fromStdString(name);
    m_map->setClassNames(names);
    m_classes->setClassNames(names);
    m_map->setExtent(m_scene->extent);
    m_map->setAxisNames(QString::fromStdString(m_scene->plane->names[0]),
                        QString::fromStdString(m_scene->plane->names[1]));
    m_map->setPoints(m_scene->points);
    showColumns();
    showImage({});
}

void OutputPanel::showColumns() {
    const bool many = m_scene && m_scene->dataset->rawNames.size() > 2;
    m_axes->setVisible(many);
    if (!many) return;
    for (QComboBox* box : {m_across, m_up}) {
        const QSignalBlocker quiet(box);
        box->clear();
        if (box == m_across) box->addItem(tr("first two components"), kComponents);
        int column = 0;
        for (const std::string& name : m_scene->dataset->rawNames) box->addItem(QString::fromStdString(name), column++);
    }
    const QSignalBlocker quietAcross(m_across), quietUp(m_up);
    m_across->setCurrentIndex(m_across->findData(m_choice.components ? kComponents : m_choice.first));
    m_up->setCurrentIndex(m_choice.components ? -1 : m_up->findData(m_choice.second));
    // The components take both axes, and their long name the whole width.
    m_up->setVisible(!m_choice.components);
    m_upArrow->setVisible(!m_choice.components);
}

void OutputPanel::axesChosen() {
    const int across = m_across->currentData().toInt();
    PlaneChoice choice = m_choice;
    choice.components = across == kComponents;
    if (!choice.components) {
        choice.first = across;
        choice.second = m_up->currentIndex() < 0 ? m_choice.second : m_up->currentData().toInt();
        const int columns = m_up->count();
        if (choice.second == choice.first && columns > 1) choice.second = (choice.first + 1) % columns;
    }
    emit choiceWanted(choice);
}

void OutputPanel::showUnit(const std::optional<UnitMap>& map, const QString& name) {
    m_unit = map && map->grid.valid() ? map : std::nullopt;
    m_unitName = m_unit ? name : QString();
    showMap();
}

void OutputPanel::setNote(const QString& note) {
    if (note == m_note) return;
    m_note = note;
    showCaption();
}

void OutputPanel::showCaption() {
    const QString said = m_unit ? m_unitName : m_note;
    m_map->setCaption(m_waiting.isEmpty() ? said : m_waiting);
}

void OutputPanel::showMap() {
    showCaption();
    m_map->setDiscrete(m_isDiscrete && !m_unit);
    if (m_unit) {
        m_map->setRange(m_unit->range);
        m_map->setContourLevel(0.0f);
        m_map->setValues(m_unit->grid);
        return showLegend();
    }
    const training::ProbeResult* result = m_snapshot ? m_snapshot->probe(m_boundary) : nullptr;
    if (result && m_scene) {
        BoundaryPicture picture = boundaryPicture(*result, m_snapshot->reading);
        const bool classes = m_scene->dataset->task == data::Task::Classification;
        m_map->setRange(m_scene->range);
        m_map->setContourLevel(classes ? std::optional(0.0f) : std::nullopt);
        if (picture.classes.valid())
            m_map->setClasses(std::move(picture.classes));
        else if (picture.values.valid())
            m_map->setValues(std::move(picture.values));
    } else if (!m_scene) {
        m_map->clear();
    }
    showLegend();
}

void OutputPanel::showLegend() {
    const bool manyClasses = m_scene && m_scene->dataset->classes() > 2;
    m_bar->setVisible(!manyClasses || m_unit);
    if (m_scene) m_bar->setRange(m_unit ? m_unit->range : m_scene->range);
}

void OutputPanel::markSample(std::optional<QPointF> place, std::optional<std::uint32_t> row) {
    m_map->setMarkedPlace(place);
    showImage(row);
}

void OutputPanel::showImage(std::optional<std::uint32_t> row) {
    const QImage picture = row && m_scene ? imageOf(*m_scene->dataset, *row) : QImage();
    m_image->setVisible(!picture.isNull());
    if (picture.isNull()) return;
    m_image->setPixmap(QPixmap::fromImage(picture.scaled(48, 48, Qt::KeepAspectRatio, Qt::FastTransformation)));
}

}  // namespace perceptory::views
