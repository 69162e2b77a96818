#include "engine/base/AtomicFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::base {

namespace {

namespace fs = std::filesystem;

constexpr const char* temporaryEnding = ".saving";
constexpr std::chrono::minutes staleAfter{1};

// A sync that failed: what was written may be gone although the system forgets about it. A fresh file is the only cure.
struct SyncFailed {
    int code;
};

[[noreturn]] void fail(const std::string& path, const std::string& what, int code) {
    std::string fix = sentence("The old content is untouched. Save to another folder.");
    if (code == ENOSPC || code == EDQUOT || code == EFBIG)
        fix = sentence("The old content is untouched. Make room on the disk, or save to another folder.");
    throw Error(sentence("{0}: {1} ({2}). {3}", path, what, std::generic_category().message(code), fix));
}

class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}
    ~Descriptor() {
        if (m_value >= 0) ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_value; }
    int release() { return std::exchange(m_value, -1); }

private:
    int m_value;
};

// The file that really holds the content: links are followed even when their target does not exist yet.
fs::path resolve(const std::string& path) {
    fs::path current = path;
    for (int links = 0; links < 40; ++links) {
        std::error_code error;
        const fs::path target = fs::read_symlink(current, error);
        if (error) return current;
        current = target.is_absolute() ? target : current.parent_path() / target;
    }
    fail(path, sentence("the symbolic link leads in a circle"), ELOOP);
}

int folderOf(const fs::path& target, const std::string& shown) {
    const fs::path folder = target.parent_path().empty() ? "." : target.parent_path();
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) fail(shown, sentence("its folder cannot be opened"), errno);
    return descriptor;
}

// Some file systems cannot sync a folder; they say so with EINVAL and have nothing to sync.
void syncFolder(const Descriptor& folder, const std::string& shown) {
    if (::fsync(folder.get()) != 0 && errno != EINVAL && errno != ENOTSUP)
        throw Error(sentence("{0}: the file was saved, but the disk did not confirm it ({1}). Save once more.", shown,
                             std::generic_category().message(errno)));
}

class Attempt final : public FileSink {
public:
    Attempt(const std::string& shown, const fs::path& target)
        : m_shown(shown),
          m_path(target.parent_path().empty() ? "." : target.parent_path()),
          m_name(target.filename().string()),
          m_folder(openFolder(target)),
          m_file(create()) {}

    ~Attempt() override {
        if (!m_done) ::unlinkat(m_folder.get(), m_temporary.c_str(), 0);
    }

    using FileSink::write;
    void write(std::span<const std::byte> bytes) override {
        while (!bytes.empty()) {
            const ssize_t count = ::write(m_file.get(), bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail(m_shown, sentence("the file could not be written"), errno);
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
    }

    void commit(Previous previous) {
        if (::fsync(m_file.get()) != 0) throw SyncFailed{errno};
        if (::close(m_file.release()) != 0) fail(m_shown, sentence("the file could not be finished"), errno);
        if (previous == Previous::Backup) keepPrevious();
        if (::renameat(m_folder.get(), m_temporary.c_str(), m_folder.get(), m_name.c_str()) != 0)
            fail(m_shown, sentence("the new file could not take the place of the old one"), errno);
        m_done = true;
        syncFolder(m_folder, m_shown);
    }

private:
    // A second name for the file of before. There is a backup at every moment once there was one.
    void keepPrevious() const {
        const std::string link = m_temporary + ".bak", backup = m_name + ".bak";
        if (::linkat(m_folder.get(), m_name.c_str(), m_folder.get(), link.c_str(), 0) != 0) return;
        if (::renameat(m_folder.get(), link.c_str(), m_folder.get(), backup.c_str()) != 0)
            ::unlinkat(m_folder.get(), link.c_str(), 0);
    }

    int openFolder(const fs::path& target) const {
        if (m_name.empty() || m_name == "." || m_name == "..")
            fail(m_shown, sentence("this is not the name of a file"), EISDIR);
        return folderOf(target, m_shown);
    }

    // What a program that was killed while it saved has left, once it is old enough to be no other machine's work.
    void removeStale() const {
        const std::string prefix = temporaryPrefix();
        std::error_code ignored;
        const auto now = fs::file_time_type::clock::now();
        for (const fs::directory_entry& entry : fs::directory_iterator(m_path, ignored)) {
            const std::string name = entry.path().filename().string();
            if (!name.starts_with(prefix) || name.find(temporaryEnding) == name.npos) continue;
            const long process = std::strtol(name.c_str() + prefix.size(), nullptr, 10);
            const bool isDead = process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
            if (isDead && now - entry.last_write_time(ignored) > staleAfter) fs::remove(entry.path(), ignored);
        }
    }

    // Names may have 255 bytes; the temporary one must not exceed them because the real one is long.
    std::string temporaryPrefix() const { return "." + m_name.substr(0, 200) + "."; }

    int create() {
        static std::atomic<unsigned> counter{0};
        removeStale();
        struct stat old {};
        const bool exists = ::fstatat(m_folder.get(), m_name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0;
        if (exists && S_ISDIR(old.st_mode)) fail(m_shown, sentence("there is a folder of this name"), EISDIR);
        if (exists && !S_ISREG(old.st_mode))
            fail(m_shown, sentence("there is a pipe or a device of this name"), EEXIST);
        for (int tries = 0; tries < 100; ++tries) {
            m_temporary =
                temporaryPrefix() + std::to_string(::getpid()) + "-" + std::to_string(counter++) + temporaryEnding;
            const int descriptor = ::openat(m_folder.get(), m_temporary.c_str(),
                                            O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
            if (descriptor >= 0) {
                // Owner and group first: changing them clears special permission bits.
                if (exists && ::fchown(descriptor, old.st_uid, old.st_gid) != 0) errno = 0;
                if (exists) ::fchmod(descriptor, old.st_mode & 07777);
                return descriptor;
            }
            if (errno != EEXIST) break;
        }
        fail(m_shown, sentence("no new file can be made in its folder"), errno);
    }

    const std::string& m_shown;
    fs::path m_path;  // of the folder
    std::string m_name;
    std::string m_temporary;
    Descriptor m_folder;
    Descriptor m_file;
    bool m_done = false;
};

void writeOnce(const std::string& path, const std::function<void(FileSink&)>& write, Previous previous) {
    const fs::path target = resolve(path);
    Attempt attempt(path, target);
    write(attempt);
    attempt.commit(previous);
}

}  // namespace

void replaceFile(const std::string& path, const std::function<void(FileSink&)>& write, Previous previous) {
    try {
        writeOnce(path, write, previous);
        return;
    } catch (const SyncFailed&) {
    }
    try {
        writeOnce(path, write, previous);
    } catch (const SyncFailed& failure) {
        fail(path, sentence("the disk did not take the content"), failure.code);
    }
}

void replaceFile(const std::string& path, std::string_view text, Previous previous) {
    replaceFile(
        path, [text](FileSink& sink) { sink.write(text); }, previous);
}

void renameFolder(const std::string& path, const std::string& newPath) {
    if (::rename(path.c_str(), newPath.c_str()) != 0)
        fail(newPath, sentence("the new folder could not take its name"), errno);
    syncFolder(Descriptor(folderOf(newPath, newPath)), newPath);
}

}  // namespace perceptory::base
