#pragma once
// How long files may be and where they may lie, checked on names and numbers alone. Nothing here reads a file.

#include <set>
#include <string>
#include <string_view>

namespace perceptory::architecture {

// The members of a shelf from the text of its list: a line NAME(Member) gives "Member".
std::set<std::string> membersOf(std::string_view list);

// Most lines that the file may have. `isMember`: it belongs to a member of a shelf.
int lineLimit(std::string_view path, bool isMember);

// Whether an entry of the top level belongs there; `ignored` is the text of .gitignore.
bool belongsAtTop(const std::string& name, std::string_view ignored);

// A folder name that says nothing about what is inside: src, utils and their like.
bool isEmptyName(std::string_view folder);

}  // namespace perceptory::architecture
