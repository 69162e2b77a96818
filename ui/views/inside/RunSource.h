#pragma once
// Which runs are laid over each other, for views that show them. GUI thread only.

#include <QObject>
#include <memory>
#include <vector>

#include "engine/project/RunBook.h"
#include "engine/training/MetricsLog.h"

namespace perceptory::views {

class RunSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // Whole runs, as they were kept.
    virtual std::vector<std::shared_ptr<const project::Run>> chosen() const = 0;
    // The run that goes on, without its curves, and the log that has them; null: none.
    virtual const project::Run* now() const = 0;
    virtual const training::MetricsLog& log() const = 0;

signals:
    void changed();  // of what is chosen
};

}  // namespace perceptory::views
