#pragma once
// What the form of a layer tells beside its parameters: shapes, cost, memory, and the size rule with its numbers.

#include <QStringList>
#include <string>

#include "ui/forms/KindSketch.h"

namespace perceptory::data {
struct Dataset;
}
namespace perceptory::document {
class Document;
}

namespace perceptory::window {

struct LayerFacts {
    QStringList lines;  // empty while its shapes are unknown
    forms::SketchContext sketch{};
};

// `dataset` null: nothing is known. GUI thread only.
LayerFacts layerFacts(const document::Document& document, const data::Dataset* dataset, const std::string& layer);

}  // namespace perceptory::window
