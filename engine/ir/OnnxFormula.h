#pragma once
// A formula of a shelf (engine/base/Formula.h) as ONNX operators: OnnxNumber stands in for the value type, and working
// the formula out adds the operators. Numbers that are known are worked out on the way.

#include <string>

#include "engine/ir/OnnxGraph.h"

namespace perceptory::ir {

// What a comparison says, value by value.
struct OnnxCondition {
    OnnxGraph* graph;
    std::string name;
};

class OnnxNumber {
public:
    explicit OnnxNumber(double constant) : m_constant(constant) {}
    OnnxNumber(OnnxGraph& graph, std::string name) : m_graph(&graph), m_name(std::move(name)) {}

    // A value of the graph, though it be a number that is known.
    const std::string& nameIn(OnnxGraph& graph) {
        if (m_name.empty()) m_name = graph.number(m_constant);
        return m_name;
    }

    friend OnnxNumber operator+(const OnnxNumber& a, const OnnxNumber& b) {
        return both("Add", a, b, [](double x, double y) { return x + y; });
    }
    friend OnnxNumber operator-(const OnnxNumber& a, const OnnxNumber& b) {
        return both("Sub", a, b, [](double x, double y) { return x - y; });
    }
    friend OnnxNumber operator*(const OnnxNumber& a, const OnnxNumber& b) {
        if (a.isOne()) return b;
        return b.isOne() ? a : both("Mul", a, b, [](double x, double y) { return x * y; });
    }
    friend OnnxNumber operator/(const OnnxNumber& a, const OnnxNumber& b) {
        return b.isOne() ? a : both("Div", a, b, [](double x, double y) { return x / y; });
    }
    friend OnnxNumber max_(const OnnxNumber& a, const OnnxNumber& b) {
        return both("Max", a, b, [](double x, double y) { return x > y ? x : y; });
    }
    friend OnnxNumber min_(const OnnxNumber& a, const OnnxNumber& b) {
        return both("Min", a, b, [](double x, double y) { return x < y ? x : y; });
    }
    friend OnnxCondition operator<(const OnnxNumber& a, const OnnxNumber& b) { return compare("Less", a, b); }
    friend OnnxCondition operator>(const OnnxNumber& a, const OnnxNumber& b) { return compare("Greater", a, b); }
    friend OnnxNumber where_(const OnnxCondition& condition, OnnxNumber a, OnnxNumber b) {
        OnnxGraph& graph = *condition.graph;
        return {graph, graph.add("Where", {condition.name, a.nameIn(graph), b.nameIn(graph)})};
    }

    OnnxNumber operator-() const { return m_graph ? of("Neg") : OnnxNumber(-m_constant); }
    friend OnnxNumber exp_(const OnnxNumber& x) {
        OnnxNumber result = x.of("Exp");
        result.m_exponent = x.m_name;
        return result;
    }
    // Formulas take it of exponentials only, and log(1 + e^x) is Softplus, which keeps its digits.
    friend OnnxNumber log1p_(const OnnxNumber& x) {
        if (x.m_exponent.empty()) return (x + OnnxNumber(1)).of("Log");
        return {*x.m_graph, x.m_graph->add("Softplus", {x.m_exponent})};
    }
    friend OnnxNumber expm1_(const OnnxNumber& x) { return x.of("Exp") - OnnxNumber(1); }
    friend OnnxNumber sigmoid_(const OnnxNumber& x) { return x.of("Sigmoid"); }
    friend OnnxNumber tanh_(const OnnxNumber& x) { return x.of("Tanh"); }
    friend OnnxNumber erf_(const OnnxNumber& x) { return x.of("Erf"); }
    friend OnnxNumber sin_(const OnnxNumber& x) { return x.of("Sin"); }
    friend OnnxNumber abs_(const OnnxNumber& x) { return x.of("Abs"); }

private:
    bool isOne() const { return !m_graph && m_constant == 1; }
    OnnxNumber of(const char* type) const { return {*m_graph, m_graph->add(type, {m_name})}; }

    template <class Known>
    static OnnxNumber both(const char* type, OnnxNumber a, OnnxNumber b, Known known) {
        OnnxGraph* graph = a.m_graph ? a.m_graph : b.m_graph;
        if (!graph) return OnnxNumber(known(a.m_constant, b.m_constant));
        return {*graph, graph->add(type, {a.nameIn(*graph), b.nameIn(*graph)})};
    }
    static OnnxCondition compare(const char* type, OnnxNumber a, OnnxNumber b) {
        OnnxGraph* graph = a.m_graph ? a.m_graph : b.m_graph;
        return {graph, graph->add(type, {a.nameIn(*graph), b.nameIn(*graph)})};
    }

    OnnxGraph* m_graph = nullptr;  // null: a number that is known
    double m_constant = 0;
    std::string m_name;
    std::string m_exponent;  // of e^x: x
};

// y = f(x) out of its formula; p is its number.
template <class Formula>
std::string onnxOfFormula(OnnxGraph& graph, const std::string& x, double p) {
    return Formula::forward(OnnxNumber(graph, x), OnnxNumber(p)).nameIn(graph);
}

}  // namespace perceptory::ir
