#pragma once
// A text file read in blocks. Only regular files are opened: a pipe or a device would block or never end.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

class TextFile {
public:
    // Throws Error when the file is missing, unreadable, empty, no regular file, or of another kind than text; the
    // message names what it is. A byte order mark of UTF-8 is skipped.
    explicit TextFile(const std::filesystem::path& path);
    ~TextFile();
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;

    // The first bytes, 1.25 MiB at most, for guessing; they come again from next().
    std::string_view head() const { return m_head; }
    bool headIsAll() const { return m_head.size() + m_skipped >= m_size; }
    std::size_t size() const { return m_size; }

    // The next block, valid until the next call; empty at the end. Throws Error when the disk fails.
    std::string_view next();

    // Of the blocks given so far: a note that some of it is no UTF-8 and thus read as Latin-1 (asUtf8); empty when all
    // of it is UTF-8.
    std::string encodingNote() const;

private:
    void open();
    std::size_t readInto(std::string& block, std::size_t wanted);

    std::filesystem::path m_path;
    int m_file = -1;
    std::size_t m_size = 0;
    std::size_t m_skipped = 0;
    std::string m_head, m_block;
    bool m_headGiven = false;
    Utf8Watch m_watch;
};

}  // namespace perceptory::data
