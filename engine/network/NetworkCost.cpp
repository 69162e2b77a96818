#include "engine/network/NetworkCost.h"

#include "engine/ir/Primitive.h"
#include "engine/network/Network.h"

namespace perceptory::network {

std::map<std::string, double> multiplyAdds(const NetworkCheck& check) {
    const Lowered lowered = Network(check).lower(false);
    std::map<std::string, double> work;
    for (const ir::Operation& operation : lowered.graph.operations())
        if (operation.type->work)
            if (const double done = operation.type->work(lowered.graph, operation, 1); done > 0)
                work[operation.node] += done;
    return work;
}

}  // namespace perceptory::network
