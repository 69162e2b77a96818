#pragma once
// The sources as they lie on disk, held against Walls and Budgets. Each finding is one line "file:line: reason".

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/architecture/Walls.h"

namespace perceptory::architecture {

struct SourceFile {
    int lines = 0;
    bool isMember = false;  // of a shelf
    std::vector<Include> includes;
};

struct Tree {
    std::map<std::string, SourceFile> files;  // by path from the root, with '/'
    std::vector<std::string> folders;
    std::vector<std::string> topLevel;
    std::string ignored;  // the text of .gitignore
};

// Reads the folders of sources below the root. Throws std::runtime_error if there are none.
Tree readTree(const std::filesystem::path& root);

std::vector<std::string> brokenWalls(const Tree& tree);

// Walls that are broken in a roundabout way: the window includes one of our headers, which brings in a library that
// the window must not see.
std::vector<std::string> smuggledLibraries(const Tree& tree);

std::vector<std::string> brokenBudgets(const Tree& tree);

}  // namespace perceptory::architecture
