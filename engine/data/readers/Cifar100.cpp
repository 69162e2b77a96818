#include "engine/data/readers/CifarFile.h"

namespace perceptory::data {

namespace {

// A record begins with the coarse label, then comes the fine one.
std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    const bool fine =
        base::ParamValues(reader_members::Cifar100.parameters, request.parameters).text("labels") == "fine";
    const char* names = fine ? "fine_label_names.txt" : "coarse_label_names.txt";
    return readCifar({"CIFAR-100", {20, 100}, fine ? 1u : 0u, names}, request, problems);
}

}  // namespace

const ReaderType reader_members::Cifar100{
    {"cifar100",
     "Images (CIFAR-100)",
     "The binary version of CIFAR-100: one or more files of images 32 × 32 in colour, each of one of 100 classes, "
     "which "
     "form 20 groups. Pixels are divided by 255.",
     {base::choiceParam("labels", "Labels", "What is to be predicted: the 100 classes, or their 20 groups.", "fine",
                        {"fine", "coarse"})}},
    {".bin"},
    read,
    true};

}  // namespace perceptory::data
