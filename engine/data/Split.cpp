#include "engine/data/Split.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <sstream>

#include "engine/base/Random.h"
#include "engine/base/Text.h"
#include "engine/data/Counts.h"

namespace perceptory::data {

namespace {

std::string written(double value) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << value;
    return text.str();
}

void checkShare(const char* name, double share, base::Problems& problems) {
    if (share >= 0 && share <= 1) return;
    problems.push_back({std::string("data.split.") + name, base::Severity::Error,
                        base::sentence("The share {0} is not between 0 and 1.", written(share)),
                        base::sentence("Write 0.8 for 80 percent.")});
}

// Every class is mixed and spread evenly over 0 … 1; in the order of that number any cut is fair to all classes. A
// row's place in the mix is a number of its own, so a row that is added (a painted point) moves hardly any other.
std::vector<std::uint32_t> stratifiedOrder(std::size_t count, std::span<const std::int32_t> labels,
                                           std::uint64_t seed) {
    base::RandomStream random(seed, base::stableHash("split"));
    std::vector<std::uint32_t> order(count), draw(count);
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::generate(draw, [&] { return random.bits(); });
    std::ranges::stable_sort(order, {}, [&](std::uint32_t row) { return draw[row]; });
    if (labels.empty()) return order;
    std::map<std::int32_t, std::size_t> size, seen;
    for (const std::int32_t label : labels) ++size[label];
    std::vector<double> place(count);
    for (const std::uint32_t row : order) {
        const std::int32_t label = labels[row];
        place[row] = (static_cast<double>(seen[label]++) + 0.5) / static_cast<double>(size[label]);
    }
    std::ranges::stable_sort(order, {}, [&](std::uint32_t row) { return place[row]; });
    return order;
}

void reportEmpty(const char* name, double share, const std::vector<std::uint32_t>& part, std::size_t count,
                 base::Problems& problems) {
    if (!part.empty() || (share <= 0 && std::string(name) != "train")) return;
    problems.push_back(
        {std::string("data.split.") + name, base::Severity::Error,
         base::sentence("The {0} part would have no row: {1} of {2}.", name, written(share), rowsText(count)),
         base::sentence("Use more rows or a larger share.")});
}

// Rows first … last-1 of an order, ascending.
std::vector<std::uint32_t> piece(const std::vector<std::uint32_t>& order, std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> rows(order.begin() + static_cast<std::ptrdiff_t>(first),
                                    order.begin() + static_cast<std::ptrdiff_t>(last));
    std::ranges::sort(rows);
    return rows;
}

Parts byShares(const SplitSpec& split, const std::vector<std::uint32_t>& order) {
    const auto rows = static_cast<double>(order.size());
    const auto trainEnd = std::min(order.size(), static_cast<std::size_t>(std::llround(rows * split.train)));
    const auto validationEnd =
        split.test > 0 ? std::clamp(static_cast<std::size_t>(std::llround(rows * (split.train + split.validation))),
                                    trainEnd, order.size())
                       : order.size();
    return {piece(order, 0, trainEnd), piece(order, trainEnd, validationEnd),
            piece(order, validationEnd, order.size())};
}

// Class after class every so-many-th row, so that the folds' rows of each class differ by one at most.
Parts byFold(const SplitSpec& split, const std::vector<std::uint32_t>& order, std::span<const std::int32_t> labels) {
    const std::size_t folds = static_cast<std::size_t>(split.folds), fold = static_cast<std::size_t>(split.fold);
    std::vector<std::uint32_t> byClass = order, test, others;
    if (!labels.empty()) std::ranges::stable_sort(byClass, {}, [&](std::uint32_t row) { return labels[row]; });
    std::vector<bool> tests(order.size());
    for (std::size_t i = fold; i < byClass.size(); i += folds) tests[byClass[i]] = true;
    for (const std::uint32_t row : order) (tests[row] ? test : others).push_back(row);
    const auto validation =
        static_cast<std::size_t>(std::llround(static_cast<double>(others.size()) * split.validation));
    std::ranges::sort(test);
    return {piece(others, validation, others.size()), piece(others, 0, validation), test};
}

// Groups one after another go to the part that lacks most of its share.
Parts byGroup(const SplitSpec& split, const SplitRows& rows, std::uint64_t seed) {
    std::map<std::int32_t, std::vector<std::uint32_t>> members;
    for (std::size_t row = 0; row < rows.count; ++row)
        members[rows.groups[row]].push_back(static_cast<std::uint32_t>(row));
    std::vector<std::int32_t> groups;
    for (const auto& [group, list] : members) groups.push_back(group);
    base::RandomStream(seed, base::stableHash("split")).shuffle(groups);
    std::ranges::stable_sort(groups, std::greater{}, [&](std::int32_t group) { return members[group].size(); });
    Parts parts;
    const std::array<std::pair<std::vector<std::uint32_t>*, double>, 3> places{
        {{&parts.train, split.train}, {&parts.validation, split.validation}, {&parts.test, split.test}}};
    for (const std::int32_t group : groups) {
        const auto lacks = [&](const auto& place) {
            return place.second * static_cast<double>(rows.count) - static_cast<double>(place.first->size());
        };
        auto& part = *std::ranges::max_element(places, {}, lacks)->first;
        part.insert(part.end(), members[group].begin(), members[group].end());
    }
    for (const auto& place : places) std::ranges::sort(*place.first);
    return parts;
}

void checkFolds(const SplitSpec& split, base::Problems& problems) {
    constexpr std::int64_t most = 1000;
    if (split.folds < 2 || split.folds > most)
        problems.push_back({"data.split.folds", base::Severity::Error,
                            base::sentence("The number of folds cannot be {0}.", split.folds),
                            base::sentence("Choose from 2 to {0}; 5 and 10 are usual.", most)});
    else if (split.fold < 0 || split.fold >= split.folds)
        problems.push_back({"data.split.fold", base::Severity::Error,
                            base::sentence("There is no fold {0}: there are {1}.", split.fold, split.folds),
                            base::sentence("Count from 0 to {0}.", split.folds - 1)});
    checkShare("validation", split.validation, problems);
    if (split.validation == 1)
        problems.push_back({"data.split.validation", base::Severity::Error,
                            base::sentence("No row is left for training."),
                            base::sentence("Give the validation part a share below 1.")});
}

}  // namespace

void checkSplit(const SplitSpec& split, SourceParts source, base::Problems& problems) {
    const bool hasFiles = source != SourceParts::None;
    if (split.mode == "files" && hasFiles) {
        if (split.trainPaths.empty() && source == SourceParts::Named)
            problems.push_back({"data.split.paths", base::Severity::Error,
                                base::sentence("No file is named for training."),
                                base::sentence("Write \"paths\": {\"train\": [ … ], \"test\": [ … ]}.")});
        return;
    }
    if (split.mode == "files") {
        problems.push_back({"data.split.mode", base::Severity::Error,
                            base::sentence("Splitting by files is not available for this source."),
                            base::sentence("Use \"random\" or \"ordered\".")});
    } else if (split.mode == "k_fold") {
        return checkFolds(split, problems);
    } else if (split.mode == "group" && (split.column.empty() || !hasFiles)) {
        problems.push_back(
            {"data.split.column", base::Severity::Error,
             hasFiles ? base::sentence("No column tells which rows belong together.")
                      : base::sentence("This source has no column that tells which rows belong together."),
             hasFiles ? base::sentence("Write \"column\": \"NAME\".") : base::sentence("Use \"random\".")});
    } else if (split.mode != "random" && split.mode != "ordered" && split.mode != "group") {
        problems.push_back({"data.split.mode", base::Severity::Error,
                            base::sentence("There is no way to split called \"{0}\".", split.mode),
                            base::sentence("Use one of: {0}.", "random, ordered, files, group, k_fold")});
    }
    checkShare("train", split.train, problems);
    checkShare("validation", split.validation, problems);
    checkShare("test", split.test, problems);
    const double sum = split.train + split.validation + split.test;
    if (!(std::abs(sum - 1) <= 1e-6))
        problems.push_back({"data.split", base::Severity::Error,
                            base::sentence("The shares {0} + {1} + {2} make {3}, not 1.", written(split.train),
                                           written(split.validation), written(split.test), written(sum)),
                            base::sentence("Change them so that they add up to 1.")});
    if (split.train == 0)
        problems.push_back({"data.split.train", base::Severity::Error, base::sentence("No row is left for training."),
                            base::sentence("Give the training part a share above 0.")});
}

Parts splitRows(const SplitSpec& split, const SplitRows& rows, std::uint64_t seed, base::Problems& problems) {
    std::vector<std::uint32_t> order;
    if (split.mode == "ordered") {
        order.resize(rows.count);
        std::iota(order.begin(), order.end(), 0u);
    } else if (split.mode != "group") {
        order = stratifiedOrder(rows.count, rows.labels, seed);
    }
    const bool folds = split.mode == "k_fold";
    Parts parts = folds                   ? byFold(split, order, rows.labels)
                  : split.mode == "group" ? byGroup(split, rows, seed)
                                          : byShares(split, order);
    reportEmpty("train", folds ? 1 : split.train, parts.train, rows.count, problems);
    reportEmpty("validation", split.validation, parts.validation, rows.count, problems);
    reportEmpty("test", folds ? 1 : split.test, parts.test, rows.count, problems);
    return parts;
}

}  // namespace perceptory::data
