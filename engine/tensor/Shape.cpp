#include "engine/tensor/Shape.h"

#include "engine/base/Checked.h"
#include "engine/base/Text.h"

namespace perceptory::tensor {

std::int64_t elementCount(const Shape& shape) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        count = base::checkedMultiply(count, size, base::sentence("A tensor of {0}", shapeText(shape)));
    return count;
}

std::string shapeText(const Shape& shape) {
    std::string text;
    for (const std::int64_t size : shape) text += (text.empty() ? "" : "×") + std::to_string(size);
    return text.empty() ? "scalar" : text;
}

}  // namespace perceptory::tensor
