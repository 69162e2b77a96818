#pragma once
// The walls and levels of the house (which room may include what), checked on text alone. Nothing here reads a file.

#include <string>
#include <string_view>
#include <vector>

namespace perceptory::architecture {

struct Include {
    int line = 0;  // counted from 1
    std::string path;
    bool quoted = false;       // "path", not <path>
    bool kernelsOnly = false;  // seen only by the instruction-set libraries, inside #ifdef PERCEPTORY_KERNELS
};

// All #include lines of a source, those in comments left out.
std::vector<Include> includesOf(std::string_view source);

// The box and room of a path: "engine/data", "ui/views", "app/cli". Of engine/backends, what lies below the shelves is
// a room of its own, "engine/backends/isa".
std::string roomOf(std::string_view path);

// Whether a path starts with one of our own boxes, so that it names one of our files.
bool isOurs(std::string_view path);

bool isQt(std::string_view header);

// Headers of the libraries that only the engine may see: Eigen, OpenCL, CLBlast, Boost.
bool isEngineLibrary(std::string_view header);

// Why the file must not include that, in one sentence; empty if it may.
std::string breach(std::string_view file, const Include& include);

}  // namespace perceptory::architecture
