#include "engine/base/AtomicFile.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "engine/base/Error.h"
#include "engine/base/RegularFile.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Error;
using base::replaceFile;
using support::contentOf;
using support::Folder;
using support::writeContent;

namespace {

std::string refusal(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.sentence();
    }
    return "done";
}

unsigned modeOf(const std::string& path) {
    struct stat status {};
    ::stat(path.c_str(), &status);
    return status.st_mode & 07777;
}

// Runs `action` in a child of this program, which limits and identities may be taken from. True when it returned true.
bool inChild(const std::function<bool()>& action) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(action() ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("a saved file holds the new content, keeps its permissions, and nothing is left beside it") {
    const Folder folder;
    replaceFile(folder / "a", "first");
    CHECK(contentOf(folder / "a") == "first");
    ::chmod((folder / "a").c_str(), 0640);
    replaceFile(folder / "a", "second");
    CHECK(contentOf(folder / "a") == "second");
    CHECK(modeOf(folder / "a") == 0640);
    CHECK(folder.entries() == 1);
}

TEST_CASE("a symbolic link stays, and the file it leads to is replaced") {
    const Folder folder;
    std::filesystem::create_directory(folder / "real");
    writeContent(folder / "real/a", "old");
    std::filesystem::create_symlink("real/a", folder / "link");
    replaceFile(folder / "link", "new");
    CHECK(std::filesystem::is_symlink(folder / "link"));
    CHECK(contentOf(folder / "real/a") == "new");

    std::filesystem::create_symlink("real/later", folder / "early");
    replaceFile(folder / "early", "made");
    CHECK(contentOf(folder / "real/later") == "made");
    std::filesystem::create_symlink("circle", folder / "circle");
    CHECK(refusal([&] { replaceFile(folder / "circle", "x"); }).find("circle") != std::string::npos);
}

TEST_CASE("a disk that is full at any byte keeps the old file and leaves nothing behind") {
    const Folder folder;
    writeContent(folder / "a", "old");
    for (const rlim_t room : {0, 1, 4096, 9999}) {
        CHECK(inChild([&] {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{room, room};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const std::string said = refusal([&] { replaceFile(folder / "a", std::string(10000, 'x')); });
            return said.find("Make room on the disk") != std::string::npos;
        }));
        CHECK(contentOf(folder / "a") == "old");
        CHECK(folder.entries() == 1);
    }
}

TEST_CASE("a backup is the file of before") {
    const Folder folder;
    replaceFile(folder / "f", "1", base::Previous::Backup);
    CHECK(folder.entries() == 1);
    replaceFile(folder / "f", "2", base::Previous::Backup);
    CHECK(contentOf(folder / "f.bak") == "1");
    replaceFile(folder / "f", "3", base::Previous::Backup);
    CHECK(contentOf(folder / "f") == "3");
    CHECK(contentOf(folder / "f.bak") == "2");
    CHECK(folder.entries() == 2);
}

TEST_CASE("what a killed program left beside the file goes with the next save, and nothing else") {
    const Folder folder;
    const pid_t dead = ::fork();
    if (dead == 0) ::_exit(0);
    ::waitpid(dead, nullptr, 0);
    const auto name = [](pid_t process, const char* of) {
        return std::string(".") + of + "." + std::to_string(process) + "-0.saving";
    };
    const std::vector<std::string> names{name(dead, "f"), name(dead, "g"), name(::getpid(), "f"), ".f.saving",
                                         ".f.x-0.saving"};
    const auto hour = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    for (const std::string& left : names) {
        writeContent(folder / left, "half");
        std::filesystem::last_write_time(folder / left, hour);
    }
    writeContent(folder / name(dead, "f2"), "");
    replaceFile(folder / "f", "1");
    CHECK(!std::filesystem::exists(folder / names[0]));
    for (std::size_t i = 1; i < names.size(); ++i) CHECK(std::filesystem::exists(folder / names[i]));
    // Another machine may be at it right now.
    writeContent(folder / names[0], "half");
    replaceFile(folder / "f", "2");
    CHECK(std::filesystem::exists(folder / names[0]));
}

TEST_CASE("a folder nobody may write to keeps the old file") {
    const Folder folder;
    writeContent(folder / "a", "old");
    ::chmod(folder.path().c_str(), 0555);
    CHECK(inChild([&] {
        if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return false;
        return refusal([&] { replaceFile(folder / "a", "new"); }).find("no new file can be made") != std::string::npos;
    }));
    ::chmod(folder.path().c_str(), 0755);
    CHECK(contentOf(folder / "a") == "old");
    CHECK(folder.entries() == 1);
}

TEST_CASE("what cannot be a file is refused in words") {
    const Folder folder;
    CHECK(refusal([&] { replaceFile(folder / "none/a", "x"); }).find("its folder cannot be opened") !=
          std::string::npos);
    CHECK(refusal([&] { replaceFile(folder.path().string(), "x"); }).find("there is a folder of this name") !=
          std::string::npos);
    CHECK(refusal([&] { replaceFile(folder / "", "x"); }).find("not the name of a file") != std::string::npos);
    ::mkfifo((folder / "pipe").c_str(), 0600);
    CHECK(refusal([&] { replaceFile(folder / "pipe", "x"); }).find("a pipe") != std::string::npos);
    CHECK(refusal([&] { replaceFile(folder / "a", [](base::FileSink&) { throw Error("stopped"); }); }) == "stopped");
    CHECK(folder.entries() == 1);
}

TEST_CASE("names of 255 bytes and other letters can be saved") {
    const Folder folder;
    replaceFile(folder / std::string(255, 'n'), "long");
    CHECK(contentOf(folder / std::string(255, 'n')) == "long");
    replaceFile(folder / "Übung ø.perceptory", "letters");
    CHECK(contentOf(folder / "Übung ø.perceptory") == "letters");
}

TEST_CASE("only plain files are read; pipes and devices do not block") {
    const Folder folder;
    ::mkfifo((folder / "pipe").c_str(), 0600);
    CHECK(refusal([&] { base::RegularFile(folder / "pipe"); }).find("a pipe or a device") != std::string::npos);
    CHECK(refusal([] { base::RegularFile("/dev/zero"); }).find("a pipe or a device") != std::string::npos);
    CHECK(refusal([&] { base::RegularFile(folder.path().string()); }).find("this is a folder") != std::string::npos);
    CHECK(refusal([&] { base::RegularFile(folder / "none"); }).find("there is no such file") != std::string::npos);
}

TEST_CASE("a file that shrinks while it is read ends as a message") {
    const Folder folder;
    writeContent(folder / "a", "0123456789");
    const base::RegularFile file(folder / "a");
    CHECK(file.head(4) == "0123");
    CHECK(file.text(10) == "0123456789");
    CHECK(refusal([&] { file.text(9); }).find("larger than") != std::string::npos);
    std::filesystem::resize_file(folder / "a", 5);
    CHECK(refusal([&] { file.text(10); }).find("ends too early") != std::string::npos);
}
