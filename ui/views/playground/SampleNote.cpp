#include "ui/views/playground/SampleNote.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"

namespace perceptory::views {

namespace {

QString className(const data::Dataset& dataset, std::size_t place) {
    return place < dataset.classNames.size() ? QString::fromStdString(dataset.classNames[place])
                                             : QString::number(place);
}

QString numberText(float value) { return widgets::shortNumber(static_cast<double>(value), 3); }

// "virginica (93 %)" or a number.
QString said(const data::Dataset& dataset, const SampleAnswer& answer) {
    const training::OutputReading& reading = answer.reading;
    const bool finite = std::ranges::all_of(answer.outputs, [](float value) { return std::isfinite(value); });
    if (answer.outputs.empty() || !finite || answer.outputs.size() != static_cast<std::size_t>(reading.outputs))
        return {};
    if (reading.classes < 2) return numberText(answer.outputs.front());
    std::vector<float> probabilities(static_cast<std::size_t>(reading.classes));
    reading.probabilities(answer.outputs.data(), probabilities.data());
    const auto likeliest = std::ranges::max_element(probabilities);
    return QCoreApplication::translate("SampleNote", "%1 (%2 %)")
        .arg(className(dataset, static_cast<std::size_t>(likeliest - probabilities.begin())),
             QString::number(100 * static_cast<double>(*likeliest), 'f', 0));
}

// "true class virginica"; empty where there is more than one for a row.
QString truth(const data::Dataset& dataset, std::uint32_t row) {
    if (dataset.task == data::Task::Regression) {
        const std::size_t place = row * dataset.targetNames.size();
        if (place >= dataset.targets.size()) return {};
        return QCoreApplication::translate("SampleNote", "true value %1").arg(numberText(dataset.targets[place]));
    }
    if (dataset.units() != 1 || row >= dataset.labels.size() || dataset.labels[row] < 0) return {};
    return QCoreApplication::translate("SampleNote", "true class %1")
        .arg(className(dataset, static_cast<std::size_t>(dataset.labels[row])));
}

QString partName(const data::Parts& parts, std::uint32_t row) {
    if (std::ranges::binary_search(parts.test, row)) return QCoreApplication::translate("SampleNote", "test");
    if (std::ranges::binary_search(parts.validation, row))
        return QCoreApplication::translate("SampleNote", "validation");
    return QCoreApplication::translate("SampleNote", "training");
}

}  // namespace

QString sampleNote(const PlaneScene& scene, const PlaneChoice& choice, const SampleAnswer& answer) {
    const data::Dataset& dataset = *scene.dataset;
    if (dataset.rawNames.size() <= 2) return {};
    QStringList known{truth(dataset, answer.row)};
    if (const QString words = said(dataset, answer); !words.isEmpty())
        known << QCoreApplication::translate("SampleNote", "network says %1").arg(words);
    known.removeAll(QString());
    const QString sample = QCoreApplication::translate("SampleNote", "Sample %1 (%2)")
                               .arg(QString::number(answer.row + 1), partName(dataset.parts, answer.row));
    const QString map = choice.components
                            ? QCoreApplication::translate("SampleNote", "Map: other components at their mean")
                            : QCoreApplication::translate("SampleNote", "Map: other columns at their mean");
    return (known.isEmpty() ? sample : sample + QStringLiteral(": ") + known.join(QStringLiteral(", "))) +
           QLatin1Char('\n') + QCoreApplication::translate("SampleNote", "Neurons: this sample") + QLatin1Char('\n') +
           map;
}

}  // namespace perceptory::views
