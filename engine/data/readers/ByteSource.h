#pragma once
// Bytes at given places: of a file, or of one file inside an archive.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/base/RegularFile.h"

namespace perceptory::data {

class ByteSource {
public:
    virtual ~ByteSource() = default;

    // Begins every message.
    virtual const std::string& place() const = 0;
    virtual std::int64_t size() const = 0;
    // Fills `bytes` from `offset` on; quick where reads follow each other. Throws Error when there are not so many, or
    // the source is damaged.
    virtual void read(std::int64_t offset, std::span<std::byte> bytes) = 0;

    // The first bytes, at most `most` of them.
    std::string head(std::int64_t most);
};

class FileSource : public ByteSource {
public:
    // Throws Error as RegularFile does.
    explicit FileSource(const std::string& path) : m_file(path) {}

    const std::string& place() const override { return m_file.path(); }
    std::int64_t size() const override { return m_file.size(); }
    void read(std::int64_t offset, std::span<std::byte> bytes) override { m_file.read(offset, bytes); }

private:
    base::RegularFile m_file;
};

}  // namespace perceptory::data
