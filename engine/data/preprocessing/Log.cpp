#include <cmath>

#include "engine/data/preprocessing/FittedNumbers.h"
#include "engine/ir/Algebra.h"

namespace perceptory::data {

namespace {

// y = sign(x) * log(1 + |x|), natural: defined everywhere, smooth at 0, and odd. Back: x = sign(y) * (exp(|y|) - 1).
class Logarithm : public Preprocessor {
public:
    void apply(const ConstRows& from, const Rows& to) const override {
        map(from, to, [](double x) { return std::copysign(std::log1p(std::abs(x)), x); });
    }
    void undo(const ConstRows& from, const Rows& to) const override {
        map(from, to, [](double y) { return std::copysign(std::expm1(std::abs(y)), y); });
    }
    // In double precision, as here: a step behind it may enlarge small differences of large values.
    std::string onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape&) const override {
        const auto cast = [&](const std::string& value, std::int64_t to) {
            return graph.add("Cast", {value}, {{"to", to}});
        };
        const std::string size = cast(graph.add("Abs", {x}), ir::onnxDouble);
        const std::string more = graph.add("Add", {size, cast(graph.number(1), ir::onnxDouble)});
        const std::string logarithm = cast(graph.add("Log", {more}), ir::onnxFloat);
        return graph.add("Mul", {graph.add("Sign", {x}), logarithm});
    }
    ir::ValueId lower(ir::Graph& graph, ir::ValueId x, const PreparedShape&) const override {
        return ir::apply(graph, "signed_logarithm", x);
    }
    Fitted fitted() const override { return {}; }

private:
    template <class Function>
    static void map(const ConstRows& from, const Rows& to, Function function) {
        for (std::size_t row = 0; row < to.count; ++row)
            for (std::size_t i = 0; i < to.width; ++i)
                to[row][i] = static_cast<float>(function(static_cast<double>(from[row][i])));
    }
};

std::shared_ptr<const Preprocessor> fit(const FitRequest&) { return std::make_shared<Logarithm>(); }

std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape&, const std::string& place) {
    if (!fitted.values.is_object() || !fitted.values.empty())
        refuseFitted(place, base::sentence("a logarithm has no numbers"));
    return std::make_shared<Logarithm>();
}

}  // namespace

const PreprocessingType preprocessing_members::Log{
    {"log", "Logarithm",
     "sign(x) · log(1 + |x|), the natural logarithm: large numbers such as prices and counts come closer together, 0 "
     "stays 0, and negative numbers stay negative."},
    fit,
    restore};

}  // namespace perceptory::data
