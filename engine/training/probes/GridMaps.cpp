#include "engine/training/probes/GridMaps.h"

namespace perceptory::training {

const std::vector<float>& gridInputs(const ProbeContext& context, const base::ParamValues& settings) {
    const std::int64_t size = settings.integer("size");
    const std::string key = settings.text("axes") + " " + std::to_string(settings.integer("first")) + " " +
                            std::to_string(settings.integer("second")) + " " + std::to_string(size);
    const auto found = context.cache.grids.find(key);
    if (found != context.cache.grids.end()) return found->second;
    const std::vector<float> raw = planeIn(context, settings)->grid(static_cast<int>(size));
    return context.cache.grids[key] = context.dataset.pipeline.apply(raw, static_cast<std::size_t>(size * size));
}

base::Json planeFacts(const Plane& plane) {
    const auto axis = [&](int i) {
        return base::Json{{"name", plane.names[i]}, {"minimum", plane.minimum[i]}, {"maximum", plane.maximum[i]}};
    };
    return {{"x", axis(0)}, {"y", axis(1)}};
}

}  // namespace perceptory::training
