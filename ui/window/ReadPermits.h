#pragma once
// Which files outside of its folder a project may read, as the user once said. Kept in the settings.

#include <QString>
#include <vector>

#include "ui/document/OutsideFiles.h"

namespace perceptory::window {

class ReadPermits {
public:
    // Those of `files` that `project`, a path, may not read yet.
    static std::vector<document::OutsideFile> missing(const QString& project,
                                                      const std::vector<document::OutsideFile>& files);
    static void add(const QString& project, const std::vector<document::OutsideFile>& files);
};

}  // namespace perceptory::window
