#include "ui/widgets/ColourMap.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "ui/widgets/Theme.h"
#include "ui/widgets/ThemeColours.h"

namespace perceptory::widgets {

namespace {

double linear(int byte) {
    const double s = byte / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
}

int byteOf(double linearPart) {
    const double v = std::clamp(linearPart, 0.0, 1.0);
    const double s = v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(255 * s));
}

// A little softer than the roles themselves, so that points in the full colour stand out on the map.
std::array<QRgb, 3> throughZero(ColourRole low, ColourRole high) {
    const QRgb zero = themed(ColourRole::Zero).rgb();
    return {mixed(themed(low).rgb(), zero, 0.2), zero, mixed(themed(high).rgb(), zero, 0.2)};
}

}  // namespace

ColourMix::ColourMix(QRgb a, QRgb b) : m_from(toLab(a)), m_to(toLab(b)) {}

QRgb ColourMix::at(double share) const {
    return fromLab(
        {std::lerp(m_from.l, m_to.l, share), std::lerp(m_from.a, m_to.a, share), std::lerp(m_from.b, m_to.b, share)});
}

ColourMix::Lab ColourMix::toLab(QRgb colour) {
    const double r = linear(qRed(colour));
    const double g = linear(qGreen(colour));
    const double b = linear(qBlue(colour));
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

QRgb ColourMix::fromLab(const Lab& lab) {
    const double l = std::pow(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
    const double m = std::pow(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
    const double s = std::pow(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);
    return qRgb(byteOf(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                byteOf(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                byteOf(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

ColourMap::Table ColourMap::through(std::span<const QRgb> points) {
    Table table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double at = static_cast<double>(i) / 255.0 * static_cast<double>(points.size() - 1);
        const auto left = std::min(static_cast<std::size_t>(at), points.size() - 2);
        table[i] = mixed(points[left], points[left + 1], at - static_cast<double>(left));
    }
    return table;
}

ColourMap::Table ColourMap::make(Kind kind) {
    switch (kind) {
        case Kind::BlueOrange:
            return through(throughZero(ColourRole::Negative, ColourRole::Positive));
        case Kind::PurpleGreen:
            return through(throughZero(ColourRole::AlternativeNegative, ColourRole::AlternativePositive));
        case Kind::Viridis:
            return through(viridisPoints());
        case Kind::Cividis:
            return through(cividisPoints());
    }
    return {};
}

// Mixing takes powers and roots, 0.1 ms for a table, and every small map asks for one.
ColourMap ColourMap::of(Kind kind) {
    static std::map<std::pair<Kind, bool>, Table> made;
    const std::pair look(kind, Theme::instance().isDark());
    auto found = made.find(look);
    if (found == made.end()) {
        found = made.emplace(look, make(kind)).first;
    }
    ColourMap map;
    map.m_kind = kind;
    map.m_table = found->second;
    return map;
}

QString ColourMap::name() const {
    switch (m_kind) {
        case Kind::BlueOrange:
            return QCoreApplication::translate("ColourMap", "orange – grey – blue");
        case Kind::PurpleGreen:
            return QCoreApplication::translate("ColourMap", "purple – grey – green");
        case Kind::Viridis:
            return QCoreApplication::translate("ColourMap", "viridis");
        case Kind::Cividis:
            return QCoreApplication::translate("ColourMap", "cividis");
    }
    return {};
}

}  // namespace perceptory::widgets
