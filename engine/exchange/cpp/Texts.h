#pragma once
// What stands between the marks <text> and </text> in Kernel.h and the members of kernels.def, made by CMakeLists.txt.

namespace perceptory::exchange::cpp {

extern const char* const texts;

// The program beside the header, with {{places}}.
extern const char* const mainTemplate;

}  // namespace perceptory::exchange::cpp
