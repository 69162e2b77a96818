#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/base/Text.h"
#include "engine/data/bundled/BundledSet.h"

namespace perceptory::data {

namespace {

const std::vector<std::string> kinds{"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                                     "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};

std::filesystem::path folder() { return systemDatasetsFolder() / "fashion-mnist"; }

bool isThere() {
    std::error_code none;
    return std::filesystem::exists(folder() / "train-images-idx3-ubyte.gz", none);
}

std::optional<Table> readPart(const std::string& part, ReadRequest request, base::Problems& problems) {
    request.paths = {folder() / (part + "-images-idx3-ubyte.gz"), folder() / (part + "-labels-idx1-ubyte.gz")};
    request.path = request.paths.front();
    auto table = reader_members::Idx.read(request, problems);
    if (table && table->classNames.size() > kinds.size())
        throw base::Error(
            base::sentence("{0}: it has other classes than Fashion-MNIST. Install the package "
                           "dataset-fashion-mnist again.",
                           request.paths.back().string()));
    return table;
}

// Rows first … last-1.
std::vector<std::uint32_t> rowsFrom(std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> rows(last - first);
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(first));
    return rows;
}

// A model that was trained with some of them, or in another order, keeps its own classes.
void nameClasses(Table& table, const std::vector<std::string>& ofModel) {
    table.classNames = ofModel.empty() ? kinds : ofModel;
    for (std::int32_t& label : table.labels) {
        const auto found = std::ranges::find(table.classNames, kinds[static_cast<std::size_t>(label)]);
        label = found == table.classNames.end() ? -1 : static_cast<std::int32_t>(found - table.classNames.begin());
    }
}

std::optional<Table> read(ReadRequest request, Parts& parts, base::Problems& problems) {
    if (!isThere())
        throw base::Error(
            base::sentence("{0}: Fashion-MNIST is not installed. Install Debian's package dataset-fashion-mnist: "
                           "sudo apt install dataset-fashion-mnist.",
                           folder().string()));
    const std::vector<std::string> ofModel = std::exchange(request.classNames, {});
    const base::Progress whole = std::exchange(request.progress, {});
    request.progress = base::piece(whole, 0, 6.0 / 7);
    auto table = readPart("train", request, problems);
    request.progress = base::piece(whole, 6.0 / 7, 1);
    const auto test = table ? readPart("t10k", request, problems) : std::nullopt;
    if (!test) return {};
    parts.train = rowsFrom(0, table->count);
    parts.test = rowsFrom(table->count, table->count + test->count);
    table->values.append(test->values);
    table->labels.insert(table->labels.end(), test->labels.begin(), test->labels.end());
    table->count += test->count;
    nameClasses(*table, ofModel);
    return table;
}

}  // namespace

const BundledSetType bundled_members::FashionMnist{
    {"fashion_mnist",
     "Fashion-MNIST",
     "70,000 pictures of clothing in ten kinds, 28 by 28 pixels, from Debian's package dataset-fashion-mnist where "
     "that "
     "is installed; the split \"files\" trains with 60,000 and tests with 10,000. Origin: Zalando SE (H. Xiao et al.), "
     "2017; licence: MIT.",
     {}},
    Task::Classification,
    "",
    "",
    "",
    {28, 28, 1},
    // One of the ankle boots.
    {"..............", "..............", "........##....", "........#####.", "........#####.", "........#####.",
     ".......######.", "......#######.", "....##########", ".#############", "##############", "..######..####",
     "..............", ".............."},
    read,
    isThere,
    true};

}  // namespace perceptory::data
