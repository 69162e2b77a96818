#pragma once
// Whether a network can learn from data that are new to it, and what it must know of them. Any thread.

#include <cstdint>
#include <vector>

#include "engine/base/Json.h"
#include "engine/data/Dataset.h"

namespace perceptory::project {

// A field of the data as a network must read it.
struct InputField {
    data::Field field;
    std::int64_t entries = 0;  // it holds numbers of words, users or items, 0 … entries − 1; 0: plain numbers
};

// In the order of the row. The entries are enough for every other split of the same rows too.
std::vector<InputField> inputFieldsOf(const data::Dataset& dataset);

// The field whose pixels or steps `target` has something to say of, an index into the data set's fields; -1: a row is
// one unit.
int fieldOfUnits(const data::Dataset& dataset, const data::Target& target);

// Values that the network puts out for a unit of the target: classes (two at least), or numbers.
std::int64_t outputsFor(const data::Dataset& dataset, const data::Target& target);

// Gives the embeddings of the project's network the entries they lack.
void raiseEntries(base::Json& project, const data::Dataset& dataset);

// Whether network and losses of the project go with such data: sizes fit, and numbers of words are looked up, not
// calculated with. False for a network that cannot be read, and for one that looks up numbers where there are no rows
// to see whether they are whole.
bool takesData(const base::Json& project, const data::Dataset& dataset);

}  // namespace perceptory::project
