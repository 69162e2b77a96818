#include "engine/data/readers/TextFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/base/Error.h"
#include "engine/base/FileKind.h"
#include "engine/base/Text.h"

namespace perceptory::data {

namespace {

constexpr std::size_t blockSize = 256 * 1024;
// More than the longest row of a table, so that a file can be judged by its first one.
constexpr std::size_t headSize = 5 * blockSize;

std::string whyNotOpened(int code) {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return base::sentence("there is no such file. Check the path.");
        case EACCES:
        case EPERM:
            return base::sentence("you may not read it. Change its permissions, or choose another file.");
        default:
            return base::sentence("it cannot be opened. Check the path.");
    }
}

}  // namespace

TextFile::TextFile(const std::filesystem::path& path) : m_path(path) {
    // Opening a pipe without O_NONBLOCK would wait for a writer.
    m_file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (m_file < 0)
        throw base::Error(base::sentence("{0}: {1}", path.string(), whyNotOpened(errno)), std::strerror(errno));
    try {
        open();
    } catch (...) {
        ::close(m_file);
        throw;
    }
}

TextFile::~TextFile() { ::close(m_file); }

void TextFile::open() {
    const std::string place = m_path.string() + ": ";
    struct stat status {};
    if (::fstat(m_file, &status) != 0)
        throw base::Error(base::sentence("{0}it cannot be read. Check the disk.", place));
    if (S_ISDIR(status.st_mode))
        throw base::Error(base::sentence("{0}this is a folder, not a file. Choose a file in it.", place));
    if (!S_ISREG(status.st_mode))
        throw base::Error(base::sentence("{0}this is a device or a pipe, not a file. Choose a file.", place));
    m_size = static_cast<std::size_t>(status.st_size);
    readInto(m_head, std::min(headSize, m_size));
    if (m_head.empty()) throw base::Error(base::sentence("{0}the file is empty. Choose another file.", place));
    const std::string kind = base::foreignKind(m_head);
    if (!kind.empty())
        throw base::Error(base::sentence(
            "{0}this is {1}, not text in UTF-8. Save it as text in UTF-8 (a table as CSV), or choose another file.",
            place, kind));
    if (!m_head.starts_with("\xef\xbb\xbf")) return;
    m_head.erase(0, 3);
    m_skipped = 3;
}

std::size_t TextFile::readInto(std::string& block, std::size_t wanted) {
    block.resize(wanted);
    std::size_t got = 0;
    while (got < wanted) {
        const ssize_t n = ::read(m_file, block.data() + got, wanted - got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            throw base::Error(base::sentence("{0}: reading failed. Check the disk and try again.", m_path.string()),
                              std::strerror(errno));
        if (n == 0) break;
        got += static_cast<std::size_t>(n);
    }
    block.resize(got);
    return got;
}

std::string TextFile::encodingNote() const {
    const std::size_t line = m_watch.badLine();
    if (line == 0) return {};
    return base::sentence(
        "{0}, line {1}: it is not in UTF-8, and is read as Latin-1. Save the file in UTF-8 if letters come out wrong.",
        m_path.filename().string(), line);
}

std::string_view TextFile::next() {
    if (!m_headGiven && !m_head.empty()) {
        m_headGiven = true;
        m_watch.take(m_head);
        return m_head;
    }
    readInto(m_block, blockSize);
    m_watch.take(m_block);
    return m_block;
}

}  // namespace perceptory::data
