#pragma once
// Points painted by hand. A whole stroke is one undo step: call between Document::beginGesture() and endGesture().

#include <string>

#include "ui/document/Document.h"

namespace perceptory::document {

// The first call makes the points the data: those of the present generator, or none for other sources.
void startPoints(Document& document, bool fromGenerator = true);
bool hasPoints(const Document& document);

// Coordinates are those of the plane; `label` is a class, or the value as text for regression.
void addPoint(Document& document, double x, double y, const std::string& label);
// Takes away all points within `radius`.
void erasePoints(Document& document, double x, double y, double radius);
void clearPoints(Document& document);

}  // namespace perceptory::document
