#pragma once
// The one JSON type of the project: objects keep the order of their keys, so equal projects are equal bytes.

#include <nlohmann/json.hpp>
#include <string>

// Compiled once, in Json.cpp: every file that touches a value would otherwise build the whole class again.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace perceptory::base {

using Json = nlohmann::ordered_json;

// Parses text from a file. Limits (16 MiB, depth 32, texts of 64 KiB, 10,000 keys in an object) are checked before a
// tree is built. Throws Error naming `place` (the file), the line and the reason. Duplicate keys are refused.
Json parseJson(const std::string& text, const std::string& place);

// 64-bit numbers travel as strings, because JSON readers lose bits beyond 2^53. Accepts a plain number too.
// Throws Error when the value is neither.
std::uint64_t readSeed(const Json& value, const std::string& place);

}  // namespace perceptory::base
