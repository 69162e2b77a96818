#pragma once
// What is known of a chosen sample: where it stands in the data, what is true of it and what the network says. And why
// the map's colour below it may be another: the map is one slice through data of many columns, and the sample lies
// beside it.

#include <QString>
#include <span>

#include "engine/training/OutputReading.h"
#include "ui/views/playground/PlaneSight.h"

namespace perceptory::views {

struct SampleAnswer {
    std::uint32_t row = 0;
    const training::OutputReading& reading;
    std::span<const float> outputs;  // for this row; empty while they are not known, or where they are not drawn
};

// Empty on the plane, where the map shows everything.
QString sampleNote(const PlaneScene& scene, const PlaneChoice& choice, const SampleAnswer& answer);

}  // namespace perceptory::views
