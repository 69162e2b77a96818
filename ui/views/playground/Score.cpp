#include "ui/views/playground/Score.h"

#include <cmath>

namespace perceptory::views {

const metrics::MetricType* scoreFor(data::Task task) {
    for (const metrics::MetricType* type : metrics::shelf().members()) {
        const bool fits = task == data::Task::Classification ? type->classification : type->regression;
        if (fits && type->higherIsBetter) return type;
    }
    return nullptr;
}

QString scoreText(const metrics::MetricType& score, double value) {
    if (!std::isfinite(value)) return QStringLiteral("–");
    if (score.classification) return QStringLiteral("%1 %").arg(100 * value, 0, 'f', 1);
    const bool small = std::abs(value) < 1000;
    return QString::number(value, small ? 'f' : 'g', small ? 3 : 4).replace('-', QChar(0x2212));
}

}  // namespace perceptory::views
