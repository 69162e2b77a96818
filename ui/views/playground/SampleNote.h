#pragma once
// Why the map's colour below a chosen sample may be another than what the network says for that sample: the map is one
// slice through data of many columns, and the sample lies beside it.

#include <QString>
#include <span>

#include "engine/training/OutputReading.h"
#include "ui/views/playground/PlaneSight.h"

namespace perceptory::views {

// `outputs` of the network for the sample; empty while they are not known, or where they are not drawn.
QString sampleNote(const PlaneScene& scene, const PlaneChoice& choice, const training::OutputReading& reading,
                   std::span<const float> outputs);

}  // namespace perceptory::views
