#pragma once
// SHA-256 (FIPS 180-4), by the Nettle library.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace perceptory::base {

// Feed it piece by piece, then ask once. Not thread-safe.
class Sha256 {
public:
    Sha256();
    ~Sha256();

    void update(std::string_view bytes);
    void update(std::span<const std::byte> bytes);
    // Ends the sum; the object then begins a new one.
    std::array<std::uint8_t, 32> digest();
    // The same as 64 lower-case hexadecimal digits.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// Throws Error when the file cannot be read.
std::string sha256OfFile(const std::string& path);

}  // namespace perceptory::base
