#include "ui/views/inside/RunWords.h"

#include <QCoreApplication>
#include <QStringList>
#include <utility>

#include "engine/layers/Layer.h"
#include "engine/metrics/Metric.h"
#include "ui/document/EngineText.h"

namespace perceptory::views {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perceptory::views::RunWords)
};

}  // namespace

QString metricText(const std::string& metric) {
    if (metric == "loss") return Words::tr("loss");
    if (metric == "learning_rate") return Words::tr("learning rate");
    const metrics::MetricType* type = metrics::shelf().find(metric);
    return type ? document::shelfText(type->label) : QString::fromStdString(metric);
}

QString seriesText(const std::string& series) {
    for (const auto& [part, words] : {std::pair{"train_", Words::tr("%1, training")},
                                      {"test_", Words::tr("%1, test")},
                                      {"validation_", Words::tr("%1, validation")}})
        if (series.starts_with(part)) return words.arg(metricText(series.substr(std::string(part).size())));
    return series == "loss" ? Words::tr("loss of the batches") : metricText(series);
}

QString networkText(const std::string& network) {
    const QString arrow = QStringLiteral(" → ");
    QStringList layers = QString::fromStdString(network).split(arrow);
    for (QString& layer : layers) {
        const QString type = layer.section(' ', 0, 0);
        if (const layers::LayerType* found = layers::shelf().find(type.toStdString()))
            layer.replace(0, type.size(), document::shelfText(found->label));
    }
    return layers.join(arrow);
}

}  // namespace perceptory::views
