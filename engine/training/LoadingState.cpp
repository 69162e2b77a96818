#include "engine/training/LoadingState.h"

namespace perceptory::training {

std::string dataKey(const base::Json& project, const std::filesystem::path& folder) {
    if (!project.contains("data")) return folder.string();
    base::Json data = project["data"];
    for (const char* key : {"augmentation", "balance"})  // of training, not of the data
        if (data.is_object()) data.erase(key);
    return data.dump() + folder.string();
}

}  // namespace perceptory::training
