#include "engine/data/readers/CifarFile.h"

namespace perceptory::data {

namespace {

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    return readCifar({"CIFAR-10", {10}, 0, "batches.meta.txt"}, request, problems);
}

}  // namespace

const ReaderType reader_members::Cifar10{{"cifar10",
                                          "Images (CIFAR-10)",
                                          "The binary version of CIFAR-10: one or more files of images 32 × 32 in "
                                          "colour with their classes. Pixels are divided "
                                          "by 255.",
                                          {}},
                                         {".bin"},
                                         read,
                                         true};

}  // namespace perceptory::data
