#include <algorithm>
#include <cmath>

#include "engine/data/images/Resampling.h"
#include "engine/data/preprocessing/FittedNumbers.h"
#include "engine/data/readers/PixelFile.h"
#include "engine/ir/Algebra.h"

namespace perceptory::data {

namespace {

std::size_t rowValues(const PixelShape& shape) { return static_cast<std::size_t>(shape.width * shape.channels); }

Resampling between(const PixelShape& from, const PixelShape& to) {
    const auto axis = [](std::int64_t have, std::int64_t wanted) {
        return tapsOf({0, static_cast<double>(have), 0, wanted}, have);
    };
    return {axis(from.height, to.height), axis(from.width, to.width), from.channels};
}

// How much each of `from` pixels of an axis counts in each of `to`; one pixel of the result after the other, or turned.
std::vector<float> shares(std::int64_t from, std::int64_t to, bool turned) {
    std::vector<float> all(static_cast<std::size_t>(from * to), 0);
    const std::vector<Taps> taps = tapsOf({0, static_cast<double>(from), 0, to}, from);
    for (std::int64_t i = 0; i < to; ++i) {
        std::int64_t k = taps[static_cast<std::size_t>(i)].first;
        for (const float weight : taps[static_cast<std::size_t>(i)].weights) {
            all[static_cast<std::size_t>(turned ? k * to + i : i * from + k)] = weight;
            ++k;
        }
    }
    return all;
}

// Along each axis a pixel that grows is the mean of those it covers; else it lies on the line between its neighbours.
class Resizing : public Preprocessor {
public:
    Resizing(const PixelShape& from, const PixelShape& to)
        : m_from(from), m_to(to), m_there(between(from, to)), m_back(between(to, from)) {}

    PreparedShape outputs(const PreparedShape& in) const override {
        if (m_from == m_to) return in;
        return {{m_to.height, m_to.width, m_to.channels}, pixelNames(m_to)};
    }
    void apply(const ConstRows& from, const Rows& to) const override { resample(m_there, rowValues(m_from), from, to); }
    // Details that were lost stay lost.
    void undo(const ConstRows& from, const Rows& to) const override { resample(m_back, rowValues(m_to), from, to); }
    std::string onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape&) const override {
        const auto transposed = [&](const std::string& value, std::vector<std::int64_t> axes) {
            return graph.add("Transpose", {value}, {{"perm", std::move(axes)}});
        };
        const std::string rows =
            graph.constant({m_to.height, m_from.height}, shares(m_from.height, m_to.height, false));
        const std::string columns = graph.constant({m_from.width, m_to.width}, shares(m_from.width, m_to.width, true));
        const std::string tall = graph.add("MatMul", {rows, transposed(x, {0, 3, 1, 2})});
        return transposed(graph.add("MatMul", {tall, columns}), {0, 2, 3, 1});
    }
    // Both products are over the last axis, so each axis is brought there first.
    ir::ValueId lower(ir::Graph& graph, ir::ValueId x, const PreparedShape&) const override {
        const auto along = [&](ir::ValueId value, std::int64_t from, std::int64_t to) {
            const std::vector<float> all = shares(from, to, true);
            const ir::ValueId matrix = graph.constant({from, to}, {all.begin(), all.end()});
            return graph.add("matrix_product", {value, matrix, ir::none});
        };
        const ir::ValueId wide = along(ir::permute(graph, x, {0, 2, 1}), m_from.width, m_to.width);  // {H, C, W}
        const ir::ValueId tall = along(ir::permute(graph, wide, {1, 2, 0}), m_from.height, m_to.height);
        return ir::permute(graph, tall, {2, 1, 0});  // of {C, W, H}
    }
    Fitted fitted() const override { return {{{"height", m_to.height}, {"width", m_to.width}}, {}}; }

private:
    static void resample(const Resampling& resampling, std::size_t line, const ConstRows& from, const Rows& to) {
        thread_local Resampling::Sums sums;
        for (std::size_t row = 0; row < to.count; ++row) {
            resampling.begin(sums);
            for (std::size_t first = 0; first < from.width; first += line) resampling.take(from[row] + first, sums);
            std::copy_n(sums.values.data(), to.width, to[row]);
        }
    }

    PixelShape m_from, m_to;
    Resampling m_there, m_back;
};

bool holdsImages(const PreparedShape& shape) { return shape.shape.size() == 3; }

PixelShape sizeOf(const PreparedShape& shape) { return {shape.shape[0], shape.shape[1], shape.shape[2]}; }

bool fits(const PixelShape& to) {
    const std::int64_t sizes[]{to.height, to.width, to.channels};
    return productUpTo(mostRowValues, sizes) <= mostRowValues;
}

std::shared_ptr<const Preprocessor> refuse(const FitRequest& request, std::string sentence, std::string fix) {
    request.problems.push_back({request.where, base::Severity::Error, std::move(sentence), std::move(fix)});
    return nullptr;
}

std::shared_ptr<const Preprocessor> fit(const FitRequest& request) {
    if (!holdsImages(request.shape))
        return refuse(request, base::sentence("Only images can be resized, and these rows have no height and width."),
                      base::sentence("Remove this step, or put it before those that make plain values of images."));
    const PixelShape from = sizeOf(request.shape);
    const std::int64_t height = request.values.integer("height"), width = request.values.integer("width");
    const PixelShape to{height > 0 ? height : from.height, width > 0 ? width : from.width, from.channels};
    if (!fits(to))
        return refuse(
            request,
            base::sentence("Images of {0} x {1} pixels and {2} have more than {3} values.", to.width, to.height,
                           base::counted("{0} channel", "{0} channels", to.channels), mostRowValues),
            base::sentence("Choose a smaller height or width."));
    return std::make_shared<Resizing>(from, to);
}

std::int64_t readSide(const Fitted& fitted, const char* key, const std::string& place) {
    const double side = readNumber(fitted, key, place);
    if (side < 1 || side > static_cast<double>(mostRowValues) || side != std::floor(side))
        refuseFitted(place, base::sentence("\"{0}\" is no number of pixels", key));
    return static_cast<std::int64_t>(side);
}

std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape& in, const std::string& place) {
    if (!holdsImages(in)) refuseFitted(place, base::sentence("there are no images to resize"));
    const PixelShape to{readSide(fitted, "height", place), readSide(fitted, "width", place), sizeOf(in).channels};
    if (!fits(to)) refuseFitted(place, base::sentence("its images are too large"));
    return std::make_shared<Resizing>(sizeOf(in), to);
}

base::ParamType sideParam(const char* id, const char* label) {
    return base::integerParam(id, label, "In pixels; 0: as the images have it.", 0, 0, 1024);
}

}  // namespace

const PreprocessingType preprocessing_members::Resize{
    {"resize",
     "Resize images",
     "All images get this size: where they shrink, a pixel is the mean of the area it covers; where they grow, lines "
     "are drawn between pixels. Networks of convolutions that end in a global pool keep their weights for any size, so "
     "training may begin with small images, which is quick, and go on with larger ones.",
     {sideParam("height", "Height"), sideParam("width", "Width")}},
    fit,
    restore};

}  // namespace perceptory::data
