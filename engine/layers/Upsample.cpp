// y = x at `factor` times its size; bilinear with half-pixel centres, as PyTorch's Upsample with align_corners = false.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

tensor::Shape mapShape(const tensor::Shape& image, const base::ParamValues& values) {
    const auto factor = values.pair("factor");
    return {image[0] * factor[0], image[1] * factor[1], image[2]};
}

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    return mapShape(context.inputs.front(), context.values);
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    return lowerResampling(
        lowering,
        lowering.values.text("mode") == "nearest" ? tensor::Resampling::Nearest : tensor::Resampling::Bilinear,
        mapShape(image, lowering.values));
}

std::string onnx(OnnxLowering& lowering) {
    const auto factor = lowering.values.pair("factor");
    const bool nearest = lowering.values.text("mode") == "nearest";
    const std::string scales =
        lowering.graph.constant({4}, {1, 1, static_cast<float>(factor[0]), static_cast<float>(factor[1])});
    ir::OnnxAttributes attributes{{"mode", nearest ? "nearest" : "linear"},
                                  {"coordinate_transformation_mode", nearest ? "asymmetric" : "half_pixel"}};
    if (nearest) attributes.emplace_back("nearest_mode", "floor");
    return lowering.graph.add("Resize", {lowering.x(), "", scales}, std::move(attributes));
}

std::string torch(TorchLowering& lowering) {
    const std::string size = "size=" + ir::pythonTuple({lowering.output[0], lowering.output[1]});
    const bool nearest = lowering.values.text("mode") == "nearest";
    return "F.interpolate(" + lowering.x() + ", " + size +
           (nearest ? ")" : ", mode=\"bilinear\", align_corners=False)");
}

}  // namespace

const LayerType UpsampleLayer{
    {"upsample",
     "Upsampling",
     "Makes the image larger by a factor, by copying pixels (nearest) or blending neighbours (bilinear). Size = factor "
     "· size (Odena et al. 2016).",
     {base::pairParam("factor", "Factor", "How many times larger, in height and width.", 2, 1, 256),
      base::choiceParam("mode", "Mode", "Copy the nearest pixel, or blend the four around.", "nearest",
                        {"nearest", "bilinear"})},
     "nn.Upsample; ONNX Resize"},
    "Resize",
    {"resize", "interpolate", "zoom"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{2, 3, 2}}}, {{{3, 2, 2}}, {{"factor", {2, 3}}, {"mode", "bilinear"}}}}};

}  // namespace perceptory::layers
