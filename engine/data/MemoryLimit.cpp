#include "engine/data/MemoryLimit.h"

#include "engine/base/Checked.h"

namespace perceptory::data {

namespace {

std::string mebibytes(std::int64_t bytes) { return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB"; }

}  // namespace

void checkMemory(std::size_t rows, std::size_t columns, std::int64_t limit, const std::string& what) {
    const std::int64_t cells =
        base::checkedMultiply(static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns), what);
    const std::int64_t bytes = base::checkedMultiply(cells, 4, what);
    if (bytes > limit)
        throw base::Error(what + " would need " + std::to_string(rows) + " rows x " + std::to_string(columns) +
                          " columns x 4 bytes = " + mebibytes(bytes) + ", and the limit is " + mebibytes(limit) +
                          ". Use fewer rows or fewer columns.");
}

}  // namespace perceptory::data
