#pragma once
// The rows of several files as one table.

#include <string>

#include "engine/base/Problem.h"
#include "engine/data/Table.h"

namespace perceptory::data {

// What is put behind the rows there are.
struct JoinedFile {
    std::string where;        // in the project, for problems
    std::string name, first;  // of the file, and of the one read first
    bool trains = true;       // its words and classes are learned too, so they may be new
};

// The rows of `more` behind those of `table`; words and classes are numbered anew where they differ. False, and a
// problem, when they are of another kind: other columns, another target, classes that only rows have which do not
// train. Groups are not joined: their numbers count within a file.
bool joinRows(Table& table, Table more, const JoinedFile& file, base::Problems& problems);

}  // namespace perceptory::data
