#include "engine/training/Limits.h"

#include <algorithm>
#include <cmath>

namespace perceptory::training {

namespace {

template <class Real>
std::span<Real> numbersOf(tensor::Buffer& buffer, std::int64_t offset, std::int64_t count) {
    return {static_cast<Real*>(buffer.data()) + offset, static_cast<std::size_t>(count)};
}

// Calls `work` with the numbers as what they are, float or double.
template <class Work>
void with(tensor::Buffer& buffer, std::int64_t offset, std::int64_t count, const Work& work) {
    if (buffer.precision() == tensor::Precision::Float32)
        work(numbersOf<float>(buffer, offset, count));
    else
        work(numbersOf<double>(buffer, offset, count));
}

// Sixteen sums side by side, so that the additions need not wait for one another.
template <class Real>
double sumOfSquares(std::span<Real> numbers) {
    constexpr std::size_t lanes = 16;
    double sums[lanes] = {};
    const std::size_t whole = numbers.size() / lanes * lanes;
    for (std::size_t i = 0; i < whole; i += lanes)
        for (std::size_t k = 0; k < lanes; ++k)
            sums[k] += static_cast<double>(numbers[i + k]) * static_cast<double>(numbers[i + k]);
    for (std::size_t i = whole; i < numbers.size(); ++i)
        sums[i - whole] += static_cast<double>(numbers[i]) * static_cast<double>(numbers[i]);
    double sum = 0;
    for (const double lane : sums) sum += lane;
    return sum;
}

}  // namespace

void clipByNorm(tensor::Buffer& gradients, std::span<const Stretch> stretches, double limit) {
    double squares = 0;
    for (const Stretch& part : stretches)
        with(gradients, part.offset, part.count, [&](auto numbers) { squares += sumOfSquares(numbers); });
    const double factor = limit / (std::sqrt(squares) + 1e-6);
    if (!(factor < 1)) return;
    for (const Stretch& part : stretches)
        with(gradients, part.offset, part.count, [factor](auto numbers) {
            for (auto& number : numbers) number *= static_cast<std::remove_reference_t<decltype(number)>>(factor);
        });
}

void clipByValue(tensor::Buffer& gradients, std::span<const Stretch> stretches, double limit) {
    for (const Stretch& part : stretches)
        with(gradients, part.offset, part.count, [limit](auto numbers) {
            using Real = typename decltype(numbers)::value_type;
            for (Real& number : numbers)
                number = std::clamp(number, static_cast<Real>(-limit), static_cast<Real>(limit));
        });
}

void scaleUnits(tensor::Buffer& weights, const Units& units, const std::function<double(double)>& scale,
                std::span<double> norms) {
    const auto columns = static_cast<std::size_t>(units.columns);
    with(weights, units.offset, units.rows * units.columns, [&](auto numbers) {
        using Real = typename decltype(numbers)::value_type;
        std::fill_n(norms.begin(), columns, 0.0);
        for (std::size_t i = 0; i < numbers.size(); i += columns)
            for (std::size_t k = 0; k < columns; ++k)
                norms[k] += static_cast<double>(numbers[i + k]) * static_cast<double>(numbers[i + k]);
        bool changed = false;
        for (std::size_t k = 0; k < columns; ++k) {
            norms[k] = scale(std::sqrt(norms[k]));
            changed = changed || norms[k] != 1;
        }
        if (!changed) return;
        for (std::size_t i = 0; i < numbers.size(); i += columns)
            for (std::size_t k = 0; k < columns; ++k) numbers[i + k] *= static_cast<Real>(norms[k]);
    });
}

}  // namespace perceptory::training
