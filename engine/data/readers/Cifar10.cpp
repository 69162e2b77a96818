// The binary version of CIFAR-10 (Krizhevsky 2009): records of one label byte and 32 × 32 red, green and blue bytes.
// Names of the classes come from batches.meta.txt beside the files.

#include <fstream>

#include "engine/base/Text.h"
#include "engine/data/readers/PixelFile.h"

namespace perceptory::data {

namespace {

constexpr std::int64_t side = 32, pixels = side * side, record = 1 + 3 * pixels, classes = 10;
constexpr std::int64_t mostBytes = std::int64_t{2} << 30;

std::vector<std::string> classNames(const std::filesystem::path& file) {
    std::vector<std::string> names;
    std::ifstream list(file.parent_path() / "batches.meta.txt");
    for (std::string name; names.size() < classes && std::getline(list, name);)
        if (!name.empty() && name.size() < 100) names.push_back(name);
    if (names.size() == classes) return names;
    names.clear();
    for (std::int64_t i = 0; i < classes; ++i) names.push_back(std::to_string(i));
    return names;
}

void takeRecord(const std::uint8_t* bytes, Table& table) {
    table.labels.push_back(bytes[0]);
    for (std::int64_t p = 0; p < pixels; ++p)
        for (std::int64_t c = 0; c < 3; ++c)
            table.values.push_back(static_cast<float>(bytes[1 + c * pixels + p]) / 255.0f);
    ++table.count;
}

void takeFile(const std::filesystem::path& path, const ReadRequest& request, Table& table) {
    const std::vector<std::uint8_t> bytes = readBytes(path, std::min(request.memoryLimit, mostBytes));
    const std::int64_t records = std::ssize(bytes) / record;
    if (records == 0 || std::ssize(bytes) % record != 0)
        throw base::Error(
            base::sentence("{0}: {1} bytes are no whole number of images of 3073 bytes. It is cut off, or no "
                           "binary file of CIFAR-10.",
                           path.string(), bytes.size()));
    for (std::int64_t i = 0; i < records; ++i) {
        const std::uint8_t* image = bytes.data() + i * record;
        if (image[0] >= classes)
            throw base::Error(
                base::sentence("{0}: image {1} is of class {2}, but there are 10. This is no binary file of "
                               "CIFAR-10.",
                               path.string(), i + 1, int{image[0]}));
        takeRecord(image, table);
    }
}

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    const PixelShape shape{side, side, 3};
    if (!fitsModel(shape, request, problems)) return {};
    std::uintmax_t bytes = 0;
    std::error_code none;
    for (const auto& path : request.paths)
        if (const auto size = std::filesystem::file_size(path, none); !none) bytes += size;
    Table table = pixelTable(shape, static_cast<std::size_t>(bytes / record), request);
    table.classNames = classNames(request.path);
    for (const auto& path : request.paths) takeFile(path, request, table);
    useModelClasses(request, table);
    return table;
}

}  // namespace

const ReaderType reader_members::Cifar10{{"cifar10",
                                          "Images (CIFAR-10)",
                                          "The binary version of CIFAR-10: one or more files of images 32 × 32 in "
                                          "colour with their classes. Pixels are divided "
                                          "by 255.",
                                          {}},
                                         {".bin"},
                                         read,
                                         true};

}  // namespace perceptory::data
