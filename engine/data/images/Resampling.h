#pragma once
// Rows of pixels made to another number of rows and columns. Where an axis shrinks, each pixel is the mean of what it
// covers; where it grows, lines are drawn between the middles of pixels (bilinear).

#include <cstddef>
#include <cstdint>
#include <vector>

namespace perceptory::data {

// One axis of an image: its part `begin` … `end` becomes the pixels `to` … `to + count - 1`.
struct Section {
    double begin = 0, end = 0;
    std::int64_t to = 0, count = 0;
};

// A pixel of the result: neighbours from `first` on with weights whose sum is 1.
struct Taps {
    std::int64_t first = 0;
    std::vector<float> weights;
    std::int64_t end() const { return first + std::ssize(weights); }
};

// Of an axis of `most` pixels. `nearest`: the nearest pixel alone.
std::vector<Taps> tapsOf(const Section& section, std::int64_t most, bool nearest = false);

// Immutable; any thread may use it, each with sums of its own.
class Resampling {
public:
    Resampling(std::vector<Taps> down, std::vector<Taps> across, std::int64_t channels);

    std::size_t rows() const { return m_down.size(); }
    std::size_t rowValues() const { return m_across.size() * m_channels; }

    // An image under way; once all rows are taken, `values` are the result, [rows][rowValues].
    struct Sums {
        std::vector<float> values;
        std::vector<float> line;     // one row, narrowed
        std::size_t unfinished = 0;  // the first row of the result that is not complete
        std::int64_t taken = 0;
    };
    // Makes `sums` ready for an image; allocates only where they were smaller.
    void begin(Sums& sums) const;
    // Takes the next row from the top and adds it to the rows of the result in which it counts. Pixel: float or byte.
    template <class Pixel>
    void take(const Pixel* row, Sums& sums) const;

private:
    template <class Pixel>
    void narrow(const Pixel* row, float* line) const;

    std::vector<Taps> m_down, m_across;
    std::size_t m_channels;
};

}  // namespace perceptory::data
