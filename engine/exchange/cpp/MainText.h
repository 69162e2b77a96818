#pragma once
// The program beside a header, which reads a table or an image.

#include "engine/exchange/Exporter.h"
#include "engine/exchange/cpp/ProgramText.h"

namespace perceptory::exchange::cpp {

std::string mainText(const Program& program, const Words& words, const std::vector<ExportedOutput>& outputs);

}  // namespace perceptory::exchange::cpp
