#include "ui/widgets/Thumbnail.h"

#include <QPainter>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

float boxMean(const HeatmapGrid& grid, const QRect& box) {
    float sum = 0;
    for (int y = box.top(); y <= box.bottom(); ++y) {
        for (int x = box.left(); x <= box.right(); ++x) {
            sum += grid.at(x, y);
        }
    }
    return sum / static_cast<float>(box.width() * box.height());
}

// The cells below pixel i of n; at least one, so small grids are simply enlarged.
std::pair<int, int> cells(int i, int pixels, int count) {
    const int first = i * count / pixels;
    return {first, std::max(first, (i + 1) * count / pixels - 1)};
}

}  // namespace

QImage thumbnail(const HeatmapGrid& grid, const ColourMap& map, ValueRange range, QSize size) {
    if (!grid.valid() || size.isEmpty()) {
        return {};
    }
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        const auto [top, bottom] = cells(y, size.height(), grid.height);
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            const auto [left, right] = cells(x, size.width(), grid.width);
            line[x] = map.at(boxMean(grid, QRect(QPoint(left, top), QPoint(right, bottom))), range);
        }
    }
    return image;
}

void paintThumbnail(QPainter& painter, const QRect& where, const QImage& picture, double opacity) {
    painter.save();
    if (picture.isNull()) {
        painter.fillRect(where, themed(ColourRole::Zero));
    } else {
        painter.setOpacity(opacity);
        painter.drawImage(where, picture);
        painter.setOpacity(1);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(themed(ColourRole::Border));
    painter.drawRect(where.adjusted(0, 0, -1, -1));
    painter.restore();
}

}  // namespace perceptory::widgets
