#include <algorithm>

#include "engine/data/preprocessing/FittedNumbers.h"
#include "engine/data/preprocessing/Range.h"
#include "engine/ir/Algebra.h"

namespace perceptory::data {

namespace {

// y = min(max(x, low), high). NaN stays NaN.
class Clipping : public Preprocessor {
public:
    Clipping(double low, double high) : m_low(low), m_high(high) {}

    void apply(const ConstRows& from, const Rows& to) const override {
        const auto low = static_cast<float>(m_low), high = static_cast<float>(m_high);
        for (std::size_t row = 0; row < to.count; ++row)
            for (std::size_t i = 0; i < to.width; ++i) to[row][i] = std::clamp(from[row][i], low, high);
    }
    // What was cut off is lost.
    void undo(const ConstRows& from, const Rows& to) const override {
        for (std::size_t row = 0; row < to.count; ++row) std::copy_n(from[row], to.width, to[row]);
    }
    std::string onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape&) const override {
        return graph.add("Clip", {x, graph.number(m_low), graph.number(m_high)});
    }
    ir::ValueId lower(ir::Graph& graph, ir::ValueId x, const PreparedShape&) const override {
        return ir::apply(graph, "minimum", ir::apply(graph, "maximum", x, m_low), m_high);
    }
    Fitted fitted() const override { return {{{"low", m_low}, {"high", m_high}}, {}}; }

private:
    double m_low, m_high;
};

std::shared_ptr<const Preprocessor> fit(const FitRequest& request) {
    const double low = request.values.number("low"), high = request.values.number("high");
    return isRange(request, low, high) ? std::make_shared<Clipping>(low, high) : nullptr;
}

std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape&, const std::string& place) {
    const double low = readNumber(fitted, "low", place), high = readNumber(fitted, "high", place);
    if (!(low < high)) refuseFitted(place, base::sentence("\"low\" is not below \"high\""));
    return std::make_shared<Clipping>(low, high);
}

}  // namespace

const PreprocessingType preprocessing_members::Clip{
    {"clip",
     "Clip",
     "Values below low become low, values above high become high, so that few extreme ones cannot rule. After "
     "standardize, -3 and 3 are three standard deviations.",
     {base::numberParam("low", "Low", "The smallest value that stays.", -3, -1e9, 1e9, base::Changes::Rebuild),
      base::numberParam("high", "High", "The largest value that stays.", 3, -1e9, 1e9, base::Changes::Rebuild)}},
    fit,
    restore};

}  // namespace perceptory::data
