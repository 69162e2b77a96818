#include "ui/window/Icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include "ui/widgets/Theme.h"

// Icons lie in a static library, which nobody would otherwise ask for. Outside namespaces, as Qt wants it.
static void loadResources() { Q_INIT_RESOURCE(resources); }

namespace perceptory::window {

namespace {

QPixmap drawn(const QByteArray& svg, QColor colour, int size) {
    QByteArray coloured = svg;
    coloured.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(coloured);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

}  // namespace

QIcon themedIcon(const QString& name) {
    loadResources();
    QFile file(":/icons/" + name + ".svg");
    if (!file.open(QFile::ReadOnly)) return {};
    const QByteArray svg = file.readAll();
    QIcon icon;
    for (const int size : {16, 32}) {
        icon.addPixmap(drawn(svg, widgets::themed(widgets::ColourRole::Text), size));
        icon.addPixmap(drawn(svg, widgets::themed(widgets::ColourRole::MutedText), size), QIcon::Disabled);
    }
    return icon;
}

}  // namespace perceptory::window
