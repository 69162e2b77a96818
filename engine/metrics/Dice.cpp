// dice = 2 · hits / (predictions + samples of the class)

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

const MetricType DiceMetric = classRatioMetric<ClassRatio::overlap>(
    "dice", "Dice",
    "Overlap of what is predicted and what is: 2 · hits / (predictions + samples). For masks, of pixels (Dice 1945).");

}  // namespace perceptory::metrics
