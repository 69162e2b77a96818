#pragma once
// What a chosen member of a shelf looks like: an activation and its derivative, how a schedule moves the learning rate,
// how an initializer spreads the first weights. GUI thread only.

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/Params.h"
#include "ui/widgets/CurveSketch.h"

namespace perceptory::forms {

// What a member works on, where the form knows it.
struct SketchContext {
    std::int64_t fanIn = 64, fanOut = 64;  // of the weights an initializer fills
    double time = 100;                     // how long a schedule goes: epochs or steps
    bool operator==(const SketchContext&) const = default;
};

struct KindSketch {
    std::vector<widgets::CurveSketch::Curve> curves;
    QString words;  // for below it and for screen readers
};

// Nothing for members of other shelves, for faulty parameters, and where there is nothing to see: a constant rate,
// weights that are all the same.
std::optional<KindSketch> sketchOf(const base::KindType& kind, const base::Json& parameters,
                                   const SketchContext& context);

}  // namespace perceptory::forms
