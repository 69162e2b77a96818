#pragma once
// Arrays in files of their own and in the archives that numpy.savez writes: ZIP files with a member NAME.npy for each
// array, packed or not. One of them is named FILE.npz:NAME.

#include <memory>
#include <vector>

#include "engine/data/readers/ByteSource.h"

namespace perceptory::data {

// What an array of an archive may be, unpacked.
inline constexpr std::int64_t mostArrayBytes = std::int64_t{4} << 30;

struct ArrayPath {
    std::string file;
    std::string member;  // without ".npy"; empty: the file is an array itself, or none of it is chosen yet

    bool isArchive() const;
    std::string text() const { return member.empty() ? file : file + ":" + member; }
    bool operator==(const ArrayPath&) const = default;
};

ArrayPath arrayPath(const std::string& path);

// Names of the arrays, in the order of the archive. Throws Error when the file cannot be read or is no such archive.
std::vector<std::string> arraysIn(const std::string& archive);

// A file, or an array of an archive, which must be named. Throws Error when there is no such array, and before anything
// is unpacked for encrypted ones, other packings than deflate, and sizes that no packing gives.
std::unique_ptr<ByteSource> openArray(const ArrayPath& path);

}  // namespace perceptory::data
