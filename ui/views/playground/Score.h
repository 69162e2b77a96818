#pragma once
// The one number that is told beside the loss, with its curve.

#include <QString>

#include "engine/data/Dataset.h"
#include "engine/metrics/Metric.h"

namespace perceptory::views {

// The first metric on the shelf that fits the task and grows as the network gets better; null when there is none.
const metrics::MetricType* scoreFor(data::Task task);

// A share of right answers in percent, anything else as a plain number; a dash for what is not finite.
QString scoreText(const metrics::MetricType& score, double value);

}  // namespace perceptory::views
