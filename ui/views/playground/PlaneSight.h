#pragma once
// What the output panel shows of a snapshot: the plane, the points in it, and what the network says at each place. Made
// once per data set and choice of axes (the plane and the points) or once per snapshot (the values). GUI thread.

#include <QString>
#include <memory>
#include <optional>

#include "engine/training/Snapshot.h"
#include "ui/widgets/Heatmap.h"
#include "ui/widgets/PlaneFrame.h"
#include "ui/widgets/PlanePoints.h"

namespace perceptory::views {

// Which two directions of the data span the picture.
struct PlaneChoice {
    bool components = false;  // the first two principal components, else two columns
    int first = 0, second = 1;
    bool operator==(const PlaneChoice&) const = default;

    base::Json settings() const;  // {axes, first, second}, as probes take it
    static PlaneChoice from(const base::Json& settings);
};

// The plane that what `boundary` asks for was measured in: working one out from many columns takes long, and the worker
// has done it. Null before that.
std::shared_ptr<const training::Plane> planeOf(const training::Snapshot& snapshot,
                                               const training::ProbeRequest& boundary);

// Why the worker could not measure it; empty: it could, or has not tried yet.
QString refusalOf(const training::ProbeResult* result);

// What to show first: two columns, or for images, whose single pixels say little, the components.
PlaneChoice usualChoice(const data::Dataset& dataset);

// The choice brought into the columns the data has.
PlaneChoice fitting(PlaneChoice choice, const data::Dataset& dataset);

// A plane of one data set and its points.
struct PlaneScene {
    PlaneScene(std::shared_ptr<const data::Dataset> data, std::shared_ptr<const training::Plane> through);

    std::shared_ptr<const data::Dataset> dataset;
    std::shared_ptr<const training::Plane> plane;
    std::vector<widgets::PlanePoint> points;
    std::vector<std::uint32_t> rows;  // of the data set, one for each point
    widgets::PlaneExtent extent;
    widgets::ValueRange range;  // of what is shown: ±1 for two classes, the targets' range for regression

    // The row whose point lies nearest to `place`, within `reach` (data units); nothing otherwise. Without `withTest`
    // only training rows are looked at.
    std::optional<std::uint32_t> rowNear(QPointF place, double reach, bool withTest) const;
};

// Exactly one grid is valid; none without a result that fits.
struct BoundaryPicture {
    widgets::HeatmapGrid values;  // regression, or 2·p(class 1) − 1 for two classes
    widgets::ClassGrid classes;   // probabilities of three classes or more
};

// A range that holds all finite values and lies symmetrically about 0; at least ±`atLeast`.
widgets::ValueRange symmetricRange(std::span<const float> values, float atLeast);

BoundaryPicture boundaryPicture(const training::ProbeResult& result, const training::OutputReading& reading);

}  // namespace perceptory::views
