#include "ui/views/playground/NetworkSight.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/activations/Activation.h"
#include "engine/data/features/Feature.h"
#include "engine/data/features/Formula.h"
#include "ui/views/SampleImage.h"

namespace perceptory::views {

namespace {

constexpr int kFeatureGrid = 32, kColumnGrid = 12;

// Units whose values leave -1 … 1: seen far out, so that no list of names has to follow the shelf.
bool isUnbounded(const std::string& activation) {
    const activations::ActivationType* type = activations::shelf().find(activation);
    if (!type) return true;
    const double p = type->p(base::Json::object());
    return std::ranges::any_of(std::array{-1e6, 1e6}, [&](double x) { return std::abs(type->forward(x, p)) > 1; });
}

// Raw rows of a small grid over the plane; row 0 is the top.
std::vector<float> planeRows() {
    std::vector<float> rows;
    for (int y = 0; y < kFeatureGrid; ++y)
        for (int x = 0; x < kFeatureGrid; ++x) {
            rows.push_back(static_cast<float>(-6 + 12 * (x + 0.5) / kFeatureGrid));
            rows.push_back(static_cast<float>(6 - 12 * (y + 0.5) / kFeatureGrid));
        }
    return rows;
}

}  // namespace

training::ProbeRequest activationsOf(const Sample& sample, base::Json plane) {
    if (sample.row) {
        plane["row"] = *sample.row;
    } else {
        plane["x"] = sample.place.x();
        plane["y"] = sample.place.y();
    }
    return {"activations", std::move(plane)};
}

void NetworkSight::setModel(NetworkModel model) { m_model = std::move(model); }

void NetworkSight::setSnapshot(std::shared_ptr<const training::Snapshot> snapshot, const SightRequests& requests) {
    m_snapshot = std::move(snapshot);
    m_requests = requests;
}

void NetworkSight::setScene(std::shared_ptr<const PlaneScene> scene) {
    if (scene == m_scene) return;
    m_scene = std::move(scene);
    m_planeRows = m_scene ? m_scene->plane->grid(kColumnGrid) : std::vector<float>{};
}

std::span<const float> NetworkSight::parameter(const std::string& name, std::size_t count) const {
    if (!m_snapshot || name.empty()) return {};
    const std::span<const float> values = m_snapshot->weightsOf(name);
    return values.size() == count ? values : std::span<const float>{};
}

std::span<const float> NetworkSight::weights(const LinkMatrix& matrix) const {
    return parameter(matrix.weight, matrix.from.size() * static_cast<std::size_t>(matrix.units));
}

std::span<const float> NetworkSight::biases(const LinkMatrix& matrix) const {
    return parameter(matrix.bias, static_cast<std::size_t>(matrix.units));
}

std::pair<std::string, std::int64_t> NetworkSight::address(const LinkRef& link) const {
    const LinkMatrix& matrix = m_model.links[static_cast<std::size_t>(link.matrix)];
    if (link.isBias()) return {matrix.bias, link.unit};
    return {matrix.weight, static_cast<std::int64_t>(link.row) * matrix.units + link.unit};
}

QString NetworkSight::linkName(const LinkRef& link) const {
    const LinkMatrix& matrix = m_model.links[static_cast<std::size_t>(link.matrix)];
    const QString to = m_model.unitName({matrix.column, link.unit});
    if (link.isBias()) return QCoreApplication::translate("NetworkSight", "Bias of %1").arg(to);
    return QCoreApplication::translate("NetworkSight", "Weight %1 → %2")
        .arg(m_model.unitName(matrix.from[static_cast<std::size_t>(link.row)]), to);
}

std::optional<float> NetworkSight::value(const LinkRef& link) const {
    if (link.matrix < 0 || link.matrix >= static_cast<int>(m_model.links.size())) return std::nullopt;
    const LinkMatrix& matrix = m_model.links[static_cast<std::size_t>(link.matrix)];
    const std::span<const float> values = link.isBias() ? biases(matrix) : weights(matrix);
    const auto index = static_cast<std::size_t>(address(link).second);
    if (index >= values.size()) return std::nullopt;
    return values[index];
}

std::span<const float> NetworkSight::probed(const training::ProbeRequest& request, UnitRef ref) const {
    const training::ProbeResult* result = m_snapshot ? m_snapshot->probe(request) : nullptr;
    if (!result || result->shape.empty() || result->shape.front() <= 0 || !result->facts.contains("nodes")) return {};
    const NetworkColumn& column = m_model.columns[static_cast<std::size_t>(ref.column)];
    int unit = ref.unit, units = column.units;
    if (column.kind == NetworkColumn::Kind::Inputs) {
        unit = m_model.inputs[static_cast<std::size_t>(ref.unit)].unit;
        units = static_cast<int>(std::ranges::count_if(m_model.inputs, [](const InputTile& t) { return t.unit >= 0; }));
    }
    const std::size_t each = result->values.size() / static_cast<std::size_t>(result->shape.front());
    for (const base::Json& node : result->facts["nodes"]) {
        if (node.value("id", "") != column.node || node.value("units", 0) != units || unit < 0) continue;
        const auto first = (node.value("first", std::size_t{0}) + static_cast<std::size_t>(unit)) * each;
        if (first + each <= result->values.size()) return std::span(result->values).subspan(first, each);
    }
    return {};
}

UnitMap NetworkSight::featureMap(const InputTile& tile) const {
    static const std::vector<float> rows = planeRows();
    widgets::HeatmapGrid grid{kFeatureGrid, kFeatureGrid, std::vector<float>(rows.size() / 2)};
    if (!tile.formula.empty()) {
        base::Problems problems;
        const auto formula = data::Formula::parse(tile.formula, {"x1", "x2"}, {}, problems);
        if (!formula) return {};
        formula->evaluate(rows, grid.values.size(), grid.values.data(), 1);
    } else if (const data::FeatureType* type = data::features().find(tile.id)) {
        for (std::size_t i = 0; i < grid.values.size(); ++i)
            grid.values[i] = type->compute(rows[2 * i], rows[2 * i + 1]);
    } else {
        return {};
    }
    const widgets::ValueRange range = symmetricRange(grid.values, 1e-6f);
    return {std::move(grid), range};
}

// A column of a table over the plane; middle of its range = 0.
UnitMap NetworkSight::columnMap(const InputTile& tile) const {
    if (!m_scene) return {};
    const data::Dataset& data = *m_scene->dataset;
    const auto found = std::ranges::find(data.rawNames, tile.id);
    if (found == data.rawNames.end()) return {};
    const auto column = static_cast<std::size_t>(found - data.rawNames.begin()), width = data.rawNames.size();
    const float low = data.rawMinimum[column], high = data.rawMaximum[column];
    widgets::HeatmapGrid grid{kColumnGrid, kColumnGrid, {}};
    for (std::size_t cell = 0; cell < m_planeRows.size() / width; ++cell)
        grid.values.push_back(m_planeRows[cell * width + column] - (low + high) / 2);
    return {std::move(grid), {std::min((low - high) / 2, -1e-6f), std::max((high - low) / 2, 1e-6f)}};
}

UnitMap NetworkSight::map(UnitRef ref) const {
    if (!ref.valid() || ref.column >= static_cast<int>(m_model.columns.size())) return {};
    const NetworkColumn& column = m_model.columns[static_cast<std::size_t>(ref.column)];
    if (column.kind == NetworkColumn::Kind::Inputs) {
        const InputTile& tile = m_model.inputs[static_cast<std::size_t>(ref.unit)];
        UnitMap own = featureMap(tile);
        return own.grid.valid() ? own : columnMap(tile);
    }
    const std::span<const float> values = probed(m_requests.maps, ref);
    const int side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(values.size()))));
    if (values.empty() || static_cast<std::size_t>(side) * static_cast<std::size_t>(side) != values.size()) return {};
    return {{side, side, {values.begin(), values.end()}},
            isUnbounded(column.activation) ? symmetricRange(values, 1) : widgets::ValueRange{-1, 1}};
}

QImage NetworkSight::image() const {
    if (!m_snapshot || !m_snapshot->dataset) return {};
    const data::Dataset& dataset = *m_snapshot->dataset;
    const base::Json chosen =
        m_requests.activations ? m_requests.activations->settings.value("row", base::Json()) : base::Json();
    const std::vector<std::uint32_t>& train = dataset.parts.train;
    const std::uint32_t first = train.empty() ? 0 : train.front();
    return imageOf(dataset, chosen.is_number() ? chosen.get<std::uint32_t>() : first);
}

std::vector<float> NetworkSight::outputs() const {
    std::vector<float> values;
    const int last = static_cast<int>(m_model.columns.size()) - 1;
    for (int unit = 0; last > 0 && unit < m_model.columns.back().units; ++unit) {
        const std::optional<float> value = activation({last, unit});
        if (!value) return {};
        values.push_back(*value);
    }
    return values;
}

std::optional<float> NetworkSight::activation(UnitRef ref) const {
    if (!m_requests.activations || !ref.valid()) return std::nullopt;
    const std::span<const float> values = probed(*m_requests.activations, ref);
    if (values.size() != 1) return std::nullopt;
    return values.front();
}

}  // namespace perceptory::views
