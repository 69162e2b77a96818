#include "app/cli/Numbers.h"

#include <charconv>
#include <cmath>

namespace perceptory::cli {

namespace {

template <class T>
std::string shortest(T value) {
    if (std::isnan(value)) return "";
    char text[40];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string twoDigits(long value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::string numberText(double value) { return shortest(value); }
std::string numberText(float value) { return shortest(value); }

std::string roundedText(double value, int digits) {
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::general, digits).ptr};
}

std::string durationText(double seconds) {
    if (!(seconds >= 0) || seconds > 1e9) return "?";
    const long all = std::lround(seconds);
    const std::string minutes =
        all < 3600 ? std::to_string(all / 60) : std::to_string(all / 3600) + ":" + twoDigits(all / 60 % 60);
    return minutes + ":" + twoDigits(all % 60);
}

}  // namespace perceptory::cli
