#pragma once
// The edits of a project: rows left out, and classes given by hand. The source's own files never change.

#include "engine/data/DataSpec.h"
#include "engine/data/Table.h"

namespace perceptory::data {

// `parts`: shared out already, so that every row keeps its place whatever becomes of others; rows that are left out
// leave them too. False, and problems at data.edits[i], for rows that are not there or cannot have a class, and at
// data.edits when a part would be left without rows.
bool editRows(const DataSpec& spec, Table& table, Parts& parts, base::Problems& problems);

}  // namespace perceptory::data
