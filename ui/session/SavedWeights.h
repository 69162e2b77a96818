#pragma once
// Weights beside the project: NAME.perceptory-model, so that a project opened again shows the same picture.

#include <QString>

#include "ui/session/SessionController.h"

namespace perceptory::session {

// What was trained, at the moment of a save. `snapshot` is not null.
struct TrainedWeights {
    SharedSnapshot snapshot;
    SharedState state;
    base::Json history;  // training::historyOf() its log
};

struct SavedRun {
    SharedState state;  // null: there is none
    base::Json history;
};

// Writes them beside the project file `path`. Returns the project's entry {path, sha256}; null when there are none or
// they do not belong to the draft. Any thread. Throws base::Error.
base::Json writeWeights(const document::Draft& draft, const TrainedWeights& weights, const QString& path);

// The project's entry as it is now, for a project file at `path`; null when there is none.
base::Json keptWeights(const document::Draft& draft, const QString& path);

// The weights the project names, if any. Any thread. Throws base::Error when they are missing, damaged
// or do not belong to the project's network.
SavedRun readWeights(const document::Draft& draft);

}  // namespace perceptory::session
