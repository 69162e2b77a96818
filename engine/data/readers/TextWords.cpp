#include "engine/data/readers/TextWords.h"

#include <locale.h>
#include <wctype.h>

#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

// Of letters beyond ASCII the C library knows which they are, and their small ones; the locale of the user stays out.
locale_t unicode() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
    return locale;
}

wint_t codeOf(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<wint_t>(static_cast<unsigned char>(character[i])); };
    switch (character.size()) {
        case 1:
            return byte(0);
        case 2:
            return (byte(0) & 0x1f) << 6 | (byte(1) & 0x3f);
        case 3:
            return (byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
        default:
            return (byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f);
    }
}

void append(wint_t code, std::string& text) {
    const auto add = [&](wint_t byte) { text += static_cast<char>(byte); };
    const auto follow = [&](int shift) { add(0x80 | ((code >> shift) & 0x3f)); };
    if (code < 0x80) return add(code);
    if (code < 0x800) {
        add(0xc0 | code >> 6);
    } else if (code < 0x10000) {
        add(0xe0 | code >> 12);
        follow(6);
    } else {
        add(0xf0 | code >> 18);
        follow(12);
        follow(6);
    }
    follow(0);
}

bool isLetterOrDigit(wint_t code) {
    if (code < 0x80) return (code >= '0' && code <= '9') || ((code | 0x20) >= 'a' && (code | 0x20) <= 'z');
    return !unicode() || ::iswalnum_l(code, unicode());
}

wint_t smallOf(wint_t code) {
    if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
    return unicode() ? ::towlower_l(code, unicode()) : code;
}

bool isApostrophe(wint_t code) { return code == '\'' || code == 0x2019; }

}  // namespace

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false, apostrophe = false;
    for (const std::string_view character : utf8Characters(text)) {
        const wint_t code = codeOf(character);
        if (isLetterOrDigit(code)) {
            if (!inside) words.emplace_back();
            if (apostrophe) words.back() += '\'';
            append(smallOf(code), words.back());
            inside = true;
            apostrophe = false;
        } else {
            // It stays in the word if a letter follows, and ends it otherwise.
            inside = inside && isApostrophe(code) && !apostrophe;
            apostrophe = inside;
        }
    }
    return words;
}

}  // namespace perceptory::data
