#include "app/cli/ProbeUse.h"

#include <algorithm>

#include "app/cli/Errors.h"

namespace perceptory::cli {

namespace {

const std::vector<std::string>& probesOfTheContract() {
    static const std::vector<std::string> ids{
        "decision_boundary", "neuron_maps", "activations",     "filters",
        "weights",           "saliency",    "smoothgrad",      "integrated_gradients",
        "guided_backprop",   "grad_cam",    "guided_grad_cam", "occlusion",
        "distributions",     "embedding",   "confusion",       "loss_surface"};
    return ids;
}

// What the options of the contract mean for a probe; those it has no use for are refused with what to do instead.
struct Use {
    const char* id;
    const char *node, *className, *split, *sample;  // null: it is used; else why not
};

constexpr const char* ofInputs = "it is asked about the numbers of a sample, not about a layer. Leave --node out";

constexpr const char* ofTheEnd = "it is of what the network says at its end. Leave --node out";
constexpr const char* ofAPart =
    "it is of the samples of a part, not of one. Use --what activations, or leave --sample out";

constexpr Use uses[] = {
    {"decision_boundary",
     "the boundary is of the last layer. For the maps of another node use --what neuron_maps --node NODE", nullptr,
     nullptr, "the boundary shows the whole plane, not one row. Use --what activations, or leave --sample out"},
    {"neuron_maps", nullptr,
     "the maps belong to neurons, not to classes. Leave --class out, or use --what decision_boundary",
     "the maps show places of the plane, not rows. Leave --split out, or use --what activations",
     "the maps show places of the plane, not rows. Leave --sample out, or use --what activations"},
    {"activations", nullptr,
     "what neurons put out does not depend on a class. Leave --class out, or use --what decision_boundary", nullptr,
     nullptr},
    {"saliency", ofInputs, nullptr, nullptr, nullptr},
    {"smoothgrad", ofInputs, nullptr, nullptr, nullptr},
    {"integrated_gradients", ofInputs, nullptr, nullptr, nullptr},
    {"occlusion", ofInputs, nullptr, nullptr, nullptr},
    {"guided_backprop", ofInputs, nullptr, nullptr, nullptr},
    {"confusion", ofTheEnd, "it has a line and a column for every class. Leave --class out", nullptr, ofAPart},
    {"layer_outputs", nullptr, "it is of all classes. Leave --class out", nullptr, ofAPart},
    {"embedding", nullptr, "it is of all classes. Leave --class out", nullptr, ofAPart},
    {"class_predictions", ofTheEnd, "it is of all classes. Leave --class out", nullptr, ofAPart},
    {"class_report", ofTheEnd, "it has a line for every class. Leave --class out", nullptr, ofAPart},
    {"roc", ofTheEnd, nullptr, nullptr, ofAPart},
    {"precision_recall", ofTheEnd, nullptr, nullptr, ofAPart},
    {"calibration", ofTheEnd, nullptr, nullptr, ofAPart},
    {"residuals", ofTheEnd, "it is of numbers, not of classes. Leave --class out", nullptr, ofAPart},
    {"top_losses", ofTheEnd, "it is of all classes. Leave --class out", nullptr, ofAPart},
    {"distributions", nullptr, "it is of layers, not of classes. Leave --class out",
     "it is of the first samples of the training part. Leave --split out",
     "it needs many samples to tell how they are spread. Use --what activations, or leave --sample out"},
};

}  // namespace

const training::ProbeType& probeOf(const std::string& id) {
    if (const training::ProbeType* type = training::probes().find(id)) return *type;
    std::string list;
    for (const std::string& known : training::probes().ids()) list += (list.empty() ? "" : ", ") + known;
    const bool later = std::ranges::count(probesOfTheContract(), id) > 0;
    throw UsageError("--what " + id + ": " +
                     (later ? "this version does not have that probe" : "there is no such probe") +
                     ". Choose one of: " + list + ".");
}

void refuseUseless(const ProbeValues& values) {
    const auto use = std::ranges::find(uses, values.what, [](const Use& each) { return std::string(each.id); });
    if (use == std::end(uses)) return;
    const auto refuse = [](bool given, const std::string& option, const char* why) {
        if (given && why) throw UsageError(option + ": " + why + ".");
    };
    refuse(!values.node.empty(), "--node " + values.node, use->node);
    refuse(!values.className.empty(), "--class " + values.className, use->className);
    refuse(!values.split.empty(), "--split " + values.split, use->split);
    refuse(values.sample.has_value(), "--sample", use->sample);
    const bool boundary = values.what == "decision_boundary";
    refuse(boundary && !values.split.empty() && !values.output.ends_with(".png"), "--split " + values.split,
           "it chooses the points drawn, and an array has none. Write a .png, or leave --split out");
    refuse(!values.input.empty() && !values.split.empty(), "--split " + values.split,
           "the rows of --input are not divided into parts. Leave --split out");
}

}  // namespace perceptory::cli
