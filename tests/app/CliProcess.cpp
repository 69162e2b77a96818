#include "tests/app/CliProcess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <sstream>
#include <stdexcept>

namespace perceptory::test {

std::vector<base::Json> Outcome::lines() const {
    std::vector<base::Json> all;
    std::istringstream text(out);
    for (std::string line; std::getline(text, line);) all.push_back(base::Json::parse(line));
    return all;
}

CliProcess::CliProcess(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
    std::vector<char*> words{const_cast<char*>(PERCEPTORY_CLI)};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    std::vector<char*> names;
    for (char** name = environ; *name; ++name) names.push_back(*name);
    for (const std::string& entry : environment) names.insert(names.begin(), const_cast<char*>(entry.c_str()));
    names.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    const std::string out = m_folder / "out", err = m_folder / "err";
    posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT, 0600);
    const int failed = posix_spawn(&m_process, PERCEPTORY_CLI, &actions, nullptr, words.data(), names.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed) throw std::runtime_error("cannot start " PERCEPTORY_CLI);
}

void CliProcess::signal(int number) const { ::kill(m_process, number); }

std::string CliProcess::outputSoFar() const { return support::contentOf(m_folder / "out"); }

Outcome CliProcess::finish() {
    int status = 0;
    while (waitpid(m_process, &status, 0) < 0) {
    }
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), support::contentOf(m_folder / "out"),
            support::contentOf(m_folder / "err")};
}

Outcome run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
    return CliProcess(arguments, environment).finish();
}

}  // namespace perceptory::test
