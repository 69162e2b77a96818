#include "engine/exchange/OnnxFile.h"

#define ONNX_ML 1
#define ONNX_NAMESPACE onnx
#include <onnx/checker.h>
#include <onnx/onnx_pb.h>
#include <onnx/shape_inference/implementation.h>

#include <cstring>
#include <limits>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::exchange {

namespace {

constexpr std::int64_t irVersion = 8, opset = 17;
constexpr const char* batch = "N";

void write(const tensor::Shape& shape, onnx::TypeProto& type) {
    type.mutable_tensor_type()->set_elem_type(onnx::TensorProto::FLOAT);
    onnx::TensorShapeProto& sizes = *type.mutable_tensor_type()->mutable_shape();
    sizes.add_dim()->set_dim_param(batch);
    for (const std::int64_t size : shape) sizes.add_dim()->set_dim_value(size);
}

void write(const ir::OnnxPort& port, onnx::ValueInfoProto& info) {
    info.set_name(port.name);
    write(port.shape, *info.mutable_type());
}

void write(const std::string& name, const ir::OnnxAttribute& value, onnx::AttributeProto& attribute) {
    attribute.set_name(name);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        attribute.set_type(onnx::AttributeProto::INT);
        attribute.set_i(*whole);
    } else if (const auto* number = std::get_if<double>(&value)) {
        attribute.set_type(onnx::AttributeProto::FLOAT);
        attribute.set_f(static_cast<float>(*number));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        attribute.set_type(onnx::AttributeProto::STRING);
        attribute.set_s(*text);
    } else {
        attribute.set_type(onnx::AttributeProto::INTS);
        for (const std::int64_t one : std::get<std::vector<std::int64_t>>(value)) attribute.add_ints(one);
    }
}

void write(const ir::OnnxNode& node, onnx::NodeProto& proto) {
    proto.set_name(node.name);
    proto.set_op_type(node.type);
    for (const std::string& input : node.inputs) proto.add_input(input);
    for (const std::string& output : node.outputs) proto.add_output(output);
    for (const auto& [name, value] : node.attributes) write(name, value, *proto.add_attribute());
}

// The numbers as the file holds them: little-endian, which is what this machine has.
std::string_view bytesOf(const ir::OnnxTensor& tensor) {
    return std::visit(
        [](const auto& values) {
            return std::string_view(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0]));
        },
        tensor.values);
}

onnx::TensorProto::DataType typeOf(const ir::OnnxTensor& tensor) {
    return std::holds_alternative<std::vector<float>>(tensor.values) ? onnx::TensorProto::FLOAT
                                                                     : onnx::TensorProto::INT64;
}

void write(const ir::OnnxTensor& tensor, onnx::TensorProto& proto) {
    proto.set_name(tensor.name);
    proto.set_data_type(typeOf(tensor));
    for (const std::int64_t size : tensor.shape) proto.add_dims(size);
    proto.set_raw_data(std::string(bytesOf(tensor)));
}

bool same(const ir::OnnxTensor& tensor, const onnx::TensorProto& proto) {
    return proto.name() == tensor.name && proto.data_type() == typeOf(tensor) &&
           tensor::Shape(proto.dims().begin(), proto.dims().end()) == tensor.shape &&
           proto.raw_data() == bytesOf(tensor);
}

// Whether an output has the shape that was announced, the batch left open.
bool same(const tensor::Shape& shape, const onnx::TypeProto& type) {
    const auto& sizes = type.tensor_type().shape().dim();
    if (sizes.size() != static_cast<int>(shape.size()) + 1 || sizes[0].has_dim_value()) return false;
    for (int i = 1; i < sizes.size(); ++i)
        if (sizes[i].dim_value() != shape[static_cast<std::size_t>(i - 1)]) return false;
    return true;
}

std::string textOf(const onnx::TypeProto& type) {
    std::string text;
    for (const auto& size : type.tensor_type().shape().dim())
        text += (text.empty() ? "" : " × ") + (size.has_dim_value()       ? std::to_string(size.dim_value())
                                               : size.dim_param().empty() ? "?"
                                                                          : size.dim_param());
    return text;
}

// What ONNX infers of the outputs when it is not told.
std::string problemOfShapes(onnx::ModelProto model, const ir::OnnxGraph& graph) {
    for (auto& output : *model.mutable_graph()->mutable_output())
        output.mutable_type()->mutable_tensor_type()->clear_shape();
    onnx::shape_inference::InferShapes(model, onnx::OpSchemaRegistry::Instance(), {true, 1, true});
    for (std::size_t i = 0; i < graph.outputs().size(); ++i) {
        const onnx::ValueInfoProto& output = model.graph().output(static_cast<int>(i));
        if (!same(graph.outputs()[i].shape, output.type()))
            return base::sentence("ONNX infers {0} for the output \"{1}\", which should be N × {2}",
                                  textOf(output.type()), output.name(), tensor::shapeText(graph.outputs()[i].shape));
    }
    return "";
}

}  // namespace

std::string onnxBytes(const ir::OnnxGraph& graph, const std::map<std::string, std::string>& metadata,
                      const std::string& place) {
    onnx::ModelProto model;
    model.set_ir_version(irVersion);
    model.set_producer_name("Perceptory");
    model.add_opset_import()->set_version(opset);
    for (const auto& [key, value] : metadata) {
        onnx::StringStringEntryProto& entry = *model.add_metadata_props();
        entry.set_key(key);
        entry.set_value(value);
    }
    model.mutable_graph()->set_name("network");
    for (const ir::OnnxPort& input : graph.inputs()) write(input, *model.mutable_graph()->add_input());
    for (const ir::OnnxPort& output : graph.outputs()) write(output, *model.mutable_graph()->add_output());
    for (const ir::OnnxTensor& tensor : graph.tensors()) write(tensor, *model.mutable_graph()->add_initializer());
    for (const ir::OnnxNode& node : graph.nodes()) write(node, *model.mutable_graph()->add_node());
    std::string bytes;
    if (model.ByteSizeLong() > std::numeric_limits<std::int32_t>::max() || !model.SerializeToString(&bytes))
        throw base::Error(base::sentence(
            "{0}: the model is larger than the 2 GiB that an ONNX file can hold. Export the weights as safetensors.",
            place));
    return bytes;
}

std::string problemOfOnnx(std::string_view bytes, const ir::OnnxGraph& graph) {
    onnx::ModelProto model;
    if (!model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return base::sentence("what was written cannot be read back");
    const auto& tensors = model.graph().initializer();
    if (tensors.size() != std::ssize(graph.tensors())) return base::sentence("tensors are missing in it");
    for (int i = 0; i < tensors.size(); ++i)
        if (!same(graph.tensors()[static_cast<std::size_t>(i)], tensors[i]))
            return base::sentence("the tensor \"{0}\" reads back differently", tensors[i].name());
    try {
        onnx::checker::check_model(model);
        return problemOfShapes(std::move(model), graph);
    } catch (const std::exception& error) {
        return base::sentence("ONNX's checker refuses it ({0})", error.what());
    }
}

}  // namespace perceptory::exchange
