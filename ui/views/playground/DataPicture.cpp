#include "ui/views/playground/DataPicture.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "engine/data/bundled/BundledSet.h"
#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using widgets::ColourRole;
using widgets::themed;

namespace {

constexpr std::int64_t kClassSamples = 130, kValueSamples = 500;
constexpr std::uint64_t kSeed = 3;

double dotRadius(const QRectF& room) { return std::max(1.25, room.width() / 32); }

}  // namespace

void paintSamples(QPainter& painter, const data::GeneratorType& generator, base::Json parameters, const QRectF& room) {
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
