#include "engine/project/DataSums.h"

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Sha256.h"
#include "engine/base/Text.h"
#include "engine/data/readers/NpzArchive.h"

namespace perceptory::project {

namespace fs = std::filesystem;
using base::Json;

namespace {

// A path, a list of them, or lists by the part of the data.
void collect(const Json& value, std::vector<std::string>& paths) {
    if (value.is_string()) {
        std::string file = data::arrayPath(value.get<std::string>()).file;
        if (std::ranges::find(paths, file) == paths.end()) paths.push_back(std::move(file));
    }
    if (value.is_structured())
        for (const Json& entry : value) collect(entry, paths);
}

void collectIn(const Json& object, const char* key, std::vector<std::string>& paths) {
    if (object.is_object() && object.contains(key)) collect(object[key], paths);
}

// In small letters; empty for anything else than 64 hexadecimal digits.
std::string sumIn(const Json& value) {
    std::string sum = value.is_string() ? value.get<std::string>() : std::string();
    for (char& c : sum)
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    constexpr std::size_t digits = 64;
    return sum.size() == digits && sum.find_first_not_of("0123456789abcdef") == sum.npos ? sum : std::string();
}

// Empty where the project gives no sum of the file.
std::string savedSum(const Json& project, const std::string& path) {
    const Json sums = project["data"].value("sha256", Json());
    return sums.is_object() ? sumIn(sums.value(path, Json())) : std::string();
}

void warnOfForm(const Json& sums, const std::vector<std::string>& paths, base::Problems& problems) {
    const std::string fix = base::sentence("Save the project again, which writes the sums anew, or remove this.");
    if (!sums.is_object()) {
        problems.push_back({"data.sha256", base::Severity::Warning,
                            base::sentence("This must be an object that gives the SHA-256 of each file, so no file can "
                                           "be compared."),
                            fix});
        return;
    }
    for (const auto& [path, sum] : sums.items())
        if (std::ranges::find(paths, path) == paths.end())
            problems.push_back({"data.sha256." + path, base::Severity::Warning,
                                base::sentence("The project names no file so, so nothing is compared with this."),
                                base::sentence("Write the path as the project does, or remove this.")});
        else if (sumIn(sum).empty())
            problems.push_back({"data.sha256." + path, base::Severity::Warning,
                                base::sentence("This is no SHA-256, a text of 64 hexadecimal digits, so the file "
                                               "cannot be compared."),
                                fix});
}

}  // namespace

std::vector<std::string> dataPaths(const Json& project) {
    std::vector<std::string> paths;
    const Json data = project.is_object() ? project.value("data", Json()) : Json();
    if (!data.is_object() || data.value("source", Json()) != "file") return paths;
    for (const char* key : {"path", "paths", "inputs", "targets"}) collectIn(data, key, paths);
    if (data.contains("split")) collectIn(data["split"], "paths", paths);
    return paths;
}

std::string dataSum(const fs::path& file) {
    std::error_code fault;
    if (!fs::is_regular_file(file, fault)) return {};
    const auto size = fs::file_size(file, fault);
    if (fault || size > static_cast<std::uintmax_t>(mostSummedBytes)) return {};
    try {
        return base::sha256OfFile(file.string());
    } catch (const base::Error&) {  // whoever reads it says so
        return {};
    }
}

SumOf sumsIn(const fs::path& folder) {
    return [folder](const std::string& path) { return dataSum(folder / path); };
}

Json withDataSums(Json project, const SumOf& sumOf) {
    Json sums = Json::object();
    for (const std::string& path : dataPaths(project)) {
        const std::string sum = sumOf(path);
        const std::string kept = sum.empty() ? savedSum(project, path) : sum;
        if (!kept.empty()) sums[path] = kept;
    }
    if (!project.is_object() || !project.contains("data") || !project["data"].is_object()) return project;
    project["data"].erase("sha256");
    if (!sums.empty()) project["data"]["sha256"] = std::move(sums);
    return project;
}

base::Problems changedData(const Json& project, const SumOf& sumOf) {
    base::Problems problems;
    const std::vector<std::string> paths = dataPaths(project);
    if (!paths.empty() && project["data"].contains("sha256")) warnOfForm(project["data"]["sha256"], paths, problems);
    for (const std::string& path : paths) {
        const std::string was = savedSum(project, path), now = was.empty() ? was : sumOf(path);
        if (now.empty() || was == now) continue;
        problems.push_back(
            {"data.path", base::Severity::Warning,
             base::sentence("{0} has changed since the project was saved: its SHA-256 was {1} and is {2}.", path, was,
                            now),
             base::sentence("Bring back the file as it was, or save the project again to accept this one.")});
    }
    return problems;
}

}  // namespace perceptory::project
