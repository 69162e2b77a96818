#include "ui/views/playground/PlaneSight.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace perceptory::views {

namespace {

constexpr std::size_t kMostPoints = 3000;

widgets::ValueRange rangeOf(const data::Dataset& dataset) {
    if (dataset.task == data::Task::Classification) return {-1, 1};
    const widgets::ValueRange exact = symmetricRange(dataset.targets, 1e-6f);
    const bool oneSided = std::ranges::none_of(dataset.targets, [](float target) { return target < 0; });
    return oneSided ? widgets::ValueRange{0, exact.high} : exact;
}

}  // namespace

widgets::ValueRange symmetricRange(std::span<const float> values, float atLeast) {
    float most = atLeast;
    for (const float value : values)
        if (std::isfinite(value)) most = std::max(most, std::abs(value));
    return {-most, most};
}

base::Json PlaneChoice::settings() const {
    return {{"axes", components ? "components" : "columns"}, {"first", first}, {"second", second}};
}

PlaneChoice PlaneChoice::from(const base::Json& settings) {
    const auto whole = [&](const char* key, int fallback) {
        return settings.contains(key) && settings[key].is_number_integer() ? settings[key].get<int>() : fallback;
    };
    return {settings.contains("axes") && settings["axes"] == "components", whole("first", 0), whole("second", 1)};
}

QString refusalOf(const training::ProbeResult* result) {
    const bool refused = result && result->facts.contains("error");
    return refused ? QString::fromStdString(result->facts["error"].get<std::string>()) : QString();
}

PlaneChoice usualChoice(const data::Dataset& dataset) {
    return {dataset.inputShape.size() == 3 && dataset.rawNames.size() > 2, 0, 1};
}

PlaneChoice fitting(PlaneChoice choice, const data::Dataset& dataset) {
    const int columns = static_cast<int>(dataset.rawNames.size());
    if (columns <= 2) return {false, 0, std::max(columns - 1, 0)};
    const auto known = [&](int column) { return column >= 0 && column < columns; };
    if (!known(choice.first) || !known(choice.second) || choice.first == choice.second) {
        choice.first = 0;
        choice.second = 1;
    }
    return choice;
}

std::shared_ptr<const training::Plane> planeOf(const training::Snapshot& snapshot,
                                               const training::ProbeRequest& boundary) {
    const training::ProbeResult* result = snapshot.probe(boundary);
    return result ? result->plane : nullptr;
}

PlaneScene::PlaneScene(std::shared_ptr<const data::Dataset> data, std::shared_ptr<const training::Plane> through)
    : dataset(std::move(data)),
      plane(std::move(through)),
      extent{plane->minimum[0], plane->maximum[0], plane->minimum[1], plane->maximum[1]},
      range(rangeOf(*dataset)) {
    const auto add = [&](const std::vector<std::uint32_t>& part, bool test) {
        const std::size_t stride = part.size() / kMostPoints + 1;
        std::vector<float> scratch;
        for (std::size_t i = 0; i < part.size(); i += stride) {
            const std::uint32_t row = part[i];
            const auto [x, y] = plane->project(dataset->rawRow(row, scratch));
            const bool classes = dataset->task == data::Task::Classification;
            points.push_back({x, y, classes ? dataset->labels[row] : -1, test,
                              classes ? 0 : dataset->targets[row * dataset->targetNames.size()]});
            rows.push_back(row);
        }
    };
    add(dataset->parts.train, false);
    add(dataset->parts.validation, true);
    add(dataset->parts.test, true);
}

std::optional<std::uint32_t> PlaneScene::rowNear(QPointF place, double reach, bool withTest) const {
    std::optional<std::uint32_t> nearest;
    double best = reach;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF apart = QPointF(static_cast<double>(points[i].x), static_cast<double>(points[i].y)) - place;
        const double away = std::hypot(apart.x(), apart.y());
        if (away > best || (points[i].test && !withTest)) continue;
        best = away;
        nearest = rows[i];
    }
    return nearest;
}

BoundaryPicture boundaryPicture(const training::ProbeResult& result, const training::OutputReading& reading) {
    if (result.shape.size() != 3 || result.shape[0] != reading.outputs) return {};
    const auto height = static_cast<std::size_t>(result.shape[1]), width = static_cast<std::size_t>(result.shape[2]);
    const std::size_t cells = width * height, outputs = static_cast<std::size_t>(reading.outputs);
    if (cells == 0 || result.values.size() != cells * outputs) return {};
    const int w = static_cast<int>(width), h = static_cast<int>(height);
    BoundaryPicture picture;
    if (reading.classes < 2) {
        picture.values = {w, h, {result.values.begin(), result.values.begin() + static_cast<std::ptrdiff_t>(cells)}};
        return picture;
    }
    const auto classes = static_cast<std::size_t>(reading.classes);
    std::vector<float> output(outputs), probabilities(classes);
    const bool two = classes == 2;
    std::vector<float> values(two ? cells : cells * classes);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        bool finite = true;
        for (std::size_t k = 0; k < outputs; ++k) {
            output[k] = result.values[k * cells + cell];
            finite = finite && std::isfinite(output[k]);
        }
        if (finite)
            reading.probabilities(output.data(), probabilities.data());
        else
            std::ranges::fill(probabilities, std::numeric_limits<float>::quiet_NaN());
        if (two)
            values[cell] = 2 * probabilities[1] - 1;
        else
            std::ranges::copy(probabilities, values.begin() + static_cast<std::ptrdiff_t>(cell * classes));
    }
    if (two)
        picture.values = {w, h, std::move(values)};
    else
        picture.classes = {w, h, reading.classes, std::move(values)};
    return picture;
}

}  // namespace perceptory::views
