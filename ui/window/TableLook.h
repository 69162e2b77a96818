#pragma once
// The beginning of the files of a table, before it is asked how they are read.

#include <QStringList>

#include "engine/data/readers/Reader.h"

namespace perceptory::window {

struct TableLook {
    data::FilePreview preview;  // of the first file
    base::Problems problems;    // empty: the files can be read as one table, as far as it can be said
};

// `parameters`: of the csv reader. `paths` is not empty; all but the first are compared with that: their columns must
// be the same. Any thread.
TableLook lookAtTables(const QStringList& paths, const base::Json& parameters);

}  // namespace perceptory::window
