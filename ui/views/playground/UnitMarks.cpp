#include "ui/views/playground/UnitMarks.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using widgets::ColourMap;
using widgets::ColourRole;
using widgets::themed;

namespace {

QFont small(const QFont& font, double factor) {
    QFont result = font;
    result.setPointSizeF(std::max(font.pointSizeF() * factor, 6.0));
    return result;
}

// The whole name where it fits, else on two lines, so that what the last words tell apart is not cut.
QString broken(const QString& name, const QFontMetrics& metrics, QSize room) {
    qsizetype at = -1;
    if (metrics.horizontalAdvance(name) > room.width() && room.height() >= 2 * metrics.height())
        for (qsizetype i = 1; i + 1 < name.size(); ++i)
            if ((name[i] == ' ' || name[i] == '_') &&
                (at < 0 || metrics.horizontalAdvance(name.left(i + 1).trimmed()) <= room.width()))
                at = i;
    const QString last = metrics.elidedText(name.mid(at + 1), Qt::ElideRight, room.width());
    if (at < 0) return last;
    return metrics.elidedText(name.left(at + 1).trimmed(), Qt::ElideRight, room.width()) + '\n' + last;
}

}  // namespace

void paintInputLabel(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile) {
    const InputTile& input = state.sight.model().inputs[static_cast<std::size_t>(unit.unit)];
    const int left = state.layout.columns().front().tiles.empty() ? 0 : 2;
    const QRect room(left, tile.top(), tile.left() - left - 6, tile.height());
    QFont font = painter.font();
    font.setBold(input.unit >= 0);
    painter.save();
    painter.setFont(font);
    painter.setPen(themed(input.unit >= 0 ? ColourRole::Text : ColourRole::MutedText));
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, broken(input.label, QFontMetrics(font), room.size()));
    painter.restore();
}

void paintBias(QPainter& painter, const PictureState& state, UnitRef unit) {
    const LinkMatrix* matrix = state.sight.model().linksInto(unit.column);
    if (!matrix || matrix->bias.empty()) return;
    const std::span<const float> biases = state.sight.biases(*matrix);
    const auto index = static_cast<std::size_t>(unit.unit);
    const float bias = index < biases.size() ? biases[index] : 0;
    const ColourMap map = ColourMap::of(ColourMap::Kind::BlueOrange);
    painter.setPen(QPen(themed(ColourRole::Canvas), 1.5));
    painter.setBrush(std::isfinite(bias) ? QColor::fromRgba(map.at(bias, {-1, 1})) : themed(ColourRole::Error));
    painter.drawRect(QRectF(state.layout.biasRect(unit)).adjusted(0.5, 0.5, 0.5, 0.5));
}

void paintNumber(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile) {
    const std::optional<float> value = state.sight.activation(unit);
    if (!value) return;
    painter.save();
    const QFont font = small(painter.font(), tile.width() < 26 ? 0.75 : 0.9);
    painter.setFont(font);
    const QString text = widgets::shortNumber(static_cast<double>(*value), 3);
    QRectF plate = QFontMetricsF(font).boundingRect(text).adjusted(-3, -1, 3, 1);
    plate.moveCenter(QRectF(tile).center());
    painter.setPen(Qt::NoPen);
    painter.setBrush(widgets::faded(themed(ColourRole::Base), 0.88));
    painter.drawRoundedRect(plate, 3, 3);
    painter.setPen(themed(ColourRole::Text));
    painter.drawText(plate, Qt::AlignCenter, text);
    painter.restore();
}

void paintClassName(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile) {
    const NetworkModel& model = state.sight.model();
    const NetworkColumn& column = model.columns[static_cast<std::size_t>(unit.column)];
    if (column.kind != NetworkColumn::Kind::Output || column.units != model.classNames.size()) return;
    const QRect room(tile.right() + 7, tile.top(), state.size.width() - tile.right() - 9, tile.height());
    if (room.width() < 12) return;
    painter.setPen(themed(ColourRole::Text));
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(model.classNames[unit.unit], Qt::ElideRight, room.width()));
}

}  // namespace perceptory::views
