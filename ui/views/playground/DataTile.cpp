#include "ui/views/playground/DataTile.h"

#include <QPainter>

#include "ui/document/EngineText.h"
#include "ui/views/playground/DataPicture.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using widgets::ColourRole;
using widgets::themed;

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
        paintSamples(painter, *m_generator, base::Json::object(), room);
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
    painter.setPen(QPen(hasFocus()     ? themed(ColourRole::FocusRing)
                        : underMouse() ? themed(ColourRole::Wire)
                                       : themed(ColourRole::Border),
                        hasFocus() ? 2 : 1));
    painter.setBrush(themed(ColourRole::Base));
    painter.drawRoundedRect(box, 3, 3);
    painter.setOpacity(isChecked() || underMouse() || hasFocus() ? 1 : 0.75);
    painter.drawPixmap(0, 0, m_picture);
    painter.setOpacity(1);
    if (isChecked()) paintChosen(painter, box, hasFocus());
}

}  // namespace perceptory::views
