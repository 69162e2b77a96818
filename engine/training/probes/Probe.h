#pragma once
// The shelf of probes: quantities measured between two steps, for views and for `perceptory-cli probe`. Nobody looking
// = nothing measured. Looking never changes training: a probe reads the weights through plans of its own.

#include <memory>
#include <span>

#include "engine/base/Shelf.h"
#include "engine/data/Dataset.h"
#include "engine/training/Forward.h"

namespace perceptory::training {

// What a view wants measured. Equal requests are measured once.
struct ProbeRequest {
    std::string what;                            // id of a probe
    base::Json settings = base::Json::object();  // as the probe's parameters say

    std::string key() const { return what + settings.dump(); }
};

class Plane;
class Trainer;

// A measured quantity. Rows of `values` follow `shape`, the last axis fastest.
struct ProbeResult {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    base::Json facts = base::Json::object();  // what the numbers belong to; the probe's file says
    std::shared_ptr<const Plane> plane;       // the one a grid lies in; null for other quantities
};

// What is worked out once per data set: transforming the 10,000 points of a grid costs more than a tiny network's whole
// forward pass over them, and the principal components of images take a second. Made anew with every data set.
struct ProbeCache {
    std::map<std::string, std::vector<float>> grids;
    std::map<std::string, std::shared_ptr<const Plane>> planes;
};

// What a probe may read.
struct ProbeContext {
    const network::Network& network;
    const data::Dataset& dataset;
    const OutputReading& reading;
    Forward& forward;
    ProbeCache& cache;
    Trainer* trainer = nullptr;  // for what an update would change; null: nothing is trained
};

struct ProbeType : base::KindType {
    // Throws base::Error when the settings do not fit the network or the data.
    ProbeResult (*measure)(const ProbeContext& context, const base::ParamValues& settings) = nullptr;
};

#define PROBE(Name) extern const ProbeType Name##Probe;
#include "engine/training/probes/probes.def"
#undef PROBE

const base::Shelf<ProbeType>& probes();

// Checks the settings, then measures. Throws base::Error.
ProbeResult measure(const ProbeContext& context, const ProbeRequest& request);

// The plane a picture of the data lies in. Two raw columns are shown as they are; of more, two are chosen (the others
// stay at their mean) or the first two principal components span it. A single column lies along x, all rows at y = 0.
class Plane {
public:
    // `axes`: "columns" with the raw columns `first` and `second`, or "components".
    Plane(const data::Dataset& dataset, const std::string& axes, std::int64_t first, std::int64_t second);

    double minimum[2] = {-6, -6}, maximum[2] = {6, 6};
    std::string names[2];

    // Raw rows of a size × size grid; row 0 is the top (largest second coordinate), x grows to the right.
    std::vector<float> grid(int size) const;
    std::vector<float> rawAt(double x, double y) const;
    // Where a raw row lies in the plane.
    std::pair<float, float> project(std::span<const float> raw) const;

private:
    std::vector<double> m_origin;  // of the raw columns
    std::vector<double> m_axis[2];
    std::vector<double> m_deviation;  // 1 for "columns"
};

// The parameters every probe of the plane shares: size, axes, first, second.
std::vector<base::ParamType> planeParameters(std::int64_t size);
Plane planeOf(const data::Dataset& dataset, const base::ParamValues& settings);
// The same, kept in the context's cache.
std::shared_ptr<const Plane> planeIn(const ProbeContext& context, const base::ParamValues& settings);

}  // namespace perceptory::training
