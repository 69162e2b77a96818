#include "engine/data/readers/Utf8.h"

#include <algorithm>

#include "engine/base/Text.h"

namespace perceptory::data {

namespace {

// Length of the UTF-8 sequence at `i`, or 0 when there is none. Overlong forms and surrogates are none (RFC 3629).
std::size_t sequenceAt(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
    const unsigned first = byte(i), second = byte(i + 1);
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4) return 0;
    const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    for (std::size_t k = 1; k < length; ++k)
        if ((byte(i + k) & 0xc0) != 0x80) return 0;
    const bool bad = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                     (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return bad ? 0 : length;
}

bool isUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceAt(text, i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

}  // namespace

std::string asUtf8(std::string_view text) {
    if (isUtf8(text)) return std::string(text);
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            result += c;
        } else {
            result += static_cast<char>(0xc0 | (byte >> 6));
            result += static_cast<char>(0x80 | (byte & 0x3f));
        }
    }
    return result;
}

void Utf8Watch::take(std::string_view block) {
    if (m_isBad) return;
    const std::string joined = m_rest.empty() ? std::string() : m_rest + std::string(block);
    const std::string_view text = m_rest.empty() ? block : joined;
    m_rest.clear();
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceAt(text, i);
        constexpr std::size_t longest = 4;
        if (length == 0 && text.size() - i < longest) {
            m_rest = text.substr(i);  // the next block may complete it
            return;
        }
        m_isBad = length == 0;
        if (m_isBad) return;
        m_line += text[i] == '\r' || (text[i] == '\n' && !m_afterReturn);
        m_afterReturn = text[i] == '\r';
        i += length;
    }
}

std::size_t Utf8Watch::badLine() const { return m_isBad || !m_rest.empty() ? m_line : 0; }

std::string zeroByteReason() {
    return base::sentence(
        "there is a zero byte, so this is a binary file or text in UTF-16. Save it as text in UTF-8, or choose another "
        "file.");
}

std::vector<std::string_view> utf8Characters(std::string_view text) {
    std::vector<std::string_view> characters;
    for (std::size_t i = 0; i < text.size(); i += characters.back().size())
        characters.push_back(text.substr(i, std::max<std::size_t>(1, sequenceAt(text, i))));
    return characters;
}

std::string quotable(std::string_view text) {
    constexpr std::size_t most = 40;
    const std::string valid = asUtf8(text);
    std::string result;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < valid.size(); ++shown) {
        if (shown == most) return result + "…";
        const std::size_t length = sequenceAt(valid, i);
        const unsigned byte = static_cast<unsigned char>(valid[i]);
        const bool isC1 = byte == 0xc2 && static_cast<unsigned char>(valid[i + 1]) < 0xa0;
        const unsigned control = isC1 ? static_cast<unsigned char>(valid[i + 1]) : byte;
        constexpr char digits[] = "0123456789abcdef";
        if (byte < 0x20 || byte == 0x7f || isC1)
            result += std::string("\\x") + digits[control >> 4] + digits[control & 15];
        else
            result += valid.substr(i, length);
        i += length;
    }
    return result;
}

}  // namespace perceptory::data
