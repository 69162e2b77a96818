#include "engine/base/Sha256.h"

#include <nettle/sha2.h>

#include <fstream>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::base {

struct Sha256::State {
    sha256_ctx context;
};

Sha256::Sha256() : m_state(std::make_unique<State>()) { sha256_init(&m_state->context); }
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
    sha256_update(&m_state->context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

void Sha256::update(std::span<const std::byte> bytes) {
    sha256_update(&m_state->context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

std::array<std::uint8_t, 32> Sha256::digest() {
    std::array<std::uint8_t, 32> result{};
    sha256_digest(&m_state->context, result.size(), result.data());
    return result;
}

std::string Sha256::hex() {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest()) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string sha256OfFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    Sha256 sum;
    std::string block(1 << 16, '\0');
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        sum.update(std::string_view(block).substr(0, static_cast<std::size_t>(file.gcount())));
    }
    if (!file.eof()) throw Error(sentence("{0} cannot be read. Check that it exists and that you may read it.", path));
    return sum.hex();
}

}  // namespace perceptory::base
