#include "engine/data/RowStore.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::data {

namespace {

// /tmp is memory on many systems, /var/tmp is not.
std::string temporaryFolder() {
    if (const char* chosen = std::getenv("TMPDIR"); chosen && *chosen) return chosen;
    std::error_code none;
    return std::filesystem::is_directory("/var/tmp", none) ? "/var/tmp" : "/tmp";
}

}  // namespace

// Has no name from the start, so that nothing is left behind however the program ends.
class RowStore::SpillFile {
public:
    SpillFile() {
        std::string name = temporaryFolder() + "/perceptory-XXXXXX";
        m_descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        if (m_descriptor < 0) fail(name);
        ::unlink(name.c_str());
    }
    ~SpillFile() { ::close(m_descriptor); }
    SpillFile(const SpillFile&) = delete;
    SpillFile& operator=(const SpillFile&) = delete;

    void append(const std::byte* values, std::size_t size) {
        while (size > 0) {
            const ssize_t done = ::pwrite(m_descriptor, values, size, m_size);
            if (done < 0 && errno == EINTR) continue;
            if (done <= 0) fail(temporaryFolder());
            m_size += done;
            values += done;
            size -= static_cast<std::size_t>(done);
        }
    }

    void read(std::int64_t offset, std::byte* into, std::size_t size) const {
        while (size > 0) {
            const ssize_t done = ::pread(m_descriptor, into, size, offset);
            if (done < 0 && errno == EINTR) continue;
            if (done <= 0) fail(temporaryFolder());
            offset += done;
            into += done;
            size -= static_cast<std::size_t>(done);
        }
    }

private:
    [[noreturn]] static void fail(const std::string& place) {
        throw base::Error(
            base::sentence("{0}: the temporary file of a large data set failed ({1}). Free space there, "
                           "or set TMPDIR to a folder with more.",
                           place, std::strerror(errno)));
    }

    int m_descriptor = -1;
    std::int64_t m_size = 0;
};

RowStore::RowStore(std::size_t width, Number number, float divisor, std::int64_t mostMemory)
    : m_width(width), m_number(number), m_divisor(divisor), m_mostMemory(mostMemory) {}

void RowStore::append(std::span<const std::uint8_t> values) {
    appendBytes(reinterpret_cast<const std::byte*>(values.data()), values.size());
}

void RowStore::append(std::span<const float> values) {
    appendBytes(reinterpret_cast<const std::byte*>(values.data()), values.size_bytes());
}

void RowStore::append(const RowStore& more) {
    std::vector<std::byte> buffer;
    if (more.m_number == m_number && more.m_divisor == m_divisor) {
        for (std::size_t row = 0; row < more.m_count; ++row) appendBytes(more.stored(row, buffer), rowBytes());
        return;
    }
    if (m_number == Number::Byte) *this = changed([](std::span<float>) {});
    std::vector<float> scratch;
    for (std::size_t row = 0; row < more.m_count; ++row) append(more.row(row, scratch));
}

std::vector<float> RowStore::floats() const {
    std::vector<float> result(m_count * m_width);
    for (std::size_t row = 0; row < m_count; ++row) read(row, result.data() + row * m_width);
    return result;
}

void RowStore::appendBytes(const std::byte* values, std::size_t size) {
    if (m_width == 0) return;
    m_count += size / rowBytes();
    if (!m_spill) {
        const std::int64_t space = std::max<std::int64_t>(0, m_mostMemory - memory());
        const std::size_t kept = std::min(size, static_cast<std::size_t>(space) / rowBytes() * rowBytes());
        m_memory.insert(m_memory.end(), values, values + kept);
        values += kept;
        size -= kept;
        if (size > 0) m_spill = std::make_shared<SpillFile>();
    }
    if (size > 0) m_spill->append(values, size);
}

const std::byte* RowStore::stored(std::size_t row, std::vector<std::byte>& buffer) const {
    const std::size_t offset = row * rowBytes();
    if (offset < m_memory.size()) return m_memory.data() + offset;
    buffer.resize(rowBytes());
    m_spill->read(static_cast<std::int64_t>(offset - m_memory.size()), buffer.data(), buffer.size());
    return buffer.data();
}

void RowStore::read(std::size_t row, float* into) const {
    thread_local std::vector<std::byte> buffer;
    const std::byte* from = stored(row, buffer);
    if (m_number == Number::Float) {
        std::memcpy(into, from, rowBytes());
        return;
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(from);
    for (std::size_t i = 0; i < m_width; ++i) into[i] = static_cast<float>(bytes[i]) / m_divisor;
}

std::span<const float> RowStore::row(std::size_t row, std::vector<float>& scratch) const {
    if (m_number == Number::Float && row * rowBytes() < m_memory.size())
        return {reinterpret_cast<const float*>(m_memory.data() + row * rowBytes()), m_width};
    scratch.resize(m_width);
    read(row, scratch.data());
    return scratch;
}

RowStore RowStore::chosen(std::span<const std::uint32_t> rows) const {
    RowStore result(m_width, m_number, m_divisor, m_mostMemory);
    std::vector<std::byte> buffer;
    for (const std::uint32_t row : rows) result.appendBytes(stored(row, buffer), rowBytes());
    return result;
}

}  // namespace perceptory::data
