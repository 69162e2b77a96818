#pragma once
// The binary versions of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): records of label bytes and 32 × 32 red, green and
// blue bytes.

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

struct CifarFormat {
    std::string name;                  // "CIFAR-10"
    std::vector<std::size_t> classes;  // how many there are for each byte before the pixels
    std::size_t label = 0;             // which of these bytes is the class
    std::string namesFile;             // beside the files: a class a line
};

// As ReaderType::read.
std::optional<Table> readCifar(const CifarFormat& format, const ReadRequest& request, base::Problems& problems);

}  // namespace perceptory::data
