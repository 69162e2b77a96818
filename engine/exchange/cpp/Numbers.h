#pragma once
// Numbers as C++ has them, which read back bit for bit.

#include <charconv>
#include <string>

namespace perceptory::exchange::cpp {

// The shortest decimal that is this number again: "0.5", "-3", "1e-05". Finite numbers only.
inline std::string shortest(float value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// "0.5f", "-3.0f", "1e-05f"
inline std::string literal(float value) {
    std::string text = shortest(value);
    if (text.find_first_of(".e") == text.npos) text += ".0";
    return text + "f";
}

}  // namespace perceptory::exchange::cpp
