#include "engine/training/History.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace perceptory::training {

using base::Json;

namespace {

// As many epochs reopen with every point at its place; such a series takes about 200 KB.
constexpr std::size_t mostBuckets = 4096, mostMarks = 200;
constexpr std::int64_t mostSteps = 0x7fffffff;  // in one bucket

// JSON has no number for what is not finite.
double numberOf(const Json& value) {
    return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

bool isStep(const Json& value) { return value.is_number_integer() && value.get<std::int64_t>() >= 0; }

bool isBucket(const Json& row) {
    return row.is_array() && row.size() == 6 && isStep(row[0]) && isStep(row[1]) && row[1].get<std::int64_t>() > 0 &&
           row[1].get<std::int64_t>() <= mostSteps;
}

void addSeries(const std::string& name, const Json& rows, MetricsLog& log) {
    if (!rows.is_array()) return;
    std::int64_t next = 0;
    for (const Json& row : rows) {
        if (!isBucket(row) || row[0].get<std::int64_t>() < next) return;
        const MetricsLog::Bucket bucket{row[0].get<std::int64_t>(), row[1].get<std::int64_t>(), numberOf(row[2]),
                                        numberOf(row[3]),           numberOf(row[4]),           numberOf(row[5])};
        log.append(name, bucket);
        next = bucket.firstStep + 1;
    }
}

EpochMap epochsOf(const Json& rows) {
    std::vector<EpochMap::Knot> knots;
    for (const Json& row : rows) {
        if (!row.is_array() || row.size() != 2 || !isStep(row[0]) || !row[1].is_number()) return {};
        knots.push_back({row[0].get<std::int64_t>(), row[1].get<double>()});
    }
    return EpochMap(knots);
}

}  // namespace

Json historyOf(const MetricsLog& log, std::int64_t step) {
    Json history{{"series", Json::object()}, {"marks", Json::array()}, {"epochs", Json::array()}};
    for (const std::string& name : log.series()) {
        Json& rows = history["series"][name] = Json::array();
        for (const MetricsLog::Bucket& bucket : log.buckets(name, 0, step, mostBuckets))
            rows.push_back({bucket.firstStep, bucket.count, bucket.minimum, bucket.maximum, bucket.mean, bucket.last});
    }
    const std::vector<MetricsLog::Mark> marks = log.marks();
    for (std::size_t i = marks.size() - std::min(marks.size(), mostMarks); i < marks.size(); ++i)
        history["marks"].push_back({marks[i].step, marks[i].text});
    const EpochMap epochs = log.epochs();
    for (const EpochMap::Knot& knot : epochs.knots()) history["epochs"].push_back({knot.step, knot.epoch});
    return history;
}

void addHistory(const Json& history, MetricsLog& log) {
    if (!history.is_object()) return;
    if (const auto series = history.find("series"); series != history.end() && series->is_object())
        for (const auto& [name, rows] : series->items()) addSeries(name, rows, log);
    if (const auto epochs = history.find("epochs"); epochs != history.end() && epochs->is_array())
        log.place(epochsOf(*epochs));
    const auto marks = history.find("marks");
    if (marks == history.end() || !marks->is_array()) return;
    for (const Json& mark : *marks)
        if (mark.is_array() && mark.size() == 2 && isStep(mark[0]) && mark[1].is_string())
            log.mark(mark[0].get<std::int64_t>(), mark[1].get<std::string>());
}

}  // namespace perceptory::training
