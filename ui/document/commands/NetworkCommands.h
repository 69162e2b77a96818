#pragma once
// Wishes about the network as the Playground shows it: a row of dense layers. Each is one undo step.

#include <string>
#include <vector>

#include "ui/document/Document.h"

namespace perceptory::document {

// Ids of the dense layers before the last one, from the input on.
std::vector<std::string> hiddenLayers(const Document& document);
// Id of the last layer; empty when there is none.
std::string outputLayer(const Document& document);
int unitsOf(const Document& document, const std::string& node);
// Id of the activation: "tanh".
std::string activationOf(const Document& document, const std::string& node);

// The new layer takes activation, initializer and regularizer of its neighbour. Returns its id.
std::string addHiddenLayer(Document& document);  // before the output
std::string addLayerAt(Document& document, int index);
void removeHiddenLayer(Document& document);  // the last one
void removeLayer(Document& document, const std::string& node);

void setUnits(Document& document, const std::string& node, int units);
void setActivation(Document& document, const std::string& node, const std::string& activation);
void setAllActivations(Document& document, const std::string& activation);  // of the hidden layers

// On all dense layers; kind "" or "none" takes it away.
void setRegularizer(Document& document, const std::string& kind, double rate);
std::string regularizerOf(const Document& document);  // "" when there is none
double regularizationRateOf(const Document& document);

}  // namespace perceptory::document
