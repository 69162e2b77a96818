#pragma once
// Entries that only grow at the end, in chunks that never move: a view taken under a lock can be read without one.

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace perceptory::training {

// One thread writes. Whoever shares it with others guards push, truncate and view with a mutex; entries of a view are
// then read without it, because the writer never touches an entry again.
template <class Entry>
class ChunkedColumn {
public:
    static constexpr std::size_t chunkEntries = 4096;
    using Chunk = std::array<Entry, chunkEntries>;

    // The entries from `first` (a multiple of chunkEntries) to `size`.
    struct View {
        std::vector<std::shared_ptr<const Chunk>> chunks;
        std::size_t first = 0;
        std::size_t size = 0;

        const Entry& operator[](std::size_t index) const {
            return (*chunks[(index - first) / chunkEntries])[index % chunkEntries];
        }
    };

    std::size_t size() const { return m_size; }
    std::size_t bytes() const { return m_chunks.size() * sizeof(Chunk); }
    bool isFull() const { return m_size == m_chunks.size() * chunkEntries; }
    const Entry& operator[](std::size_t index) const { return (*m_chunks[index / chunkEntries])[index % chunkEntries]; }

    void push(const Entry& entry) {
        if (isFull()) m_chunks.push_back(std::make_shared<Chunk>());
        (*m_chunks.back())[m_size++ % chunkEntries] = entry;
    }

    // Entries that will be written anew lie in a chunk of their own, because views may still read the old ones.
    void truncate(std::size_t size) {
        m_size = size;
        m_chunks.resize((size + chunkEntries - 1) / chunkEntries);
        if (!isFull()) m_chunks.back() = std::make_shared<Chunk>(*m_chunks.back());
    }

    // Everything from the chunk of `from` on.
    View view(std::size_t from) const {
        const std::size_t chunk = from < m_size ? from / chunkEntries : m_chunks.size();
        return {{m_chunks.begin() + static_cast<std::ptrdiff_t>(chunk), m_chunks.end()}, chunk * chunkEntries, m_size};
    }

private:
    std::vector<std::shared_ptr<Chunk>> m_chunks;
    std::size_t m_size = 0;
};

}  // namespace perceptory::training
