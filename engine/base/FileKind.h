#pragma once
// Names files that are not what they were opened as.

#include <string>
#include <string_view>

namespace perceptory::base {

// The kind of a file by its first bytes (4 KiB are enough), in words that fit "This is …": "a PNG picture",
// "a web page (HTML)". Empty when they bear no known mark.
std::string markedKind(std::string_view head);

// For who expects text: also "a binary file" for other bytes that are no text. Empty for plain text.
std::string foreignKind(std::string_view head);

}  // namespace perceptory::base
