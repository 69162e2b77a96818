#pragma once
// The SHA-256 of data files as they were when a project was saved: "data": {"sha256": {PATH: SUM, …}}, paths as the
// project names them. A file that is another by now can thus be told. Any thread; all of it may wait for a disk.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/Json.h"
#include "engine/base/Problem.h"

namespace perceptory::project {

// Summing a larger file would take seconds each time a project is opened, so it goes without.
inline constexpr std::int64_t mostSummedBytes = std::int64_t{256} << 20;

// The files and folders that the data of a project name, as they name them; of FILE.npz:NAME the file. Empty for data
// that come from elsewhere. Touches no disk.
std::vector<std::string> dataPaths(const base::Json& project);

// 64 hexadecimal digits; empty for a folder and for a file that is not there, cannot be read or is larger than that.
std::string dataSum(const std::filesystem::path& file);

// The sum of a file as the project names it, empty where there is none.
using SumOf = std::function<std::string(const std::string& path)>;
// Reads those of a project in `folder`.
SumOf sumsIn(const std::filesystem::path& folder);

// The project with the sums of the files it names now. One that has none keeps what the project says of it: it may only
// be missing for a while.
base::Json withDataSums(base::Json project, const SumOf& sumOf);

// A warning at "data.path" for each file that has another sum than the project says, and at "data.sha256" for what
// stands there and is no sum.
base::Problems changedData(const base::Json& project, const SumOf& sumOf);

}  // namespace perceptory::project
