#include "ui/widgets/HeatmapView.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QKeySequence>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Contour.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/SaveFile.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr std::size_t kCachePointsAbove = 500;
constexpr int kDescribeEveryMs = 2000;
constexpr double kPointReach = 7;  // logical pixels

std::vector<QRgb> classColours(int classes) {
    std::vector<QRgb> colours;
    for (int k = 0; k < classes; ++k) {
        colours.push_back(Theme::instance().classColour(k).rgb());
    }
    return colours;
}

bool inside(const PlaneExtent& extent, QPointF at) {
    return at.x() >= extent.left && at.x() <= extent.right && at.y() >= extent.bottom && at.y() <= extent.top;
}

}  // namespace

HeatmapView::HeatmapView(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Map of the plane"));
    connect(&Theme::instance(), &Theme::changed, this, &HeatmapView::themeChanged);
    layOut();
}

void HeatmapView::setValues(HeatmapGrid grid) {
    m_grid = std::move(grid);
    m_classes = {};
    redo();
}

void HeatmapView::setClasses(ClassGrid grid) {
    m_classes = std::move(grid);
    m_grid = {};
    redo();
}

void HeatmapView::clear() {
    m_grid = {};
    m_classes = {};
    redo();
}

void HeatmapView::setExtent(const PlaneExtent& extent) {
    if (extent == m_extent || !(extent.right > extent.left) || !(extent.top > extent.bottom)) {
        return;
    }
    m_extent = extent;
    m_crosshair.reset();
    layOut();
}

void HeatmapView::setColourMap(ColourMap::Kind kind) {
    m_map = ColourMap::of(kind);
    m_pointPainter.clear();
    redo();
}

void HeatmapView::setRange(ValueRange range) {
    if (range == m_range || !(range.high > range.low)) {
        return;
    }
    m_range = range;
    m_pointPainter.clear();
    redo();
}

void HeatmapView::setContourLevel(std::optional<float> level) {
    if (level != m_contourLevel) {
        m_contourLevel = level;
        redo();
    }
}

void HeatmapView::setDiscrete(bool discrete) {
    m_discrete = discrete;
    redo();
}

void HeatmapView::setInterpolated(bool interpolated) {
    m_interpolated = interpolated;
    redo();
}

void HeatmapView::setPoints(std::vector<PlanePoint> points) {
    m_points = std::move(points);
    m_pointLayer = {};
    update();
}

void HeatmapView::setTestPointsVisible(bool visible) {
    if (visible != m_testVisible) {
        m_testVisible = visible;
        m_pointLayer = {};
        update();
    }
}

void HeatmapView::setMarkedPlace(std::optional<QPointF> plane) {
    m_marked = plane;
    update();
}

void HeatmapView::setAxesVisible(bool visible) {
    m_look.axes = visible;
    layOut();
}

void HeatmapView::setAxisNames(const QString& x, const QString& y) {
    m_look.xName = x;
    m_look.yName = y;
    layOut();
}

void HeatmapView::setClassNames(const QStringList& names) { m_classNames = names; }

void HeatmapView::setCaption(const QString& caption) {
    if (caption != m_caption) {
        m_caption = caption;
        update();
    }
}

void HeatmapView::setMenuEnabled(bool enabled) { m_menuEnabled = enabled; }

void HeatmapView::layOut() {
    m_frame.layOut(rect(), fontMetrics(), m_extent, m_look);
    m_pointLayer = {};
    redo();
}

void HeatmapView::redo() {
    m_image = {};
    describeForReaders();
    update();
}

void HeatmapView::themeChanged() {
    m_map = ColourMap::of(m_map.kind());
    m_pointPainter.clear();
    m_pointLayer = {};
    redo();
}

void HeatmapView::renderIfNeeded(double ratio) {
    const QSize target = (QSizeF(m_frame.picture().size()) * ratio).toSize();
    if (m_image.size() == target) {
        return;
    }
    m_contour.clear();
    if (m_classes.valid()) {
        ClassStyle style{classColours(m_classes.classes), themed(ColourRole::Zero).rgb(), 0, m_interpolated,
                         m_discrete};
        style.border = m_contourLevel ? themed(ColourRole::DecisionLine).rgb() : 0;
        m_image = renderClasses(m_classes, style, target);
    } else if (m_grid.valid()) {
        HeatmapStyle style{m_map, m_range, m_interpolated, std::nullopt};
        if (m_discrete) {
            style.discretiseAt = m_contourLevel.value_or((m_range.low + m_range.high) / 2);
        }
        m_image = renderHeatmap(m_grid, style, target);
        if (m_contourLevel) {
            m_contour = contourLines(m_grid, *m_contourLevel);
        }
    }
}

void HeatmapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    renderIfNeeded(painter.device()->devicePixelRatioF());
    const QRect picture = m_frame.picture();
    painter.fillRect(picture, themed(ColourRole::Zero));
    painter.save();
    painter.setClipRect(picture);
    if (!m_image.isNull()) {
        painter.drawImage(picture, m_image);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    paintContour(painter);
    paintPoints(painter);
    paintCrosshair(painter);
    paintReadOut(painter);
    painter.restore();
    m_frame.paintAxes(painter);
    painter.setPen(hasFocus() ? QPen(themed(ColourRole::FocusRing), 2) : QPen(themed(ColourRole::Border), 1));
    painter.drawRect(hasFocus() ? picture : picture.adjusted(-1, -1, 0, 0));
}

void HeatmapView::paintContour(QPainter& painter) const {
    if (m_contour.empty()) {
        return;
    }
    const QRectF picture = m_frame.picture();
    painter.save();
    painter.translate(picture.topLeft());
    painter.scale(picture.width() / m_grid.width, picture.height() / m_grid.height);
    painter.translate(0.5, 0.5);
    QPen pen(themed(ColourRole::DecisionLine), 1.5);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawLines(m_contour.data(), static_cast<int>(m_contour.size()));
    painter.restore();
}

void HeatmapView::paintPoints(QPainter& painter) {
    const PointStyle style{m_map, m_range, std::clamp(m_frame.picture().width() / 90.0, 2.5, 4.5)};
    const auto paint = [&](QPainter& onto, const QTransform& transform) {
        if (m_testVisible) {
            m_pointPainter.paint(onto, m_points, transform, style);
            return;
        }
        std::vector<PlanePoint> training;
        std::copy_if(m_points.begin(), m_points.end(), std::back_inserter(training),
                     [](const PlanePoint& point) { return !point.test; });
        m_pointPainter.paint(onto, training, transform, style);
    };
    if (m_points.size() <= kCachePointsAbove) {
        paint(painter, m_frame.transform());
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const QRect picture = m_frame.picture();
    if (m_pointLayer.isNull() || m_pointLayer.devicePixelRatio() != ratio) {
        m_pointLayer = QPixmap((QSizeF(picture.size()) * ratio).toSize());
        m_pointLayer.setDevicePixelRatio(ratio);
        m_pointLayer.fill(Qt::transparent);
        QPainter layer(&m_pointLayer);
        paint(layer, m_frame.transform() * QTransform::fromTranslate(-picture.left(), -picture.top()));
    }
    painter.drawPixmap(picture.topLeft(), m_pointLayer);
}

void HeatmapView::paintCrosshair(QPainter& painter) const {
    if (m_marked) {
        const QPointF at = toPixel(*m_marked);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(themed(ColourRole::TrainRim), 4));
        painter.drawEllipse(at, 8, 8);
        painter.setPen(QPen(themed(ColourRole::TestRim), 2));
        painter.drawEllipse(at, 8, 8);
    }
    if (m_crosshair) {
        const QPointF at = toPixel(*m_crosshair);
        const QRectF picture = m_frame.picture();
        painter.setPen(QPen(themed(ColourRole::Crosshair), 1));
        painter.drawLine(QPointF(picture.left(), at.y()), QPointF(picture.right(), at.y()));
        painter.drawLine(QPointF(at.x(), picture.top()), QPointF(at.x(), picture.bottom()));
    }
}

void HeatmapView::paintReadOut(QPainter& painter) const {
    if (!m_caption.isEmpty()) {
        paintPlate(painter, captionFor(m_frame.picture(), fontMetrics()), Qt::AlignTop | Qt::AlignLeft);
    }
    const auto where = m_mouse ? m_mouse : m_crosshair;
    if (where) {
        paintPlate(painter, describe(*where), Qt::AlignBottom | Qt::AlignLeft);
    }
}

QString HeatmapView::captionFor(const QRect& room, const QFontMetrics& metrics) const {
    const QStringList sentences = m_caption.split(QLatin1Char('\n'));
    QString shown = sentences.front();
    for (qsizetype i = 1; i < sentences.size(); ++i) {
        const QString more = shown + QLatin1Char('\n') + sentences[i];
        if (metrics.boundingRect(room, Qt::TextWordWrap, more).height() > room.height() / 3) break;
        shown = more;
    }
    return shown;
}

void HeatmapView::paintPlate(QPainter& painter, const QString& text, Qt::Alignment where) const {
    const QFontMetrics metrics = painter.fontMetrics();
    const QRect room = m_frame.picture().adjusted(4, 4, -4, -4);
    QRect box = metrics.boundingRect(room.adjusted(5, 3, -5, -3), Qt::TextWordWrap, text).adjusted(-5, -3, 5, 3);
    box.moveLeft(room.left());
    if (where.testFlag(Qt::AlignBottom)) {
        box.moveBottom(room.bottom());
    }
    painter.setPen(themed(ColourRole::Border));
    painter.setBrush(faded(themed(ColourRole::Base), 0.88));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(themed(ColourRole::Text));
    painter.drawText(box.adjusted(5, 3, -5, -3), Qt::TextWordWrap | Qt::AlignVCenter, text);
}

std::optional<QPoint> HeatmapView::cellAt(QPointF plane) const {
    const int width = m_classes.valid() ? m_classes.width : m_grid.width;
    const int height = m_classes.valid() ? m_classes.height : m_grid.height;
    if (!(m_classes.valid() || m_grid.valid()) || !inside(m_extent, plane)) {
        return std::nullopt;
    }
    const double right = (plane.x() - m_extent.left) / (m_extent.right - m_extent.left);
    const double down = (m_extent.top - plane.y()) / (m_extent.top - m_extent.bottom);
    return QPoint(std::min(static_cast<int>(right * width), width - 1),
                  std::min(static_cast<int>(down * height), height - 1));
}

std::optional<float> HeatmapView::valueAt(QPointF plane) const {
    const auto cell = cellAt(plane);
    if (!cell) {
        return std::nullopt;
    }
    return m_classes.valid() ? likeliest(m_classes, cell->x(), cell->y()).probability : m_grid.at(cell->x(), cell->y());
}

QString HeatmapView::className(int index) const {
    return index >= 0 && index < m_classNames.size() ? m_classNames[index] : tr("class %1").arg(index);
}

const PlanePoint* HeatmapView::pointNear(QPointF plane) const {
    const QPointF at = toPixel(plane);
    const PlanePoint* nearest = nullptr;
    double best = kPointReach;
    for (const PlanePoint& point : m_points) {
        const double distance = QLineF(at, toPixel({point.x, point.y})).length();
        if (distance < best && (m_testVisible || !point.test)) {
            best = distance;
            nearest = &point;
        }
    }
    return nearest;
}

QString HeatmapView::describe(QPointF plane) const {
    const QString x = m_look.xName.isEmpty() ? tr("x") : m_look.xName;
    const QString y = m_look.yName.isEmpty() ? tr("y") : m_look.yName;
    QString text = tr("%1 %2, %3 %4").arg(x, shortNumber(plane.x(), 3), y, shortNumber(plane.y(), 3));
    if (const auto cell = cellAt(plane)) {
        const float value = *valueAt(plane);
        if (m_classes.valid()) {
            const int index = likeliest(m_classes, cell->x(), cell->y()).index;
            text += index < 0 ? tr(": not a number")
                              : tr(": %1, %2 %").arg(className(index), shortNumber(100.0 * value, 3));
        } else {
            text += tr(": %1").arg(std::isnan(value) ? tr("not a number") : shortNumber(value, 4));
        }
    }
    if (const PlanePoint* point = pointNear(plane)) {
        const QString what = point->cls >= 0 ? className(point->cls) : shortNumber(point->label, 4);
        text += QLatin1Char('\n') + (point->test ? tr("test point: %1") : tr("training point: %1")).arg(what);
    }
    return text;
}

void HeatmapView::describeForReaders() {
    if (m_sinceDescribed.isValid() && m_sinceDescribed.elapsed() < kDescribeEveryMs &&
        !accessibleDescription().isEmpty()) {
        return;
    }
    if (m_classes.valid()) {
        m_sinceDescribed.start();
        setAccessibleDescription(tr("Likeliest class over the plane, out of %1").arg(m_classes.classes));
    } else if (m_grid.valid()) {
        m_sinceDescribed.start();
        const HeatmapSummary summary = summarise(m_grid.values);
        QString text = tr("Minimum %1, maximum %2, mean %3")
                           .arg(shortNumber(summary.minimum), shortNumber(summary.maximum), shortNumber(summary.mean));
        if (summary.notFinite > 0) {
            text += tr("; values that are not numbers: %1").arg(summary.notFinite);
        }
        setAccessibleDescription(text);
    }
}

void HeatmapView::resizeEvent(QResizeEvent*) { layOut(); }

void HeatmapView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        layOut();
    }
    QWidget::changeEvent(event);
}

void HeatmapView::mousePressEvent(QMouseEvent* event) {
    const QPointF plane = toPlane(event->position());
    if (m_pressed != Qt::NoButton || !inside(m_extent, plane)) {
        event->ignore();
        return;
    }
    m_crosshair.reset();
    m_pressed = event->button();
    m_pressedAt = event->pos();
    m_moved = false;
    emit dragged(plane, m_pressed);
    update();
}

void HeatmapView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF plane = toPlane(event->position());
    if (m_pressed != Qt::NoButton) {
        m_moved = m_moved || (event->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
        if (inside(m_extent, plane)) {
            emit dragged(plane, m_pressed);
        }
    }
    if (inside(m_extent, plane)) {
        m_mouse = plane;
        emit hovered(plane);
        update();
    } else {
        leaveEvent(nullptr);
    }
}

void HeatmapView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != m_pressed || m_pressed == Qt::NoButton) {
        event->ignore();
        return;
    }
    m_pressed = Qt::NoButton;
    emit dragEnded();
    if (!m_moved) {
        emit clicked(toPlane(m_pressedAt), event->button());
    }
}

void HeatmapView::leaveEvent(QEvent*) {
    if (m_mouse) {
        m_mouse.reset();
        emit hoverLeft();
        update();
    }
}

void HeatmapView::moveCrosshair(int right, int up, bool fine) {
    const double steps = fine ? 200 : 40;
    const QPointF middle((m_extent.left + m_extent.right) / 2, (m_extent.bottom + m_extent.top) / 2);
    const QPointF from = m_crosshair.value_or(middle);
    m_crosshair =
        QPointF(std::clamp(from.x() + right * (m_extent.right - m_extent.left) / steps, m_extent.left, m_extent.right),
                std::clamp(from.y() + up * (m_extent.top - m_extent.bottom) / steps, m_extent.bottom, m_extent.top));
    m_mouse.reset();
    setAccessibleDescription(describe(*m_crosshair));
    m_sinceDescribed.start();
    emit hovered(*m_crosshair);
    update();
}

std::vector<Gesture> HeatmapView::gestures() {
    return {{tr("Point"), tr("Tell the value at the place, and the data point that lies there")},
            {tr("Right click"), tr("Copy or save the picture")},
            {QStringLiteral("← → ↑ ↓"), tr("Move a crosshair, with Shift in small steps")},
            {tr("Enter, Space"), tr("Click where the crosshair is")},
            {tr("Delete, Backspace"), tr("Click there with the right button")},
            {tr("Esc"), tr("Hide the crosshair")},
            {QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText), tr("Copy the picture")}};
}

void HeatmapView::keyPressEvent(QKeyEvent* event) {
    const bool fine = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->matches(QKeySequence::Copy)) {
        copyPicture();
        return;
    }
    switch (event->key()) {
        case Qt::Key_Left:
            return moveCrosshair(-1, 0, fine);
        case Qt::Key_Right:
            return moveCrosshair(1, 0, fine);
        case Qt::Key_Up:
            return moveCrosshair(0, 1, fine);
        case Qt::Key_Down:
            return moveCrosshair(0, -1, fine);
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            if (m_crosshair) {
                emit clicked(*m_crosshair, Qt::LeftButton);
                return;
            }
            break;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            if (m_crosshair) {
                emit clicked(*m_crosshair, Qt::RightButton);
                return;
            }
            break;
        case Qt::Key_Escape:
            if (m_crosshair) return dropCrosshair();
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void HeatmapView::focusOutEvent(QFocusEvent* event) {
    // Its own menu is about the place under the crosshair.
    if (m_crosshair && event->reason() != Qt::PopupFocusReason) dropCrosshair();
    QWidget::focusOutEvent(event);
}

void HeatmapView::dropCrosshair() {
    m_crosshair.reset();
    emit hoverLeft();
    update();
}

void HeatmapView::contextMenuEvent(QContextMenuEvent* event) {
    if (!m_menuEnabled) {
        event->ignore();
        return;
    }
    QMenu menu(this);
    menu.addAction(tr("&Copy picture"), this, &HeatmapView::copyPicture);
    menu.addAction(tr("&Save picture…"), this, &HeatmapView::savePicture);
    menu.exec(event->globalPos());
}

QImage HeatmapView::picture(double scale) const {
    QImage image((QSizeF(size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(themed(ColourRole::Window));
    const_cast<HeatmapView*>(this)->render(&image, QPoint(), QRegion(), QWidget::DrawChildren);
    image.setDevicePixelRatio(1);
    return image;
}

void HeatmapView::copyPicture() const { QApplication::clipboard()->setImage(picture(2)); }

void HeatmapView::savePicture() {
    saveAs(this, {tr("Save picture"), tr("map"), {tr("PNG pictures (*.png)")}, pictureEndings()},
           [this](const QString& path) { return writePicture(picture(2), path); });
}

}  // namespace perceptory::widgets
