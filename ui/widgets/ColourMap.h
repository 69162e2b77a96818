#pragma once
// A colour map: 256 colours from the low to the high end of a range of values. A value type; made once per theme.
// Diverging maps are for signed values and belong on a range symmetric about 0; sequential ones are for magnitudes.

#include <QRgb>
#include <QString>
#include <array>
#include <span>

namespace perceptory::widgets {

struct ValueRange {
    float low = -1;
    float high = 1;
    bool operator==(const ValueRange&) const = default;
};

class ColourMap {
public:
    enum class Kind { BlueOrange, PurpleGreen, Viridis, Cividis };

    /// The map in the present look of the Theme; ask again when the Theme has changed. GUI thread.
    static ColourMap of(Kind kind);

    Kind kind() const { return m_kind; }
    bool diverging() const { return m_kind == Kind::BlueOrange || m_kind == Kind::PurpleGreen; }
    QString name() const;

    /// Values outside the range take the end colours, NaN the low end (callers that care draw it another way).
    QRgb at(float value, ValueRange range) const { return m_table[index(value, range)]; }
    QRgb entry(int position) const { return m_table[static_cast<std::size_t>(position)]; }

    static std::size_t index(float value, ValueRange range) {
        const float scaled = (value - range.low) * (255.0f / (range.high - range.low));
        return scaled >= 255.0f ? 255 : scaled > 0.0f ? static_cast<std::size_t>(scaled + 0.5f) : 0;
    }

private:
    using Table = std::array<QRgb, 256>;
    static Table through(std::span<const QRgb> points);
    static Table make(Kind kind);

    Kind m_kind = Kind::BlueOrange;
    Table m_table{};
};

/// Mixes of two colours in Oklab (B. Ottosson, 2020), in which even steps look even.
class ColourMix {
public:
    ColourMix(QRgb a, QRgb b);
    QRgb at(double share) const;  ///< 0 gives a, 1 gives b

private:
    struct Lab {
        double l, a, b;
    };
    static Lab toLab(QRgb colour);
    static QRgb fromLab(const Lab& lab);

    Lab m_from;
    Lab m_to;
};

inline QRgb mixed(QRgb a, QRgb b, double share) { return ColourMix(a, b).at(share); }

}  // namespace perceptory::widgets
