// perceptory-cli train: a project from first weights, or from a checkpoint, to a model.

#include <chrono>
#include <iostream>
#include <thread>

#include "app/cli/Command.h"
#include "app/cli/History.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Messages.h"
#include "app/cli/Numbers.h"
#include "app/cli/OpenRun.h"
#include "app/cli/OutputFile.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/SetOption.h"
#include "app/cli/TrainEnd.h"
#include "engine/exchange/Safetensors.h"
#include "engine/network/TorchWeights.h"
#include "engine/project/ModelState.h"
#include "engine/project/Project.h"

namespace perceptory::cli {

using base::Json;

namespace {

struct Values {
    std::string project, model, history, initial, resume;
    double checkpoint = 60;  // seconds
    std::optional<std::uint64_t> epochs, steps, seed;
    std::string device = "cpu", kernels = "fast";
    int threads = 0;
    std::vector<std::string> sets;
    bool json = false, quiet = false;
};

int threadsFor(const Values& values) {
    if (values.threads > 0) return values.threads;
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 16);
}

void insistOnDevice(const std::string& device) {
    if (device == "cpu") return;
    if (device.starts_with("opencl"))
        throw base::Error("--device " + device + ": this version trains on the processor only. Use --device cpu.");
    throw UsageError("--device " + device + ": there is no such device. Use cpu, or opencl[:N].");
}

// The project as this run has it; the model file keeps it so.
OpenProject projectFor(const Values& values) {
    OpenProject project = openProject(values.project);
    for (const std::string& assignment : values.sets) setValue(project.json, assignment);
    Json& training = project.json["training"];
    if (!training.is_object() && !training.is_null()) return project;
    if (values.seed) training["seed"] = std::to_string(*values.seed);
    if (values.epochs) training["epochs"] = *values.epochs;
    return project;
}

TrainLimits limitsFor(const Values& values, const training::RunSpec& spec) {
    TrainLimits limits{.steps = values.steps};
    if (!values.steps || values.epochs) limits.epochs = spec.training.epochs;
    return limits;
}

class Training {
public:
    Training(const Values& values, const Globals& globals)
        : m_values(values), m_project(projectFor(values)), m_run(checkProject(m_project)) {
        insistOnSound(m_run.check.problems, values.project, values.quiet);
        insistOnOtherFiles();
        if (!values.quiet)
            for (const std::string& note : m_run.dataset->notes) say(values.project + ": data: " + note);
        const bool fast = values.kernels == "fast" && values.initial.empty();
        const training::TrainerOptions options{.threads = threadsFor(values),
                                               .isa = globals.isa,
                                               .kernels = fast ? ir::Kernels::Fast : ir::Kernels::Parity};
        m_trainer = std::make_unique<training::Trainer>(m_run.spec, m_run.dataset, options);
        m_limits = limitsFor(values, m_run.spec);
        if (!values.model.empty()) keepDataSums(m_project);
        if (!values.initial.empty()) takeInitial();
        if (values.resume.empty()) return;
        resume();
        sayIfDone();
    }

    int run() {
        if (m_values.model.empty() && !m_values.quiet)
            say("The trained weights will not be kept, because there is no --model FILE.");
        const EndReason reason = train();
        if (reason == EndReason::Diverged) sayDivergence();
        const std::optional<training::Stop>& stop = m_trainer->stopped();
        if (stop) say(m_values.project + ": " + stop->sentence);
        if (!m_values.model.empty()) writeModel();
        tellEnd(*m_trainer, {reason, m_last, m_divergence, m_values.model, m_values.json});
        return reason == EndReason::Diverged || (stop && stop->failure) ? exitDiverged : exitDone;
    }

private:
    // Only the checkpoint may be replaced: by the model that goes on from it.
    void insistOnOtherFiles() const {
        std::vector<std::string> inputs = dataFiles(m_run.spec.data, m_project.folder);
        inputs.insert(inputs.end(), {m_values.project, m_values.initial, m_values.resume});
        insistOnOther("--history", m_values.history, inputs);
        if (!isSameFile(m_values.model, m_values.resume)) insistOnOther("--model", m_values.model, inputs);
    }

    void sayDivergence() const {
        const Json& rate = m_trainer->spec().training.optimizer.parameters.value("learning_rate", Json());
        const bool tooHigh = m_divergence.sentence.find("learning rate") != std::string::npos;
        const std::string fix = rate.is_number() ? "=" + roundedText(rate.get<double>() / 10) : "=VALUE";
        say(m_values.project + ": " + m_divergence.sentence +
            (tooHigh ? " Try a tenth of it: --set training.optimizer.parameters.learning_rate" + fix + "." : ""));
    }

    // Limits count from the start of the run, so they may lie behind already.
    void sayIfDone() const {
        const training::Progress& progress = m_trainer->progress();
        const bool steps = m_limits.steps && progress.step >= *m_limits.steps;
        if (m_values.quiet || (!steps && static_cast<double>(progress.epoch) < m_limits.epochs)) return;
        const std::string limit = steps ? "--steps " + std::to_string(*m_limits.steps)
                                        : "the epoch limit of " + roundedText(m_limits.epochs, 10);
        say(m_values.resume + ": this run has come to epoch " + std::to_string(progress.epoch) + " and step " +
            std::to_string(progress.step) + ", so " + limit + " leaves nothing to do. Give a larger --" +
            (steps ? "steps" : "epochs") + "; it counts from the start.");
    }

    void takeInitial() {
        const tensor::NamedTensors tensors = exchange::readSafetensors(m_values.initial);
        const auto unknown =
            network::takeTorchWeights(tensors, m_trainer->network(), m_values.initial, m_trainer->weights());
        for (const std::string& name : unknown)
            say(m_values.initial + ": warning: \"" + name + "\" is not used, the network has no such tensor.");
    }

    void resume() {
        const project::Model model = project::readModel(m_values.resume);
        insistOnSameOptimizer(model);
        const std::string isa = m_trainer->kernels().isa;
        if (model.instructionSet != isa)
            say(m_values.resume + ": warning: it was trained with the kernels \"" + model.instructionSet +
                "\"; with \"" + isa + "\" the run goes on, but not bit for bit.");
        const std::size_t slotCount = m_trainer->optimization().optimizerSlots().size();
        const training::RestorePoint point =
            project::restorePointOf(model, m_trainer->network(), slotCount, m_values.resume);
        m_trainer->restore(point);
        if (m_trainer->progress().batch >= m_trainer->stepsPerEpoch())
            throw base::Error(
                m_values.resume +
                ": the checkpoint was made with more data or smaller batches. Resume with the same project.");
        const Json& counters = model.counters;
        if (counters.is_object() && counters.value("epoch_loss", Json()).is_number() &&
            counters.value("epoch_samples", Json()).is_number_unsigned())
            m_sums = {counters["epoch_loss"].get<double>(), counters["epoch_samples"].get<std::uint64_t>()};
    }

    void insistOnSameOptimizer(const project::Model& model) const {
        base::Problems problems;
        const training::RunSpec then = training::RunSpec::fromJson(model.project, problems);
        if (then.training.optimizer.type != m_run.spec.training.optimizer.type)
            throw base::Error(m_values.resume + ": it was trained with " + then.training.optimizer.type +
                              ", but the project asks for " + m_run.spec.training.optimizer.type +
                              ". Resume with the same optimizer.");
    }

    EndReason train() {
        Interrupt interrupt;
        std::optional<History> history;
        if (!m_values.history.empty())
            history.emplace(m_values.history, training::metricIds(m_run.spec.training, m_trainer->heads()),
                            !m_values.resume.empty());
        std::optional<ProgressLine> line;
        if (!m_values.quiet && !m_values.json) line.emplace(*m_trainer, m_limits);
        TrainObserver observer;
        observer.stopWanted = [&] { return interrupt.wanted(); };
        const TrainRun* running = nullptr;
        observer.stepsDone = [&](const training::Progress& progress) {
            if (line) line->tick(progress);
            keepCheckpoint(running->sums());
        };
        observer.epochEnded = [&](const EpochReport& report) {
            if (line) line->epochEnded(report);
            m_last = report;
            if (!history && !m_values.json) return;
            const EpochMeasures measures = measure(*m_trainer, report);
            if (history) history->add(measures);
            if (m_values.json) std::cout << toJson(measures).dump() << '\n' << std::flush;
        };
        TrainRun run(*m_trainer, m_limits, observer, m_sums);
        running = &run;
        m_checkpointTime = std::chrono::steady_clock::now();
        const EndReason reason = run.run();
        m_divergence = run.divergence();
        m_sums = run.sums();
        if (history) history->finish();
        return reason;
    }

    // What a power failure would cost is trained again within that time.
    void keepCheckpoint(const EpochSums& sums) {
        const auto now = std::chrono::steady_clock::now();
        const std::chrono::duration<double> passed = now - m_checkpointTime;
        if (m_values.model.empty() || m_values.checkpoint <= 0 || passed.count() < m_values.checkpoint) return;
        if (!m_trainer->finite()) return;  // never over finite weights
        m_sums = sums;
        writeModel();
        m_checkpointTime = std::chrono::steady_clock::now();
    }

    void writeModel() {
        const training::RestorePoint state = m_trainer->save();
        Json project = project::withPathsFor(m_project.json, m_project.folder, project::folderOf(m_values.model));
        project::Model model = project::makeModel(
            std::move(project),
            {m_trainer->network(), m_trainer->dataset(), m_trainer->reading(), state, m_trainer->kernels().isa});
        model.counters["epoch_loss"] = m_sums.loss;
        model.counters["epoch_samples"] = m_sums.samples;
        try {
            project::writeModel(model, m_values.model);
        } catch (const base::Error& error) {
            throw OutputError(error.sentence());
        }
    }

    const Values& m_values;
    OpenProject m_project;
    CheckedRun m_run;
    std::unique_ptr<training::Trainer> m_trainer;
    TrainLimits m_limits;
    EpochSums m_sums;
    EpochReport m_last;
    training::Divergence m_divergence;
    std::chrono::steady_clock::time_point m_checkpointTime;
};

int run(const Values& values, const Globals& globals) {
    insistOnDevice(values.device);
    insistOnPlace(values.model);
    return Training(values, globals).run();
}

void prepare(CLI::App& command, Values& values) {
    command.add_option("PROJECT", values.project, "A project file")->required();
    command.add_option("--model", values.model, "Where to write the trained network; also on Ctrl-C");
    command
        .add_option("--checkpoint", values.checkpoint,
                    "Write --model every so many seconds of training too; 0: only at its end")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_option("--history", values.history, "Where to write one row per epoch (CSV)");
    command.add_option("--epochs", values.epochs, "Instead of the project's number of epochs")->check(isCount);
    command.add_option("--steps", values.steps, "End after so many updates; alone it lifts the limit of epochs")
        ->check(isCount);
    command.add_option("--seed", values.seed, "Instead of training.seed: first weights, order, dropout")
        ->check(isCount);
    command.add_option("--device", values.device, "cpu, or opencl[:N]");
    command.add_option("--threads", values.threads, "Default: one per processor core; results do not depend on it")
        ->check(CLI::Range(1, 256));
    command.add_option("--kernels", values.kernels, "fast, or parity: the general kernels, for comparisons")
        ->check(CLI::IsMember({"fast", "parity"}));
    CLI::Option* initial =
        command.add_option("--initial", values.initial, "First weights (safetensors, PyTorch's names); implies parity");
    command
        .add_option("--resume", values.resume, "A model file to go on from; --epochs and --steps count from its start")
        ->excludes(initial);
    command.add_option("--set", values.sets, "PATH=VALUE replaces a value of the project; may be given repeatedly")
        ->allow_extra_args(false);
    command.add_flag("--json", values.json, "One JSON object per epoch, and a last one");
    command.add_flag("--quiet", values.quiet, "No progress, no warnings");
}

}  // namespace

void addTrain(CommandLine& line) {
    line.add<Values>("train", "Trains a project",
                     "train iris.perceptory --model iris.perceptory-model --history iris.csv --epochs 200", prepare,
                     run);
}

}  // namespace perceptory::cli
