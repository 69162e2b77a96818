// The whole table of this library. Primitive kernels are found by the snake_case name of engine/ir/primitives.

#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Tables.h"

namespace perceptory::backends::isa {

namespace {

const PrimitiveKernel primitives[] = {
    {"matrix_product", matrixProduct},
    {"product_parts", productParts},
    {"sum_parts", sumParts},
    {"transpose", transpose},
    {"sum_rows", sumRows},
    {"row_mean", rowMean},
    {"spread_columns", spreadColumns},
    {"add", add},
    {"concatenate", concatenate},
    {"slice", slice},
    {"reshape", reshape},
    {"softmax_cross_entropy", softmaxCrossEntropy},
    {"softmax_cross_entropy_gradient", softmaxCrossEntropyGradient},
    {"weighted_mean", weightedMean},
    {"weighted_mean_gradient", weightedMeanGradient},
    {"dropout", dropout},
    {"conv2d", conv2d},
    {"conv2d_input_gradient", conv2dInputGradient},
    {"conv2d_weight_gradient", conv2dWeightGradient},
    {"winograd_weights", winogradWeights},
    {"winograd_weight_sums", winogradWeightSums},
    {"winograd_weight_gradient", winogradWeightGradient},
    {"conv2d_max_pool", conv2dMaxPool},
    {"conv2d_pooled_input_gradient", conv2dPooledInputGradient},
    {"conv2d_pooled_weight_gradient", conv2dPooledWeightGradient},
    {"max_pool", maxPool},
    {"max_pool_gradient", maxPoolGradient},
    {"average_pool", averagePool},
    {"average_pool_gradient", averagePoolGradient},
    {"sum_pixels", sumPixels},
    {"swap_axes", swapAxes},
    {"multiply", multiplyElements},
    {"resample", resample},
    {"pad_image", padImage},
    {"repeat", repeat},
    {"fold", fold},
    {"scale_shift", scaleShift},
    {"affine", affine},
    {"normalize", normalize},
    {"normalize_gradient", normalizeGradient},
    {"channel_sums", channelSums},
    {"normalize_channels", normalizeChannels},
    {"channel_gradient_sums", channelGradientSums},
    {"normalize_channels_gradient", normalizeChannelsGradient},
    {"softmax", softmax},
    {"softmax_gradient", softmaxGradient},
    {"gather_rows", gatherRows},
    {"scatter_rows", scatterRows},
    {"batched_product", batchedProduct},
    {"noise", noise},
    {"pick_pixels", pickPixels},
    {"scatter_pixels", scatterPixels},
    {"fractional_max_pool", fractionalMaxPool},
    {"one_hot", oneHot},
    {"recurrent", recurrent},
    {"recurrent_gradient", recurrentGradient},
};

#ifdef PERCEPTORY_KERNELS
constexpr const char* isaName = PERCEPTORY_KERNELS;
#else
constexpr const char* isaName = "double";
#endif

KernelTable build() {
    KernelTable result;
    result.isa = isaName;
    result.elementSize = sizeof(Lanes::Real);
    result.lanes = Lanes::size;
    result.primitives = primitives;
    result.primitiveCount = sizeof(primitives) / sizeof(primitives[0]);
    result.unary = unaryTable().kernels;
    result.unaryCount = unaryTable().count;
    result.losses = lossTable().kernels;
    result.lossCount = lossTable().count;
    result.penalties = penaltyTable().kernels;
    result.penaltyCount = penaltyTable().count;
    result.updates = updateTable().kernels;
    result.updateCount = updateTable().count;
    result.tiny = tinyKernels();
    return result;
}

}  // namespace

const KernelTable& table() {
    static const KernelTable result = build();
    return result;
}

#ifndef PERCEPTORY_KERNELS
const TinyKernels* tinyKernels() { return nullptr; }
#endif

}  // namespace perceptory::backends::isa

#ifdef PERCEPTORY_KERNELS
extern "C" __attribute__((visibility("default"))) const perceptory::backends::KernelTable* perceptory_kernels() {
    return &perceptory::backends::isa::table();
}
#endif
