#include "ui/views/data/SamplePicture.h"

#include <QPainter>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::views {

SamplePicture::SamplePicture(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Picture of the sample"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, qOverload<>(&QWidget::update));
}

void SamplePicture::setImage(const QImage& image) {
    m_image = image;
    update();
}

QRect SamplePicture::pictureRect() const {
    if (m_image.isNull()) return {};
    const QRect room = rect().adjusted(1, 1, -1, -1);
    QSize size = m_image.size().scaled(room.size(), Qt::KeepAspectRatio);
    // By a whole number where it is enlarged, so that all pixels are alike.
    if (size.width() > m_image.width()) size = m_image.size() * (size.width() / m_image.width());
    return {room.center() - QPoint(size.width() / 2, size.height() / 2), size};
}

void SamplePicture::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect picture = pictureRect();
    if (picture.isEmpty()) return;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, picture.width() < m_image.width());
    painter.drawImage(picture, m_image);
    painter.setPen(widgets::themed(widgets::ColourRole::Border));
    painter.drawRect(picture.adjusted(-1, -1, 0, 0));
}

}  // namespace perceptory::views
