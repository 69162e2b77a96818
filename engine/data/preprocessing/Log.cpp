#include <cmath>

#include "engine/data/preprocessing/FittedNumbers.h"

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
    std::string onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape&) const override {
        const std::string size = graph.add("Add", {graph.add("Abs", {x}), graph.number(1)});
        return graph.add("Mul", {graph.add("Sign", {x}), graph.add("Log", {size})});
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
