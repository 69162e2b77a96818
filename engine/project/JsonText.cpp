#include "engine/project/JsonText.h"

#include <cmath>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::project {

using base::Json;

namespace {

constexpr std::size_t widest = 120;

std::string leafText(const Json& value) {
    if (value.is_number_float() && !std::isfinite(value.get<double>()))
        throw base::Error(base::sentence("A number of the project is not finite and cannot be saved. Correct it."));
    try {
        return value.dump();
    } catch (const Json::exception& error) {
        throw base::Error(base::sentence("A text of the project is not UTF-8 and cannot be saved. Correct it."),
                          error.what());
    }
}

std::string keyText(const Json::const_iterator& entry, bool inObject) {
    return inObject ? leafText(entry.key()) + ": " : "";
}

// Everything on one line; stops early, with more than `room` characters, when that cannot be.
void appendFlat(const Json& value, std::size_t room, std::string& text) {
    if (!value.is_structured()) {
        text += leafText(value);
        return;
    }
    text += value.is_object() ? '{' : '[';
    for (auto entry = value.begin(); entry != value.end() && text.size() <= room; ++entry) {
        if (entry != value.begin()) text += ", ";
        text += keyText(entry, value.is_object());
        appendFlat(*entry, room, text);
    }
    text += value.is_object() ? '}' : ']';
}

// `indent` is the column the line began at, `used` what stands on it already.
void append(const Json& value, std::size_t indent, std::size_t used, std::string& text) {
    const std::size_t room = widest > used ? widest - used : 0;
    std::string flat;
    appendFlat(value, room, flat);
    if (!value.is_structured() || value.empty() || flat.size() <= room) {
        text += flat;
        return;
    }
    text += value.is_object() ? "{\n" : "[\n";
    const std::string inner(indent + 2, ' ');
    for (auto entry = value.begin(); entry != value.end(); ++entry) {
        if (entry != value.begin()) text += ",\n";
        const std::string key = keyText(entry, value.is_object());
        text += inner + key;
        append(*entry, indent + 2, indent + 2 + key.size(), text);
    }
    text += '\n' + std::string(indent, ' ') + (value.is_object() ? '}' : ']');
}

}  // namespace

std::string jsonText(const Json& value) {
    std::string text;
    append(value, 0, widest, text);
    return text;
}

}  // namespace perceptory::project
