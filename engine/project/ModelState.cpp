#include "engine/project/ModelState.h"

#include <cstring>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::project {

using base::Error;
using base::Json;

namespace {

std::string slotName(std::size_t slot, const std::string& parameter) {
    return "optimizer." + std::to_string(slot) + "." + parameter;
}

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

}  // namespace

Model makeModel(Json project, const RunParts& run) {
    Model model;
    model.project = std::move(project);
    model.pipeline = run.dataset.pipeline.toJson();
    model.target = {{"task", data::taskName(run.dataset.task)},
                    {"names", run.dataset.targetNames},
                    {"encoding", run.reading.encodingName()}};
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
    for (std::size_t slot = 0; slot < slotCount; ++slot)
        point.optimizerSlots.push_back(
            flatOf(model, network, place, [slot](const std::string& name) { return slotName(slot, name); }));
    return point;
}

data::Trained trainedOf(const Model& model, const std::string& place) {
    return {data::InputPipeline::fromJson(model.pipeline, place), model.classNames};
}

std::shared_ptr<const data::Dataset> rowlessDataset(const Model& model, const std::string& place) {
    auto dataset = std::make_shared<data::Dataset>();
    dataset->pipeline = data::InputPipeline::fromJson(model.pipeline, place);
    dataset->task = model.target.is_object() && model.target.value("task", Json()) == "regression"
                        ? data::Task::Regression
                        : data::Task::Classification;
    if (model.target.is_object() && model.target.contains("names") && model.target["names"].is_array())
        for (const Json& name : model.target["names"])
            if (name.is_string()) dataset->targetNames.push_back(name.get<std::string>());
    dataset->classNames = model.classNames;
    dataset->featureNames = dataset->pipeline.inputNames();
    dataset->inputShape = dataset->pipeline.inputShape();
    dataset->rawNames = dataset->pipeline.rawNames();
    return dataset;
}

}  // namespace perceptory::project
