#pragma once
// The book of runs: what was trained, with which settings, and what came of it. A run is a file of its own in the
// folder of the book, so a damaged one costs no more than itself:
//
//   perceptory-run 1 SHA-256-OF-THE-REST
//   JSON: the run, as project::jsonText() writes it
//
// Equal runs are equal bytes. Paths in the settings are relative to the folder that the folder of the book lies in, so
// that a project and its book can be moved together.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/Json.h"
#include "engine/network/NetworkSpec.h"

namespace perceptory::project {

inline constexpr int runFormatVersion = 1;
inline constexpr const char* runEnding = ".perceptory-run";
inline constexpr std::size_t largestRun = std::size_t{8} << 20;  // bytes of a file; curves are thinned until it fits

struct Run {
    std::string id;       // its file's name without the ending; by id they are in the order of time
    std::string name;     // given by the program or the user
    std::string note;     // the user's
    std::string began;    // UTC, ISO 8601
    double seconds = 0;   // of training, pauses not counted
    std::string network;  // in words, see networkInWords()
    std::uint64_t seed = 0;
    std::int64_t firstStep = 0;  // where it began; more than 0: with weights that were trained before
    std::int64_t steps = 0;      // where it ended
    double epochs = 0;
    std::string ending;    // "paused", "stopped", "diverged", or "running" where it was cut
    base::Json results;    // object: "test_loss", "train_accuracy" … → number, or null where not finite
    base::Json beganWith;  // the project it began with; null: `settings`
    base::Json settings;   // the project at its end
    base::Json times = base::Json::array();  // [step, seconds of training so far], rising
    base::Json history;                      // training::historyOf() its log; null when it was left out

    // Whether the same settings give the same numbers again: nothing was changed on the way, nor trained before.
    bool repeats() const { return firstStep == 0 && beganWith.is_null(); }
};

// Replaces the file of the run in the folder, which is made when there is none, atomically. Thins the curves out until
// the file takes at most largestRun. Any thread. Throws base::Error; what was there is then untouched.
void writeRun(const Run& run, const std::string& folder);

// Throws base::Error naming file, reason and remedy.
Run readRun(const std::string& folder, const std::string& id);

// Throws base::Error.
void removeRun(const std::string& folder, const std::string& id);

// All that can be read, by id, without their histories; `damaged`: the sentences about those that cannot, or null.
std::vector<Run> readRuns(const std::string& folder, std::vector<std::string>* damaged = nullptr);

// The run as it must read in a book whose folder lies in `toFolder`.
Run withPathsFor(Run run, const std::string& fromFolder, const std::string& toFolder);

// "conv2d 8 → max_pool → dense 10"; of a long network the ends, and how many there are.
std::string networkInWords(const network::NetworkSpec& network);

// A table of all runs for spreadsheets: one line each, a column for every result that any of them has.
std::string runsAsCsv(const std::vector<Run>& runs);

}  // namespace perceptory::project
