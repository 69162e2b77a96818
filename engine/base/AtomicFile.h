#pragma once
// Saving that never loses the old file: the new content is complete on disk before it takes the old one's name.

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace perceptory::base {

// What `write` of replaceFile() puts bytes into. Throws Error when the disk is full or fails.
class FileSink {
public:
    virtual ~FileSink() = default;
    virtual void write(std::span<const std::byte> bytes) = 0;
    void write(std::string_view text) { write(std::as_bytes(std::span(text.data(), text.size()))); }
};

// What becomes of the file that is replaced. A backup is called NAME.bak; file systems that cannot give a file two
// names have none.
enum class Previous { Goes, Backup };

// Replaces the file `path`, or makes it: a new file in the same folder is written, synced and then renamed over the old
// one; the folder is synced last. Permissions of the old file are kept; a symbolic link stays and its target is
// replaced. On any failure the old file is untouched, nothing is left beside it, and Error is thrown. `write` may be
// called a second time, when the disk reports that it lost the first attempt. What killed programs have left beside the
// file is removed.
void replaceFile(const std::string& path, const std::function<void(FileSink&)>& write,
                 Previous previous = Previous::Goes);
void replaceFile(const std::string& path, std::string_view text, Previous previous = Previous::Goes);

// Gives a folder whose files are on disk its name, and syncs the folder both lie in. There must be none of that name.
// Throws Error.
void renameFolder(const std::string& path, const std::string& newPath);

}  // namespace perceptory::base
