#include "ui/views/playground/NetworkLayout.h"

#include <algorithm>
#include <cmath>

namespace perceptory::views {

namespace {

constexpr int kUsualTile = 44, kLargestTile = 64, kLargestInput = 36, kSmallestTile = 16, kSmallestGap = 5,
              kLargestGap = 22;
constexpr int kSmallestPitch = 46, kFoldHeight = 18, kHintHeight = 40, kHintWidth = 430;

// How many units fit below each other, and how large.
struct Stack {
    int shown = 0;
    int size = 0;
    int gap = 0;
    bool folded = false;
    int height() const { return shown * size + std::max(shown - 1, 0) * gap + (folded ? gap + kFoldHeight : 0); }
};

Stack stack(int units, int height, int largest) {
    Stack result;
    const int most = std::max((height + kSmallestGap) / (kSmallestTile + kSmallestGap), 1);
    result.folded = units > most;
    const int room = result.folded ? height - kFoldHeight - kSmallestGap : height;
    result.shown =
        result.folded ? std::max((room + kSmallestGap) / (kSmallestTile + kSmallestGap), 1) : std::max(units, 0);
    if (result.shown == 0) return result;
    const int share = room / result.shown;
    result.size = std::clamp(std::min(share - kSmallestGap, share * 4 / 5), kSmallestTile, largest);
    result.gap = std::clamp(share - result.size, kSmallestGap, kLargestGap);
    return result;
}

// An image alone is worth looking at.
int largestInput(const NetworkModel& model) {
    return model.inputs.size() == 1 && model.isImage({0, 0}) ? kLargestTile : kLargestInput;
}

}  // namespace

NetworkLayout::NetworkLayout(const NetworkModel& model, const LayoutRoom& room, UnitRef focused) {
    if (model.columns.empty()) return;
    layOutInputs(model, room, focused);
    layOutLayers(model, room, focused);
}

void NetworkLayout::layOutInputs(const NetworkModel& model, const LayoutRoom& room, UnitRef focused) {
    QRect area = room.area.adjusted(0, 0, 0, -room.footHeight);
    const int largest = largestInput(model);
    area.setWidth(room.inputLabelWidth + largest);
    ColumnLayout inputs = layOutColumn(0, model.columns.front().units, area, focused, largest);
    // Tiles stand at the top right of the column, labels at their left.
    const int right = area.right(), up = inputs.tiles.empty() ? 0 : inputs.tiles.front().top() - area.top() - 4;
    for (QRect& tile : inputs.tiles)
        tile = QRect(QPoint(right - tile.width() + 1, tile.top() - std::max(up, 0)), tile.size());
    inputs.fold.translate(0, -std::max(up, 0));
    if (inputs.folded) inputs.fold.setRect(area.left(), inputs.fold.top(), area.width(), inputs.fold.height());
    m_columns.push_back(std::move(inputs));
}

void NetworkLayout::layOutLayers(const NetworkModel& model, const LayoutRoom& room, UnitRef focused) {
    const int layers = static_cast<int>(model.columns.size()) - 1;
    if (layers == 0) return;
    QRect area = room.area;
    area.setLeft(area.left() + room.inputLabelWidth + largestInput(model) + 24);
    const int most = std::max(area.width() / kSmallestPitch, 2);
    // Layers in the middle are folded: the first ones and the output are told apart best.
    m_foldedColumns = layers > most ? layers - (most - 1) : 0;
    const int places = std::min(layers, most);
    const int pitch = area.width() / std::max(places, 1);
    const int foldAt = m_foldedColumns ? places - 2 : -1;
    for (int place = 0, column = 1; place < places; ++place) {
        const QRect slot(area.left() + place * pitch, area.top(), pitch, area.height());
        if (place == foldAt) {
            m_columnFold = slot.adjusted(0, room.headerHeight, 0, 0);
            column += m_foldedColumns;
            continue;
        }
        const QRect body = slot.adjusted(0, room.headerHeight, 0, 0);
        const int largest = std::min(std::clamp(body.height() / 13, kUsualTile, kLargestTile), pitch * 3 / 5);
        const int units = model.columns[static_cast<std::size_t>(column)].units;
        ColumnLayout layout = layOutColumn(column, units, body, focused, std::max(largest, kSmallestTile));
        layout.header = QRect(slot.left(), slot.top(), slot.width(), room.headerHeight);
        m_columns.push_back(std::move(layout));
        ++column;
    }
    alignLayers(area);
}

void NetworkLayout::alignLayers(const QRect& area) {
    // Columns stand centred beside the tallest one, and that one close to the heads.
    int tallest = 0, bottom = area.top();
    const auto height = [](const ColumnLayout& column) {
        const int end = column.folded > 0 ? column.fold.bottom() : column.tiles.back().bottom();
        return end - column.tiles.front().top() + 1;
    };
    for (std::size_t i = 1; i < m_columns.size(); ++i)
        if (!m_columns[i].tiles.empty()) tallest = std::max(tallest, height(m_columns[i]));
    for (std::size_t i = 1; i < m_columns.size(); ++i) {
        ColumnLayout& column = m_columns[i];
        if (column.tiles.empty()) continue;
        const int top = column.header.bottom() + 9 + (tallest - height(column)) / 2;
        const int up = std::max(column.tiles.front().top() - top, 0);
        for (QRect& tile : column.tiles) tile.translate(0, -up);
        column.fold.translate(0, -up);
        bottom = std::max(bottom, column.tiles.back().bottom());
    }
    const QRect hint(area.right() - kHintWidth, area.bottom() - kHintHeight, kHintWidth, kHintHeight);
    if (area.width() > kHintWidth && bottom + 20 < hint.top()) m_hintRoom = hint;
}

ColumnLayout NetworkLayout::layOutColumn(int column, int units, const QRect& room, UnitRef focused, int largest) {
    ColumnLayout layout;
    layout.column = column;
    const Stack fit = stack(units, room.height(), largest);
    layout.folded = units - fit.shown;
    if (fit.folded && focused.column == column)
        layout.first = std::clamp(focused.unit - fit.shown + 1, 0, units - fit.shown);
    int y = room.top() + std::max((room.height() - fit.height()) / 2, 0);
    const int x = room.center().x() - fit.size / 2;
    for (int i = 0; i < fit.shown; ++i, y += fit.size + fit.gap) layout.tiles.emplace_back(x, y, fit.size, fit.size);
    if (layout.folded > 0) layout.fold = QRect(room.left(), y, room.width(), kFoldHeight);
    return layout;
}

QRect NetworkLayout::tile(UnitRef unit) const {
    for (const ColumnLayout& column : m_columns) {
        if (column.column != unit.column) continue;
        const int place = unit.unit - column.first;
        if (place >= 0 && place < static_cast<int>(column.tiles.size()))
            return column.tiles[static_cast<std::size_t>(place)];
    }
    return {};
}

std::optional<UnitRef> NetworkLayout::unitAt(QPoint at) const {
    for (const ColumnLayout& column : m_columns)
        for (std::size_t i = 0; i < column.tiles.size(); ++i)
            if (column.tiles[i].contains(at)) return UnitRef{column.column, column.first + static_cast<int>(i)};
    return std::nullopt;
}

QRect NetworkLayout::biasRect(UnitRef unit) const {
    const QRect where = tile(unit);
    if (where.isEmpty()) return {};
    const int side = std::clamp(where.width() / 5, 5, 9);
    return {where.left() - side / 2 - 1, where.bottom() - side / 2, side, side};
}

std::vector<QPointF> linkCurve(const QRect& from, const QRect& to, bool straight) {
    const QPointF a(from.right() + 1, from.center().y() + 0.5), b(to.left(), to.center().y() + 0.5);
    if (straight) return {a, b};
    // A cubic with level ends, in as many pieces as look smooth.
    constexpr int pieces = 14;
    const double reach = (b.x() - a.x()) / 2;
    std::vector<QPointF> points;
    points.reserve(pieces + 1);
    for (int i = 0; i <= pieces; ++i) {
        const double t = static_cast<double>(i) / pieces, s = 1 - t;
        const double x =
            s * s * s * a.x() + 3 * s * s * t * (a.x() + reach) + 3 * s * t * t * (b.x() - reach) + t * t * t * b.x();
        const double y = s * s * (s + 3 * t) * a.y() + t * t * (t + 3 * s) * b.y();
        points.emplace_back(x, y);
    }
    return points;
}

}  // namespace perceptory::views
