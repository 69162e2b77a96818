#pragma once
// A file opened for reading that is certain to be a plain file: a pipe or a device would block the program for ever.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace perceptory::base {

// Reads with pread at given places and never maps, so a file that shrinks meanwhile ends as an Error. Objects may be
// read by several threads at once.
class RegularFile {
public:
    // Throws Error naming the path when the file is missing, not readable or not a plain file.
    explicit RegularFile(std::string path);
    ~RegularFile();
    RegularFile(const RegularFile&) = delete;
    RegularFile& operator=(const RegularFile&) = delete;

    const std::string& path() const { return m_path; }
    // In bytes, as it was when the file was opened.
    std::int64_t size() const { return m_size; }

    // Fills `bytes` from `offset` on. Throws Error when the file ends earlier or the disk fails.
    void read(std::int64_t offset, std::span<std::byte> bytes) const;
    // The first bytes, at most `most` of them: fewer when the file is shorter.
    std::string head(std::int64_t most) const;
    // Everything. Throws Error when the file is larger than `most` bytes.
    std::string text(std::int64_t most) const;

private:
    std::string m_path;
    int m_descriptor = -1;
    std::int64_t m_size = 0;
};

}  // namespace perceptory::base
