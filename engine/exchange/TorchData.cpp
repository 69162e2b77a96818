#include <algorithm>

#include "engine/exchange/TorchTensors.h"
#include "engine/exchange/TorchTraining.h"

namespace perceptory::exchange {

namespace {

struct Part {
    const char* name;
    const std::vector<std::uint32_t>& rows;
};

std::vector<Part> partsOf(const data::Dataset& dataset) {
    std::vector<Part> parts;
    for (const Part& part : {Part{"train", dataset.parts.train}, Part{"validation", dataset.parts.validation},
                             Part{"test", dataset.parts.test}})
        if (!part.rows.empty()) parts.push_back(part);
    return parts;
}

bool isRead(const TorchModule& module, const data::Field& field) {
    return std::ranges::find(module.inputs, field.name, &TorchPort::id) != module.inputs.end();
}

// Classes of the units of every row.
tensor::NamedTensor classesOf(std::string name, const data::Target& target, const std::vector<std::uint32_t>& rows) {
    tensor::Shape shape = target.targetShape;
    shape.insert(shape.begin(), std::ssize(rows));
    tensor::NamedTensor tensor{std::move(name), shape, tensor::Buffer(tensor::elementCount(shape))};
    float* to = tensor.values.floats().data();
    const std::size_t units = target.units();
    for (const std::uint32_t row : rows)
        for (std::size_t unit = 0; unit < units; ++unit) *to++ = static_cast<float>(target.labels[row * units + unit]);
    return tensor;
}

tensor::NamedTensor targetsOf(std::string name, const training::Head& head, const data::Target& target,
                              const std::vector<std::uint32_t>& rows) {
    if (target.task == data::Task::Classification) {
        tensor::NamedTensor classes = classesOf(std::move(name), target, rows);
        classes.shape = head.reading.unitShape;  // without the axes of size 1 that a mask may have
        classes.shape.insert(classes.shape.begin(), std::ssize(rows));
        return classes;
    }
    tensor::Shape engine = head.reading.unitShape;
    engine.push_back(head.reading.outputs);
    const std::size_t width = target.targetNames.size();
    return torchTensor(std::move(name), rows.size(), engine,
                       [&](std::size_t i) { return target.targets.data() + rows[i] * width; });
}

}  // namespace

std::int64_t trainingDataBytes(const TorchModule& module, const training::Trainer& trainer) {
    std::int64_t numbers = 0;
    for (const data::Field& field : trainer.network().fields()) numbers += isRead(module, field) ? field.size() : 0;
    for (const training::Head& head : trainer.heads()) numbers += head.reading.targetWidth();
    std::int64_t rows = 0;
    for (const Part& part : partsOf(trainer.dataset())) rows += std::ssize(part.rows);
    return rows * numbers * static_cast<std::int64_t>(sizeof(float));
}

tensor::NamedTensors trainingData(const TorchModule& module, const training::Trainer& trainer) {
    const data::Dataset& dataset = trainer.dataset();
    const std::vector<std::string> names = headNames(trainer);
    tensor::NamedTensors tensors;
    std::vector<float> scratch;
    for (const Part& part : partsOf(dataset)) {
        const std::string prefix = std::string(part.name) + ".";
        std::size_t first = 0;
        for (const data::Field& field : trainer.network().fields()) {
            if (isRead(module, field))
                tensors.push_back(
                    torchTensor(prefix + "inputs." + field.name, part.rows.size(), field.shape,
                                [&](std::size_t i) { return dataset.input(part.rows[i], scratch).data() + first; }));
            first += static_cast<std::size_t>(field.size());
        }
        for (std::size_t h = 0; h < names.size(); ++h) {
            const training::Head& head = trainer.heads()[h];
            tensors.push_back(targetsOf(prefix + "targets." + names[h], head, dataset.target(head.target), part.rows));
        }
        if (trainer.spec().data.balance != data::Balance::None && !dataset.labels.empty())
            tensors.push_back(classesOf(prefix + "classes", dataset, part.rows));
    }
    return tensors;
}

std::vector<std::string> headNames(const training::Trainer& trainer) {
    ir::PythonNames taken;
    std::vector<std::string> names;
    for (const training::Head& head : trainer.heads()) names.push_back(taken.take(head.name));
    return names;
}

}  // namespace perceptory::exchange
