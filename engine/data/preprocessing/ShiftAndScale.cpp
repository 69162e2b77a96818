#include "engine/data/preprocessing/ShiftAndScale.h"

#include <algorithm>

#include "engine/data/preprocessing/FittedNumbers.h"
#include "engine/ir/Algebra.h"

namespace perceptory::data {

namespace {

std::vector<double> repeated(const std::vector<double>& values, std::size_t width) {
    std::vector<double> result(width);
    for (std::size_t i = 0; i < width; ++i) result[i] = values[i % values.size()];
    return result;
}

}  // namespace

ShiftAndScale::ShiftAndScale(std::size_t width, std::vector<double> shift, std::vector<double> scale)
    : m_shift(std::move(shift)),
      m_scale(std::move(scale)),
      m_rowOfShifts(repeated(m_shift, width)),
      m_rowOfScales(repeated(m_scale, width)) {}

// In double, because a model must give the same bits wherever it is opened, and the goldens hold these. `from` and `to`
// are one memory or two, never overlapping otherwise, so the loop may run on several values at once.
void ShiftAndScale::apply(const ConstRows& from, const Rows& to) const {
    const double *shift = m_rowOfShifts.data(), *scale = m_rowOfScales.data();
    for (std::size_t row = 0; row < to.count; ++row) {
        const float* x = from[row];
        float* y = to[row];
#pragma GCC ivdep
        for (std::size_t i = 0; i < to.width; ++i)
            y[i] = static_cast<float>((static_cast<double>(x[i]) - shift[i]) / scale[i]);
    }
}

void ShiftAndScale::undo(const ConstRows& from, const Rows& to) const {
    const double *shift = m_rowOfShifts.data(), *scale = m_rowOfScales.data();
    for (std::size_t row = 0; row < to.count; ++row) {
        const float* y = from[row];
        float* x = to[row];
#pragma GCC ivdep
        for (std::size_t i = 0; i < to.width; ++i)
            x[i] = static_cast<float>(static_cast<double>(y[i]) * scale[i] + shift[i]);
    }
}

// Single precision holds a shift in two parts, which go one after the other: the large values of a column lose no
// digits. lower() does the same.
std::string ShiftAndScale::onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape& in) const {
    const auto constant = [&](const std::vector<double>& values) {
        const bool forEach = values.size() == in.width();
        tensor::Shape shape;  // one number
        if (values.size() > 1) shape = forEach ? in.shape : tensor::Shape{in.shape.back()};
        return graph.constant(shape, std::vector<float>(values.begin(), values.end()));
    };
    std::vector<double> rest;
    for (const double shift : m_shift) rest.push_back(shift - static_cast<double>(static_cast<float>(shift)));
    std::string y = graph.add("Sub", {x, constant(m_shift)});
    if (std::ranges::any_of(rest, [](double part) { return part != 0; })) y = graph.add("Sub", {y, constant(rest)});
    if (std::ranges::all_of(m_scale, [](double scale) { return scale == 1; })) return y;
    return graph.add("Div", {y, constant(m_scale)});
}

ir::ValueId ShiftAndScale::lower(ir::Graph& graph, ir::ValueId x, const PreparedShape&) const {
    const auto constant = [&](const std::vector<double>& values) {
        return graph.constant({std::ssize(values)}, values);
    };
    std::vector<double> back, rest, factors;
    for (const double shift : m_shift) {
        back.push_back(-static_cast<double>(static_cast<float>(shift)));
        rest.push_back(-shift - back.back());
    }
    for (const double scale : m_scale) factors.push_back(1 / scale);
    x = ir::scaleShift(graph, x, ir::none, constant(back), std::ssize(back));
    if (std::ranges::any_of(rest, [](double part) { return part != 0; }))
        x = ir::scaleShift(graph, x, ir::none, constant(rest), std::ssize(rest));
    if (std::ranges::all_of(m_scale, [](double scale) { return scale == 1; })) return x;
    return ir::scaleShift(graph, x, constant(factors), ir::none, std::ssize(factors));
}

Fitted ShiftAndScale::fitted() const { return {{{"shift", m_shift}, {"scale", m_scale}}, {}}; }

std::shared_ptr<const Preprocessor> ShiftAndScale::restore(const Fitted& fitted, const PreparedShape& in,
                                                           const std::string& place) {
    return restore(fitted, in, in.width(), in.width(), place);
}

std::shared_ptr<const Preprocessor> ShiftAndScale::restore(const Fitted& fitted, const PreparedShape& in,
                                                           std::size_t shifts, std::size_t scales,
                                                           const std::string& place) {
    std::vector<double> scale = readNumbers(fitted, "scale", scales, place);
    if (std::ranges::count(scale, 0)) refuseFitted(place, base::sentence("a scale is 0"));
    return std::make_shared<ShiftAndScale>(in.width(), readNumbers(fitted, "shift", shifts, place), std::move(scale));
}

}  // namespace perceptory::data
