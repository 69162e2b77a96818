#pragma once
// Contract of the activations: y = f(x), element by element. A member's file holds the formula (see
// engine/base/Formula.h), its kernels, and for the engine this description.

#include "engine/backends/isa/ShelfKernels.h"

#ifndef PERCEPTORY_KERNELS

#    include "engine/base/Shelf.h"
#    include "engine/ir/OnnxFormula.h"
#    include "engine/ir/TorchFormula.h"

namespace perceptory::activations {

// Kernels are those of the same id in KernelTable::unary.
struct ActivationType : base::KindType {
    double (*forward)(double x, double p);
    double (*derivative)(double x, double y, double p);  // y = forward(x, p)
    std::string formulaParameter;                        // id of the parameter that is p; empty: p is not used
    // y in ONNX's operators.
    std::string (*onnx)(ir::OnnxGraph& graph, const std::string& x, double p);
    // y in PyTorch, with {x} and {p} in it: "F.elu({x}, alpha={p})". Empty: the formula, which an exported file
    // defines.
    std::string torch;
    std::string (*torchFormula)(const std::string& x, double p);
    const char* text = nullptr;  // of `forward`, see UnaryText

    // The number p for these parameters; 0 when the formula has none.
    double p(const base::Json& parameters) const;
};

// `torch`, `onnx`: where these have an operator for it; else it is composed from the formula.
template <class Formula>
ActivationType activationType(base::KindType kind, std::string torch = {},
                              decltype(ActivationType::onnx) onnx = ir::onnxOfFormula<Formula>) {
    const std::string parameter = kind.parameters.empty() ? std::string() : kind.parameters[0].id;
    return {std::move(kind),
            Formula::template forward<double>,
            Formula::template derivative<double>,
            parameter,
            onnx,
            std::move(torch),
            ir::torchOfFormula<Formula>,
            Formula::forwardText};
}

// Any thread.
const base::Shelf<ActivationType>& shelf();
std::vector<const base::KindType*> kinds();

// A formula for whoever writes it down, or works it out by its id.
struct UnaryText {
    std::string id;
    const char* text;  // in the subset of engine/base/Formula.h, V being the type of a number
    double (*forward)(double x, double p);
};
// Of all activations, and of the functions that layers are composed of. Any thread.
const std::vector<UnaryText>& formulas();

}  // namespace perceptory::activations

#endif
