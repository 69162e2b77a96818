#include "engine/data/Split.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <sstream>

#include "engine/base/Random.h"
#include "engine/base/Text.h"

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
    problems.push_back({std::string("data.split.") + name, base::Severity::Error,
                        base::sentence("The {0} part would have no row: {1} of {2} rows.", name, written(share), count),
                        base::sentence("Use more rows or a larger share.")});
}

}  // namespace

void checkSplit(const SplitSpec& split, bool hasFiles, base::Problems& problems) {
    if (split.mode == "files" && hasFiles) {
        if (split.trainPaths.empty())
            problems.push_back({"data.split.paths", base::Severity::Error,
                                base::sentence("No file is named for training."),
                                base::sentence("Write \"paths\": {\"train\": [ … ], \"test\": [ … ]}.")});
        return;
    }
    if (split.mode == "files") {
        problems.push_back({"data.split.mode", base::Severity::Error,
                            base::sentence("Splitting by files is not available for this source."),
                            base::sentence("Use \"random\" or \"ordered\".")});
    } else if (split.mode != "random" && split.mode != "ordered") {
        problems.push_back({"data.split.mode", base::Severity::Error,
                            base::sentence("There is no way to split called \"{0}\".", split.mode),
                            base::sentence("Use \"random\" or \"ordered\".")});
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

Parts splitRows(const SplitSpec& split, std::size_t count, std::span<const std::int32_t> labels, std::uint64_t seed,
                base::Problems& problems) {
    std::vector<std::uint32_t> order;
    if (split.mode == "ordered") {
        order.resize(count);
        std::iota(order.begin(), order.end(), 0u);
    } else {
        order = stratifiedOrder(count, labels, seed);
    }
    const auto rows = static_cast<double>(count);
    const auto trainEnd = std::min(count, static_cast<std::size_t>(std::llround(rows * split.train)));
    const auto validationEnd =
        split.test > 0 ? std::clamp(static_cast<std::size_t>(std::llround(rows * (split.train + split.validation))),
                                    trainEnd, count)
                       : count;
    const auto at = [&](std::size_t index) { return order.begin() + static_cast<std::ptrdiff_t>(index); };
    Parts parts{{at(0), at(trainEnd)}, {at(trainEnd), at(validationEnd)}, {at(validationEnd), at(count)}};
    for (auto* part : {&parts.train, &parts.validation, &parts.test}) std::ranges::sort(*part);
    reportEmpty("train", split.train, parts.train, count, problems);
    reportEmpty("validation", split.validation, parts.validation, count, problems);
    reportEmpty("test", split.test, parts.test, count, problems);
    return parts;
}

}  // namespace perceptory::data
