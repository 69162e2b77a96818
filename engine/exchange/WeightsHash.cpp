#include "engine/exchange/WeightsHash.h"

#include <algorithm>

#include "engine/base/Sha256.h"

namespace perceptory::exchange {

std::string weightsSha256(const tensor::NamedTensors& torchTensors) {
    std::vector<const tensor::NamedTensor*> order;
    for (const tensor::NamedTensor& tensor : torchTensors) order.push_back(&tensor);
    std::ranges::sort(order, {}, &tensor::NamedTensor::name);
    base::Sha256 sum;
    for (const tensor::NamedTensor* tensor : order)
        for (std::int64_t i = 0; i < tensor->values.size(); ++i) {
            const auto value = static_cast<float>(tensor->values.get(i));
            sum.update(std::as_bytes(std::span(&value, 1)));
        }
    return sum.hex();
}

}  // namespace perceptory::exchange
