#include "app/cli/Messages.h"

#include <filesystem>
#include <iostream>

namespace perceptory::cli {

std::string printable(const std::string& sentence) {
    std::string line;
    for (const char c : sentence) {
        const auto byte = static_cast<unsigned char>(c);
        line += c == '\n' ? ' ' : byte < 0x20 || byte == 0x7f ? '?' : c;
    }
    return line;
}

void say(const std::string& sentence) { std::cerr << "perceptory-cli: " + printable(sentence) + '\n' << std::flush; }

base::Problem problemOf(const base::Error& error, const std::string& where) {
    const std::string said = error.sentence();
    const auto isEnd = [&](std::size_t at) {
        return said[at + 1] == ' ' && said[at + 2] >= 'A' && said[at + 2] <= 'Z';
    };
    for (std::size_t at = said.rfind('.'); at != said.npos && at > 0; at = said.rfind('.', at - 1))
        if (at + 2 < said.size() && isEnd(at))
            return {where, base::Severity::Error, said.substr(0, at + 1), said.substr(at + 2)};
    return {where, base::Severity::Error, said, ""};
}

void sayProblems(const base::Problems& problems, const std::string& place) {
    for (const base::Problem& problem : problems) {
        const bool mild = problem.severity != base::Severity::Error;
        const std::string word = mild ? std::string(base::severityName(problem.severity)) + ": " : "";
        const std::string file = std::filesystem::path(place).filename().string();
        // What is said of the very file names it already.
        if (problem.where.starts_with("data.") && problem.sentence.starts_with(file))
            say(word + place + problem.sentence.substr(file.size()) + " " + problem.fix);
        else if (problem.where == "data.path" && std::filesystem::path(place).extension() != ".perceptory")
            say(place + ": " + word + problem.sentence + " " + problem.fix);
        else if (problem.where == "data" && problem.sentence.find(file) < problem.sentence.find_first_of(":,"))
            say(word + problem.sentence + (problem.fix.empty() ? "" : " " + problem.fix));
        else
            say(place + ": " + word + base::describe(problem));
    }
}

}  // namespace perceptory::cli
