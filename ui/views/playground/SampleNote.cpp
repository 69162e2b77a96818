#include "ui/views/playground/SampleNote.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"

namespace perceptory::views {

namespace {

// "virginica, 93 %" or a number.
QString answer(const data::Dataset& dataset, const training::OutputReading& reading, std::span<const float> outputs) {
    const bool finite = std::ranges::all_of(outputs, [](float value) { return std::isfinite(value); });
    if (outputs.empty() || !finite || outputs.size() != static_cast<std::size_t>(reading.outputs)) return {};
    if (reading.classes < 2) return widgets::shortNumber(static_cast<double>(outputs.front()), 3);
    std::vector<float> probabilities(static_cast<std::size_t>(reading.classes));
    reading.probabilities(outputs.data(), probabilities.data());
    const auto likeliest = std::ranges::max_element(probabilities);
    const auto place = static_cast<std::size_t>(likeliest - probabilities.begin());
    const QString name =
        place < dataset.classNames.size() ? QString::fromStdString(dataset.classNames[place]) : QString::number(place);
    return QCoreApplication::translate("SampleNote", "%1 (%2 %)")
        .arg(name, widgets::shortNumber(100 * static_cast<double>(*likeliest), 2));
}

}  // namespace

QString sampleNote(const PlaneScene& scene, const PlaneChoice& choice, const training::OutputReading& reading,
                   std::span<const float> outputs) {
    if (scene.dataset->rawNames.size() <= 2) return {};
    const QString map = choice.components
                            ? QCoreApplication::translate("SampleNote", "Map: other components at their mean")
                            : QCoreApplication::translate("SampleNote", "Map: other columns at their mean");
    const QString said = answer(*scene.dataset, reading, outputs);
    const QString sample = said.isEmpty()
                               ? QCoreApplication::translate("SampleNote", "Neurons: this sample")
                               : QCoreApplication::translate("SampleNote", "Neurons: this sample, %1").arg(said);
    return sample + QLatin1Char('\n') + map;
}

}  // namespace perceptory::views
