#include "engine/data/MemoryLimit.h"

#include "engine/base/Checked.h"
#include "engine/base/Text.h"
#include "engine/data/Counts.h"

namespace perceptory::data {

namespace {

std::string mebibytes(std::int64_t bytes) { return base::sentence("{0} MiB", (bytes + (1 << 20) - 1) >> 20); }

}  // namespace

void checkMemory(std::size_t rows, std::size_t columns, std::int64_t limit, const std::string& what,
                 const std::string& remedy) {
    const std::int64_t cells =
        base::checkedMultiply(static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns), what);
    const std::int64_t bytes = base::checkedMultiply(cells, 4, what);
    if (bytes > limit)
        throw base::Error(base::sentence("{0} would need {1} x {2} x 4 bytes = {3}, and the limit is {4}. {5}", what,
                                         rowsText(rows), columnsText(columns), mebibytes(bytes), mebibytes(limit),
                                         remedy.empty() ? base::sentence("Use fewer rows or fewer columns.") : remedy));
}

}  // namespace perceptory::data
