#include "engine/data/readers/Reader.h"

namespace perceptory::data {

const base::Shelf<ReaderType>& readers() {
    static const base::Shelf<ReaderType> shelf("reader", {
#define READER(Member) &reader_members::Member,
#include "engine/data/readers/readers.def"
#undef READER
                                                         });
    return shelf;
}

}  // namespace perceptory::data
