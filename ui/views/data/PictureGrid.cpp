#include "ui/views/data/PictureGrid.h"

#include <QPainter>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {
constexpr int gap = 8, usualSide = 104, leastSide = 40, frame = 3;
}

PictureGrid::PictureGrid(int columns, const QString& name) : m_columns(columns) {
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(columns * (leastSide + gap), leastSide + gap);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, qOverload<>(&QWidget::update));
}

void PictureGrid::showPictures(std::vector<GridPicture> pictures) {
    if (pictures == m_pictures) return;
    m_pictures = std::move(pictures);
    updateGeometry();
    update();
}

int PictureGrid::captionHeight() const {
    const bool any = std::ranges::any_of(m_pictures, [](const GridPicture& each) { return !each.caption.isEmpty(); });
    return any ? fontMetrics().height() + 2 : 0;
}

int PictureGrid::rows() const { return std::max(1, (static_cast<int>(m_pictures.size()) + m_columns - 1) / m_columns); }

int PictureGrid::heightFor(int width) const { return rows() * ((width + gap) / m_columns + captionHeight()) - gap; }

QSize PictureGrid::sizeHint() const {
    const int width = m_columns * (usualSide + gap) - gap;
    return {width, heightFor(width)};
}

// Square cells, so that a row of tall pictures is as orderly as one of wide ones; the grid lies in the middle.
QRect PictureGrid::cell(int index) const {
    const int words = captionHeight();
    const int side = std::max(1, std::min((width() + gap) / m_columns - gap, (height() + gap) / rows() - gap - words));
    const int left = (width() - m_columns * (side + gap) + gap) / 2;
    return {left + index % m_columns * (side + gap), index / m_columns * (side + words + gap), side, side};
}

void PictureGrid::paintPicture(QPainter& painter, const GridPicture& picture, const QRect& cell) const {
    if (picture.image.isNull()) return;
    const QRect room = cell.adjusted(frame, frame, -frame, -frame);
    QSize size = picture.image.size().scaled(room.size(), Qt::KeepAspectRatio);
    if (picture.image.height() == 1) size = room.size();  // values without height: stripes
    QRect place(QPoint(), size.expandedTo(QSize(1, 1)));
    place.moveCenter(room.center());
    // Pixels stay pixels; what has more of them than the screen is averaged.
    const bool shrinks = picture.image.width() > size.width() * devicePixelRatioF();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, shrinks);
    painter.drawImage(place, shrinks ? picture.image.scaled(size * devicePixelRatioF(), Qt::IgnoreAspectRatio,
                                                            Qt::SmoothTransformation)
                                     : picture.image);
    if (picture.framed) {
        painter.setPen(QPen(widgets::themed(widgets::ColourRole::Accent), 2));
        painter.drawRect(place.adjusted(-1, -1, 0, 0));
    }
}

void PictureGrid::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    for (int i = 0; i < static_cast<int>(m_pictures.size()); ++i) {
        const GridPicture& picture = m_pictures[static_cast<std::size_t>(i)];
        const QRect place = cell(i);
        paintPicture(painter, picture, place);
        if (picture.caption.isEmpty()) continue;
        const QRect below(place.left(), place.bottom() + 1, place.width(), captionHeight());
        painter.setPen(widgets::themed(widgets::ColourRole::MutedText));
        painter.drawText(below, Qt::AlignCenter,
                         fontMetrics().elidedText(picture.caption, Qt::ElideRight, below.width()));
    }
}

}  // namespace perceptory::views
