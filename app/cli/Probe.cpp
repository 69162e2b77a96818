// perceptory-cli probe: any quantity the views show, without a screen.

#include <algorithm>
#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/Npy.h"
#include "app/cli/OpenRun.h"
#include "app/cli/PlanePicture.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::cli {

using base::Json;

namespace {

struct Values {
    std::string model, what, node, className, split, input, output;
    std::optional<std::int64_t> sample;
    std::vector<std::string> sets;
};

// Places along each side where nothing else is said; a picture of 600 pixels shows each as two.
constexpr int pictureSize = 300;

const std::vector<std::string>& probesOfTheContract() {
    static const std::vector<std::string> ids{
        "decision_boundary", "neuron_maps", "activations",     "filters",
        "weights",           "saliency",    "smoothgrad",      "integrated_gradients",
        "guided_backprop",   "grad_cam",    "guided_grad_cam", "occlusion",
        "distributions",     "embedding",   "confusion",       "loss_surface"};
    return ids;
}

const training::ProbeType& probeOf(const std::string& id) {
    if (const training::ProbeType* type = training::probes().find(id)) return *type;
    std::string list;
    for (const std::string& known : training::probes().ids()) list += (list.empty() ? "" : ", ") + known;
    const bool later = std::ranges::count(probesOfTheContract(), id) > 0;
    throw UsageError("--what " + id + ": " +
                     (later ? "this version does not have that probe" : "there is no such probe") +
                     ". Choose one of: " + list + ".");
}

// The settings of the request, out of the options that this probe knows.
class Settings {
public:
    explicit Settings(const training::ProbeType& type) : m_type(type) {}

    void put(const std::string& id, const Json& value, const std::string& option) {
        if (!m_type.parameter(id)) {
            std::string known;
            for (const base::ParamType& parameter : m_type.parameters) known += " " + parameter.id;
            throw UsageError(option + ": the probe " + m_type.id + " has no such setting. It knows:" + known + ".");
        }
        m_json[id] = value;
    }

    void assign(const std::string& assignment) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0)
            throw UsageError("--set " + assignment + ": write NAME=VALUE, such as size=200.");
        const std::string text = assignment.substr(equals + 1);
        const Json value = Json::parse(text, nullptr, false);
        put(assignment.substr(0, equals), value.is_discarded() ? Json(text) : value, "--set " + assignment);
    }

    const Json& json() const { return m_json; }

private:
    const training::ProbeType& m_type;
    Json m_json = Json::object();
};

Json settingsFor(const training::ProbeType& type, const Values& values, const data::Dataset& dataset) {
    Settings settings(type);
    if (!values.node.empty()) settings.put("node", values.node, "--node");
    if (!values.className.empty()) settings.put("class", values.className, "--class");
    if (values.sample) {
        const std::vector<std::uint32_t> rows = rowsOf(dataset, values.split.empty() ? "all" : values.split);
        if (*values.sample < 0 || *values.sample >= static_cast<std::int64_t>(rows.size()))
            throw UsageError("--sample " + std::to_string(*values.sample) + ": there are " +
                             std::to_string(rows.size()) + " rows, counted from 0.");
        settings.put("row", rows[static_cast<std::size_t>(*values.sample)], "--sample");
    }
    if (values.output.ends_with(".png") && type.id == "decision_boundary") settings.put("size", pictureSize, "");
    for (const std::string& assignment : values.sets) settings.assign(assignment);
    return settings.json();
}

// As arrays of images, [N, C, H, W], where the result is a stack of maps: the outputs are the channels of one image,
// the neurons are images of their own.
std::vector<std::int64_t> npyShape(const training::ProbeType& type, const training::ProbeResult& result) {
    std::vector<std::int64_t> shape = result.shape;
    if (shape.size() == 3) shape.insert(shape.begin() + (type.id == "decision_boundary" ? 0 : 1), 1);
    return shape;
}

Picture pictureOf(const training::ProbeType& type, const training::ProbeResult& result,
                  const training::Trainer& trainer, const Json& settings) {
    if (type.id == "decision_boundary")
        return planePicture(result, trainer,
                            training::planeOf(trainer.dataset(), base::ParamValues(type.parameters, settings)));
    if (result.shape.size() == 3) return mapsPicture(result);
    throw UsageError("--what " + type.id + ": this is no picture. Write it as .npy.");
}

// The rows of the file in place of the model's data.
std::shared_ptr<const data::Dataset> dataFor(const OpenModel& model, const Values& values) {
    if (values.input.empty()) return model.load();
    throw UsageError("--input: the probes of this version look at the model's own data. Use --sample N.");
}

int run(const Values& values, const Globals& globals) {
    const training::ProbeType& type = probeOf(values.what);
    const OpenModel model(values.model);
    const auto trainer = model.trainerOn(dataFor(model, values), globals);
    Json settings = settingsFor(type, values, trainer->dataset());
    const bool png = values.output.ends_with(".png");
    training::ProbeCache cache;
    const training::ProbeContext context{trainer->network(), trainer->dataset(), trainer->reading(), trainer->forward(),
                                         cache};
    const training::ProbeResult result = training::measure(context, {type.id, settings});
    writeOutput(values.output, png ? pictureOf(type, result, *trainer, settings).png()
                                   : npyBytes(npyShape(type, result), result.values));
    std::cout << values.output << '\n';
    return exitDone;
}

void prepare(CLI::App& command, Values& values) {
    command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
    command.add_option("--what", values.what, "What to measure; see `describe probes`")->required();
    command.add_option("--node", values.node, "Of which node");
    command.add_option("--class", values.className, "For which class; default: the predicted one");
    command.add_option("--split", values.split, "Which part --sample counts in; default: all")
        ->check(CLI::IsMember({"train", "validation", "test", "all"}));
    CLI::Option* sample = command.add_option("--sample", values.sample, "Which row, counted from 0");
    command.add_option("--input", values.input, "A file in place of the model's data")->excludes(sample);
    command.add_option("--set", values.sets, "NAME=VALUE, a setting of the probe; may be given repeatedly")
        ->allow_extra_args(false);
    command.add_option("--output", values.output, "FILE.npy, or FILE.png for pictures")
        ->required()
        ->check([](const std::string& path) {
            const bool known = path.ends_with(".png") || path.ends_with(".npy");
            return known ? std::string() : "the name must end in .npy or .png";
        });
}

}  // namespace

void addProbe(CommandLine& line) {
    line.add<Values>("probe", "Measures what the views show and writes it to a file",
                     "probe circle.perceptory-model --what decision_boundary --output boundary.png", prepare, run);
}

}  // namespace perceptory::cli
