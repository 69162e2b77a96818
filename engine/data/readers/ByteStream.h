#pragma once
// The bytes of a file one after the other, unpacked on the way when it is gzip's. Only pieces are held.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "engine/base/RegularFile.h"

namespace perceptory::data {

class ByteStream {
public:
    // What is read at once, where nothing else decides.
    static constexpr std::size_t pieceBytes = 256 * 1024;

    // Throws Error when the file cannot be read, or is larger than `most` bytes.
    ByteStream(const std::filesystem::path& path, std::int64_t most);
    ~ByteStream();

    const std::string& place() const { return m_file.path(); }
    bool isPacked() const { return m_unpacker != nullptr; }
    // Certain where the file is not packed; else what it cannot exceed, whatever it claims.
    std::int64_t mostBytes() const;

    // Fills `bytes` as far as the file reaches, and gives how many they are. Throws Error when it is damaged, has
    // shrunk, or unpacks to more than `most` bytes.
    std::size_t read(std::span<std::uint8_t> bytes);
    // Reads to the end; how many bytes that still were.
    std::int64_t skipRest();
    // Of the file that has been read, from 0 to 1.
    double share() const;

private:
    class Unpacker;

    std::size_t readPlain(std::span<std::uint8_t> bytes);

    base::RegularFile m_file;
    std::int64_t m_most, m_given = 0;
    std::unique_ptr<Unpacker> m_unpacker;
};

}  // namespace perceptory::data
