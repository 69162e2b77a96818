// y_c = max over all pixels or steps of x[…, c].

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/Pools.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ir::ValueId lower(Lowering& lowering) { return lowerGlobalPool(lowering, "max_pool"); }

std::string onnx(OnnxLowering& lowering) { return onnxGlobalPool(lowering, "GlobalMaxPool", "ReduceMax"); }

std::string torch(TorchLowering& lowering) { return torchGlobalPool(lowering, "amax"); }

}  // namespace

const LayerType GlobalMaxPoolLayer{{"global_max_pool",
                                    "Global max pooling",
                                    "The largest value of each channel, wherever it lies: {H, W, C} becomes {C}. y[c] "
                                    "= max over all places of x[·, c] (Oquab et al. 2015).",
                                    {},
                                    "torch.amax; ONNX GlobalMaxPool"},
                                   "Pooling",
                                   {"max over time"},
                                   1,
                                   1,
                                   globalPoolShape,
                                   nullptr,
                                   lower,
                                   onnx,
                                   torch,
                                   {{{{3, 4, 2}}}, {{{5, 3}}}}};

}  // namespace perceptory::layers
