#include "ui/views/SampleImage.h"

#include <QPainter>
#include <algorithm>

namespace perceptory::views {

QImage imageOf(std::span<const float> values, const std::vector<std::int64_t>& shape) {
    const bool known = shape.size() == 3 && (shape[2] == 1 || shape[2] == 3) &&
                       shape[0] * shape[1] * shape[2] == static_cast<std::int64_t>(values.size());
    if (!known || values.empty()) return {};
    const int height = static_cast<int>(shape[0]), bytes = static_cast<int>(shape[1] * shape[2]);
    QImage picture(static_cast<int>(shape[1]), height,
                   shape[2] == 3 ? QImage::Format_RGB888 : QImage::Format_Grayscale8);
    const float most = std::max(1e-6f, std::ranges::max(values));
    for (int y = 0; y < height; ++y) {
        const float* row = values.data() + static_cast<std::ptrdiff_t>(y) * bytes;
        uchar* line = picture.scanLine(y);
        for (int x = 0; x < bytes; ++x) line[x] = static_cast<uchar>(255 * std::clamp(row[x] / most, 0.0f, 1.0f));
    }
    return picture;
}

QImage imageOf(const data::Dataset& dataset, std::uint32_t row) {
    const data::Field& field = dataset.pipeline.featureFields().front();
    if (field.shape.size() != 3 || row >= dataset.count) return {};
    std::vector<float> scratch;
    const std::span<const float> values = dataset.rawRow(row, scratch);
    const auto size = static_cast<std::size_t>(field.size());
    return values.size() < size ? QImage() : imageOf(values.first(size), field.shape);
}

QImage fittedInto(QSize size, const QImage& image) {
    if (image.isNull()) return {};
    const QSize fitting = image.size().scaled(size, Qt::KeepAspectRatio).expandedTo({1, 1});
    const bool grows = fitting.width() > image.width();
    QImage picture(size, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.drawImage(
        QPoint(size.width() - fitting.width(), size.height() - fitting.height()) / 2,
        image.scaled(fitting, Qt::IgnoreAspectRatio, grows ? Qt::FastTransformation : Qt::SmoothTransformation));
    return picture;
}

}  // namespace perceptory::views
