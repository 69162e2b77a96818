#include "engine/data/readers/PixelFile.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"

namespace perceptory::data {

std::int64_t productUpTo(std::int64_t most, std::span<const std::int64_t> sizes) {
    std::int64_t product = 1;
    for (const std::int64_t size : sizes)
        if (__builtin_mul_overflow(product, size, &product) || product > most) product = most + 1;
    return product;
}

std::vector<std::string> pixelNames(const PixelShape& shape) {
    std::vector<std::string> names;
    names.reserve(shape.values());
    for (std::int64_t y = 0; y < shape.height; ++y)
        for (std::int64_t x = 0; x < shape.width; ++x)
            for (std::int64_t c = 0; c < shape.channels; ++c)
                names.push_back("pixel_" + std::to_string(y) + "_" + std::to_string(x) +
                                (shape.channels > 1 ? "_" + std::to_string(c) : ""));
    return names;
}

Table pixelTable(const PixelShape& shape) {
    Table table;
    table.shape = {shape.height, shape.width, shape.channels};
    table.values = RowStore(shape.values(), RowStore::Number::Byte, 255);
    table.columns = pixelNames(shape);
    return table;
}

void useModelClasses(const ReadRequest& request, Table& table) {
    if (!request.pipeline || request.classNames.empty()) return;
    table.classNames = request.classNames;
    for (std::int32_t& label : table.labels)
        if (label >= std::ssize(table.classNames)) label = -1;
}

bool fitsModel(const PixelShape& shape, const ReadRequest& request, base::Problems& problems) {
    if (!request.pipeline || request.pipeline->rawCount() == shape.values()) return true;
    problems.push_back({request.path.string(), base::Severity::Error,
                        base::sentence("Its images have {0}, but the model was trained with {1}.",
                                       valuesText(shape.values()), request.pipeline->rawCount()),
                        base::sentence("Choose images of the size the model was trained with.")});
    return false;
}

ByteStream openBytes(const ReadRequest& request, std::size_t index) {
    return {request.paths[index], std::min(request.memoryLimit, mostFileBytes)};
}

void tellProgress(const ReadRequest& request, std::size_t index, const ByteStream& stream) {
    base::tell(request.progress,
               (static_cast<double>(index) + stream.share()) / static_cast<double>(request.paths.size()));
}

}  // namespace perceptory::data
