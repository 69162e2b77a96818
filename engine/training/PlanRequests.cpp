#include "engine/training/PlanRequests.h"

namespace perceptory::training {

ir::PlanRequest trainingRequest(const Objective& objective, const network::Network& network, std::int64_t batch,
                                ir::Kernels kernels) {
    ir::PlanRequest request{.batch = batch, .keep = {objective.loss}, .kernels = kernels};
    if (objective.activity != ir::none) request.keep.push_back(objective.activity);
    for (std::size_t i = 0; i < objective.gradients.size(); ++i)
        if (objective.gradients[i] != ir::none)
            request.gradients.emplace_back(objective.gradients[i], network.parameters()[i].offset);
    for (const auto& [parameter, value] : objective.lowered.updates) request.keep.push_back(value);
    return request;
}

ir::PlanRequest measuringRequest(const Objective& objective, std::int64_t batch, ir::Kernels kernels) {
    ir::PlanRequest request{.batch = batch, .kernels = kernels};
    for (const HeadLoss& head : objective.heads)
        for (const ir::ValueId value : {head.mean, head.total, head.output, head.mask})
            if (value != ir::none) request.keep.push_back(value);
    if (objective.activity != ir::none) request.keep.push_back(objective.activity);
    return request;
}

}  // namespace perceptory::training
