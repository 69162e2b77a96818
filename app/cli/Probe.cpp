// perceptory-cli probe: any quantity the views show, without a screen.

#include <algorithm>
#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/OpenRun.h"
#include "app/cli/OutputFile.h"
#include "app/cli/PlanePicture.h"
#include "app/cli/ProbeUse.h"
#include "app/cli/SetOption.h"
#include "engine/data/DatasetLoader.h"
#include "engine/exchange/Numpy.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::cli {

using base::Json;

namespace {

using Values = ProbeValues;

// Places along each side where nothing else is said; a picture of 600 pixels shows each as two.
constexpr int pictureSize = 300;

// The settings of the request: those of --set, and those other options stand for.
Json settingsFor(const training::ProbeType& type, const Values& values) {
    Json settings = Json::object();
    if (values.output.ends_with(".png") && type.id == "decision_boundary") settings["size"] = pictureSize;
    settings.update(settingsOf(type, values.sets, "the probe " + type.id));
    return settings;
}

// By its name, else by its number.
std::size_t classOf(const std::string& name, const std::vector<std::string>& names) {
    if (names.empty())
        throw UsageError("--class " + name + ": the network predicts numbers, it has no classes. Leave --class out.");
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    if (name.size() < 6 && isCount(name).empty() && std::stoul(name) < names.size()) return std::stoul(name);
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(10, names.size()); ++i) list += (i ? ", " : "") + names[i];
    throw UsageError("--class " + name + ": there is no such class. Choose one of: " + list +
                     (names.size() > 10 ? ", …" : "") + ".");
}

// The values of one node out of a result that lists its nodes.
void keepNode(training::ProbeResult& result, const std::string& id) {
    std::vector<std::string> ids;
    const std::size_t each = result.shape[0] ? result.values.size() / static_cast<std::size_t>(result.shape[0]) : 0;
    for (const Json& node : result.facts["nodes"]) {
        ids.push_back(node["id"]);
        if (node["id"] != id) continue;
        const auto first = result.values.begin() + static_cast<std::ptrdiff_t>(node["first"].get<std::size_t>() * each);
        result.shape[0] = node["units"];
        result.values = {first, first + static_cast<std::ptrdiff_t>(node["units"].get<std::size_t>() * each)};
        return;
    }
    std::string list;
    for (const std::string& known : ids) list += (list.empty() ? "" : ", ") + known;
    throw UsageError("--node " + id + ": the probe knows no such node. Choose one of: " + list + ".");
}

class Probing {
public:
    Probing(const Values& values, const Globals& globals)
        : m_values(values), m_type(probeOf(values.what)), m_model((refuseUseless(values), values.model)) {
        m_settings = settingsFor(m_type, values);
        insistOnOther("--output", values.output, filesRead());
        if (values.input.empty() || m_type.parameter("row") == nullptr) {
            m_dataset = m_model.load(values.input.empty() ? std::vector<std::string>{} : std::vector{values.input});
            m_trainer = m_model.trainerOn(m_dataset, globals);
        } else {
            readInput(globals);
        }
    }

    int run() {
        if (!m_values.className.empty()) {
            const std::size_t index = classOf(m_values.className, m_dataset->classNames);
            if (m_type.parameter("class"))
                m_settings["class"] = index;
            else
                m_choice.classIndex = index;
        }
        if (m_type.parameter("node") && !m_values.node.empty()) m_settings["node"] = knownNode(m_values.node);
        if (!m_values.split.empty()) m_choice.split = m_values.split;
        if (m_type.parameter("part") && !m_values.split.empty()) m_settings["part"] = m_values.split;
        const training::ProbeResult result = m_type.parameter("row") ? ofRows() : measure(m_settings);
        writeOutput(m_values.output, m_values.output.ends_with(".png") ? pictureOf(result).png() : arrayOf(result));
        std::cout << m_values.output << '\n';
        return exitDone;
    }

private:
    const std::string& knownNode(const std::string& id) const {
        std::string list;
        for (const network::NodeCheck& node : m_trainer->network().nodes()) {
            if (node.spec.id == id) return id;
            list += (list.empty() ? "" : ", ") + node.spec.id;
        }
        throw UsageError("--node " + id + ": the network has no such node. Choose one of: " + list + ".");
    }

    std::vector<std::string> filesRead() const {
        std::vector<std::string> files = m_model.dataFiles();
        if (!m_values.input.empty()) files = {fileOf(m_values.input)};
        files.insert(files.end(), {m_values.model, m_model.path()});
        return files;
    }

    // The rows of the file as inputs of the network; it needs no target.
    void readInput(const Globals& globals) {
        const auto rowless = m_model.rowless();
        const data::NewRows rows = m_model.newRows({m_values.input}, rowless->pipeline);
        auto dataset = std::make_shared<data::Dataset>(*rowless);
        dataset->count = rows.count;
        dataset->inputs = rowless->pipeline.apply(rows.raw, rows.count);
        m_dataset = dataset;
        m_trainer = m_model.trainerOn(rowless, globals);
    }

    training::ProbeResult measure(const Json& settings) {
        const training::ProbeContext context{m_trainer->network(), *m_dataset, m_trainer->reading(),
                                             m_trainer->forward(), m_cache,    m_trainer.get()};
        training::ProbeResult result = training::measure(context, {m_type.id, settings});
        if (!m_values.node.empty() && !m_type.parameter("node")) keepNode(result, m_values.node);
        return result;
    }

    // One sample or place: [units]; all rows of a part or a file: [rows, units].
    training::ProbeResult ofRows() {
        if (!m_values.sample && m_values.split.empty() && m_values.input.empty()) return measure(m_settings);
        const std::vector<std::uint32_t> rows = rowsOf(*m_dataset, m_choice.split);
        if (rows.empty()) throw UsageError("--split " + m_choice.split + ": this part has no rows. Choose another.");
        if (m_values.sample) {
            if (*m_values.sample < 0 || *m_values.sample >= static_cast<std::int64_t>(rows.size()))
                throw UsageError("--sample " + std::to_string(*m_values.sample) + ": choose a row from 0 to " +
                                 std::to_string(rows.size() - 1) + ".");
            return measure(atRow(rows[static_cast<std::size_t>(*m_values.sample)]));
        }
        training::ProbeResult all;
        for (const std::uint32_t row : rows) {
            const training::ProbeResult one = measure(atRow(row));
            if (all.values.empty()) insistOnRoom(rows.size(), one.values.size());
            all.values.insert(all.values.end(), one.values.begin(), one.values.end());
            all.shape = one.shape;
        }
        // Images are [rows, channels, height, width], all else [rows, numbers].
        const auto count = static_cast<std::int64_t>(rows.size());
        if (all.shape.size() != 4) all.shape = {count, static_cast<std::int64_t>(all.values.size()) / count};
        all.shape.front() = count;
        return all;
    }

    Json atRow(std::uint32_t row) const {
        Json settings = m_settings;
        settings["row"] = row;
        return settings;
    }

    static void insistOnRoom(std::size_t rows, std::size_t units) {
        constexpr std::size_t most = std::size_t{1} << 28;  // numbers, 1 GiB
        if (rows * units > most)
            throw UsageError("The results of " + std::to_string(rows) + " rows are " + std::to_string(rows * units) +
                             " numbers. Choose one node with --node, or fewer rows.");
    }

    // As arrays of images, [N, C, H, W], where the result is a stack of maps: the outputs are the channels of one
    // image, the neurons are images of their own. With a class its probability takes the place of the outputs.
    std::string arrayOf(const training::ProbeResult& result) const {
        std::vector<std::int64_t> shape = result.shape;
        if (shape.size() == 3) shape.insert(shape.begin() + (m_type.id == "decision_boundary" ? 0 : 1), 1);
        if (!m_choice.classIndex) return exchange::npyBytes(shape, result.values);
        shape[1] = 1;
        return exchange::npyBytes(shape, probabilities(result, *m_choice.classIndex));
    }

    std::vector<float> probabilities(const training::ProbeResult& result, std::size_t classIndex) const {
        const training::OutputReading& reading = m_trainer->reading();
        const auto outputs = static_cast<std::size_t>(reading.outputs);
        const std::size_t cells = result.values.size() / outputs;
        std::vector<float> output(outputs), shares(static_cast<std::size_t>(reading.classes)), all(cells);
        for (std::size_t cell = 0; cell < cells; ++cell) {
            for (std::size_t k = 0; k < outputs; ++k) output[k] = result.values[k * cells + cell];
            reading.probabilities(output.data(), shares.data());
            all[cell] = shares[classIndex];
        }
        return all;
    }

    Picture pictureOf(const training::ProbeResult& result) const {
        if (m_type.id == "decision_boundary")
            return planePicture(result, *m_trainer,
                                training::planeOf(*m_dataset, base::ParamValues(m_type.parameters, m_settings)),
                                m_choice);
        if (result.shape.size() >= 3) return mapsPicture(result);
        throw UsageError("--what " + m_type.id + ": this is no picture. Write it as .npy.");
    }

    const Values& m_values;
    const training::ProbeType& m_type;
    OpenModel m_model;
    Json m_settings;
    std::shared_ptr<const data::Dataset> m_dataset;
    std::unique_ptr<training::Trainer> m_trainer;
    training::ProbeCache m_cache;
    PlaneChoice m_choice;
};

int run(const Values& values, const Globals& globals) { return Probing(values, globals).run(); }

void prepare(CLI::App& command, Values& values) {
    command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
    command.add_option("--what", values.what, "What to measure; see `describe probes`")->required();
    command.add_option("--node", values.node, "Of which node alone (neuron_maps, activations)");
    command.add_option("--class", values.className,
                       "How probable this class is: its name or number (decision_boundary); default: all outputs");
    command
        .add_option("--split", values.split,
                    "The rows --sample counts in, or all of them (activations); the points drawn (decision_boundary)")
        ->check(CLI::IsMember({"train", "validation", "test", "all"}));
    CLI::Option* sample = command.add_option("--sample", values.sample, "Which row, counted from 0");
    command
        .add_option("--input", values.input,
                    "A file in place of the model's data: its rows (activations), else its points and ranges")
        ->excludes(sample);
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
