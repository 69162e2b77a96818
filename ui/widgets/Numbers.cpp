#include "ui/widgets/Numbers.h"

#include <QLocale>
#include <cmath>

namespace perceptory::widgets {

QString shortNumber(double value, int digits) {
    if (std::isnan(value)) {
        return QStringLiteral("NaN");
    }
    if (std::isinf(value)) {
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    }
    QString text = QString::number(value, 'g', digits);
    text.replace(QLatin1String("e-0"), QLatin1String("e-")).replace(QLatin1String("e+0"), QLatin1String("e+"));
    text.replace(QLatin1Char('-'), QStringLiteral("−"));
    return text == QStringLiteral("−0") ? QStringLiteral("0") : text;
}

std::optional<double> readNumber(const QString& text) {
    QString plain = text.trimmed();
    plain.replace(QChar(0x2212), QLatin1Char('-'));
    if (plain.count(QLatin1Char(',')) + plain.count(QLatin1Char('.')) > 1) {
        return std::nullopt;
    }
    plain.replace(QLatin1Char(','), QLatin1Char('.'));
    bool good = false;
    const double value = QLocale::c().toDouble(plain, &good);
    if (!good || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

double niceStep(double atLeast) {
    const double power = std::pow(10.0, std::floor(std::log10(atLeast)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= atLeast * (1 - 1e-9)) {
            return factor * power;
        }
    }
    return 10 * power;
}

}  // namespace perceptory::widgets
