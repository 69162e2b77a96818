#pragma once
// Kernels of the primitive operations. Inputs and outputs as bound in KernelCall; N rows are the batch.

#include "engine/backends/Kernels.h"

namespace perceptory::backends::isa {

// in: A [M,K] (integers[0] = 1: stored as [K,M]), B [K,N], bias [1,N] or null; out: A·B + bias [M,N].
// Each element is one chain of multiply-adds over k in order, starting from the bias.
void matrixProduct(const KernelCall& call, const RunState& state, int part, int parts);

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

// in: [N,a], [N,b]; out: [N,a+b].
void concatenate(const KernelCall& call, const RunState& state, int part, int parts);

// in: [N,F]; out: [N,c], the columns from integers[0] on.
void slice(const KernelCall& call, const RunState& state, int part, int parts);

// A copy; in and out without gaps between rows, equally many elements.
void reshape(const KernelCall& call, const RunState& state, int part, int parts);

// in: logits [N,K], class index [N,1]; out: loss [N,1], probabilities [N,K]. An index outside 0 … K-1 gives NaN.
void softmaxCrossEntropy(const KernelCall& call, const RunState& state, int part, int parts);

// in: probabilities [N,K], class index [N,1], dl [N,1]; out: dlogits [N,K].
void softmaxCrossEntropyGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: l [N,1], w [N,1]; out: Σ l·w / Σ w [1,1], in double inside, blocks of 256 added in order; 0 when Σ w is 0.
void weightedMean(const KernelCall& call, const RunState& state, int part, int parts);

// in: w [N,1], d [1,1]; out: dl [N,1] = d · w / Σ w; 0 when Σ w is 0.
void weightedMeanGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: x; out: x / (1 − rate) where kept, else 0. numbers[0] = rate < 1, integers[0] = operation. Element e (counted row
// by row) is kept when word e%4 of philox({e/4, 0, operation, step}, seed), as a number in [0, 1), is ≥ rate.
void dropout(const KernelCall& call, const RunState& state, int part, int parts);

// Images [N, H·W·C] of call.window; weights [taps·C/groups, map channels]; sums over (tap row, tap column, channel).
// in: image, weights, bias [1, map channels] or null; out: map.
void conv2d(const KernelCall& call, const RunState& state, int part, int parts);
// in: map, weights [taps·map channels/groups, C], bias [1, C] or null; out: image.
void conv2dInputGradient(const KernelCall& call, const RunState& state, int part, int parts);
// in: image, map; out: weights.
void conv2dWeightGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: image; out: map, the pixel (row·width + column) that won, for every element. The first of equals wins.
void maxPool(const KernelCall& call, const RunState& state, int part, int parts);
// in: winners, dmap; out: dimage.
void maxPoolGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: image; out: map. integers[0] = 1: padding counts as zeros, else it is left out of the mean.
void averagePool(const KernelCall& call, const RunState& state, int part, int parts);
// in: dmap; out: dimage.
void averagePoolGradient(const KernelCall& call, const RunState& state, int part, int parts);

// in: [N, P·C], C = columns of out; out: [1, C], the pixels of each image in order, then the images.
void sumPixels(const KernelCall& call, const RunState& state, int part, int parts);

// Axes 1 and 3 of four change places: [T, A, G, B] → [T, B, G, A], sizes in integers[0 … 3].
void swapAxes(const KernelCall& call, const RunState& state, int part, int parts);

// in: two of one shape; out: their product, element by element.
void multiplyElements(const KernelCall& call, const RunState& state, int part, int parts);

// in: image (integers[1] = 1: map); out: map (image). integers[0]: tensor::Resampling.
void resample(const KernelCall& call, const RunState& state, int part, int parts);

// in: image; out: map, its pixel (padTop, padLeft) being the image's first; zeros elsewhere.
void padImage(const KernelCall& call, const RunState& state, int part, int parts);

}  // namespace perceptory::backends::isa
