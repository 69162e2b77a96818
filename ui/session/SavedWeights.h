#pragma once
// Weights beside the project: NAME.perceptory-model, so that a project opened again shows the same picture.

#include <QString>

#include "ui/session/SessionController.h"

namespace perceptory::session {

// Writes what was trained so far beside the project file `path`. Returns the project's entry {path, sha256}; null when
// the state does not belong to the document as it is. Throws base::Error.
base::Json writeWeights(const document::Document& document, const training::Snapshot& snapshot,
                        const training::RestorePoint& state, const QString& path);

// The weights the project names; null when it names none. Throws base::Error when they are missing, damaged or do not
// belong to the project's network.
SharedState readWeights(const document::Document& document);

}  // namespace perceptory::session
