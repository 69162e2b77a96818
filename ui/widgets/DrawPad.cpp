#include "ui/widgets/DrawPad.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

// A pen as wide as those of handwritten digits: two of 28 pixels across.
constexpr double penShare = 2.2 / 28, leastPen = 0.75;

}  // namespace

DrawPad::DrawPad(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Drawing"));
    setToolTip(tr("Draw here: the left button draws, the right one wipes"));
    setPixels(m_size);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DrawPad::setPixels(QSize size) {
    m_size = size;
    m_pen = QPointF(size.width() / 2.0, size.height() / 2.0);
    m_ink.assign(static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height()), 0.0f);
    update();
}

void DrawPad::setInk(std::vector<float> ink) {
    if (ink.size() == m_ink.size()) m_ink = std::move(ink);
    update();
}

void DrawPad::clear() {
    std::ranges::fill(m_ink, 0.0f);
    update();
    emit drawn();
}

QRectF DrawPad::room() const {
    const double scale = std::min(width() / double(m_size.width()), height() / double(m_size.height()));
    const QSizeF size(m_size.width() * scale, m_size.height() * scale);
    return {QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size};
}

// Full ink within half the pen, fading over a pixel.
void DrawPad::touch(QPointF pixel, bool wipes) {
    const double pen = std::max(leastPen, penShare * std::max(m_size.width(), m_size.height()) / 2);
    const int reach = static_cast<int>(std::ceil(pen)) + 1;
    for (int y = static_cast<int>(pixel.y()) - reach; y <= static_cast<int>(pixel.y()) + reach; ++y)
        for (int x = static_cast<int>(pixel.x()) - reach; x <= static_cast<int>(pixel.x()) + reach; ++x) {
            if (x < 0 || y < 0 || x >= m_size.width() || y >= m_size.height()) continue;
            const double far = std::hypot(x + 0.5 - pixel.x(), y + 0.5 - pixel.y());
            const auto ink = static_cast<float>(std::clamp(pen + 0.5 - far, 0.0, 1.0));
            float& now = m_ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_size.width()) +
                               static_cast<std::size_t>(x)];
            now = wipes ? std::min(now, 1 - ink) : std::max(now, ink);
        }
}

void DrawPad::stroke(QPointF from, QPointF to, bool wipes) {
    const QRectF where = room();
    const double scale = m_size.width() / where.width();
    const auto pixelOf = [&](QPointF point) { return (point - where.topLeft()) * scale; };
    const QPointF first = pixelOf(from), last = pixelOf(to);
    const int steps = 1 + static_cast<int>(2 * std::hypot(last.x() - first.x(), last.y() - first.y()));
    for (int i = 0; i <= steps; ++i) touch(first + (last - first) * (i / double(steps)), wipes);
    m_pen = last;
    update();
    emit drawn();
}

void DrawPad::mousePressEvent(QMouseEvent* event) {
    m_last = event->position();
    stroke(m_last, m_last, event->button() == Qt::RightButton);
}

void DrawPad::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & (Qt::LeftButton | Qt::RightButton))) return;
    stroke(m_last, event->position(), event->buttons() & Qt::RightButton);
    m_last = event->position();
}

void DrawPad::keyPressEvent(QKeyEvent* event) {
    const auto go = [this](double x, double y) {
        m_pen.setX(std::clamp(m_pen.x() + x, 0.5, m_size.width() - 0.5));
        m_pen.setY(std::clamp(m_pen.y() + y, 0.5, m_size.height() - 0.5));
        update();
    };
    switch (event->key()) {
        case Qt::Key_Left:
            return go(-1, 0);
        case Qt::Key_Right:
            return go(1, 0);
        case Qt::Key_Up:
            return go(0, -1);
        case Qt::Key_Down:
            return go(0, 1);
        case Qt::Key_Delete:
            return clear();
        case Qt::Key_Space:
        case Qt::Key_Backspace:
            touch(m_pen, event->key() == Qt::Key_Backspace);
            update();
            emit drawn();
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

void DrawPad::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QImage image(m_size, QImage::Format_Grayscale8);
    for (int y = 0; y < m_size.height(); ++y)
        for (int x = 0; x < m_size.width(); ++x)
            image.scanLine(y)[x] = static_cast<uchar>(
                std::lround(255 * m_ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_size.width()) +
                                        static_cast<std::size_t>(x)]));
    painter.drawImage(room(), image);
    painter.setPen(themed(hasFocus() ? ColourRole::Accent : ColourRole::Border));
    painter.drawRect(room().adjusted(0, 0, -1, -1));
    if (!hasFocus()) return;
    const double scale = room().width() / m_size.width();
    painter.setPen(themed(ColourRole::Accent));
    painter.drawEllipse(room().topLeft() + m_pen * scale, scale, scale);
}

std::vector<Gesture> DrawPad::gestures() {
    return {{tr("Drag"), tr("draw")},
            {tr("Drag with the right button"), tr("wipe")},
            {tr("← → ↑ ↓"), tr("move the pen")},
            {tr("Space, Backspace"), tr("draw, wipe at the pen")},
            {tr("Del"), tr("clear")}};
}

}  // namespace perceptory::widgets
