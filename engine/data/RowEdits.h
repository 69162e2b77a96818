#pragma once
// The edits of a project: rows left out, and classes given by hand. The source's own files never change.

#include "engine/data/DataSpec.h"
#include "engine/data/Table.h"

namespace perceptory::data {

// `parts`: of a source that has them; rows that are left out leave them too. False, and problems at data.edits[i], for
// rows that are not there or cannot have a class.
bool editRows(const DataSpec& spec, Table& table, Parts& parts, base::Problems& problems);

}  // namespace perceptory::data
