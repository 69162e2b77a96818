#pragma once
// A ZIP archive opened with libzip through base::RegularFile, so that no pipe or device is opened and nothing is
// mapped.

#include <zip.h>

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/RegularFile.h"

namespace perceptory::data {

// One thread at a time.
class ZipFile {
public:
    // Throws Error when the file cannot be read or is no such archive.
    explicit ZipFile(const std::string& path);
    ~ZipFile();
    ZipFile(const ZipFile&) = delete;
    ZipFile& operator=(const ZipFile&) = delete;

    const std::string& path() const { return m_file.path(); }
    std::int64_t size() const { return m_file.size(); }
    // For libzip's functions; stays the file's own.
    zip_t* handle() const { return m_handle; }
    std::vector<std::string> names() const;

private:
    static zip_int64_t answer(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command);
    zip_int64_t answer(void* data, zip_uint64_t length, zip_source_cmd_t command);
    zip_int64_t read(std::byte* into, zip_uint64_t length);
    zip_int64_t seek(void* data, zip_uint64_t length);
    zip_int64_t stat(zip_stat_t* stat) const;

    base::RegularFile m_file;
    std::int64_t m_position = 0;
    zip_error_t m_error{};
    zip_t* m_handle = nullptr;
};

}  // namespace perceptory::data
