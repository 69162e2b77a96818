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

constexpr int kBeside = 8;  // what a label takes of the gap above and below its tile, and leaves free beside it

bool fits(const QString& text, const QFontMetrics& metrics, int width) {
    constexpr int roundedAway = 2;
    return metrics.horizontalAdvance(text) + roundedAway <= width;
}

// The whole name where it fits, else on two lines: words and terms stay whole, and the first line is as long as it can.
QStringList broken(const QString& name, const QFontMetrics& metrics, QSize room) {
    if (fits(name, metrics, room.width()) || room.height() < 2 * metrics.height()) return {name};
    static const QString ends = QStringLiteral(" _+-*/,");
    qsizetype at = -1;
    for (qsizetype i = 1; i + 1 < name.size(); ++i)
        if (ends.contains(name[i]) && (at < 0 || fits(name.left(i + 1).trimmed(), metrics, room.width()))) at = i;
    if (at < 0) return {name};
    return {name.left(at + 1).trimmed(), name.mid(at + 1).trimmed()};
}

bool isReadable(const QString& name, const QFontMetrics& metrics, QSize room) {
    const QStringList lines = broken(name, metrics, room);
    return std::ranges::all_of(lines, [&](const QString& line) { return fits(line, metrics, room.width()); });
}

}  // namespace

int inputLabelWidth(const NetworkModel& model, const QFont& font, const LabelRoom& room) {
    QFont bold = font;
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    int needed = room.least;
    for (const InputTile& input : model.inputs)
        while (needed < room.most && !isReadable(input.label, metrics, {needed - kBeside, room.tileHeight + kBeside}))
            ++needed;
    return needed;
}

void paintInputLabel(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile) {
    const InputTile& input = state.sight.model().inputs[static_cast<std::size_t>(unit.unit)];
    const int left = state.layout.columns().front().tiles.empty() ? 0 : 2;
    const QRect room(left, tile.top() - kBeside / 2, tile.left() - kBeside, tile.height() + kBeside);
    QFont font = painter.font();
    font.setBold(input.unit >= 0);
    painter.save();
    painter.setFont(font);
    painter.setPen(themed(input.unit >= 0 ? ColourRole::Text : ColourRole::MutedText));
    const QFontMetrics metrics(font);
    QStringList lines = broken(input.label, metrics, room.size());
    for (QString& line : lines)
        if (!fits(line, metrics, room.width())) line = metrics.elidedText(line, Qt::ElideMiddle, room.width());
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, lines.join('\n'));
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
    // At the left of an input and at the right of an output stand their names.
    const bool isOutput = unit.column + 1 == static_cast<int>(state.sight.model().columns.size());
    if (unit.column == 0) plate.moveLeft(std::max<double>(plate.left(), tile.left()));
    if (isOutput) plate.moveRight(std::min<double>(plate.right(), tile.right() + 1));
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
