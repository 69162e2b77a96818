#pragma once
// Guided backpropagation as another graph: backward through a ReLU only what speaks for the score passes. Springenberg,
// Dosovitskiy, Brox, Riedmiller 2014.

#include "engine/ir/Graph.h"

namespace perceptory::ir {

// dx = relu'(x)·max(0, dy) in place of relu'(x)·dy, for every ReLU of a graph that was differentiated.
void guideBackward(Graph& graph);

}  // namespace perceptory::ir
