#include "engine/exchange/WrittenWeights.h"

#include <algorithm>
#include <cstring>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/exchange/Exporter.h"

namespace perceptory::exchange {

namespace {

bool same(const tensor::NamedTensors& wanted, const tensor::NamedTensors& found) {
    const auto isBack = [&](const tensor::NamedTensor& tensor) {
        const auto other = std::ranges::find(found, tensor.name, &tensor::NamedTensor::name);
        return other != found.end() && other->shape == tensor.shape && other->values.bytes() == tensor.values.bytes() &&
               std::memcmp(other->values.data(), tensor.values.data(), tensor.values.bytes()) == 0;
    };
    return wanted.size() == found.size() && std::ranges::all_of(wanted, isBack);
}

}  // namespace

std::string checkedWeights(const tensor::NamedTensors& tensors, const std::string& path,
                           const std::function<tensor::NamedTensors(const std::string&)>& read) {
    std::string reason = base::sentence("what was written reads back differently");
    try {
        if (same(tensors, read(path))) {
            std::int64_t numbers = 0;
            for (const tensor::NamedTensor& tensor : tensors) numbers += tensor.values.size();
            return base::sentence("{0}, {1}; read back and found equal",
                                  base::counted("{0} tensor", "{0} tensors", std::ssize(tensors)),
                                  base::counted("{0} number", "{0} numbers", numbers));
        }
    } catch (const base::Error& error) {
        reason = base::sentence("what was written cannot be read back ({0})", error.sentence());
    }
    refuseWritten(path, reason);
}

}  // namespace perceptory::exchange
