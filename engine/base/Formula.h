#pragma once
// Formulas are written once, in the subset common to C++ and OpenCL C, inside the file of their shelf member. The same
// tokens become templates over a value type V here (double, or vector lanes in an instruction-set library) and text for
// OpenCL. The subset: + - * /, the functions below, V(literal), and where_(condition, a, b) for every choice.
//
// A member's file is compiled twice: into the engine (description, double kernels) and, with PERCEPTORY_KERNELS
// defined, into every instruction-set library (vector kernels only). The text between `#ifndef PERCEPTORY_KERNELS` and
// `#endif` is what only the engine sees.

#include <cmath>

namespace perceptory::formula {

inline double exp_(double x) { return std::exp(x); }
inline double log_(double x) { return std::log(x); }
inline double log1p_(double x) { return std::log1p(x); }
inline double expm1_(double x) { return std::expm1(x); }
inline double sqrt_(double x) { return std::sqrt(x); }
inline double abs_(double x) { return std::abs(x); }
inline double sin_(double x) { return std::sin(x); }
inline double cos_(double x) { return std::cos(x); }
inline double tanh_(double x) { return std::tanh(x); }
inline double erf_(double x) { return std::erf(x); }
inline double sigmoid_(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }
inline double max_(double a, double b) { return a > b ? a : b; }
inline double min_(double a, double b) { return a < b ? a : b; }
inline double where_(bool condition, double a, double b) { return condition ? a : b; }

}  // namespace perceptory::formula

// y = f(x) with one optional number p (a slope, alpha, beta). The derivative may use x, the output y, and p.
#define UNARY_FORMULA(Member, FORWARD, DERIVATIVE)                                              \
    struct Member##Formula {                                                                    \
        template <class V>                                                                      \
        static V forward(V x, [[maybe_unused]] V p) {                                           \
            using namespace perceptory::formula;                                                \
            return FORWARD;                                                                     \
        }                                                                                       \
        template <class V>                                                                      \
        static V derivative([[maybe_unused]] V x, [[maybe_unused]] V y, [[maybe_unused]] V p) { \
            using namespace perceptory::formula;                                                \
            return DERIVATIVE;                                                                  \
        }                                                                                       \
        static constexpr const char* forwardText = #FORWARD;                                    \
        static constexpr const char* derivativeText = #DERIVATIVE;                              \
    };

// Loss of one output element o against its target t with one optional number p, and the derivative by o.
#define LOSS_FORMULA(Member, VALUE, DERIVATIVE)                                                 \
    struct Member##Formula {                                                                    \
        template <class V>                                                                      \
        static V value(V o, V t, [[maybe_unused]] V p) {                                        \
            using namespace perceptory::formula;                                                \
            return VALUE;                                                                       \
        }                                                                                       \
        template <class V>                                                                      \
        static V derivative([[maybe_unused]] V o, [[maybe_unused]] V t, [[maybe_unused]] V p) { \
            using namespace perceptory::formula;                                                \
            return DERIVATIVE;                                                                  \
        }                                                                                       \
        static constexpr const char* valueText = #VALUE;                                        \
        static constexpr const char* derivativeText = #DERIVATIVE;                              \
    };

// Penalty of one weight w with two numbers a and b (the rates), and its derivative.
#define PENALTY_FORMULA(Member, VALUE, DERIVATIVE)                             \
    struct Member##Formula {                                                   \
        template <class V>                                                     \
        static V value(V w, [[maybe_unused]] V a, [[maybe_unused]] V b) {      \
            using namespace perceptory::formula;                               \
            return VALUE;                                                      \
        }                                                                      \
        template <class V>                                                     \
        static V derivative(V w, [[maybe_unused]] V a, [[maybe_unused]] V b) { \
            using namespace perceptory::formula;                               \
            return DERIVATIVE;                                                 \
        }                                                                      \
        static constexpr const char* valueText = #VALUE;                       \
        static constexpr const char* derivativeText = #DERIVATIVE;             \
    };

// One update of a weight w by its gradient g with three state slots s0, s1, s2 and eight numbers n[0…7] that the host
// works out once per step (n[0] is always the learning rate of this weight's range). STATEMENTS change w and the slots.
#define UPDATE_FORMULA(Member, ...)                                                                           \
    struct Member##Formula {                                                                                  \
        template <class V>                                                                                    \
        static void update(V& w, V g, [[maybe_unused]] V& s0, [[maybe_unused]] V& s1, [[maybe_unused]] V& s2, \
                           const V* n) {                                                                      \
            using namespace perceptory::formula;                                                              \
            __VA_ARGS__                                                                                       \
        }                                                                                                     \
        static constexpr const char* text = #__VA_ARGS__;                                                     \
    };
