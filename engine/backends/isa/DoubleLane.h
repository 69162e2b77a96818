#pragma once
// The value type of kernels in double precision, one lane wide: gradient checks, goldens, references. Same operations
// as FloatLanes.

#include <cstdint>

#include "engine/base/Formula.h"

namespace perceptory::backends::isa {

struct DoubleLane {
    using Real = double;
    using Mask = bool;
    static constexpr int size = 1;

    double v;

    DoubleLane() = default;
    explicit DoubleLane(double value) : v(value) {}

    static DoubleLane load(const double* from) { return DoubleLane(*from); }
    static DoubleLane loadPart(const double* from, std::int64_t, double = 0) { return DoubleLane(*from); }
    void store(double* to) const { *to = v; }
    void storePart(double* to, std::int64_t) const { *to = v; }
    double sum() const { return v; }
    double largest() const { return v; }

    friend DoubleLane operator+(DoubleLane a, DoubleLane b) { return DoubleLane(a.v + b.v); }
    friend DoubleLane operator-(DoubleLane a, DoubleLane b) { return DoubleLane(a.v - b.v); }
    friend DoubleLane operator*(DoubleLane a, DoubleLane b) { return DoubleLane(a.v * b.v); }
    friend DoubleLane operator/(DoubleLane a, DoubleLane b) { return DoubleLane(a.v / b.v); }
    friend DoubleLane operator-(DoubleLane a) { return DoubleLane(-a.v); }
    friend bool operator<(DoubleLane a, DoubleLane b) { return a.v < b.v; }
    friend bool operator>(DoubleLane a, DoubleLane b) { return a.v > b.v; }
    friend bool operator<=(DoubleLane a, DoubleLane b) { return a.v <= b.v; }
    friend bool operator>=(DoubleLane a, DoubleLane b) { return a.v >= b.v; }
    friend bool operator==(DoubleLane a, DoubleLane b) { return a.v == b.v; }

    friend DoubleLane where_(bool condition, DoubleLane a, DoubleLane b) { return condition ? a : b; }
    friend DoubleLane fma_(DoubleLane a, DoubleLane b, DoubleLane c) { return DoubleLane(a.v * b.v + c.v); }
    friend DoubleLane max_(DoubleLane a, DoubleLane b) { return DoubleLane(formula::max_(a.v, b.v)); }
    friend DoubleLane min_(DoubleLane a, DoubleLane b) { return DoubleLane(formula::min_(a.v, b.v)); }
    friend DoubleLane abs_(DoubleLane x) { return DoubleLane(formula::abs_(x.v)); }
    friend DoubleLane sqrt_(DoubleLane x) { return DoubleLane(formula::sqrt_(x.v)); }
    friend DoubleLane exp_(DoubleLane x) { return DoubleLane(formula::exp_(x.v)); }
    friend DoubleLane log_(DoubleLane x) { return DoubleLane(formula::log_(x.v)); }
    friend DoubleLane log1p_(DoubleLane x) { return DoubleLane(formula::log1p_(x.v)); }
    friend DoubleLane expm1_(DoubleLane x) { return DoubleLane(formula::expm1_(x.v)); }
    friend DoubleLane sin_(DoubleLane x) { return DoubleLane(formula::sin_(x.v)); }
    friend DoubleLane cos_(DoubleLane x) { return DoubleLane(formula::cos_(x.v)); }
    friend DoubleLane tanh_(DoubleLane x) { return DoubleLane(formula::tanh_(x.v)); }
    friend DoubleLane erf_(DoubleLane x) { return DoubleLane(formula::erf_(x.v)); }
    friend DoubleLane sigmoid_(DoubleLane x) { return DoubleLane(formula::sigmoid_(x.v)); }
};

}  // namespace perceptory::backends::isa
