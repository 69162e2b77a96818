#pragma once
// Half a register of floats (v4: 8, v3: 4), for rows that fill no whole one: on machines that work through wide
// registers in two passes, half a register costs half the time. Only what inner products need.

#include "engine/backends/isa/Lanes.h"

namespace perceptory::backends::isa {

#ifdef PERCEPTORY_KERNELS

struct HalfLanes {
    using Register = Eigen::internal::packet_traits<float>::half;
    static constexpr int size = sizeof(Register) / sizeof(float);

    Register v;

    HalfLanes() = default;
    explicit HalfLanes(double value) : v(Eigen::internal::pset1<Register>(static_cast<float>(value))) {}
    static HalfLanes load(const float* from) { return {Eigen::internal::ploadu<Register>(from)}; }
    // Whole halves only: `count` is for kernels that are written for other lanes too.
    static HalfLanes loadPart(const float* from, std::int64_t) { return load(from); }
    void store(float* to) const { Eigen::internal::pstoreu(to, v); }
    void storePart(float* to, std::int64_t) const { store(to); }
    friend HalfLanes fma_(HalfLanes a, HalfLanes b, HalfLanes c) { return {Eigen::internal::pmadd(a.v, b.v, c.v)}; }

private:
    HalfLanes(Register value) : v(value) {}
};

#else

using HalfLanes = DoubleLane;

#endif

// Whether `count` numbers fill half a register that is not a whole one.
inline bool isHalf(std::int64_t count) { return HalfLanes::size < Lanes::size && count == HalfLanes::size; }

}  // namespace perceptory::backends::isa
