#include "ui/views/data/ScatterPanel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "engine/base/Error.h"
#include "engine/training/probes/Probe.h"
#include "ui/document/Aside.h"
#include "ui/widgets/ColourLegend.h"
#include "ui/widgets/HeatmapView.h"

namespace perceptory::views {

namespace {

constexpr std::size_t mostPoints = 6000;
constexpr std::size_t widestComponents = 1024;  // columns; more would take minutes
constexpr int mostClassesExplained = 12;
constexpr double reach = 12;  // of a click, in pixels

bool canSpan(const data::Dataset& dataset) {
    return dataset.rawNames.size() > 2 && dataset.rawNames.size() <= widestComponents;
}

// The plane's, and more where points lie outside of it.
widgets::PlaneExtent extentOf(const training::Plane& plane, const std::vector<widgets::PlanePoint>& points) {
    widgets::PlaneExtent extent{plane.minimum[0], plane.maximum[0], plane.minimum[1], plane.maximum[1]};
    const double across = 0.02 * (extent.right - extent.left), up = 0.02 * (extent.top - extent.bottom);
    for (const widgets::PlanePoint& point : points) {
        const auto x = static_cast<double>(point.x), y = static_cast<double>(point.y);
        if (!std::isfinite(x) || !std::isfinite(y)) continue;
        extent.left = std::min(extent.left, x - across);
        extent.right = std::max(extent.right, x + across);
        extent.bottom = std::min(extent.bottom, y - up);
        extent.top = std::max(extent.top, y + up);
    }
    return extent;
}

}  // namespace

ScatterPanel::ScatterPanel(SampleList& list)
    : LazyPanel(list),
      m_map(new widgets::HeatmapView),
      m_legend(new widgets::ClassLegend),
      m_bar(new widgets::ColourBar),
      m_state(new QLabel) {
    auto* row = new QHBoxLayout;
    m_axes = chooser(tr("A&xes"), row);
    m_axes->addItem(tr("Two columns"), QStringLiteral("columns"));
    m_axes->addItem(tr("Principal components"), QStringLiteral("components"));
    m_first = chooser(tr("&Across"), row);
    m_second = chooser(tr("&Upwards"), row);
    row->addStretch(1);
    m_map->setAccessibleName(tr("Samples as points"));
    m_map->setMinimumSize(200, 200);
    m_map->setColourMap(widgets::ColourMap::Kind::Viridis);
    m_bar->setColourMap(widgets::ColourMap::Kind::Viridis);
    m_bar->hide();
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->addLayout(row);
    column->addWidget(m_map, 1);
    column->addWidget(m_bar);
    column->addWidget(m_legend);
    column->addWidget(m_state);
    for (QComboBox* box : {m_axes, m_first, m_second}) connect(box, &QComboBox::activated, this, &ScatterPanel::redraw);
    connect(m_map, &widgets::HeatmapView::clicked, this, &ScatterPanel::chooseNear);
    connect(&m_list, &SampleList::chosenChanged, this, &ScatterPanel::mark);
}

QComboBox* ScatterPanel::chooser(const QString& name, QHBoxLayout* row) {
    auto* box = new QComboBox;
    box->setAccessibleName(QString(name).remove(QLatin1Char('&')));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(14);
    auto* label = new QLabel(name);
    label->setBuddy(box);
    row->addWidget(label);
    row->addWidget(box);
    row->addSpacing(8);
    return box;
}

void ScatterPanel::renew() {
    if (m_dataset != m_list.dataset()) fillChoosers();
    redraw();
}

// The choice stays where the columns are the same.
void ScatterPanel::fillChoosers() {
    const bool same = m_dataset && m_list.dataset() && m_dataset->rawNames == m_list.dataset()->rawNames;
    m_dataset = m_list.dataset();
    m_drawn.plane.reset();
    if (same || !m_dataset) return;
    QStringList names;
    for (const std::string& name : m_dataset->rawNames) names += QString::fromStdString(name);
    int place = 0;
    for (QComboBox* box : {m_first, m_second}) {
        const QSignalBlocker quiet(box);
        box->clear();
        box->addItems(names);
        box->setCurrentIndex(std::min<int>(place++, static_cast<int>(names.size()) - 1));
    }
    auto* axes = qobject_cast<QStandardItemModel*>(m_axes->model());
    axes->item(1)->setEnabled(canSpan(*m_dataset));
    axes->item(1)->setToolTip(m_dataset->rawNames.size() > widestComponents
                                  ? tr("Of at most %Ln columns", nullptr, static_cast<int>(widestComponents))
                                  : QString());
    m_axes->setCurrentIndex(canSpan(*m_dataset) && hasImages(*m_dataset) ? 1 : 0);
}

void ScatterPanel::redraw() {
    const unsigned number = ++m_number;
    if (!m_dataset) return show({});
    const bool columns = m_axes->currentIndex() == 0;
    m_first->setEnabled(columns && m_first->count() > 1);
    m_second->setEnabled(columns && m_second->count() > 1);
    m_state->setText(tr("Placing the samples…"));
    Drawn begun{{m_axes->currentData().toString().toStdString(), m_first->currentIndex(), m_second->currentIndex()},
                nullptr,
                {},
                {},
                {}};
    if (begun.wish == m_drawn.wish) begun.plane = m_drawn.plane;
    new document::Aside(this, [this, number, dataset = m_dataset, parts = m_list.parts(), rows = m_list.rows(),
                               begun = std::move(begun)] {
        Drawn drawn = draw(*dataset, parts, rows, begun);
        return [this, number, drawn = std::move(drawn)]() mutable {
            if (number == m_number) show(std::move(drawn));
        };
    });
}

ScatterPanel::Drawn ScatterPanel::draw(const data::Dataset& dataset, const std::vector<SamplePart>& parts,
                                       const std::vector<std::uint32_t>& rows, Drawn begun) {
    Drawn drawn = std::move(begun);
    try {
        if (!drawn.plane)
            drawn.plane =
                std::make_shared<const training::Plane>(dataset, drawn.wish.axes, drawn.wish.first, drawn.wish.second);
    } catch (const base::Error& error) {
        drawn.fault = QString::fromStdString(error.sentence());
        return drawn;
    }
    const bool numbers = dataset.task == data::Task::Regression;
    const std::size_t stride = rows.size() / mostPoints + 1;
    std::vector<float> scratch;
    for (std::size_t i = 0; i < rows.size(); i += stride) {
        const auto raw = valuesOf(dataset, rows[i], false, scratch);
        if (raw.empty()) continue;
        const auto [x, y] = drawn.plane->project(raw);
        drawn.points.push_back({x, y, numbers ? -1 : std::max(0, classOf(dataset, rows[i])),
                                parts[rows[i]] != SamplePart::Training, targetNumber(dataset, rows[i])});
        drawn.rows.push_back(rows[i]);
    }
    return drawn;
}

void ScatterPanel::show(Drawn drawn) {
    m_drawn = std::move(drawn);
    m_map->setPoints(m_drawn.points);
    m_state->setText(m_drawn.fault);
    if (!m_drawn.plane) return m_map->setMarkedPlace({});
    m_map->setExtent(extentOf(*m_drawn.plane, m_drawn.points));
    m_map->setAxisNames(QString::fromStdString(m_drawn.plane->names[0]),
                        QString::fromStdString(m_drawn.plane->names[1]));
    QStringList classes;
    for (std::size_t i = 0; hasClasses(*m_dataset) && i < m_dataset->classes(); ++i)
        classes += className(*m_dataset, static_cast<int>(i));
    m_map->setClassNames(classes);
    const bool numbers = m_dataset->task == data::Task::Regression;
    if (numbers && !m_dataset->targets.empty()) {
        const auto [low, high] = std::ranges::minmax(m_dataset->targets);
        m_map->setRange({low, high});
        m_bar->setRange({low, high});
    }
    m_bar->setVisible(numbers);
    m_legend->setClassNames(classes.size() <= mostClassesExplained ? classes : QStringList());
    if (m_drawn.rows.size() < m_list.rows().size())
        m_state->setText(tr("%1 of %2 samples are drawn.")
                             .arg(QLocale().toString(static_cast<qulonglong>(m_drawn.rows.size())),
                                  QLocale().toString(static_cast<qulonglong>(m_list.rows().size()))));
    mark();
}

void ScatterPanel::mark() {
    const auto current = m_list.current();
    if (!isVisible() || !m_drawn.plane || !current || m_dataset != m_list.dataset()) return;
    std::vector<float> scratch;
    const auto raw = valuesOf(*m_dataset, *current, false, scratch);
    if (raw.empty()) return;
    const auto [x, y] = m_drawn.plane->project(raw);
    m_map->setMarkedPlace(QPointF(static_cast<double>(x), static_cast<double>(y)));
}

void ScatterPanel::chooseNear(QPointF plane) {
    const QPointF at = m_map->toPixel(plane);
    std::optional<std::uint32_t> nearest;
    double best = reach;
    for (std::size_t i = 0; i < m_drawn.points.size(); ++i) {
        const QPointF place(static_cast<double>(m_drawn.points[i].x), static_cast<double>(m_drawn.points[i].y));
        const QPointF apart = m_map->toPixel(place) - at;
        const double away = std::hypot(apart.x(), apart.y());
        if (away > best) continue;
        best = away;
        nearest = m_drawn.rows[i];
    }
    if (nearest) m_list.chooseOne(*nearest);
}

}  // namespace perceptory::views
