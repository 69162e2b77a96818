#include "engine/exchange/Numpy.h"

#include <zlib.h>

#include <charconv>
#include <cstring>

#include "engine/base/Error.h"
#include "engine/base/RegularFile.h"
#include "engine/base/Text.h"

namespace perceptory::exchange {

namespace {

constexpr std::int64_t largestArchive = std::int64_t{4} << 30;

class NpzReader {
public:
    explicit NpzReader(const std::string& path) : m_path(path), m_bytes(base::RegularFile(path).text(largestArchive)) {}

    tensor::NamedTensors read() {
        tensor::NamedTensors tensors;
        while (number(m_at, 4) == 0x04034b50) tensors.push_back(readEntry());
        const std::size_t directory = m_at, end = m_bytes.size() < 22 ? 0 : m_bytes.size() - 22;
        if (number(end, 4) != 0x06054b50 || number(end + 10, 2) != (tensors.size() & 0xffff) ||
            number(end + 16, 4) != directory || number(end + 12, 4) != end - directory)
            refuse(base::sentence("its directory does not fit its contents"));
        return tensors;
    }

private:
    [[noreturn]] void refuse(const std::string& reason) const {
        throw base::Error(
            base::sentence("{0}: this is no NumPy archive of weights: {1}. Export it anew.", m_path, reason));
    }

    std::string_view piece(std::size_t at, std::size_t size) const {
        if (at > m_bytes.size() || size > m_bytes.size() - at) refuse(base::sentence("it breaks off"));
        return std::string_view(m_bytes).substr(at, size);
    }

    std::uint64_t number(std::size_t at, std::size_t size) const {
        std::uint64_t value = 0;
        const std::string_view bytes = piece(at, size);
        for (std::size_t i = 0; i < size; ++i)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
        return value;
    }

    tensor::NamedTensor readEntry() {
        constexpr std::size_t headerSize = 30;
        const std::uint64_t sum = number(m_at + 14, 4), size = number(m_at + 22, 4);
        std::string name(piece(m_at + headerSize, number(m_at + 26, 2)));
        const std::string_view content = piece(m_at + headerSize + name.size() + number(m_at + 28, 2), size);
        if (crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size()) != sum)
            refuse(base::sentence("\"{0}\" does not have the right checksum", name));
        m_at = static_cast<std::size_t>(content.data() - m_bytes.data()) + content.size();
        if (name.ends_with(".npy")) name.resize(name.size() - 4);
        return readArray(std::move(name), content);
    }

    tensor::NamedTensor readArray(std::string name, std::string_view content) const {
        constexpr std::size_t before = 10;
        if (!content.starts_with(std::string_view("\x93NUMPY\x01\x00", 8)) || content.size() < before)
            refuse(base::sentence("\"{0}\" is no array", name));
        const std::size_t length =
            static_cast<unsigned char>(content[8]) + 256u * static_cast<unsigned char>(content[9]);
        if (length > content.size() - before) refuse(base::sentence("\"{0}\" breaks off", name));
        const std::string_view header = content.substr(before, length), numbers = content.substr(before + length);
        if (header.find("'descr': '<f4'") == header.npos || header.find("'fortran_order': False") == header.npos)
            refuse(base::sentence("\"{0}\" does not hold 32-bit numbers row by row", name));
        tensor::Shape shape = shapeIn(header);
        const std::int64_t count = tensor::elementCount(shape);
        if (numbers.size() != static_cast<std::size_t>(count) * sizeof(float))
            refuse(base::sentence("\"{0}\" does not have as many numbers as its shape says", name));
        tensor::Buffer values(count);
        std::memcpy(values.data(), numbers.data(), numbers.size());
        return {std::move(name), std::move(shape), std::move(values)};
    }

    tensor::Shape shapeIn(std::string_view header) const {
        const std::size_t begin = header.find("'shape': ("), end = header.find(')');
        if (begin == header.npos || end == header.npos || end < begin) refuse(base::sentence("an array has no shape"));
        tensor::Shape shape;
        for (const char *at = header.data() + begin + 10, *last = header.data() + end; at < last;) {
            std::int64_t size = 0;
            const auto [next, error] = std::from_chars(at, last, size);
            if (error != std::errc{} || size < 0) refuse(base::sentence("the shape of an array cannot be read"));
            shape.push_back(size);
            for (at = next; at < last && (*at == ',' || *at == ' ');) ++at;
        }
        return shape;
    }

    const std::string& m_path;
    const std::string m_bytes;
    std::size_t m_at = 0;
};

}  // namespace

tensor::NamedTensors readNpz(const std::string& path) { return NpzReader(path).read(); }

}  // namespace perceptory::exchange
