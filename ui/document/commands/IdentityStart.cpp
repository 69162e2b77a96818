#include "ui/document/commands/IdentityStart.h"

#include <cmath>

#include "engine/activations/Activation.h"
#include "engine/training/RunCheck.h"
#include "ui/document/LayerPlace.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

double valueOf(const base::KindSpec& choice, double x) {
    const activations::ActivationType* type = activations::shelf().find(choice.type);
    return type ? type->forward(x, type->p(choice.parameters)) : x;
}

base::KindSpec activationOf(const network::NodeCheck& node) {
    if (!node.type->parameter("activation")) return {"linear"};
    return base::ParamValues(node.type->parameters, node.spec.parameters).kind("activation");
}

// Whether `next` changes nothing of what `before` puts out, as relu behind relu.
bool leavesAlone(const base::KindSpec& next, const base::KindSpec& before) {
    for (double x = -4; x <= 4; x += 0.25) {
        const double y = valueOf(before, x);
        if (std::abs(valueOf(next, y) - y) > 1e-9) return false;
    }
    return true;
}

// What makes the output as large as the input.
std::optional<Json> sizes(const network::NodeCheck& node, const tensor::Shape& input) {
    const std::string& type = node.spec.type;
    if (type == "dense" && input.size() == 1) return Json{{"units", input[0]}};
    if (type == "conv1d" && input.size() == 2) return Json{{"filters", input[1]}};
    if (type == "conv2d" && input.size() == 3) return Json{{"filters", input[2]}};
    return {};
}

// Each pixel is the one in the middle of its window.
void slideInPlace(Json& parameters, const network::NodeCheck& node) {
    const base::ParamValues values(node.type->parameters, node.spec.parameters);
    const bool isFlat = node.spec.type == "conv1d";
    std::array<std::int64_t, 2> kernel{};
    if (isFlat)
        kernel = {values.integer("kernel_size"), 1};
    else
        kernel = values.pair("kernel_size");
    for (std::int64_t& size : kernel) size += 1 - size % 2;
    parameters["kernel_size"] = isFlat ? Json(kernel[0]) : Json(kernel);
    parameters["padding"] = "same";
    for (const char* key : {"stride", "groups"})
        if (node.type->parameter(key)) parameters[key] = 1;
}

}  // namespace

std::optional<Json> identityParameters(const Document& document, const data::Dataset* dataset, const std::string& id) {
    if (!dataset) return {};
    const network::NetworkCheck check = training::checkFit(document.spec(), *dataset).network;
    const network::NodeCheck* node = check.find(idInNetwork(document, id));
    if (!node || node->inputs.size() != 1) return {};
    const network::NodeCheck& source = check.nodes[node->inputs.front()];
    const std::optional<Json> wide = sizes(*node, source.output);
    if (!wide) return {};
    Json parameters = node->spec.parameters;
    parameters.update(*wide);
    if (node->spec.type != "dense") slideInPlace(parameters, *node);
    if (!leavesAlone(activationOf(*node), activationOf(source))) parameters["activation"] = "linear";
    parameters["kernel_initializer"] = "identity";
    parameters["bias_initializer"] = "zeros";
    if (parameters == node->spec.parameters) return {};
    return parameters;
}

void startAsIdentity(Document& document, const data::Dataset* dataset, const std::string& id) {
    const std::optional<Json> parameters = identityParameters(document, dataset, id);
    if (!parameters) return;
    document.editGraph(Words::tr("Start %1 as identity").arg(Words::layer(id)), [&](Json& project) {
        if (Nodes* nodes = nodesOf(project))
            if (Json* node = nodeOf(*nodes, id)) (*node)["parameters"] = *parameters;
    });
}

}  // namespace perceptory::document
