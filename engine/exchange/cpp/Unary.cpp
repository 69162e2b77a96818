#include <cmath>

#include "engine/activations/Activation.h"
#include "engine/exchange/cpp/Formulas.h"
#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
inline float exp_(float x) { return std::exp(x); }

inline float log_(float x) { return std::log(x); }

// In double precision: what follows may enlarge small differences of large numbers.
inline float log1p_(float x) { return static_cast<float>(std::log1p(static_cast<double>(x))); }

inline float expm1_(float x) { return std::expm1(x); }

inline float sqrt_(float x) { return std::sqrt(x); }

inline float abs_(float x) { return std::fabs(x); }

inline float sin_(float x) { return std::sin(x); }

inline float tanh_(float x) { return std::tanh(x); }

inline float erf_(float x) { return std::erf(x); }

inline float sigmoid_(float x) { return 1.0f / (1.0f + std::exp(-x)); }

inline float max_(float a, float b) { return a > b ? a : b; }

inline float min_(float a, float b) { return a < b ? a : b; }

inline float where_(bool condition, float a, float b) { return condition ? a : b; }

// y = f(x), value by value
template <float (*f)(float x, float p)>
inline void each(const float* x, float* y, int count, float p) {
    for (int i = 0; i < count; ++i) y[i] = f(x[i], p);
}
// </text>

namespace {

Call call(const Source& s) {
    return {"each", {s.in(0), s.out(0), s.outputCount(), s.number(0)}, s.operation().formula};
}

// The formula comes by its id here, so the loop has it as a pointer and in double precision.
void eachByName(const Call& call, const Memory& memory) {
    const auto f = formulaOf(call.formula).forward;
    const float* x = resolved(call.arguments.at(0), memory);
    float* y = resolved(call.arguments.at(1), memory);
    const double p = static_cast<double>(std::get<float>(call.arguments.at(3)));
    for (int i = 0; i < std::get<int>(call.arguments.at(2)); ++i)
        y[i] = static_cast<float>(f(static_cast<double>(x[i]), p));
}

}  // namespace

const Kernel UnaryKernel{"unary", call, {{"each", eachByName}}};

}  // namespace perceptory::exchange::cpp
