#include "engine/project/RunBook.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/base/AtomicFile.h"
#include "engine/base/CsvCell.h"
#include "engine/base/Error.h"
#include "engine/base/RegularFile.h"
#include "engine/base/Sha256.h"
#include "engine/base/Text.h"
#include "engine/project/JsonText.h"
#include "engine/project/Project.h"

namespace perceptory::project {

using base::Json;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "perceptory-run ";
constexpr std::size_t digestLength = 64, fewestBuckets = 16;

std::string fileOf(const std::string& folder, const std::string& id) {
    // An id is the name of a file in this folder, whoever wrote it.
    const bool plain = !id.empty() && id.find('/') == std::string::npos && id.front() != '.';
    if (!plain) throw base::Error(base::sentence("\"{0}\" is no name of a run.", id));
    return (fs::path(folder) / (id + runEnding)).string();
}

std::string sumOf(const std::string& text) {
    base::Sha256 sum;
    sum.update(text);
    return sum.hex();
}

Json runJson(const Run& run) {
    return {{"name", run.name},
            {"note", run.note},
            {"began", run.began},
            {"seconds", run.seconds},
            {"network", run.network},
            {"seed", std::to_string(run.seed)},
            {"first_step", run.firstStep},
            {"steps", run.steps},
            {"epochs", run.epochs},
            {"ending", run.ending},
            {"results", run.results},
            {"began_with", run.beganWith},
            {"settings", run.settings},
            {"times", run.times},
            {"history", run.history}};
}

Run runFrom(const Json& json, const std::string& id, const std::string& file) {
    Run run;
    run.id = id;
    for (const auto& [key, text] : {std::pair{"name", &run.name},
                                    {"note", &run.note},
                                    {"began", &run.began},
                                    {"network", &run.network},
                                    {"ending", &run.ending}})
        *text = json.at(key).get<std::string>();
    run.seconds = json.at("seconds").get<double>();
    run.epochs = json.at("epochs").get<double>();
    run.seed = base::readSeed(json.at("seed"), file);
    run.firstStep = json.at("first_step").get<std::int64_t>();
    run.steps = json.at("steps").get<std::int64_t>();
    run.results = json.at("results");
    run.beganWith = json.at("began_with");
    run.settings = json.at("settings");
    run.times = json.at("times");
    run.history = json.at("history");
    checkProjectFormat(run.settings, file);
    if (!run.results.is_object() || !run.times.is_array())
        throw base::Error(base::sentence("{0}: this is no run.", file));
    return run;
}

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
    throw base::Error(base::sentence(
        "{0}: the run cannot be read ({1}). Delete the file; the other runs are not touched.", file, why));
}

// The content behind the first line, when that promises what is there.
std::string checkedContent(const std::string& file) {
    std::string text = base::RegularFile(file).text(static_cast<std::int64_t>(2 * largestRun));
    const std::size_t end = text.find('\n');
    if (!text.starts_with(mark) || end == std::string::npos) refuse(file, base::sentence("it does not begin as one"));
    const std::string line = text.substr(mark.size(), end - mark.size());
    if (!line.starts_with(std::to_string(runFormatVersion) + ' '))
        throw base::Error(base::sentence(
            "{0}: the run has format {1}; this version of Perceptory reads format {2}. Use a newer Perceptory.", file,
            line.substr(0, line.find(' ')), runFormatVersion));
    text.erase(0, end + 1);
    if (line.size() < digestLength || line.substr(line.size() - digestLength) != sumOf(text))
        refuse(file, base::sentence("its checksum does not fit"));
    return text;
}

// Neighbours merged by two, as MetricsLog does; rows are {first step, count, minimum, maximum, mean, last}.
Json mergedRows(const Json& rows) {
    Json merged = Json::array();
    const auto extreme = [](const Json& a, const Json& b, bool largest) {
        if (!a.is_number()) return b;
        if (!b.is_number()) return a;
        return (a.get<double>() < b.get<double>()) == largest ? b : a;
    };
    for (std::size_t i = 0; i < rows.size(); i += 2) {
        if (i + 1 == rows.size()) {
            merged.push_back(rows[i]);
            break;
        }
        const Json &a = rows[i], &b = rows[i + 1];
        const double share = b[1].get<double>() / (a[1].get<double>() + b[1].get<double>());
        Json mean = a[4];
        if (!mean.is_number())
            mean = b[4];
        else if (b[4].is_number())
            mean = mean.get<double>() + (b[4].get<double>() - mean.get<double>()) * share;
        merged.push_back({a[0], a[1].get<std::int64_t>() + b[1].get<std::int64_t>(), extreme(a[2], b[2], false),
                          extreme(a[3], b[3], true), mean, b[5]});
    }
    return merged;
}

// False when there is nothing left to thin out.
bool thinOut(Json& history) {
    bool thinned = false;
    if (!history.is_object() || !history.contains("series")) return false;
    for (auto& [name, rows] : history["series"].items())
        if (rows.size() > fewestBuckets) {
            rows = mergedRows(rows);
            thinned = true;
        }
    return thinned;
}

std::string layerInWords(const network::NodeSpec& node) {
    for (const char* size : {"units", "filters", "rate"})
        if (node.parameters.contains(size) && node.parameters[size].is_number())
            return node.type + ' ' + node.parameters[size].dump();
    return node.type;
}

}  // namespace

void writeRun(const Run& run, const std::string& folder) {
    const std::string file = fileOf(folder, run.id);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw base::Error(base::sentence("{0}: the folder cannot be made ({1}).", folder, error.message()));
    Json json = runJson(run);
    std::string text = jsonText(json) + '\n';
    while (text.size() > largestRun && thinOut(json["history"])) text = jsonText(json) + '\n';
    if (text.size() > largestRun)
        throw base::Error(base::sentence("{0}: the settings are too large for the book of runs.", file));
    base::replaceFile(file, std::string(mark) + std::to_string(runFormatVersion) + ' ' + sumOf(text) + '\n' + text);
}

Run readRun(const std::string& folder, const std::string& id) {
    const std::string file = fileOf(folder, id);
    const std::string text = checkedContent(file);
    try {
        return runFrom(base::parseJson(text, file), id, file);
    } catch (const Json::exception& fault) {
        refuse(file, fault.what());
    }
}

void removeRun(const std::string& folder, const std::string& id) {
    const std::string file = fileOf(folder, id);
    std::error_code error;
    fs::remove(file, error);
    if (error) throw base::Error(base::sentence("{0}: cannot be deleted ({1}).", file, error.message()));
}

std::vector<Run> readRuns(const std::string& folder, std::vector<std::string>* damaged) {
    std::vector<Run> runs;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().extension() != runEnding) continue;
        try {
            runs.push_back(readRun(folder, entry.path().stem().string()));
            runs.back().history = nullptr;
        } catch (const base::Error& fault) {
            if (damaged) damaged->push_back(fault.sentence());
        }
    }
    std::ranges::sort(runs, {}, &Run::id);
    return runs;
}

Run withPathsFor(Run run, const std::string& fromFolder, const std::string& toFolder) {
    for (Json* project : {&run.beganWith, &run.settings})
        if (project->is_object()) *project = withPathsFor(std::move(*project), fromFolder, toFolder);
    return run;
}

std::string networkInWords(const network::NetworkSpec& network) {
    constexpr std::size_t most = 7, ends = 3;
    std::vector<std::string> layers;
    for (const network::NodeSpec& node : network.nodes)
        if (node.type != "input") layers.push_back(layerInWords(node));
    std::string text;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const bool left = layers.size() > most && i >= ends && i + ends < layers.size();
        if (left && i > ends) continue;
        text += (i > 0 ? " → " : "") + (left ? base::sentence("{0} more", layers.size() - 2 * ends) : layers[i]);
    }
    return text;
}

std::string runsAsCsv(const std::vector<Run>& runs) {
    std::set<std::string> results;
    for (const Run& run : runs)
        for (const auto& [name, value] : run.results.items()) results.insert(name);
    std::string text = "name,began,seconds,seed,network,first_step,steps,epochs,ending,repeats";
    for (const std::string& name : results) text += ',' + base::csvCell(name);
    text += ",note\n";
    for (const Run& run : runs) {
        const Json numbers{run.seconds, run.epochs};
        text += base::csvCell(run.name) + ',' + run.began + ',' + numbers[0].dump() + ',' + std::to_string(run.seed) +
                ',' + base::csvCell(run.network) + ',' + std::to_string(run.firstStep) + ',' +
                std::to_string(run.steps) + ',' + numbers[1].dump() + ',' + run.ending + ',' +
                (run.repeats() ? "yes" : "no");
        for (const std::string& name : results) {
            const Json value = run.results.value(name, Json());
            text += ',' + (value.is_number() ? value.dump() : std::string());
        }
        text += ',' + base::csvCell(run.note) + '\n';
    }
    return text;
}

}  // namespace perceptory::project
