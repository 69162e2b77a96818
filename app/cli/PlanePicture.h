#pragma once
// What a network says about the plane of its data, as a picture with the data's points.

#include <optional>
#include <string>

#include "app/cli/Picture.h"
#include "engine/training/Trainer.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::cli {

// Which points lie on the picture, and whether it is of all outputs or of one class.
struct PlaneChoice {
    std::optional<std::size_t> classIndex;  // how probable it is: from orange (0) to blue (1); its points are blue
    std::string split = "all";              // train, validation, test or all
};

// `outputs` as the probe decision_boundary measures them: [1 or K][size][size], row 0 on top. One output runs from
// orange (class 0, low) over grey to blue (class 1, high); with K classes each has a colour of its own, the paler the
// less certain. Points of the training part have a white rim, others a dark one. At least 600 pixels wide.
Picture planePicture(const training::ProbeResult& outputs, const training::Trainer& trainer,
                     const training::Plane& plane, const PlaneChoice& choice = {});

// Maps [units][size][size] side by side, each from its own lowest value (orange) to its highest (blue), grey at 0.
Picture mapsPicture(const training::ProbeResult& maps);

}  // namespace perceptory::cli
