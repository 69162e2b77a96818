#pragma once
// Turns the formula of a shelf member into its kernels. Used at the end of a member's formula, in the namespace of its
// room: UNARY_KERNELS(Relu, "relu"). In the engine that makes the double kernels, in an instruction-set library the
// float kernels and the pieces of the executor for tiny networks.

#include "engine/backends/Kernels.h"
#include "engine/backends/isa/Elementwise.h"
#include "engine/backends/isa/Updater.h"
#include "engine/base/Formula.h"

#ifdef PERCEPTORY_KERNELS
#    include "engine/backends/isa/TinyPieces.h"
#else
namespace perceptory::backends::isa {
struct TinyUnary {};
struct TinyLoss {};
struct TinyUpdate {};
template <class F>
constexpr TinyUnary tinyUnary() {
    return {};
}
template <class F>
constexpr TinyLoss tinyLoss() {
    return {};
}
template <class F>
constexpr TinyUpdate tinyUpdate() {
    return {};
}
}  // namespace perceptory::backends::isa
#endif

namespace perceptory::backends::isa {

template <class L, class F>
void unaryForward(const KernelCall& call, const RunState&, int part, int parts) {
    const L p(call.numbers[0]);
    mapElements<L, 1>(call, part, parts, [p](const L(&in)[1]) { return F::forward(in[0], p); });
}

template <class L, class F>
void unaryBackward(const KernelCall& call, const RunState&, int part, int parts) {
    const L p(call.numbers[0]);
    mapElements<L, 3>(call, part, parts, [p](const L(&in)[3]) { return in[2] * F::derivative(in[0], in[1], p); });
}

template <class L, class F>
void lossForward(const KernelCall& call, const RunState&, int part, int parts) {
    const L p(call.numbers[0]);
    mapElements<L, 2>(call, part, parts, [p](const L(&in)[2]) { return F::value(in[0], in[1], p); });
}

template <class L, class F>
void lossBackward(const KernelCall& call, const RunState&, int part, int parts) {
    const L p(call.numbers[0]);
    mapElements<L, 3>(call, part, parts, [p](const L(&in)[3]) { return in[2] * F::derivative(in[0], in[1], p); });
}

constexpr std::int64_t penaltyBlock = 256;

// Sum of the values of one block, `count` ≤ penaltyBlock.
template <class L, class F>
double penaltyOfBlock(const typename L::Real* weights, typename L::Real* gradients, std::int64_t count, L a, L b) {
    L total(0);
    for (std::int64_t i = 0; i < count; i += L::size) {
        // Lanes behind the end are zero, and the penalty of a zero weight is zero.
        const std::int64_t n = std::min<std::int64_t>(L::size, count - i);
        const L w = L::loadPart(weights + i, n);
        total = total + F::value(w, a, b);
        if (gradients) (L::loadPart(gradients + i, n) + F::derivative(w, a, b)).storePart(gradients + i, n);
    }
    return total.sum();
}

template <class L, class F>
double applyPenalty(const void* weights, void* gradients, std::int64_t count, double a, double b) {
    using Real = typename L::Real;
    const Real* w = static_cast<const Real*>(weights);
    Real* g = static_cast<Real*>(gradients);
    double total = 0;
    for (std::int64_t i = 0; i < count; i += penaltyBlock)
        total += penaltyOfBlock<L, F>(w + i, g ? g + i : nullptr, std::min(penaltyBlock, count - i), L(a), L(b));
    return total;
}

template <class L, class F>
void updateWeights(void* weights, const void* gradients, void* const states[mostSlots], std::int64_t count,
                   const double numbers[8]) {
    using Real = typename L::Real;
    const Real* g = static_cast<const Real*>(gradients);
    const Updater<L, F> updater(weights, states, numbers);
    std::int64_t i = 0;
    for (; i + L::size <= count; i += L::size) updater.update(i, L::load(g + i));
    if (i < count) updater.updatePart(i, L::loadPart(g + i, count - i), count - i);
}

}  // namespace perceptory::backends::isa

#define UNARY_KERNELS(Member, id)                                               \
    extern const backends::UnaryKernels kernelsOf##Member;                      \
    const backends::UnaryKernels kernelsOf##Member{                             \
        id, backends::isa::unaryForward<backends::isa::Lanes, Member##Formula>, \
        backends::isa::unaryBackward<backends::isa::Lanes, Member##Formula>};   \
    extern const backends::isa::TinyUnary tinyOf##Member;                       \
    const backends::isa::TinyUnary tinyOf##Member = backends::isa::tinyUnary<Member##Formula>();

#define LOSS_KERNELS(Member, id)                                                                                       \
    extern const backends::LossKernels kernelsOf##Member;                                                              \
    const backends::LossKernels kernelsOf##Member{id,                                                                  \
                                                  backends::isa::lossForward<backends::isa::Lanes, Member##Formula>,   \
                                                  backends::isa::lossBackward<backends::isa::Lanes, Member##Formula>}; \
    extern const backends::isa::TinyLoss tinyOf##Member;                                                               \
    const backends::isa::TinyLoss tinyOf##Member = backends::isa::tinyLoss<Member##Formula>();

// A loss that is no formula of single elements.
#define NO_LOSS_KERNELS(Member, id)                                      \
    extern const backends::LossKernels kernelsOf##Member;                \
    const backends::LossKernels kernelsOf##Member{id, nullptr, nullptr}; \
    extern const backends::isa::TinyLoss tinyOf##Member;                 \
    const backends::isa::TinyLoss tinyOf##Member{};

#define PENALTY_KERNELS(Member, id)                          \
    extern const backends::PenaltyKernels kernelsOf##Member; \
    const backends::PenaltyKernels kernelsOf##Member{        \
        id, backends::isa::applyPenalty<backends::isa::Lanes, Member##Formula>};

#define UPDATE_KERNELS(Member, id)                                                \
    extern const backends::UpdateKernels kernelsOf##Member;                       \
    const backends::UpdateKernels kernelsOf##Member{                              \
        id, backends::isa::updateWeights<backends::isa::Lanes, Member##Formula>}; \
    extern const backends::isa::TinyUpdate tinyOf##Member;                        \
    const backends::isa::TinyUpdate tinyOf##Member = backends::isa::tinyUpdate<Member##Formula>();
