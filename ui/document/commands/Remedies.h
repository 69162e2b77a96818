#pragma once
// What mends a problem of the network or its training at one click. A remedy is found by trial: a change of the project
// is one when the engine's checks no longer tell the problem and tell nothing new. No sentence is read. GUI thread
// only.

#include <QString>
#include <vector>

#include "engine/base/Problem.h"
#include "ui/document/Document.h"

namespace perceptory::data {
struct Dataset;
}

namespace perceptory::document {

struct Remedy {
    QString label;       // what a button says: "Insert a flatten layer before out"
    base::Json project;  // afterwards
};

// At most three, the smallest change first; empty: none is known, or nobody says this of the document any more. Of
// several faults each is mended by itself: a fault that could not be seen because of this one counts as no new one,
// but there are never more errors than before, and what leaves none is preferred. Never throws.
// `dataset`: what the network is fed with; null: only what can be said without data is mended.
std::vector<Remedy> remediesFor(const Document& document, const base::Problem& problem, const data::Dataset* dataset);

// One undo step called by the label. What happened to the project's data or view meanwhile stays.
void apply(Document& document, const Remedy& remedy);

}  // namespace perceptory::document
