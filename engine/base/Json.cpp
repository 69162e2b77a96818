#include "engine/base/Json.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace perceptory::base {

namespace {

constexpr std::size_t largestText = 16u << 20;
constexpr std::size_t longestString = 64u << 10;
constexpr int deepest = 32;
// A key is found by walking along the others, so many keys would take hours.
constexpr std::size_t mostKeys = 10'000;

std::string lineOf(const std::string& text, std::size_t byte) {
    return std::to_string(
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size())), '\n'));
}

// Builds the tree while counting depth and refusing what could be read in two ways.
struct Limits {
    const std::string& place;
    std::vector<std::set<std::string>> keys;

    bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
        using Event = Json::parse_event_t;
        if (depth > deepest)
            throw Error(
                sentence("{0}: the file nests deeper than 32 levels. It is not a project of this program.", place));
        if (event == Event::object_start) keys.emplace_back();
        if (event == Event::object_end && !keys.empty()) keys.pop_back();
        if (event == Event::key && !keys.empty() && !keys.back().insert(parsed.get<std::string>()).second)
            throw Error(sentence("{0}: the key \"{1}\" stands twice in one object. Remove one of them.", place,
                                 parsed.get<std::string>()));
        if (event == Event::key && !keys.empty() && keys.back().size() > mostKeys)
            throw Error(
                sentence("{0}: an object has more than 10,000 keys. It is not a project of this program.", place));
        if (event == Event::value && parsed.is_string() && parsed.get_ref<const std::string&>().size() > longestString)
            throw Error(sentence("{0}: a text is longer than 64 KiB. It is not a project of this program.", place));
        return true;
    }
};

}  // namespace

Json parseJson(const std::string& text, const std::string& place) {
    if (text.empty()) throw Error(sentence("{0}: the file is empty. Choose another file.", place));
    if (text.size() > largestText)
        throw Error(sentence("{0}: the file is larger than 16 MiB. It is not a project of this program.", place));
    // The parser recurses nowhere, but it would build the tree first: depth is refused in the callback.
    Limits limits{place, {}};
    try {
        return Json::parse(
            text, [&](int depth, Json::parse_event_t event, Json& parsed) { return limits(depth, event, parsed); });
    } catch (const Json::parse_error& error) {
        if (error.byte > text.size())
            throw Error(sentence("{0}, line {1}: the file breaks off here, it was cut off. Get it again from where it "
                                 "came from, or choose another file.",
                                 place, lineOf(text, text.find_last_not_of(" \t\r\n") + 1)),
                        error.what());
        throw Error(sentence("{0}, line {1}: this is not valid JSON. Mend it there, or choose another file.", place,
                             lineOf(text, error.byte)),
                    error.what());
    } catch (const Json::exception& error) {
        throw Error(sentence("{0}: a number in the file is out of range. Mend it, or choose another file.", place),
                    error.what());
    }
}

std::uint64_t readSeed(const Json& value, const std::string& place) {
    if (value.is_number_unsigned()) return value.get<std::uint64_t>();
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        std::uint64_t seed = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
        if (error == std::errc{} && end == text.data() + text.size()) return seed;
    }
    throw Error(sentence("{0}: the seed {1} is not a whole number from 0 to 18446744073709551615. Write it as \"42\".",
                         place, value.dump()));
}

}  // namespace perceptory::base
