#include "engine/data/preprocessing/LinearMap.h"

#include <algorithm>

#include "engine/data/preprocessing/FittedNumbers.h"
#include "engine/data/preprocessing/ShiftAndScale.h"
#include "engine/ir/Algebra.h"

namespace perceptory::data {

namespace {

// Rows that are multiplied together, so that a large matrix is read once for all of them.
constexpr std::size_t togetherRows = 32;

// Rows [first, first + count) of `rows`.
template <class Number>
RowsOf<Number> part(const RowsOf<Number>& rows, std::size_t first, std::size_t count) {
    return {rows[first], count, rows.width, rows.stride};
}

// Calls work(from, to) for a few rows at a time, `from` being a copy with `change(value, column)` done to it. The copy
// is what lets both be the same memory.
template <class Change, class Work>
void forCopies(const ConstRows& from, const Rows& to, Change change, Work work) {
    thread_local std::vector<float> copy;
    copy.resize(std::min(from.count, togetherRows) * from.width);
    for (std::size_t first = 0; first < from.count; first += togetherRows) {
        const std::size_t count = std::min(togetherRows, from.count - first);
        for (std::size_t row = 0; row < count; ++row)
            for (std::size_t i = 0; i < from.width; ++i) copy[row * from.width + i] = change(from[first + row][i], i);
        work(ConstRows{copy.data(), count, from.width}, part(to, first, count));
    }
}

}  // namespace

LinearMap::LinearMap(Output output, std::vector<double> mean, PackedMatrix forward, PackedMatrix backward)
    : m_output(output), m_mean(std::move(mean)), m_forward(std::move(forward)), m_backward(std::move(backward)) {}

PreparedShape LinearMap::outputs(const PreparedShape& in) const {
    if (m_output == Output::Values) return in;
    PreparedShape out{{static_cast<std::int64_t>(m_forward.columns())}, {}};
    for (std::size_t i = 0; i < m_forward.columns(); ++i) out.names.push_back("pc" + std::to_string(i + 1));
    return out;
}

// The mean goes first and in double: the product of large values that nearly cancel would lose digits.
void LinearMap::apply(const ConstRows& from, const Rows& to) const {
    const auto centred = [this](float x, std::size_t i) {
        return static_cast<float>(static_cast<double>(x) - m_mean[i]);
    };
    forCopies(from, to, centred, [this](const ConstRows& x, const Rows& y) { m_forward.multiply(x, y); });
}

void LinearMap::undo(const ConstRows& from, const Rows& to) const {
    const auto same = [](float y, std::size_t) { return y; };
    forCopies(from, to, same, [this](const ConstRows& y, const Rows& x) {
        m_backward.multiply(y, x);
        for (std::size_t row = 0; row < x.count; ++row)
            for (std::size_t i = 0; i < x.width; ++i)
                x[row][i] = static_cast<float>(static_cast<double>(x[row][i]) + m_mean[i]);
    });
}

std::string LinearMap::onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape& in) const {
    const auto width = static_cast<std::int64_t>(in.width());
    const std::string row = in.shape.size() == 1 ? x : graph.add("Reshape", {x, graph.integers({0, width})});
    const ShiftAndScale centre(in.width(), m_mean, {1});
    const tensor::NamedTensor forward = m_forward.unpacked("forward");
    const std::span<const float> values = forward.values.floats();
    const std::string y = graph.add("MatMul", {centre.onnx(graph, row, {{width}, in.names}),
                                               graph.constant(forward.shape, {values.begin(), values.end()})});
    if (m_output == Output::Components || in.shape.size() == 1) return y;
    std::vector<std::int64_t> sizes{0};
    sizes.insert(sizes.end(), in.shape.begin(), in.shape.end());
    return graph.add("Reshape", {y, graph.integers(sizes)});
}

// x - mean as in double precision: whitening enlarges what is lost. A float holds the mean in two parts; subtracting
// the first leaves an error, which is found exactly (Knuth 1969, 4.2.2, theorem C).
ir::ValueId LinearMap::centred(ir::Graph& graph, ir::ValueId x) const {
    std::vector<double> first, rest;
    for (const double mean : m_mean) {
        first.push_back(-static_cast<double>(static_cast<float>(mean)));
        rest.push_back(-mean - first.back());
    }
    const auto shifted = [&](ir::ValueId value, const std::vector<double>& by) {
        return ir::scaleShift(graph, value, ir::none, graph.constant({std::ssize(by)}, by), std::ssize(by));
    };
    const auto minus = [&](ir::ValueId a, ir::ValueId b) { return ir::add(graph, a, ir::affine(graph, b, -1, 0)); };
    const ir::ValueId y = shifted(x, first);
    const ir::ValueId moved = minus(y, x);  // about -mean
    const ir::ValueId lost = ir::add(graph, minus(x, minus(y, moved)), shifted(ir::affine(graph, moved, -1, 0), first));
    return ir::add(graph, y, shifted(lost, rest));
}

ir::ValueId LinearMap::lower(ir::Graph& graph, ir::ValueId x, const PreparedShape& in) const {
    const tensor::NamedTensor forward = m_forward.unpacked("forward");
    const std::span<const float> values = forward.values.floats();
    const ir::ValueId row = centred(graph, ir::reshape(graph, x, {static_cast<std::int64_t>(in.width())}));
    const ir::ValueId matrix = graph.constant(forward.shape, {values.begin(), values.end()});
    return ir::reshape(graph, graph.add("matrix_product", {row, matrix, ir::none}), outputs(in).shape);
}

Fitted LinearMap::fitted() const {
    Fitted result{{{"mean", m_mean}}, {}};
    result.matrices.push_back(m_forward.unpacked("forward"));
    result.matrices.push_back(m_backward.unpacked("backward"));
    return result;
}

std::shared_ptr<const Preprocessor> LinearMap::restored(Output output, const Fitted& fitted, const PreparedShape& in,
                                                        const std::string& place) {
    std::vector<double> mean = readNumbers(fitted, "mean", in.width(), place);
    const tensor::NamedTensor& forward = readMatrix(fitted, "forward", place);
    const tensor::NamedTensor& backward = readMatrix(fitted, "backward", place);
    const auto width = static_cast<std::int64_t>(in.width());
    const std::int64_t columns = forward.shape[1];
    const bool fits = forward.shape[0] == width && backward.shape == tensor::Shape{columns, width} &&
                      (output == Output::Values ? columns == width : columns <= width);
    if (!fits) refuseFitted(place, base::sentence("the sizes of its matrices do not fit"));
    return std::make_shared<LinearMap>(output, std::move(mean), PackedMatrix(forward), PackedMatrix(backward));
}

}  // namespace perceptory::data
