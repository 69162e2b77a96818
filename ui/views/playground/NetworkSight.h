#pragma once
// The worker's numbers as the network picture needs them: the weight of a link, the map of a unit, its value for one
// sample. Numbers of a snapshot that does not fit the document any more (another size) are left out, so a picture never
// mixes two networks. GUI thread.

#include <QImage>
#include <QPointF>
#include <memory>
#include <optional>

#include "engine/training/Snapshot.h"
#include "ui/views/playground/NetworkModel.h"
#include "ui/views/playground/PlaneSight.h"
#include "ui/widgets/Heatmap.h"

namespace perceptory::views {

// One weight, or the bias of a unit.
struct LinkRef {
    int matrix = -1;  // in NetworkModel::links
    int row = -1;     // negative: the bias
    int unit = -1;
    bool isBias() const { return row < 0; }
    bool operator==(const LinkRef&) const = default;
};

// The sample whose forward pass is shown: a place on the plane, or a row of the data.
struct Sample {
    QPointF place;
    std::optional<std::uint32_t> row;
};

training::ProbeRequest activationsOf(const Sample& sample, base::Json plane);

// What the views ask the worker for.
struct SightRequests {
    training::ProbeRequest boundary, maps;
    std::optional<training::ProbeRequest> activations;  // while one sample's forward pass is shown
};

// A unit's output over the plane.
struct UnitMap {
    widgets::HeatmapGrid grid;
    widgets::ValueRange range;
};

class NetworkSight {
public:
    void setModel(NetworkModel model);
    void setSnapshot(std::shared_ptr<const training::Snapshot> snapshot, const SightRequests& requests);
    // The plane the maps lie in; null while there is none.
    void setScene(std::shared_ptr<const PlaneScene> scene);

    const NetworkModel& model() const { return m_model; }
    const training::Snapshot* snapshot() const { return m_snapshot.get(); }
    const SightRequests& requests() const { return m_requests; }

    QString linkName(const LinkRef& link) const;  // "Bias of layer 1, neuron 2"
    std::optional<float> value(const LinkRef& link) const;
    // All weights of a matrix, row by row; empty when the worker has none of this size.
    std::span<const float> weights(const LinkMatrix& matrix) const;
    std::span<const float> biases(const LinkMatrix& matrix) const;
    // The parameter and its index, as the worker counts them.
    std::pair<std::string, std::int64_t> address(const LinkRef& link) const;

    // An invalid grid where nothing is known yet.
    UnitMap map(UnitRef unit) const;
    // The image the network gets of the chosen sample, else of the first training one; null where there is none.
    QImage image() const;
    // What the unit gives for the chosen sample.
    std::optional<float> activation(UnitRef unit) const;
    // What all units of the last column give for it; empty while that is not known.
    std::vector<float> outputs() const;

private:
    std::span<const float> parameter(const std::string& name, std::size_t count) const;
    // The values of one unit in a probe with facts.nodes; empty when they are not there.
    std::span<const float> probed(const training::ProbeRequest& request, UnitRef unit) const;
    UnitMap featureMap(const InputTile& tile) const;
    UnitMap columnMap(const InputTile& tile) const;

    NetworkModel m_model;
    std::shared_ptr<const training::Snapshot> m_snapshot;
    SightRequests m_requests;
    std::shared_ptr<const PlaneScene> m_scene;
    std::vector<float> m_planeRows;  // raw rows of a small grid over the scene's plane
};

}  // namespace perceptory::views
