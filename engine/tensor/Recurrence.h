#pragma once
// How a recurrent layer walks through a sequence, as graph and kernels both read it from an operation's integers:
// {steps, units, kind + 8 · backwards, truncation}.

#include <array>
#include <cstdint>

namespace perceptory::tensor {

enum class Cell : std::int64_t { Simple, Lstm, Gru };

struct Recurrence {
    std::int64_t steps = 1;
    std::int64_t units = 1;
    Cell cell = Cell::Simple;
    bool backwards = false;
    std::int64_t truncation = 0;  // no gradient flows back over every so many steps; 0: through all

    static Recurrence of(const std::array<std::int64_t, 4>& integers) {
        return {integers[0], integers[1], static_cast<Cell>(integers[2] & 7), integers[2] >= 8, integers[3]};
    }
    std::array<std::int64_t, 4> integers() const {
        return {steps, units, static_cast<std::int64_t>(cell) + (backwards ? 8 : 0), truncation};
    }
    // Sums per unit that the weights of input and state make.
    std::int64_t gates() const { return cell == Cell::Simple ? 1 : cell == Cell::Lstm ? 4 : 3; }
    // Numbers per unit and step that the way back needs.
    std::int64_t kept() const { return cell == Cell::Simple ? 1 : cell == Cell::Lstm ? 5 : 4; }

    // The i-th step of the walk, and whether a state comes from the one before it.
    std::int64_t step(std::int64_t i) const { return backwards ? steps - 1 - i : i; }
    bool cut(std::int64_t i) const { return truncation > 0 && i % truncation == 0; }
};

}  // namespace perceptory::tensor
