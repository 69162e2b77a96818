#pragma once
// The curves of a run, thinned out to a size that can be saved beside its weights.

#include "engine/base/Json.h"
#include "engine/training/MetricsLog.h"

namespace perceptory::training {

// Everything the log holds up to `step`, in at most 4096 buckets for each series, the latest marks and where its
// epochs end. Any thread.
base::Json historyOf(const MetricsLog& log, std::int64_t step);

// Puts it into an empty log, on the log's writing thread. Leaves out what it does not understand: no run shall be lost
// for its curve.
void addHistory(const base::Json& history, MetricsLog& log);

}  // namespace perceptory::training
