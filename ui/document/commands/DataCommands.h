#pragma once
// Wishes about the data. Each is one undo step and keeps the last layer and the loss fitting (OutputLayer.h).

#include <QString>
#include <string>
#include <vector>

#include "engine/data/Task.h"
#include "ui/document/Document.h"

namespace perceptory::document {

// Data of a generator by id, with its own defaults; samples and noise stay as they are where both generators have them.
void chooseGenerator(Document& document, const std::string& id);
// A parameter of the generator: "samples", "classes", "arms", "cells".
void setGeneratorParameter(Document& document, const std::string& id, const base::Json& value);
// Features of the plane by id, or columns of a table by name.
// `columns`: all of a table, needed while the project does not list them.
void setFeature(Document& document, const std::string& id, bool on, const std::vector<std::string>& columns = {});
bool hasFeature(const Document& document, const std::string& id);
// Throws base::Error naming the character when the formula is wrong.
void addFormula(Document& document, const std::string& formula);
void removeFeature(Document& document, int index);

void setNoise(Document& document, double noise);  // 0 … 0.5; in a gesture while a slider is dragged
void setSamples(Document& document, int samples);
void setSplit(Document& document, double trainShare);  // 0 … 1; validation stays, the rest is for tests
// "random": by chance, every class alike; "ordered": the first rows train, the last test.
void setSplitMode(Document& document, const std::string& mode);
void setDataSeed(Document& document, std::uint64_t seed);
void newDataSeed(Document& document);

// Classification or regression: data that has it, its loss and its last layer, as TensorFlow Playground does.
void setTask(Document& document, data::Task task);
// What the present data is for.
data::Task taskOf(const Document& document);
// 0: regression.
int classesOf(const Document& document);

}  // namespace perceptory::document
