#include "engine/training/probes/Probe.h"

#include "engine/base/Error.h"

namespace perceptory::training {

const base::Shelf<ProbeType>& probes() {
    static const base::Shelf<ProbeType> all("probe", {
#define PROBE(Name) &Name##Probe,
#include "engine/training/probes/probes.def"
#undef PROBE
                                                     });
    return all;
}

ProbeResult measure(const ProbeContext& context, const ProbeRequest& request) {
    const ProbeType& type = probes().get(request.what, "probe");
    base::Problems problems;
    base::checkParams(type, request.settings, request.what, problems);
    for (const base::Problem& problem : problems) throw base::Error(base::describe(problem));
    return type.measure(context, base::ParamValues(type.parameters, request.settings));
}

}  // namespace perceptory::training
