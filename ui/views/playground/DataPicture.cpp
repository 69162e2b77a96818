#include "ui/views/playground/DataPicture.h"

#include <QImage>
#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "engine/data/bundled/BundledSet.h"
#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using widgets::ColourRole;
using widgets::themed;

namespace {

constexpr std::int64_t kClassSamples = 130, kValueSamples = 500, kTableSamples = 16, kPictureSize = 48;
constexpr std::uint64_t kSeed = 3;

double dotRadius(const QRectF& room) { return std::max(1.25, room.width() / 32); }

// Row `row`, a picture {H, W, C} of values 0 … 1.
QImage imageOf(const data::Table& table, std::size_t row) {
    const int height = static_cast<int>(table.shape[0]), width = static_cast<int>(table.shape[1]);
    const std::size_t channels = static_cast<std::size_t>(table.shape[2]);
    std::vector<float> values(table.values.width());
    table.values.read(row, values.data());
    const auto level = [&](std::size_t place) { return static_cast<int>(std::lround(255 * values[place])); };
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const std::size_t first = static_cast<std::size_t>(y * width + x) * channels;
            image.setPixel(x, y, qRgb(level(first), level(first + channels / 2), level(first + channels - 1)));
        }
    return image;
}

// The classes of the pixels of row `row` in their colours; class 0 is left free.
QImage maskOf(const data::Table& table, std::size_t row) {
    const int height = static_cast<int>(table.targetShape[0]), width = static_cast<int>(table.targetShape[1]);
    QImage image(width, height, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    const std::int32_t* label = &table.labels[row * table.units()];
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x, ++label)
            if (*label > 0) image.setPixelColor(x, y, widgets::Theme::instance().classColour(*label - 1));
    return image;
}

// Four pictures, or two with their masks below them; boxes are drawn in.
void paintPictures(QPainter& painter, const data::Table& table, const QRectF& room) {
    const bool masks = table.targetShape.size() == 2, boxes = table.targetNames.size() == 4;
    const double side = room.width() / 2;
    for (std::size_t place = 0; place < 4; ++place) {
        const std::size_t row = masks ? place % 2 : place;
        const QRectF cell = QRectF(room.left() + static_cast<double>(place % 2) * side,
                                   room.top() + static_cast<double>(place / 2) * side, side, side)
                                .adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawImage(cell, masks && place >= 2 ? maskOf(table, row) : imageOf(table, row));
        if (!boxes) continue;
        const float* box = &table.targets[4 * row];
        painter.setPen(QPen(widgets::Theme::instance().classColour(1), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(cell.left() + cell.width() * static_cast<double>(box[0]),
                                cell.top() + cell.height() * static_cast<double>(box[1]),
                                cell.width() * static_cast<double>(box[2]),
                                cell.height() * static_cast<double>(box[3])));
    }
}

// A sequence of each class, one below the other; the first one where there are no classes.
void paintSequences(QPainter& painter, const data::Table& table, const QRectF& room) {
    const std::size_t lines = std::max<std::size_t>(1, table.classes());
    const double height = room.height() / static_cast<double>(lines);
    std::vector<float> values(table.values.width());
    for (std::size_t c = 0; c < lines; ++c) {
        const auto found = std::ranges::find(table.labels, static_cast<std::int32_t>(c));
        if (found == table.labels.end() && !table.labels.empty()) continue;
        table.values.read(static_cast<std::size_t>(found - table.labels.begin()), values.data());
        float most = 1e-6f;
        for (const float value : values) most = std::max(most, std::abs(value));
        QPolygonF curve;
        const std::size_t shown = std::min<std::size_t>(values.size(), 32);
        for (std::size_t t = 0; t < shown; ++t)
            curve << QPointF(
                room.left() + room.width() * static_cast<double>(t) / static_cast<double>(shown - 1),
                room.top() + height * (static_cast<double>(c) + 0.5 - 0.4 * static_cast<double>(values[t] / most)));
        painter.setPen(QPen(widgets::Theme::instance().classColour(static_cast<int>(c)), 1.25));
        painter.drawPolyline(curve);
    }
}

// The first numbers of the two columns, a dot where they meet in the colour of the target.
void paintMatrix(QPainter& painter, const data::Table& table, const QRectF& room) {
    constexpr float shown = 12;
    const double cell = room.width() / static_cast<double>(shown);
    const auto [low, high] = std::ranges::minmax(table.targets);
    const widgets::ColourMap map = widgets::ColourMap::of(widgets::ColourMap::Kind::BlueOrange);
    std::vector<float> pair(table.values.width());
    painter.setPen(Qt::NoPen);
    for (std::size_t row = 0; row < table.count; ++row) {
        table.values.read(row, pair.data());
        if (pair[0] >= shown || pair[1] >= shown) continue;
        painter.setBrush(QColor::fromRgba(map.at(table.targets[row], {low, high})));
        painter.drawEllipse(QPointF(room.left() + cell * (static_cast<double>(pair[0]) + 0.5),
                                    room.top() + cell * (static_cast<double>(pair[1]) + 0.5)),
                            cell / 2.5, cell / 2.5);
    }
}

void paintTable(QPainter& painter, const data::GeneratorType& generator, base::Json parameters, const QRectF& room) {
    if (generator.parameter("samples")) parameters["samples"] = kTableSamples;
    if (generator.parameter("size")) parameters["size"] = kPictureSize;
    const data::Table table = data::generateTable(generator, parameters, kSeed);
    if (table.shape.size() == 3) return paintPictures(painter, table, room);
    if (table.shape.size() == 2) return paintSequences(painter, table, room);
    if (table.values.width() == 2 && table.targets.size() == table.count) paintMatrix(painter, table, room);
}

}  // namespace

void paintSamples(QPainter& painter, const data::GeneratorType& generator, base::Json parameters, const QRectF& room) {
    if (generator.table) return paintTable(painter, generator, std::move(parameters), room);
    const bool classes = generator.task == data::Task::Classification;
    parameters["samples"] = classes ? kClassSamples : kValueSamples;
    const data::PlaneSamples samples = data::generate(generator, parameters, kSeed);
    const widgets::ColourMap map = widgets::ColourMap::of(widgets::ColourMap::Kind::BlueOrange);
    float most = 1e-6f;
    for (const float target : samples.targets) most = std::max(most, std::abs(target));
    const double radius = dotRadius(room);
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < samples.positions.size(); ++i) {
        const QPointF at(room.left() + (static_cast<double>(samples.positions[i].x) + 6) / 12 * room.width(),
                         room.top() + (6 - static_cast<double>(samples.positions[i].y)) / 12 * room.height());
        painter.setBrush(classes ? widgets::Theme::instance().classColour(samples.labels[i])
                                 : QColor::fromRgba(map.at(samples.targets[i], {-most, most})));
        painter.drawEllipse(at, radius, radius);
    }
}

void paintSet(QPainter& painter, const std::vector<std::string>& picture, const QRectF& room) {
    const double cell = room.height() / static_cast<double>(picture.size());
    const double radius = dotRadius(room);
    painter.setPen(Qt::NoPen);
    for (std::size_t y = 0; y < picture.size(); ++y)
        for (std::size_t x = 0; x < picture[y].size(); ++x) {
            const QRectF where(room.left() + static_cast<double>(x) * cell, room.top() + static_cast<double>(y) * cell,
                               cell, cell);
            const char mark = picture[y][x];
            if (mark == '#') painter.fillRect(where, themed(ColourRole::Text));
            if (mark < '0' || mark > '9') continue;
            painter.setBrush(widgets::Theme::instance().classColour(mark - '0'));
            painter.drawEllipse(where.center(), radius, radius);
        }
}

QPixmap dataPicture(const base::Json& data, int side, double ratio) {
    const std::string id = data.is_object() ? data.value("id", std::string()) : std::string();
    const data::GeneratorType* generator = data::generators().find(id);
    const data::BundledSetType* set = data::bundledSets().find(id);
    if (!generator && (!set || set->picture.empty())) return {};
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF room = QRectF(0, 0, side, side).adjusted(3, 3, -3, -3);
    painter.setPen(themed(ColourRole::Border));
    painter.setBrush(themed(ColourRole::Base));
    painter.drawRoundedRect(QRectF(0.5, 0.5, side - 1, side - 1), 3, 3);
    if (generator)
        paintSamples(painter, *generator, data.value("parameters", base::Json::object()), room);
    else
        paintSet(painter, set->picture, room.adjusted(2, 2, -2, -2));
    return pixmap;
}

}  // namespace perceptory::views
