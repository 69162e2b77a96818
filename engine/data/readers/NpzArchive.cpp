#include "engine/data/readers/NpzArchive.h"

#include <algorithm>
#include <array>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/readers/Utf8.h"
#include "engine/data/readers/ZipFile.h"

namespace perceptory::data {

namespace {

constexpr std::string_view archiveEnding = ".npz", arrayEnding = ".npy";

// Unpacks from the front; a place behind the last one read is passed over, one before it begins anew.
class MemberSource : public ByteSource {
public:
    explicit MemberSource(const ArrayPath& path) : m_zip(path.file), m_place(path.text()) {
        const std::string name = path.member + std::string(arrayEnding);
        m_index = zip_name_locate(m_zip.handle(), name.c_str(), 0);
        if (m_index < 0)
            throw base::Error(base::sentence("{0}: there is no array \"{1}\" in the archive. Name one that it holds.",
                                             path.file, quotable(path.member)));
        check();
    }
    ~MemberSource() override { close(); }

    const std::string& place() const override { return m_place; }
    std::int64_t size() const override { return m_size; }

    void read(std::int64_t offset, std::span<std::byte> bytes) override {
        if (!m_member || offset < m_position) begin();
        std::array<std::byte, 4096> passed;
        while (m_position < offset) {
            const auto count = std::min(std::ssize(passed), offset - m_position);
            take(std::span(passed).first(static_cast<std::size_t>(count)));
        }
        take(bytes);
        if (m_position == m_size) checkEnd();
    }

private:
    // `reason` is a sentence about the array.
    [[noreturn]] void refuse(const std::string& reason) const {
        throw base::Error(
            base::sentence("{0}: {1} Copy the archive again, or save it again with numpy.savez.", m_place, reason));
    }

    void check() {
        zip_stat_t stat;
        if (zip_stat_index(m_zip.handle(), static_cast<zip_uint64_t>(m_index), 0, &stat) != 0)
            refuse(base::sentence("What the archive says of this array cannot be read."));
        if (stat.encryption_method != ZIP_EM_NONE)
            throw base::Error(base::sentence("{0}: the array is encrypted. Save it without a password.", m_place));
        if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
            throw base::Error(base::sentence(
                "{0}: the array is packed in a way that is not read. Save it with numpy.savez_compressed.", m_place));
        constexpr zip_uint64_t mostOfOneByte = 1032;  // what a byte of deflate can stand for
        const auto fileSize = static_cast<zip_uint64_t>(m_zip.size());
        const bool isStored = stat.comp_method == ZIP_CM_STORE;
        if (stat.comp_size > fileSize ||
            (isStored ? stat.size != stat.comp_size : stat.size / mostOfOneByte > stat.comp_size))
            refuse(base::sentence("The archive gives this array a size that it cannot have."));
        if (stat.size > static_cast<zip_uint64_t>(mostArrayBytes))
            throw base::Error(base::sentence("{0}: it unpacks to more than {1} bytes. Save it as a file of its own.",
                                             m_place, mostArrayBytes));
        m_size = static_cast<std::int64_t>(stat.size);
    }

    void begin() {
        close();
        m_member = zip_fopen_index(m_zip.handle(), static_cast<zip_uint64_t>(m_index), 0);
        if (!m_member) refuse(base::sentence("This array is damaged: it cannot be opened."));
    }

    void take(std::span<std::byte> bytes) {
        while (!bytes.empty()) {
            const zip_int64_t count = zip_fread(m_member, bytes.data(), bytes.size());
            if (count < 0) refuse(base::sentence("This array is damaged: what is packed cannot be unpacked."));
            if (count == 0)
                refuse(base::sentence("This array is cut off: it ends after {0} of {1} bytes.", m_position, m_size));
            m_position += count;
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
    }

    // Only at the end the check sum is compared, and more bytes than promised are seen.
    void checkEnd() {
        std::byte more{};
        const zip_int64_t count = zip_fread(m_member, &more, 1);
        if (count > 0) refuse(base::sentence("This array is damaged: it is longer than the archive says."));
        if (count < 0) refuse(base::sentence("This array is damaged: its check sum is another."));
    }

    void close() {
        if (m_member) zip_fclose(m_member);
        m_member = nullptr;
        m_position = 0;
    }

    ZipFile m_zip;
    std::string m_place;
    zip_int64_t m_index = -1;
    zip_file_t* m_member = nullptr;
    std::int64_t m_size = 0, m_position = 0;
};

}  // namespace

bool ArrayPath::isArchive() const { return file.ends_with(archiveEnding); }

ArrayPath arrayPath(const std::string& path) {
    const std::string mark = std::string(archiveEnding) + ":";
    const std::size_t found = path.rfind(mark);
    if (found == std::string::npos) return {path, {}};
    return {path.substr(0, found + archiveEnding.size()), path.substr(found + mark.size())};
}

std::vector<std::string> arraysIn(const std::string& archive) {
    std::vector<std::string> arrays;
    for (std::string& name : ZipFile(archive).names()) {
        if (!name.ends_with(arrayEnding)) continue;
        name.resize(name.size() - arrayEnding.size());
        arrays.push_back(std::move(name));
    }
    return arrays;
}

std::unique_ptr<ByteSource> openArray(const ArrayPath& path) {
    if (path.isArchive()) return std::make_unique<MemberSource>(path);
    return std::make_unique<FileSource>(path.file);
}

}  // namespace perceptory::data
