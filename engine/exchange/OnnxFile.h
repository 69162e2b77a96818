#pragma once
// The file format of ONNX, opset 17 and IR version 8. The only place that knows protobuf; its headers are heavy.

#include <map>
#include <string>
#include <string_view>

#include "engine/ir/OnnxGraph.h"

namespace perceptory::exchange {

// The graph as the bytes of a file. `metadata`: texts that a runtime hands to its user. Throws base::Error naming
// `place` when they are more than the format can hold.
std::string onnxBytes(const ir::OnnxGraph& graph, const std::map<std::string, std::string>& metadata,
                      const std::string& place);

// What is wrong with bytes that onnxBytes() made of the graph: ONNX's own checker refuses them, infers other shapes
// than the graph's outputs have, or a tensor differs in a bit. Empty: nothing. Not for files of others.
std::string problemOfOnnx(std::string_view bytes, const ir::OnnxGraph& graph);

}  // namespace perceptory::exchange
