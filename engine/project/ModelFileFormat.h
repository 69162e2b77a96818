#pragma once
// What writer and reader of the model file must agree on; the layout is told in ModelFile.h.

#include <zlib.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace perceptory::project::format {

static_assert(std::endian::native == std::endian::little, "model files are copied from memory, which is little-endian");

using namespace std::string_view_literals;

inline constexpr std::string_view magic = "\x89PCM\r\n\x1a\n"sv;
inline constexpr std::string_view endMagic = "PCMEND\r\n"sv;
// 1: the state was JSON.
inline constexpr std::uint32_t major = 2;
inline constexpr std::uint32_t minor = 0;

// Offsets in the file.
inline constexpr std::int64_t versionAt = 8;
inline constexpr std::int64_t lengthAt = 20;
inline constexpr std::int64_t headerLengthAt = 28;
inline constexpr std::int64_t headerAt = 32;
inline constexpr std::int64_t trailerBytes = 32 + 8;
inline constexpr std::int64_t alignment = 64;

inline constexpr std::int64_t largestHeader = 1 << 20;
inline constexpr std::int64_t largestSection = 16 << 20;
inline constexpr std::size_t mostSections = 64;
inline constexpr std::size_t mostTensors = 100'000;
inline constexpr std::size_t mostDimensions = 8;
inline constexpr std::size_t longestName = 1024;

inline std::int64_t aligned(std::int64_t offset) { return (offset + alignment - 1) / alignment * alignment; }

inline std::uint32_t crc32Of(std::span<const std::byte> bytes, std::uint32_t before = 0) {
    return static_cast<std::uint32_t>(::crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace perceptory::project::format
