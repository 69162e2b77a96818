#pragma once
// Applies an update formula to a few weights at a time.

#include <cstdint>

#include "engine/backends/Kernels.h"

namespace perceptory::backends::isa {

// Slots a formula does not use may be null.
template <class L, class F>
class Updater {
    using Real = typename L::Real;

public:
    Updater(void* weights, void* const states[mostSlots], const double numbers[8])
        : m_weights(static_cast<Real*>(weights)),
          m_slots{static_cast<Real*>(states[0]), static_cast<Real*>(states[1]), static_cast<Real*>(states[2])} {
        for (int i = 0; i < 8; ++i) m_numbers[i] = L(numbers[i]);
    }

    // Weights at … at+L::size-1.
    void update(std::int64_t at, L gradient) const {
        L w = L::load(m_weights + at);
        L s0 = m_slots[0] ? L::load(m_slots[0] + at) : L(0);
        L s1 = m_slots[1] ? L::load(m_slots[1] + at) : L(0);
        L s2 = m_slots[2] ? L::load(m_slots[2] + at) : L(0);
        F::update(w, gradient, s0, s1, s2, m_numbers);
        w.store(m_weights + at);
        if (m_slots[0]) s0.store(m_slots[0] + at);
        if (m_slots[1]) s1.store(m_slots[1] + at);
        if (m_slots[2]) s2.store(m_slots[2] + at);
    }

    // Weights at … at+count-1, count ≤ L::size.
    void updatePart(std::int64_t at, L gradient, std::int64_t count) const {
        L w = L::loadPart(m_weights + at, count);
        L s0 = m_slots[0] ? L::loadPart(m_slots[0] + at, count) : L(0);
        L s1 = m_slots[1] ? L::loadPart(m_slots[1] + at, count) : L(0);
        L s2 = m_slots[2] ? L::loadPart(m_slots[2] + at, count) : L(0);
        F::update(w, gradient, s0, s1, s2, m_numbers);
        w.storePart(m_weights + at, count);
        if (m_slots[0]) s0.storePart(m_slots[0] + at, count);
        if (m_slots[1]) s1.storePart(m_slots[1] + at, count);
        if (m_slots[2]) s2.storePart(m_slots[2] + at, count);
    }

private:
    Real* m_weights;
    Real* m_slots[mostSlots];
    L m_numbers[8];
};

}  // namespace perceptory::backends::isa
