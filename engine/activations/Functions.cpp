// Plain functions of one number, for layers and losses made of several operations.

#include "engine/backends/isa/ShelfKernels.h"

namespace perceptory::activations {

UNARY_FORMULA(Exponential, exp_(x), y)
UNARY_KERNELS(Exponential, "exponential")

// log max(x, p)
UNARY_FORMULA(Logarithm, log_(max_(p, x)), where_(x > p, V(1) / x, V(0)))
UNARY_KERNELS(Logarithm, "logarithm")

UNARY_FORMULA(Square, x* x, V(2) * x)
UNARY_KERNELS(Square, "square")

// Its slope at 0 is taken as 0.
UNARY_FORMULA(SquareRoot, sqrt_(max_(V(0), x)), where_(y > V(0), V(0.5) / y, V(0)))
UNARY_KERNELS(SquareRoot, "square_root")

UNARY_FORMULA(Absolute, abs_(x), where_(x < V(0), V(-1), where_(x > V(0), V(1), V(0))))
UNARY_KERNELS(Absolute, "absolute")

// 1 / (x + p)
UNARY_FORMULA(Reciprocal, V(1) / (x + p), -(y* y))
UNARY_KERNELS(Reciprocal, "reciprocal")

// 1 where x is 0, else 0
UNARY_FORMULA(IsZero, where_(x == V(0), V(1), where_(x == x, V(0), x)), V(0))
UNARY_KERNELS(IsZero, "is_zero")

}  // namespace perceptory::activations
