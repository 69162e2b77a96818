#pragma once
// Kernels of the primitive operations. Inputs and outputs as bound in KernelCall; N rows are the batch.

#include "engine/backends/Kernels.h"

namespace perceptory::backends::isa {

// in: A [M,K] (integers[0] = 1: stored as [K,M]), B [K,N], bias [1,N] or null; out: A·B + bias [M,N]. Rows of A, of a
// transposed product's B and of out may lie several to a sample.
// Each element is one chain of multiply-adds over k in order, starting from the bias.
void matrixProduct(const KernelCall& call, const RunState& state, int part, int parts);

// The product for each of P = integers[1] stretches of k, in: A, B as of matrixProduct; out: [M,P·N], the parts side by
// side, or where A is stored transposed [P·M,N].
void productParts(const KernelCall& call, const RunState& state, int part, int parts);

// in: those, bias [1,N] or null; out: bias and the P parts, added in order [M,N]. integers[0] = 1: ReLU of that.
void sumParts(const KernelCall& call, const RunState& state, int part, int parts);

// in: [R,C]; out: [C,R].
void transpose(const KernelCall& call, const RunState& state, int part, int parts);

// in: [N,F]; out: [1,F], rows in blocks of 64, blocks added in order.
void sumRows(const KernelCall& call, const RunState& state, int part, int parts);

// in: [N,K]; out: [N,1].
void rowMean(const KernelCall& call, const RunState& state, int part, int parts);

// in: [N,1]; out: [N,K] = in · numbers[0].
void spreadColumns(const KernelCall& call, const RunState& state, int part, int parts);

// in: two of one shape; out: their sum.
void add(const KernelCall& call, const RunState& state, int part, int parts);

// Pieces of integers[0] elements of in[0] and integers[1] of in[1] in turn.
void concatenate(const KernelCall& call, const RunState& state, int part, int parts);

// Pieces of integers[0] elements, of each those from integers[1] on, integers[2] of them; integers[3] = 1: the other
// way round, zeros around them.
void slice(const KernelCall& call, const RunState& state, int part, int parts);

// A copy; in and out without gaps between rows, equally many elements.
void reshape(const KernelCall& call, const RunState& state, int part, int parts);

// in: logits [N,U·K], class indices [N,U]; out: losses [N,U], probabilities [N,U·K]. An index outside 0 … K-1 gives
// NaN. numbers[0]: smoothing, integers[0]: 1 + the class left out, or 0.
void softmaxCrossEntropy(const KernelCall& call, const RunState& state, int part, int parts);

// in: probabilities [N,U·K], class indices [N,U], dl [N,U]; out: dlogits [N,U·K].
void softmaxCrossEntropyGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: l [N,U], w [N,U]; out: Σ l·w / Σ w [1,1], in double inside, blocks of 256 added in order; 0 when Σ w is 0.
void weightedMean(const KernelCall& call, const RunState& state, int part, int parts);

// in: w [N,U], d [1,1]; out: dl [N,U] = d · w / Σ w; 0 when Σ w is 0.
void weightedMeanGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: x; out: x / (1 − rate) where kept, else 0. numbers[0] = rate < 1, integers[0] = operation. Element e (counted row
// by row) is kept when word e%4 of philox({e/4, 0, operation, step}, seed), as a number in [0, 1), is ≥ rate.
void dropout(const KernelCall& call, const RunState& state, int part, int parts);

// Images [N, H·W·C] of call.window; weights [taps·C/groups, map channels]; sums over (tap row, tap column, channel).
// in: image, weights, bias [1, map channels] or null, winogradWeights of the weights or null; out: map.
void conv2d(const KernelCall& call, const RunState& state, int part, int parts);
// in: map, weights [taps·map channels/groups, C], bias [1, C] or null, winogradWeights or null; out: image.
void conv2dInputGradient(const KernelCall& call, const RunState& state, int part, int parts);
// in: image, map; out: weights.
void conv2dWeightGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: weights [9·I, O]; out: for each block of 2·lanes of O and each of 16 planes [I, 2·lanes]. integers[0] = 1: the
// window is turned by half a circle, as the way back reads it.
void winogradWeights(const KernelCall& call, const RunState& state, int part, int parts);

// in: image, dmap; out: sums over tiles in Winograd's planes [blocks·16·C, map channels].
void winogradWeightSums(const KernelCall& call, const RunState& state, int part, int parts);
// in: those; out: weights [9·C, map channels].
void winogradWeightGradient(const KernelCall& call, const RunState& state, int part, int parts);

// A convolution, call.window, and a 2×2 maximum pool. integers[0] = 1: with ReLU between.
// in: image, weights, bias or null, winogradWeights or null; out: pooled, winners as of maxPool.
void conv2dMaxPool(const KernelCall& call, const RunState& state, int part, int parts);
// in: winners, dpooled, weights as for conv2dInputGradient, winogradWeights or null; out: dimage.
void conv2dPooledInputGradient(const KernelCall& call, const RunState& state, int part, int parts);
// in: image, winners, dpooled; out: weights, room for sums [map channels, kernel rows · kernel width·C rounded up to
// 16].
void conv2dPooledWeightGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: image; out: map, the pixel (row·width + column) that won, for every element. The first of equals wins.
void maxPool(const KernelCall& call, const RunState& state, int part, int parts);
// in: winners, dmap; out: dimage.
void maxPoolGradient(const KernelCall& call, const RunState& state, int part, int parts);

// As maxPool, at positions drawn for each sample: engine/ir/primitives/FractionalMaxPool.cpp.
void fractionalMaxPool(const KernelCall& call, const RunState& state, int part, int parts);
// in: pixels, image; out: map.
void pickPixels(const KernelCall& call, const RunState& state, int part, int parts);
// in: pixels, map; out: image.
void scatterPixels(const KernelCall& call, const RunState& state, int part, int parts);

// in: image; out: map. integers[0] = 1: padding counts as zeros, else it is left out of the mean.
void averagePool(const KernelCall& call, const RunState& state, int part, int parts);
// in: dmap; out: dimage.
void averagePoolGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: [N, P·C], C = columns of out; out: [1, C], the pixels of each image in order, then the images.
void sumPixels(const KernelCall& call, const RunState& state, int part, int parts);

// Axes 1 and 3 of four change places: [T, A, G, B] → [T, B, G, A], A, G, B in integers[1 … 3].
void swapAxes(const KernelCall& call, const RunState& state, int part, int parts);

// in: two of one shape; out: their product, element by element.
void multiplyElements(const KernelCall& call, const RunState& state, int part, int parts);

// in: image (integers[1] = 1: map); out: map (image). integers[0]: tensor::Resampling.
void resample(const KernelCall& call, const RunState& state, int part, int parts);

// in: image; out: map, its pixel (padTop, padLeft) being the image's first; zeros elsewhere.
void padImage(const KernelCall& call, const RunState& state, int part, int parts);

// Elements (o, k, i), pieces of integers[0]: engine/ir/primitives/{Repeat,Fold,ScaleShift}.cpp.
void repeat(const KernelCall& call, const RunState& state, int part, int parts);
// in: a, b or null; out: Σ_k a·b.
void fold(const KernelCall& call, const RunState& state, int part, int parts);
// in: x, s or null, t or null; out: x·s + t.
void scaleShift(const KernelCall& call, const RunState& state, int part, int parts);
// out: numbers[0] · in + numbers[1].
void affine(const KernelCall& call, const RunState& state, int part, int parts);

// in: x {O, R, G, I}; out: y, statistics {O, 3, G}; integers and numbers as in engine/ir/primitives/Normalize.cpp.
void normalize(const KernelCall& call, const RunState& state, int part, int parts);
// in: y, statistics, dy; out: dx.
void normalizeGradient(const KernelCall& call, const RunState& state, int part, int parts);
// Arguments stand in the files of engine/ir/primitives.
void channelSums(const KernelCall& call, const RunState& state, int part, int parts);
void normalizeChannels(const KernelCall& call, const RunState& state, int part, int parts);
void channelGradientSums(const KernelCall& call, const RunState& state, int part, int parts);
void normalizeChannelsGradient(const KernelCall& call, const RunState& state, int part, int parts);

// Pieces of integers[0] elements; integers[1] = 1: the logarithm.
void softmax(const KernelCall& call, const RunState& state, int part, int parts);
// in: y, dy; out: dx.
void softmaxGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: row numbers, table of rows of integers[0] numbers; out: those rows, NaN where there is none.
void gatherRows(const KernelCall& call, const RunState& state, int part, int parts);
// in: row numbers, dy; out: the table's gradient; integers[1] = 1: row 0 stays zero.
void scatterRows(const KernelCall& call, const RunState& state, int part, int parts);

// A walk through a sequence: inputs, outputs and integers as in engine/ir/primitives/Recurrent.cpp.
void recurrent(const KernelCall& call, const RunState& state, int part, int parts);
void recurrentGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: class indices; out: pieces of integers[0] numbers, 1 at the class.
void oneHot(const KernelCall& call, const RunState& state, int part, int parts);

// integers = {M, K, N, plain}; in: {…, M, K}, {…, N, K} or plain {…, K, N}; out: {…, M, N}.
void batchedProduct(const KernelCall& call, const RunState& state, int part, int parts);

// out: normal numbers of deviation numbers[0]; words as in dropout.
void noise(const KernelCall& call, const RunState& state, int part, int parts);

}  // namespace perceptory::backends::isa
