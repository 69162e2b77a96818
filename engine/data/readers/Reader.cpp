#include "engine/data/readers/Reader.h"

#include <algorithm>

namespace perceptory::data {

const std::string& ReadRequest::usualNumbers() const { return pipeline ? pipeline->source().numbers : numberStyle; }

const base::Shelf<ReaderType>& readers() {
    static const base::Shelf<ReaderType> shelf("reader", {
#define READER(Member) &reader_members::Member,
#include "engine/data/readers/readers.def"
#undef READER
                                                         });
    return shelf;
}

ColumnUse ColumnSummary::guess(std::size_t looked) const {
    const std::size_t present = looked - std::min(missing, looked);
    // A few odd cells among numbers are mistakes to be told, not words.
    if (2 * texts <= present) return ColumnUse::Number;
    // Names, addresses and the like are different in every row: nothing can be learned from them one by one.
    constexpr std::size_t fewWords = 50;
    const bool isFreeText = distinct > fewWords && 2 * distinct > present;
    return dates == texts || isFreeText ? ColumnUse::Ignore : ColumnUse::OneHot;
}

}  // namespace perceptory::data
