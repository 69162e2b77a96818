#include "engine/layers/OnnxLowering.h"

#include <algorithm>

#include "engine/activations/Activation.h"

namespace perceptory::layers {

namespace {

// Zeros behind the end of an axis, so that the last position of the window has what it reads.
std::int64_t padBehind(std::int64_t size, std::int64_t map, std::int64_t stride, std::int64_t reach,
                       std::int64_t before) {
    return std::max<std::int64_t>(0, (map - 1) * stride + reach - size - before);
}

}  // namespace

std::vector<float> OnnxLowering::numbers(std::size_t index) const {
    const tensor::Buffer& values = weights[index]->values;
    std::vector<float> result;
    for (std::int64_t i = 0; i < values.size(); ++i) result.push_back(static_cast<float>(values.get(i)));
    return result;
}

std::string OnnxLowering::weight(std::size_t index) const { return weight(index, weights[index]->shape); }

std::string OnnxLowering::weight(std::size_t index, tensor::Shape shape) const {
    return graph.tensor(weights[index]->name, std::move(shape), numbers(index));
}

std::string OnnxLowering::transposedWeight(std::size_t index) const {
    const std::int64_t rows = weights[index]->shape[0], columns = weights[index]->shape[1];
    std::vector<float> turned;
    for (std::int64_t column = 0; column < columns; ++column)
        for (std::int64_t row = 0; row < rows; ++row)
            turned.push_back(static_cast<float>(weights[index]->values.get(row * columns + column)));
    return graph.tensor(weights[index]->name + ".transposed", {columns, rows}, std::move(turned));
}

std::string OnnxLowering::transpose(const std::string& value, std::vector<std::int64_t> axes) const {
    return graph.add("Transpose", {value}, {{"perm", std::move(axes)}});
}

std::string OnnxLowering::reshape(const std::string& value, tensor::Shape shape) const {
    shape.insert(shape.begin(), 0);  // as the input has it
    return graph.add("Reshape", {value, graph.integers(shape)});
}

std::string OnnxLowering::refuse(std::string reason) {
    refusal = std::move(reason);
    return x();
}

tensor::Shape onnxShape(const tensor::Shape& shape) {
    return shape.size() == 3 ? tensor::Shape{shape[2], shape[0], shape[1]} : shape;
}

std::int64_t onnxLastAxis(const tensor::Shape& shape) { return shape.size() == 3 ? 1 : std::ssize(shape); }

tensor::Shape onnxChannels(const tensor::Shape& shape) {
    return shape.size() == 3 ? tensor::Shape{shape[2], 1, 1} : tensor::Shape{shape.back()};
}

std::string onnxOrder(ir::OnnxGraph& graph, const std::string& value, const tensor::Shape& shape) {
    if (shape.size() != 3) return value;
    return graph.add("Transpose", {value}, {{"perm", std::vector<std::int64_t>{0, 3, 1, 2}}});
}

std::string engineOrder(ir::OnnxGraph& graph, const OnnxValue& value) {
    const tensor::Shape& image = value.isImage() ? value.shape : value.image;
    if (image.empty()) return value.name;
    std::string planes = value.name;
    if (!value.isImage()) planes = graph.add("Reshape", {planes, graph.integers({0, image[2], image[0], image[1]})});
    const std::string pixels = graph.add("Transpose", {planes}, {{"perm", std::vector<std::int64_t>{0, 2, 3, 1}}});
    return value.isImage() ? pixels : graph.add("Flatten", {pixels}, {{"axis", std::int64_t{1}}});
}

std::string onnxRow(ir::OnnxGraph& graph, const std::string& value, const tensor::Shape& image) {
    const std::string pixels = graph.add("Reshape", {value, graph.integers({0, image[0], image[1], image[2]})});
    return graph.add("Flatten", {onnxOrder(graph, pixels, image)}, {{"axis", std::int64_t{1}}});
}

std::string onnxReshape(ir::OnnxGraph& graph, const OnnxValue& value, const tensor::Shape& to) {
    std::vector<std::int64_t> sizes{0};
    sizes.insert(sizes.end(), to.begin(), to.end());
    return onnxOrder(graph, graph.add("Reshape", {engineOrder(graph, value), graph.integers(sizes)}), to);
}

std::string onnxActivation(ir::OnnxGraph& graph, const std::string& x, const base::KindSpec& choice) {
    const activations::ActivationType& type = activations::shelf().get(choice.type, "activation");
    return type.onnx(graph, x, type.p(choice.parameters));
}

std::string onnxLinear(OnnxLowering& lowering) {
    const bool hasBias = lowering.weights.size() > 1;
    if (lowering.shape().size() == 1) {
        std::vector<std::string> inputs{lowering.x(), lowering.weight(0)};
        if (hasBias) inputs.push_back(lowering.weight(1));
        return lowering.graph.add("Gemm", std::move(inputs), {{"transB", std::int64_t{1}}});
    }
    const std::string product = lowering.graph.add("MatMul", {lowering.x(), lowering.transposedWeight(0)});
    return hasBias ? lowering.graph.add("Add", {product, lowering.weight(1)}) : product;
}

ir::OnnxAttributes onnxWindow(const tensor::Window& w) {
    const std::int64_t bottom = padBehind(w.height, w.mapHeight, w.strideY, w.dilationY * (w.kernelHeight - 1) + 1,
                                          w.padTop),
                       right =
                           padBehind(w.width, w.mapWidth, w.strideX, w.dilationX * (w.kernelWidth - 1) + 1, w.padLeft);
    return {{"kernel_shape", std::vector{w.kernelHeight, w.kernelWidth}},
            {"strides", std::vector{w.strideY, w.strideX}},
            {"pads", std::vector{w.padTop, w.padLeft, bottom, right}}};
}

ir::OnnxAttributes onnxConvolution(const tensor::Window& w, int axes) {
    ir::OnnxAttributes attributes = onnxWindow(w);
    if (axes == 1) {
        const auto& pads = std::get<std::vector<std::int64_t>>(attributes.back().second);
        return {{"kernel_shape", std::vector{w.kernelWidth}},
                {"strides", std::vector{w.strideX}},
                {"pads", std::vector{pads[1], pads[3]}},
                {"dilations", std::vector{w.dilationX}},
                {"group", w.groups}};
    }
    attributes.emplace_back("dilations", std::vector{w.dilationY, w.dilationX});
    attributes.emplace_back("group", w.groups);
    return attributes;
}

}  // namespace perceptory::layers
