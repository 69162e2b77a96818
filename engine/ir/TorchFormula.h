#pragma once
// A formula of a shelf (engine/base/Formula.h) as an expression of PyTorch: TorchNumber stands in for the value type,
// and working the formula out writes it down. Numbers that are known are worked out on the way.

#include <string>

#include "engine/ir/TorchCode.h"

namespace perceptory::ir {

class TorchNumber {
public:
    explicit TorchNumber(double constant) : m_constant(constant), m_known(true) {}
    explicit TorchNumber(std::string name) : m_text(std::move(name)) {}

    std::string text() const { return m_known ? pythonNumber(m_constant) : m_text; }

    friend TorchNumber operator+(const TorchNumber& a, const TorchNumber& b) {
        if (a.m_known && b.m_known) return TorchNumber(a.m_constant + b.m_constant);
        return {a.inside(Sum) + " + " + b.inside(Sum), Sum};
    }
    friend TorchNumber operator-(const TorchNumber& a, const TorchNumber& b) {
        if (a.m_known && b.m_known) return TorchNumber(a.m_constant - b.m_constant);
        return {a.inside(Sum) + " - " + b.inside(Product), Sum};
    }
    friend TorchNumber operator*(const TorchNumber& a, const TorchNumber& b) {
        if (a.m_known && b.m_known) return TorchNumber(a.m_constant * b.m_constant);
        if (a.isOne()) return b;
        if (b.isOne()) return a;
        return {a.inside(Product) + " * " + b.inside(Sign), Product};
    }
    friend TorchNumber operator/(const TorchNumber& a, const TorchNumber& b) {
        if (a.m_known && b.m_known) return TorchNumber(a.m_constant / b.m_constant);
        return b.isOne() ? a : TorchNumber(a.inside(Product) + " / " + b.inside(Sign), Product);
    }
    TorchNumber operator-() const { return m_known ? TorchNumber(-m_constant) : TorchNumber("-" + inside(Sign), Sign); }

    friend TorchNumber max_(const TorchNumber& a, const TorchNumber& b) {
        if (a.m_known && b.m_known) return TorchNumber(a.m_constant > b.m_constant ? a.m_constant : b.m_constant);
        return bounded(a, b, "min", "maximum");
    }
    friend TorchNumber min_(const TorchNumber& a, const TorchNumber& b) {
        if (a.m_known && b.m_known) return TorchNumber(a.m_constant < b.m_constant ? a.m_constant : b.m_constant);
        return bounded(a, b, "max", "minimum");
    }
    friend TorchNumber where_(const std::string& condition, const TorchNumber& a, const TorchNumber& b) {
        return {"torch.where(" + condition + ", " + a.text() + ", " + b.text() + ")", Atom};
    }
    friend std::string operator<(const TorchNumber& a, const TorchNumber& b) { return a.text() + " < " + b.text(); }
    friend std::string operator>(const TorchNumber& a, const TorchNumber& b) { return a.text() + " > " + b.text(); }

    friend TorchNumber exp_(const TorchNumber& x) { return x.of("exp"); }
    friend TorchNumber log_(const TorchNumber& x) { return x.of("log"); }
    friend TorchNumber log1p_(const TorchNumber& x) { return x.of("log1p"); }
    friend TorchNumber expm1_(const TorchNumber& x) { return x.of("expm1"); }
    friend TorchNumber sigmoid_(const TorchNumber& x) { return x.of("sigmoid"); }
    friend TorchNumber tanh_(const TorchNumber& x) { return x.of("tanh"); }
    friend TorchNumber erf_(const TorchNumber& x) { return x.of("erf"); }
    friend TorchNumber sin_(const TorchNumber& x) { return x.of("sin"); }
    friend TorchNumber abs_(const TorchNumber& x) { return x.of("abs"); }

private:
    enum Binding { Sum, Product, Sign, Atom };  // weaker first

    TorchNumber(std::string text, Binding binding) : m_text(std::move(text)), m_binding(binding) {}

    bool isOne() const { return m_known && m_constant == 1; }
    std::string inside(Binding around) const {
        const bool weaker = m_known ? m_constant < 0 && around > Sum : m_binding < around;
        return weaker ? "(" + text() + ")" : text();
    }
    TorchNumber of(const char* function) const { return {std::string("torch.") + function + "(" + text() + ")", Atom}; }

    static TorchNumber bounded(const TorchNumber& a, const TorchNumber& b, const char* bound, const char* function) {
        const TorchNumber& limit = a.m_known ? a : b;
        const TorchNumber& value = a.m_known ? b : a;
        if (!limit.m_known) return {std::string("torch.") + function + "(" + a.m_text + ", " + b.m_text + ")", Atom};
        return {"torch.clamp(" + value.m_text + ", " + bound + "=" + limit.text() + ")", Atom};
    }

    double m_constant = 0;
    bool m_known = false;
    std::string m_text;
    Binding m_binding = Atom;
};

// y = f(x) out of its formula; p is its number.
template <class Formula>
std::string torchOfFormula(const std::string& x, double p) {
    return Formula::forward(TorchNumber(x), TorchNumber(p)).text();
}

// The loss of single elements.
template <class Formula>
std::string torchOfLoss(const std::string& output, const std::string& target, double p) {
    return Formula::value(TorchNumber(output), TorchNumber(target), TorchNumber(p)).text();
}

}  // namespace perceptory::ir
