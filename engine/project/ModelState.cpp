#include "engine/project/ModelState.h"

#include <cstring>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/optimizers/Solver.h"

namespace perceptory::project {

using base::Error;
using base::Json;

namespace {

std::string slotName(std::size_t slot, const std::string& parameter) {
    return "optimizer." + std::to_string(slot) + "." + parameter;
}

// What begins the names of a solver's memory.
const std::string solverPrefix = "optimizer.solver.";

// Of the best weights that a stopping rule keeps.
std::string bestName(const std::string& parameter) { return "best." + parameter; }

void addTensors(tensor::NamedTensors& tensors, const network::Network& network, const tensor::Buffer& flat,
                const std::function<std::string(const std::string&)>& name) {
    const auto size = static_cast<std::int64_t>(flat.precision());
    for (const network::Parameter& parameter : network.parameters()) {
        tensor::NamedTensor& tensor = tensors.emplace_back(name(parameter.name), parameter.spec.shape,
                                                           tensor::Buffer(parameter.count, flat.precision()));
        std::memcpy(tensor.values.data(), static_cast<const std::byte*>(flat.data()) + parameter.offset * size,
                    tensor.values.bytes());
    }
}

tensor::Buffer flatOf(const Model& model, const network::Network& network, const std::string& place,
                      const std::function<std::string(const std::string&)>& name) {
    tensor::Buffer flat(network.parameterCount());
    for (const network::Parameter& parameter : network.parameters()) {
        const tensor::NamedTensor* tensor = model.tensor(name(parameter.name));
        if (!tensor)
            throw Error(
                base::sentence("{0}: the model has no \"{1}\", which this network needs. Choose a model of the same "
                               "network and optimizer.",
                               place, name(parameter.name)));
        if (tensor->shape != parameter.spec.shape)
            throw Error(base::sentence(
                "{0}: \"{1}\" is {2} in the model, but {3} in the network. Choose a model of the same network.", place,
                tensor->name, tensor::shapeText(tensor->shape), tensor::shapeText(parameter.spec.shape)));
        for (std::int64_t i = 0; i < parameter.count; ++i) flat.set(parameter.offset + i, tensor->values.get(i));
    }
    return flat;
}

// A whole number of `counters`, 0 when it is not there.
std::uint64_t counter(const Model& model, const char* name, const std::string& place) {
    if (!model.counters.is_object() || !model.counters.contains(name)) return 0;
    const Json& value = model.counters[name];
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 0x7fffffff)
        throw Error(base::sentence("{0}: the counter \"{1}\" is {2}. The file is damaged.", place, name, value.dump()));
    return value.get<std::uint64_t>();
}

// What a target is, without its rows; the classes of the first one have a place of their own.
Json targetJson(const data::Target& target) {
    return {{"task", data::taskName(target.task)},
            {"name", target.targetName},
            {"names", target.targetNames},
            {"shape", target.targetShape},
            {"class_counts", target.classCounts}};
}

template <class T>
std::vector<T> listOf(const Json& json, const char* key) {
    return json.contains(key) ? json[key].get<std::vector<T>>() : std::vector<T>{};
}

data::Target readTarget(const Json& json) {
    data::Target target;
    if (!json.is_object()) return target;
    target.targetName = json.value("name", target.targetName);
    target.task = json.value("task", Json()) == "regression" ? data::Task::Regression : data::Task::Classification;
    target.targetNames = listOf<std::string>(json, "names");
    target.targetShape = listOf<std::int64_t>(json, "shape");
    target.classCounts = listOf<std::int64_t>(json, "class_counts");
    target.classNames = listOf<std::string>(json, "classes");
    for (const std::int64_t size : target.targetShape)
        if (size < 1) throw Error(base::sentence("A target has the size {0}.", size));
    tensor::elementCount(target.targetShape);  // throws when it overflows
    return target;
}

struct Targets {
    data::Target first;
    std::vector<data::Target> more;
};

Targets targetsOf(const Model& model, const std::string& place) try {
    Targets targets{readTarget(model.target), {}};
    targets.first.classNames = model.classNames;
    if (model.target.is_object() && model.target.contains("more"))
        for (const Json& target : model.target["more"]) targets.more.push_back(readTarget(target));
    return targets;
} catch (const std::exception& error) {
    throw Error(
        base::sentence("{0}: the description of the targets is damaged ({1}). Train again.", place, error.what()));
}

}  // namespace

Model makeModel(Json project, const RunParts& run) {
    Model model;
    model.project = std::move(project);
    model.pipeline = run.dataset.pipeline.toJson();
    model.target = targetJson(run.dataset);
    model.target["encoding"] = run.reading.encodingName();
    for (const data::Target& target : run.dataset.moreTargets) {
        Json more = targetJson(target);
        more["classes"] = target.classNames;
        model.target["more"].push_back(std::move(more));
    }
    model.classNames = run.dataset.classNames;
    model.epoch = static_cast<double>(run.state.progress.epoch);
    model.step = static_cast<std::int64_t>(run.state.progress.step);
    model.instructionSet = run.instructionSet;
    model.counters = {{"batch", run.state.progress.batch},
                      {"batch_size", static_cast<std::uint64_t>(run.state.activeBatchSize)}};
    addTensors(model.tensors, run.network, run.state.weights, [](const std::string& name) { return name; });
    for (std::size_t slot = 0; slot < run.state.optimizerSlots.size(); ++slot)
        addTensors(model.tensors, run.network, run.state.optimizerSlots[slot],
                   [slot](const std::string& name) { return slotName(slot, name); });
    for (tensor::NamedTensor tensor : run.state.solver ? run.state.solver->memory() : run.state.solverMemory) {
        tensor.name = solverPrefix + tensor.name;
        model.tensors.push_back(std::move(tensor));
    }
    tensor::NamedTensors preparation = run.dataset.pipeline.tensors();
    for (tensor::NamedTensor& tensor : preparation) model.tensors.push_back(std::move(tensor));
    model.counters["watch"] = run.state.watch.toJson();
    if (run.state.watch.best.size() > 0) addTensors(model.tensors, run.network, run.state.watch.best, bestName);
    return model;
}

training::RestorePoint restorePointOf(const Model& model, const network::Network& network, std::size_t slotCount,
                                      const std::string& place) {
    training::RestorePoint point;
    point.progress = {static_cast<std::uint64_t>(model.step), static_cast<std::uint64_t>(model.epoch),
                      counter(model, "batch", place)};
    point.activeBatchSize = static_cast<int>(std::max<std::uint64_t>(1, counter(model, "batch_size", place)));
    point.weights = flatOf(model, network, place, [](const std::string& name) { return name; });
    if (model.counters.is_object() && model.counters.contains("watch"))
        point.watch = training::WatchState::fromJson(model.counters["watch"]);
    if (!network.parameters().empty() && model.tensor(bestName(network.parameters().front().name)))
        point.watch.best = flatOf(model, network, place, bestName);
    for (const tensor::NamedTensor& tensor : model.tensors)
        if (tensor.name.starts_with(solverPrefix))
            point.solverMemory.push_back({tensor.name.substr(solverPrefix.size()), tensor.shape, tensor.values});
    for (std::size_t slot = 0; slot < slotCount; ++slot)
        point.optimizerSlots.push_back(
            flatOf(model, network, place, [slot](const std::string& name) { return slotName(slot, name); }));
    return point;
}

data::Trained trainedOf(const Model& model, const std::string& place) {
    Targets targets = targetsOf(model, place);
    return {data::InputPipeline::fromJson(model.pipeline, place, model.tensors), model.classNames,
            std::move(targets.first.classCounts), std::move(targets.more)};
}

std::shared_ptr<const data::Dataset> rowlessDataset(const Model& model, const std::string& place) {
    auto dataset = std::make_shared<data::Dataset>();
    Targets targets = targetsOf(model, place);
    static_cast<data::Target&>(*dataset) = std::move(targets.first);
    dataset->moreTargets = std::move(targets.more);
    dataset->pipeline = data::InputPipeline::fromJson(model.pipeline, place, model.tensors);
    dataset->featureNames = dataset->pipeline.inputNames();
    dataset->inputShape = dataset->pipeline.inputShape();
    dataset->fields = dataset->pipeline.fields();
    dataset->rawNames = dataset->pipeline.rawNames();
    return dataset;
}

}  // namespace perceptory::project
