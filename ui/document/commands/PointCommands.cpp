#include "ui/document/commands/PointCommands.h"

#include <charconv>
#include <cmath>

#include "engine/data/generators/Generator.h"
#include "ui/document/commands/LoadedData.h"
#include "ui/document/commands/NetworkFit.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

double rounded(double value) { return std::round(value * 1000) / 1000; }

Json labelOf(const std::string& text) {
    std::int64_t whole = 0;
    const char* end = text.data() + text.size();
    if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc() && read.ptr == end)
        return whole;
    double number = 0;
    if (const auto read = std::from_chars(text.data(), end, number); read.ec == std::errc() && read.ptr == end)
        return number;
    return text;
}

// The points of the document's generator as they are now.
Json presentPoints(const Document& document) {
    Json points = Json::array();
    const data::DataSpec& spec = document.spec().data;
    const data::GeneratorType* type = data::generators().find(spec.id);
    base::Problems problems;
    if (!type || spec.source != data::SourceKind::Generator) return points;
    base::checkParams(*type, spec.parameters, "data.parameters", problems);
    if (base::hasError(problems)) return points;
    const data::PlaneSamples samples = data::generate(*type, spec.parameters, spec.seed);
    for (std::size_t i = 0; i < samples.positions.size(); ++i) {
        const Json label = samples.labels.empty() ? Json(rounded(samples.targets[i])) : Json(samples.labels[i]);
        points.push_back({rounded(samples.positions[i].x), rounded(samples.positions[i].y), label});
    }
    return points;
}

// Whether the network was replaced.
bool usePoints(Json& project, Json points) {
    const DataFacts before = factsOf(project);
    Json data{{"source", "points"}};
    const Json& old = project["data"];
    const data::GeneratorType* type = data::generators().find(kindOf(old, "id", ""));
    const bool wasPlane = !old.contains("source") || (old["source"] == "generator" && !(type && type->table)) ||
                          old["source"] == "points";
    for (const char* key : {"seed", "features", "preprocessing"})
        if (old.contains(key) && (wasPlane || std::string(key) == "seed")) data[key] = old[key];
    data["split"] = keptSplit(project);
    if (!data.contains("features")) data["features"] = Json::array({"x1", "x2"});
    if (before.task == data::Task::Regression) data["task"] = "regression";
    data["points"] = std::move(points);
    project["data"] = data;
    return fitNetworkToOwnData(project, before);
}

template <class Change>
void editPoints(Document& document, const QString& text, const Change& change) {
    const bool isReady = hasPoints(document);
    const Json start = isReady ? Json() : presentPoints(document);
    bool replaced = false;
    document.edit(text, [&](Json& project) {
        replaced = !isReady && usePoints(project, start);
        const DataFacts before = factsOf(project);
        Json& points = project["data"]["points"];
        if (!points.is_array()) points = Json::array();
        change(points);
        fitOutput(project, before, factsOf(project));
    });
    if (replaced) tellReplaced(document);
}

}  // namespace

bool hasPoints(const Document& document) { return document.spec().data.source == data::SourceKind::Points; }

void startPoints(Document& document, bool fromGenerator) {
    if (hasPoints(document)) return;
    const Json points = fromGenerator ? presentPoints(document) : Json::array();
    bool replaced = false;
    document.edit(Words::tr("Use own points"), [&](Json& project) { replaced = usePoints(project, points); });
    if (replaced) tellReplaced(document);
}

void addPoint(Document& document, double x, double y, const std::string& label) {
    editPoints(document, Words::tr("Paint points"), [&](Json& points) {
        points.push_back({rounded(x), rounded(y), labelOf(label)});
    });
}

void erasePoints(Document& document, double x, double y, double radius) {
    editPoints(document, Words::tr("Erase points"), [&](Json& points) {
        Json kept = Json::array();
        for (Json& point : points) {
            const bool isPoint = point.is_array() && point.size() == 3 && point[0].is_number() && point[1].is_number();
            const double dx = isPoint ? point[0].get<double>() - x : 0, dy = isPoint ? point[1].get<double>() - y : 0;
            if (!isPoint || std::hypot(dx, dy) > radius) kept.push_back(std::move(point));
        }
        points = std::move(kept);
    });
}

void clearPoints(Document& document) {
    editPoints(document, Words::tr("Erase all points"), [](Json& points) { points = Json::array(); });
}

}  // namespace perceptory::document
