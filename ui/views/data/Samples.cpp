#include "ui/views/data/Samples.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "engine/base/Error.h"
#include "ui/views/SampleImage.h"
#include "ui/widgets/Numbers.h"

namespace perceptory::views {

namespace {

constexpr int digits = 6;

QString numberText(float value) { return widgets::shortNumber(static_cast<double>(value), digits); }

bool isPicture(const std::vector<std::int64_t>& shape) {
    return shape.size() == 3 && (shape[2] == 1 || shape[2] == 3) && shape[0] > 0 && shape[1] > 0;
}

// Fields lie one behind the other; the first may be a picture.
const data::Field& firstField(const data::Dataset& dataset) { return dataset.pipeline.featureFields().front(); }

std::vector<float> stretched(std::span<const float> values) {
    std::vector<float> result(values.begin(), values.end());
    if (result.empty()) return result;
    const auto [low, high] = std::ranges::minmax(result);
    const float span = high > low ? high - low : 1;
    for (float& value : result) value = (value - low) / span;
    return result;
}

}  // namespace

std::vector<SamplePart> partsOf(const data::Dataset& dataset) {
    std::vector<SamplePart> parts(dataset.count, SamplePart::None);
    const auto mark = [&](const std::vector<std::uint32_t>& rows, SamplePart part) {
        for (const std::uint32_t row : rows)
            if (row < parts.size()) parts[row] = part;
    };
    mark(dataset.parts.train, SamplePart::Training);
    mark(dataset.parts.validation, SamplePart::Validation);
    mark(dataset.parts.test, SamplePart::Test);
    return parts;
}

QString partName(SamplePart part) {
    switch (part) {
        case SamplePart::Training:
            return QCoreApplication::translate("Samples", "training");
        case SamplePart::Validation:
            return QCoreApplication::translate("Samples", "validation");
        case SamplePart::Test:
            return QCoreApplication::translate("Samples", "test");
        case SamplePart::None:
            break;
    }
    return QCoreApplication::translate("Samples", "no part");
}

bool hasClasses(const data::Dataset& dataset) {
    return dataset.task == data::Task::Classification && dataset.count > 0 && dataset.units() == 1 &&
           dataset.labels.size() == dataset.count;
}

int classOf(const data::Dataset& dataset, std::uint32_t row) {
    return hasClasses(dataset) && row < dataset.count ? dataset.labels[row] : -1;
}

QString className(const data::Dataset& dataset, int cls) {
    const auto place = static_cast<std::size_t>(cls);
    return cls >= 0 && place < dataset.classNames.size() ? QString::fromStdString(dataset.classNames[place])
                                                         : QCoreApplication::translate("Samples", "unknown");
}

QString targetTitle(const data::Dataset& dataset) {
    QStringList names;
    for (const std::string& name : dataset.targetNames) names += QString::fromStdString(name);
    if (dataset.task == data::Task::Regression && !names.isEmpty()) return names.join(QStringLiteral(" · "));
    return QCoreApplication::translate("Samples", "Class");
}

QString targetText(const data::Dataset& dataset, std::uint32_t row) {
    if (hasClasses(dataset)) return className(dataset, classOf(dataset, row));
    if (dataset.task == data::Task::Classification)
        return QCoreApplication::translate("Samples", "%Ln classes", nullptr, static_cast<int>(dataset.units()));
    const std::size_t width = dataset.targetNames.size();
    QStringList numbers;
    for (std::size_t i = 0; i < width && (row * width + i) < dataset.targets.size(); ++i)
        numbers += numberText(dataset.targets[row * width + i]);
    return numbers.join(QStringLiteral(" · "));
}

float targetNumber(const data::Dataset& dataset, std::uint32_t row) {
    if (hasClasses(dataset)) return static_cast<float>(classOf(dataset, row));
    const std::size_t place = row * dataset.targetNames.size();
    return place < dataset.targets.size() ? dataset.targets[place] : 0;
}

const std::vector<std::string>& columnNames(const data::Dataset& dataset, bool prepared) {
    return prepared ? dataset.featureNames : dataset.rawNames;
}

std::span<const float> valuesOf(const data::Dataset& dataset, std::uint32_t row, bool prepared,
                                std::vector<float>& scratch) {
    if (row >= dataset.count) return {};
    try {
        return prepared ? dataset.input(row, scratch) : dataset.rawRow(row, scratch);
    } catch (const base::Error&) {
        return {};
    }
}

const std::vector<std::string>* wordsOf(const data::Dataset& dataset, std::size_t column) {
    return column < dataset.words.size() && !dataset.words[column].empty() ? &dataset.words[column] : nullptr;
}

QString valueText(const data::Dataset& dataset, std::size_t column, bool prepared, float value) {
    if (std::isnan(value)) return QCoreApplication::translate("Samples", "missing");
    const std::vector<std::string>* words = prepared ? nullptr : wordsOf(dataset, column);
    if (!words) return numberText(value);
    const bool known = value >= 0 && static_cast<std::size_t>(value) < words->size();
    return known ? QString::fromStdString((*words)[static_cast<std::size_t>(value)])
                 : QCoreApplication::translate("Samples", "unknown");
}

bool hasImages(const data::Dataset& dataset) {
    const data::Field& field = firstField(dataset);
    return isPicture(field.shape) && static_cast<std::size_t>(field.size()) <= dataset.rawNames.size() &&
           dataset.pipeline.featureCount() == dataset.rawNames.size();
}

QImage sampleImage(const data::Dataset& dataset, std::uint32_t row, bool prepared) {
    if (!hasImages(dataset)) return {};
    const data::Field& field = firstField(dataset);
    const auto size = static_cast<std::size_t>(field.size());
    std::vector<float> scratch;
    const std::span<const float> values = valuesOf(dataset, row, prepared, scratch);
    if (values.empty()) return {};
    if (!prepared) return imageOf(values.first(size), field.shape);
    if (dataset.pipeline.inputShape() == field.shape && values.size() >= size)
        return imageOf(stretched(values.first(size)), field.shape);
    std::vector<float> back(dataset.pipeline.featureCount());
    dataset.pipeline.undo(values, 1, back);
    return imageOf(stretched(std::span<const float>(back).first(size)), field.shape);
}

}  // namespace perceptory::views
