#pragma once
// Flat zero-initialised memory for numbers, aligned to 64 bytes, readable up to a multiple of 16 elements behind its
// end (vector kernels read whole registers there).

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>

namespace perceptory::tensor {

// Size in bytes of one number in engine memory.
enum class Precision : int { Float32 = 4, Float64 = 8 };

class Buffer {
public:
    Buffer() = default;
    explicit Buffer(std::int64_t elements, Precision precision = Precision::Float32)
        : m_elements(elements), m_precision(precision), m_data(allocate(byteCount(elements, precision))) {
        std::memset(m_data.get(), 0, byteCount(elements, precision));
    }
    Buffer(const Buffer& other) : Buffer(other.m_elements, other.m_precision) {
        if (other.m_data) std::memcpy(m_data.get(), other.m_data.get(), bytes());
    }
    Buffer(Buffer&&) = default;
    // Into the memory that is there, where the sizes are equal.
    Buffer& operator=(const Buffer& other) {
        if (m_data && m_elements == other.m_elements && m_precision == other.m_precision) {
            if (this != &other) std::memcpy(m_data.get(), other.m_data.get(), bytes());
            return *this;
        }
        m_data.reset();
        return *this = Buffer(other);
    }
    Buffer& operator=(Buffer&&) = default;

    std::int64_t size() const { return m_elements; }
    Precision precision() const { return m_precision; }
    std::size_t bytes() const { return static_cast<std::size_t>(m_elements) * static_cast<std::size_t>(m_precision); }
    void* data() { return m_data.get(); }
    const void* data() const { return m_data.get(); }
    std::span<float> floats() { return {reinterpret_cast<float*>(m_data.get()), static_cast<std::size_t>(m_elements)}; }
    std::span<const float> floats() const {
        return {reinterpret_cast<const float*>(m_data.get()), static_cast<std::size_t>(m_elements)};
    }

    // Single values, whatever the precision.
    double get(std::int64_t index) const {
        return m_precision == Precision::Float32 ? reinterpret_cast<const float*>(m_data.get())[index]
                                                 : reinterpret_cast<const double*>(m_data.get())[index];
    }
    void set(std::int64_t index, double value) {
        if (m_precision == Precision::Float32)
            reinterpret_cast<float*>(m_data.get())[index] = static_cast<float>(value);
        else
            reinterpret_cast<double*>(m_data.get())[index] = value;
    }

private:
    static constexpr std::align_val_t alignment{64};
    struct Free {
        void operator()(std::byte* memory) const { ::operator delete[](memory, alignment); }
    };

    static std::size_t byteCount(std::int64_t elements, Precision precision) {
        return static_cast<std::size_t>((elements + 31) / 16 * 16) * static_cast<std::size_t>(precision);
    }
    static std::unique_ptr<std::byte[], Free> allocate(std::size_t size) {
        return std::unique_ptr<std::byte[], Free>(static_cast<std::byte*>(::operator new[](size, alignment)));
    }

    std::int64_t m_elements = 0;
    Precision m_precision = Precision::Float32;
    std::unique_ptr<std::byte[], Free> m_data;
};

}  // namespace perceptory::tensor
