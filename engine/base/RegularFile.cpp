#include "engine/base/RegularFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::base {

namespace {

std::string reason(int code) { return std::generic_category().message(code); }

std::string openingFailed(const std::string& path, int code) {
    if (code == ENOENT || code == ENOTDIR)
        return sentence("{0}: there is no such file. Check the name and the folder.", path);
    if (code == EACCES || code == EPERM)
        return sentence("{0}: you may not read this file. Change its permissions.", path);
    return sentence("{0}: the file cannot be opened ({1}). Choose another file.", path, reason(code));
}

}  // namespace

RegularFile::RegularFile(std::string path) : m_path(std::move(path)) {
    // Without O_NONBLOCK opening a pipe would wait for a writer.
    m_descriptor = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (m_descriptor < 0) throw Error(openingFailed(m_path, errno));
    struct stat status {};
    const int failed = ::fstat(m_descriptor, &status);
    if (failed == 0 && S_ISREG(status.st_mode)) {
        m_size = status.st_size;
        return;
    }
    const bool isFolder = failed == 0 && S_ISDIR(status.st_mode);
    ::close(m_descriptor);
    throw Error(isFolder
                    ? sentence("{0}: this is a folder. Choose a file in it.", m_path)
                    : sentence("{0}: this is not a plain file but a pipe or a device. Choose a plain file.", m_path));
}

RegularFile::~RegularFile() { ::close(m_descriptor); }

void RegularFile::read(std::int64_t offset, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
        const ssize_t count = ::pread(m_descriptor, bytes.data(), bytes.size(), offset);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            throw Error(
                sentence("{0}: reading failed ({1}). Check the disk, or choose another file.", m_path, reason(errno)));
        if (count == 0)
            throw Error(
                sentence("{0}: the file ends too early. It was cut off; get it again from its source.", m_path));
        offset += count;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

std::string RegularFile::head(std::int64_t most) const {
    std::string result(static_cast<std::size_t>(std::min(most, m_size)), '\0');
    read(0, std::as_writable_bytes(std::span(result)));
    return result;
}

std::string RegularFile::text(std::int64_t most) const {
    if (m_size > most)
        throw Error(
            sentence("{0}: the file is larger than {1} MiB. It is not what is expected here; choose another file.",
                     m_path, most >> 20));
    return head(most);
}

}  // namespace perceptory::base
