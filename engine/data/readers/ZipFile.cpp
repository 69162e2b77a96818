#include "engine/data/readers/ZipFile.h"

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/FileKind.h"
#include "engine/base/Text.h"

namespace perceptory::data {

namespace {

// An archive that is cut off begins as one, and its directory at the end is missing.
[[noreturn]] void refuse(const base::RegularFile& file, const std::string& detail) {
    constexpr std::int64_t looked = 4096;
    const std::string head = file.head(looked);
    if (head.starts_with("PK\x03\x04"))
        throw base::Error(
            base::sentence("{0}: the directory at the end of the archive is missing or damaged, so the file is "
                           "incomplete. Copy it again, or save it again with numpy.savez.",
                           file.path()),
            detail);
    const std::string kind = base::foreignKind(head);
    throw base::Error(
        kind.empty()
            ? base::sentence("{0}: this is no archive of arrays. Choose a file that numpy.savez wrote.", file.path())
            : base::sentence("{0}: this is {1}, no archive of arrays. Choose a file that numpy.savez wrote.",
                             file.path(), kind),
        detail);
}

}  // namespace

ZipFile::ZipFile(const std::string& path) : m_file(path) {
    zip_error_init(&m_error);
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t* source = zip_source_function_create(&ZipFile::answer, this, &why);
    if (source) m_handle = zip_open_from_source(source, ZIP_RDONLY, &why);
    if (source && !m_handle) zip_source_free(source);
    const std::string detail = zip_error_strerror(&why);
    zip_error_fini(&why);
    if (m_handle) return;
    zip_error_fini(&m_error);
    refuse(m_file, detail);
}

ZipFile::~ZipFile() {
    zip_discard(m_handle);
    zip_error_fini(&m_error);
}

std::vector<std::string> ZipFile::names() const {
    std::vector<std::string> names;
    for (zip_int64_t i = 0; i < zip_get_num_entries(m_handle, 0); ++i)
        if (const char* name = zip_get_name(m_handle, static_cast<zip_uint64_t>(i), 0)) names.emplace_back(name);
    return names;
}

zip_int64_t ZipFile::answer(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    return static_cast<ZipFile*>(self)->answer(data, length, command);
}

zip_int64_t ZipFile::answer(void* data, zip_uint64_t length, zip_source_cmd_t command) {
    switch (command) {
        case ZIP_SOURCE_OPEN:
            m_position = 0;
            return 0;
        case ZIP_SOURCE_READ:
            return read(static_cast<std::byte*>(data), length);
        case ZIP_SOURCE_SEEK:
            return seek(data, length);
        case ZIP_SOURCE_TELL:
            return m_position;
        case ZIP_SOURCE_STAT:
            return stat(static_cast<zip_stat_t*>(data));
        case ZIP_SOURCE_ERROR:
            return zip_error_to_data(&m_error, data, length);
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_SEEK,
                                                  ZIP_SOURCE_TELL, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                                  ZIP_SOURCE_SUPPORTS, -1);
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE:
            return 0;
        default:
            zip_error_set(&m_error, ZIP_ER_OPNOTSUPP, 0);
            return -1;
    }
}

// libzip is C, so nothing may be thrown through it.
zip_int64_t ZipFile::read(std::byte* into, zip_uint64_t length) try {
    const auto left = static_cast<zip_uint64_t>(std::max<std::int64_t>(0, m_file.size() - m_position));
    const std::size_t count = std::min(left, length);
    m_file.read(m_position, {into, count});
    m_position += static_cast<std::int64_t>(count);
    return static_cast<zip_int64_t>(count);
} catch (const base::Error&) {
    zip_error_set(&m_error, ZIP_ER_READ, 0);
    return -1;
}

zip_int64_t ZipFile::seek(void* data, zip_uint64_t length) {
    const auto now = static_cast<zip_uint64_t>(m_position), size = static_cast<zip_uint64_t>(m_file.size());
    const zip_int64_t position = zip_source_seek_compute_offset(now, size, data, length, &m_error);
    if (position < 0) return -1;
    m_position = position;
    return 0;
}

zip_int64_t ZipFile::stat(zip_stat_t* stat) const {
    zip_stat_init(stat);
    stat->valid |= ZIP_STAT_SIZE;
    stat->size = static_cast<zip_uint64_t>(m_file.size());
    return sizeof *stat;
}

}  // namespace perceptory::data
