#include <algorithm>
#include <bit>

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Json.h"
#include "engine/base/Text.h"
#include "engine/exchange/Safetensors.h"

namespace perceptory::exchange {

using base::Json;
using tensor::NamedTensor;
using tensor::Precision;

static_assert(std::endian::native == std::endian::little, "numbers are copied from memory, which is little-endian");

namespace {

std::vector<const NamedTensor*> ordered(const tensor::NamedTensors& tensors) {
    std::vector<const NamedTensor*> result;
    for (const NamedTensor& tensor : tensors) result.push_back(&tensor);
    std::ranges::sort(result, [](const NamedTensor* a, const NamedTensor* b) {
        const bool aFirst = a->values.precision() == Precision::Float64;
        const bool bFirst = b->values.precision() == Precision::Float64;
        return aFirst != bFirst ? aFirst : a->name < b->name;
    });
    return result;
}

std::string headerOf(const std::vector<const NamedTensor*>& tensors, const std::string& path) {
    Json header = {{"__metadata__", {{"format", "pt"}}}};
    std::size_t end = 0;
    for (const NamedTensor* tensor : tensors) {
        if (header.contains(tensor->name) || tensor::elementCount(tensor->shape) != tensor->values.size())
            throw base::Error(
                base::sentence("{0}: the tensor \"{1}\" stands twice or does not have the numbers of its shape. Give "
                               "the layer another id.",
                               path, tensor->name));
        const std::size_t begin = end;
        end += tensor->values.bytes();
        header[tensor->name] = {{"dtype", tensor->values.precision() == Precision::Float32 ? "F32" : "F64"},
                                {"shape", tensor->shape},
                                {"data_offsets", {begin, end}}};
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    return text;
}

}  // namespace

void writeSafetensors(const tensor::NamedTensors& tensors, const std::string& path) {
    const std::vector<const NamedTensor*> order = ordered(tensors);
    const std::string header = headerOf(order, path);
    base::replaceFile(path, [&](base::FileSink& sink) {
        const std::uint64_t length = header.size();
        sink.write(std::as_bytes(std::span(&length, 1)));
        sink.write(header);
        for (const NamedTensor* tensor : order)
            sink.write({static_cast<const std::byte*>(tensor->values.data()), tensor->values.bytes()});
    });
}

}  // namespace perceptory::exchange
