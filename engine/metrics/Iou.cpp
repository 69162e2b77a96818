// iou = hits / (predictions + samples of the class − hits)

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

double ratio(double hits, [[maybe_unused]] double predicted, [[maybe_unused]] double actual) {
    return hits / (predicted + actual - hits);
}

}  // namespace

const MetricType IouMetric = classRatioMetric<ratio>("iou", "IoU",
                                                     "Intersection over union of what is predicted and what is: IoU = "
                                                     "hits / (predictions + samples − hits). For masks, of "
                                                     "pixels (Jaccard 1912).");

}  // namespace perceptory::metrics
