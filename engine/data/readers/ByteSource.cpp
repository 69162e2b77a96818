#include "engine/data/readers/ByteSource.h"

#include <algorithm>

namespace perceptory::data {

std::string ByteSource::head(std::int64_t most) {
    std::string result(static_cast<std::size_t>(std::min(most, size())), '\0');
    read(0, std::as_writable_bytes(std::span(result)));
    return result;
}

}  // namespace perceptory::data
