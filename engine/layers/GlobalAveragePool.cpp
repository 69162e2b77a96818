// y_c = mean over all pixels or steps of x[…, c].

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/Pools.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ir::ValueId lower(Lowering& lowering) { return lowerGlobalPool(lowering, "average_pool"); }

std::string onnx(OnnxLowering& lowering) { return onnxGlobalPool(lowering, "GlobalAveragePool", "ReduceMean"); }

std::string torch(TorchLowering& lowering) { return torchGlobalPool(lowering, "mean"); }

}  // namespace

const LayerType GlobalAveragePoolLayer{
    {"global_average_pool",
     "Global average pooling",
     "The mean of each channel over all pixels: {H, W, C} becomes {C}. y[c] = mean over all places of x[·, c]. Ends a "
     "convolutional network without a large dense layer (Lin, Chen, Yan 2014).",
     {},
     "nn.AdaptiveAvgPool2d(1); ONNX GlobalAveragePool"},
    "Pooling",
    {"gap", "mean over time"},
    1,
    1,
    globalPoolShape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{3, 4, 2}}}, {{{5, 3}}}}};

}  // namespace perceptory::layers
