#include "ui/views/playground/DataTile.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/document/EngineText.h"
#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using widgets::ColourRole;
using widgets::themed;

namespace {

constexpr std::int64_t kClassSamples = 130, kValueSamples = 500;
constexpr std::uint64_t kSeed = 3;

void paintSamples(QPainter& painter, const data::GeneratorType& generator, const QRectF& room) {
    const bool classes = generator.task == data::Task::Classification;
    const base::Json parameters = {{"samples", classes ? kClassSamples : kValueSamples}};
    const data::PlaneSamples samples = data::generate(generator, parameters, kSeed);
    const widgets::ColourMap map = widgets::ColourMap::of(widgets::ColourMap::Kind::BlueOrange);
    float most = 1e-6f;
    for (const float target : samples.targets) most = std::max(most, std::abs(target));
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < samples.positions.size(); ++i) {
        const QPointF at(room.left() + (static_cast<double>(samples.positions[i].x) + 6) / 12 * room.width(),
                         room.top() + (6 - static_cast<double>(samples.positions[i].y)) / 12 * room.height());
        painter.setBrush(classes ? widgets::Theme::instance().classColour(samples.labels[i])
                                 : QColor::fromRgba(map.at(samples.targets[i], {-most, most})));
        painter.drawEllipse(at, 1.25, 1.25);
    }
}

void paintSet(QPainter& painter, const std::vector<std::string>& picture, const QRectF& room) {
    const double cell = room.height() / static_cast<double>(picture.size());
    painter.setPen(Qt::NoPen);
    for (std::size_t y = 0; y < picture.size(); ++y)
        for (std::size_t x = 0; x < picture[y].size(); ++x) {
            const QRectF where(room.left() + static_cast<double>(x) * cell, room.top() + static_cast<double>(y) * cell,
                               cell, cell);
            const char mark = picture[y][x];
            if (mark == '#') painter.fillRect(where, themed(ColourRole::Text));
            if (mark < '0' || mark > '9') continue;
            painter.setBrush(widgets::Theme::instance().classColour(mark - '0'));
            painter.drawEllipse(where.center(), 1.25, 1.25);
        }
}

}  // namespace

DataTile::DataTile(const data::GeneratorType& generator, QWidget* parent)
    : QToolButton(parent), m_generator(&generator) {
    setUp(document::shelfText(generator.label), document::shelfText(generator.help));
}

DataTile::DataTile(const data::BundledSetType& set, QWidget* parent) : QToolButton(parent), m_set(&set) {
    setUp(document::shelfText(set.label), document::shelfText(set.help));
}

DataTile::DataTile(Glyph glyph, const QString& name, const QString& help, QWidget* parent)
    : QToolButton(parent), m_glyph(glyph) {
    setUp(name, help);
}

void DataTile::setUp(const QString& name, const QString& help) {
    setCheckable(true);
    setAutoRaise(true);
    setFixedSize(40, 40);
    setFocusPolicy(Qt::StrongFocus);
    setText(name);
    setAccessibleName(name);
    setToolTip(name + QStringLiteral("\n") + help);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] {
        m_picture = {};
        update();
    });
}

void DataTile::changeEvent(QEvent* event) {
    update();
    QToolButton::changeEvent(event);
}

QPixmap DataTile::picture() const {
    QPixmap pixmap(size() * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF room = QRectF(rect()).adjusted(4, 4, -4, -4);
    if (m_generator)
        paintSamples(painter, *m_generator, room);
    else if (m_set && !m_set->picture.empty())
        paintSet(painter, m_set->picture, room.adjusted(2, 2, -2, -2));
    else
        paintGlyph(painter, m_glyph, room.adjusted(4, 4, -4, -4), themed(ColourRole::Text));
    return pixmap;
}

void DataTile::paintEvent(QPaintEvent*) {
    if (m_picture.isNull()) m_picture = picture();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(2, 2, -2, -2);
    const bool strong = isChecked() || hasFocus();
    painter.setPen(QPen(hasFocus()     ? themed(ColourRole::FocusRing)
                        : isChecked()  ? themed(ColourRole::Accent)
                        : underMouse() ? themed(ColourRole::Wire)
                                       : themed(ColourRole::Border),
                        strong ? 2 : 1));
    painter.setBrush(themed(ColourRole::Base));
    painter.drawRoundedRect(box, 3, 3);
    painter.setOpacity(isChecked() || underMouse() || hasFocus() ? 1 : 0.75);
    painter.drawPixmap(0, 0, m_picture);
    if (!isChecked()) return;
    // A corner tick, so that the choice does not hang on colour.
    painter.setOpacity(1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themed(ColourRole::Accent));
    painter.drawPolygon(
        QPolygonF({box.bottomRight(), box.bottomRight() - QPointF(10, 0), box.bottomRight() - QPointF(0, 10)}));
}

}  // namespace perceptory::views
