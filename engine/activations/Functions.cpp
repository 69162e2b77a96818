// Plain functions of one number, for layers and losses made of several operations.

#include "engine/activations/Activation.h"

#ifdef PERCEPTORY_KERNELS
#    define FUNCTION_KERNELS UNARY_KERNELS
#else
#    define FUNCTION_KERNELS(Member, id)       \
        UNARY_KERNELS(Member, id)              \
        extern const UnaryText textOf##Member; \
        const UnaryText textOf##Member{id, Member##Formula::forwardText, Member##Formula::forward<double>};
#endif

namespace perceptory::activations {

UNARY_FORMULA(Exponential, exp_(x), y)
FUNCTION_KERNELS(Exponential, "exponential")

// log max(x, p)
UNARY_FORMULA(Logarithm, log_(max_(p, x)), where_(x > p, V(1) / x, V(0)))
FUNCTION_KERNELS(Logarithm, "logarithm")

UNARY_FORMULA(Square, x* x, V(2) * x)
FUNCTION_KERNELS(Square, "square")

// Its slope at 0 is taken as 0.
UNARY_FORMULA(SquareRoot, sqrt_(max_(V(0), x)), where_(y > V(0), V(0.5) / y, V(0)))
FUNCTION_KERNELS(SquareRoot, "square_root")

UNARY_FORMULA(Absolute, abs_(x), where_(x < V(0), V(-1), where_(x > V(0), V(1), V(0))))
FUNCTION_KERNELS(Absolute, "absolute")

// 1 / (x + p)
UNARY_FORMULA(Reciprocal, V(1) / (x + p), -(y* y))
FUNCTION_KERNELS(Reciprocal, "reciprocal")

// 1 where x is 0, else 0
UNARY_FORMULA(IsZero, where_(x == V(0), V(1), where_(x == x, V(0), x)), V(0))
FUNCTION_KERNELS(IsZero, "is_zero")

UNARY_FORMULA(Maximum, max_(p, x), where_(x > p, V(1), V(0)))
FUNCTION_KERNELS(Maximum, "maximum")

UNARY_FORMULA(Minimum, min_(p, x), where_(x < p, V(1), V(0)))
FUNCTION_KERNELS(Minimum, "minimum")

// sign(x) · log(1 + |x|)
UNARY_FORMULA(SignedLogarithm, where_(x < V(0), -log1p_(abs_(x)), log1p_(abs_(x))), V(1) / (V(1) + abs_(x)))
FUNCTION_KERNELS(SignedLogarithm, "signed_logarithm")

}  // namespace perceptory::activations
