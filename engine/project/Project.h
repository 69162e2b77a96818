#pragma once
// A project file: what the user made, as JSON. Never holds weights; those lie in the model file beside it.

#include <string>

#include "engine/base/AtomicFile.h"
#include "engine/base/Json.h"

namespace perceptory::project {

inline constexpr const char* projectFormat = "perceptory-project";
inline constexpr int projectFormatVersion = 1;

// Reads a project. Throws base::Error naming the file when it is missing, broken, something else, or made by a newer
// version. Mistakes inside are not looked for here: training::RunSpec::fromJson reports them all at once.
base::Json loadProject(const std::string& path);

// The same from text; `place` names it in messages.
base::Json parseProject(const std::string& text, const std::string& place);

// Throws base::Error when the JSON is not a project, or one of a newer version.
void checkProjectFormat(const base::Json& project, const std::string& place);

// The bytes saveProject() writes: keys in the order they have, numbers in the shortest form that reads back the same,
// short objects on one line, LF, one line break at the end. Equal projects are equal bytes in every locale.
std::string projectText(const base::Json& project);

// Replaces the file atomically (base::replaceFile). Throws base::Error; the old file is then untouched.
void saveProject(const base::Json& project, const std::string& path, base::Previous previous = base::Previous::Goes);

// The project as it must read in the folder `toFolder` when it reads as given in `fromFolder`: relative paths of data,
// their sums and weights are rewritten so that they lead to the same files. Absolute paths stay.
base::Json withPathsFor(base::Json project, const std::string& fromFolder, const std::string& toFolder);

// The folder of a file, "." for a bare name.
std::string folderOf(const std::string& path);

}  // namespace perceptory::project
