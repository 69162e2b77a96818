#pragma once
// Results never take the place of what they were made from.

#include <string>
#include <vector>

namespace perceptory::cli {

// By another spelling or a link, too; false when one of them does not exist.
bool isSameFile(const std::string& one, const std::string& other);

// Throws OutputError when no file (or folder) can be written there: a run is not begun whose model could not be kept.
// An empty path is none.
void insistOnPlace(const std::string& path, bool folder = false);

// Replaces the file. Throws OutputError.
void writeOutput(const std::string& path, const std::string& bytes);

// Throws UsageError when the file that `option` names is one of the inputs. An empty `output` is none.
void insistOnOther(const std::string& option, const std::string& output, const std::vector<std::string>& inputs);

}  // namespace perceptory::cli
