// Mouse and keys of a CurvePlot.

#include <QApplication>
#include <QChart>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QKeySequence>
#include <QMenu>
#include <QMouseEvent>
#include <QRubberBand>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/widgets/CrosshairItem.h"
#include "ui/widgets/CurvePlot.h"

namespace perceptory::widgets {

namespace {

constexpr double kWheelNotch = 120;
constexpr double kZoomPerNotch = 1.25;
constexpr double kFewestSteps = 2;
constexpr double kMostSteps = 1e15;

}  // namespace

QPointF CurvePlot::inChart(QPointF viewPoint) const { return chart()->mapFromScene(mapToScene(viewPoint.toPoint())); }

void CurvePlot::showEverything() {
    m_zoom.reset();
    m_stepScale.reset();
    m_valueScale.reset();
    scheduleRefresh();
}

void CurvePlot::zoomTo(AxisRange steps, AxisRange values) {
    const bool logarithmic = m_item->values().logarithmic();
    const bool sensible = steps.length() >= kFewestSteps && steps.length() < kMostSteps &&
                          values.high - values.low > 1e-12 * std::abs(values.high) && std::isfinite(values.length()) &&
                          (!logarithmic || values.low > 0);
    if (sensible) {
        m_zoom = Zoom{steps, values, logarithmic};
        scheduleRefresh();
    }
}

void CurvePlot::zoomAround(QPointF at, double factor, bool alongValues) {
    const QRectF area = m_item->area();
    if (area.isEmpty()) {
        return;
    }
    AxisRange steps = m_item->steps();
    AxisRange values = m_item->values().range();
    if (alongValues) {
        const double share = (area.bottom() - at.y()) / area.height();
        const ValueMap& map = m_item->values();
        values = {map.valueAt(share - share * factor), map.valueAt(share + (1 - share) * factor)};
    } else {
        steps = {m_item->stepAt(at.x() - (at.x() - area.left()) * factor),
                 m_item->stepAt(at.x() + (area.right() - at.x()) * factor)};
    }
    zoomTo(steps, values);
}

void CurvePlot::panBy(QPointF pixels) {
    const QRectF area = m_item->area();
    if (area.isEmpty()) {
        return;
    }
    const double up = pixels.y() / area.height();
    const ValueMap& map = m_item->values();
    zoomTo({m_item->stepAt(area.left() - pixels.x()), m_item->stepAt(area.right() - pixels.x())},
           {map.valueAt(up), map.valueAt(1 + up)});
}

void CurvePlot::zoomInto(const QRect& band) {
    const QRectF area = m_item->area();
    const QRectF chosen = QRectF(inChart(band.topLeft()), inChart(band.bottomRight())).intersected(area);
    if (chosen.width() < 4 || chosen.height() < 4) {
        return;
    }
    const auto value = [&](double y) { return m_item->values().valueAt((area.bottom() - y) / area.height()); };
    zoomTo({m_item->stepAt(chosen.left()), m_item->stepAt(chosen.right())},
           {value(chosen.bottom()), value(chosen.top())});
}

// Keys lead to steps that a zoom may hide.
void CurvePlot::bringIntoView(double step) {
    if (!m_zoom || (step >= m_zoom->steps.low && step <= m_zoom->steps.high)) {
        return;
    }
    const double length = m_zoom->steps.length();
    const double low = step - (step < m_zoom->steps.low ? 0.1 : 0.9) * length;
    zoomTo({low, low + length}, m_zoom->values);
}

void CurvePlot::mousePressEvent(QMouseEvent* event) {
    const bool inside = m_item->area().contains(inChart(event->position()));
    if (!inside || m_pressed != Qt::NoButton || event->button() == Qt::RightButton) {
        QChartView::mousePressEvent(event);
        return;
    }
    m_pressed = event->button();
    m_panning = event->button() == Qt::MiddleButton || event->modifiers().testFlag(Qt::ShiftModifier);
    m_pressedAt = m_lastAt = event->pos();
    if (m_panning) {
        viewport()->setCursor(Qt::ClosedHandCursor);
    }
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = inChart(event->position());
    if (m_pressed == Qt::NoButton) {
        QChartView::mouseMoveEvent(event);
        if (!m_pinned) {
            setCrosshair(m_item->area().contains(at) ? std::optional(m_item->stepAt(at.x())) : std::nullopt);
        }
        return;
    }
    if (m_panning) {
        panBy(event->pos() - m_lastAt);
        m_lastAt = event->pos();
        return;
    }
    if (!m_band && (event->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance()) {
        m_band = new QRubberBand(QRubberBand::Rectangle, viewport());
        m_band->show();
    }
    if (m_band) {
        m_band->setGeometry(QRect(m_pressedAt, event->pos()).normalized());
    }
}

void CurvePlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != m_pressed || m_pressed == Qt::NoButton) {
        QChartView::mouseReleaseEvent(event);
        return;
    }
    m_pressed = Qt::NoButton;
    viewport()->unsetCursor();
    if (m_band) {
        const QRect band = m_band->geometry();
        delete m_band;
        m_band = nullptr;
        zoomInto(band);
    } else if (!m_panning) {
        m_pinned = !m_pinned;
        setCrosshair(m_item->stepAt(inChart(event->position()).x()));
    }
    m_panning = false;
}

void CurvePlot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_item->area().contains(inChart(event->position()))) {
        m_pinned = false;  // the first click of the two pinned it
        showEverything();
        return;
    }
    QChartView::mouseDoubleClickEvent(event);
}

void CurvePlot::wheelEvent(QWheelEvent* event) {
    const QPointF at = inChart(event->position());
    const double notches = event->angleDelta().y() / kWheelNotch;
    if (!m_item->area().contains(at) || notches == 0) {
        event->ignore();
        return;
    }
    zoomAround(at, std::pow(kZoomPerNotch, -notches), event->modifiers().testFlag(Qt::ControlModifier));
    event->accept();
}

void CurvePlot::leaveEvent(QEvent* event) {
    QChartView::leaveEvent(event);
    if (!m_pinned) {
        setCrosshair(std::nullopt);
    }
}

void CurvePlot::focusInEvent(QFocusEvent* event) {
    QChartView::focusInEvent(event);
    m_sinceDescribed.invalidate();
    describeForReaders();
    viewport()->update();
}

void CurvePlot::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void CurvePlot::moveCrosshair(int entries) {
    const Held* held = reference();
    if (!held) {
        return;
    }
    const CurveHistory& history = held->history;
    // Where entries are denser than pixels one key press passes the entries of one pixel.
    const double perPixel = m_item->steps().length() / std::max(m_item->area().width(), 1.0);
    const auto last = static_cast<double>(history.size() - 1);
    const double stepsPerEntry =
        std::max(static_cast<double>(*history.lastStep() - *history.firstStep()) / std::max(last, 1.0), 1e-9);
    const double stride = std::max(1.0, std::round(perPixel / stepsPerEntry));
    const double now = m_cursor ? static_cast<double>(history.nearest(*m_cursor)) : last + (entries < 0 ? 1 : 0);
    const auto target = static_cast<std::size_t>(std::clamp(now + entries * stride, 0.0, last));
    const CurveBucket bucket = history.bucket(target);
    const double step = static_cast<double>(bucket.first) + static_cast<double>(bucket.count - 1) / 2;
    bringIntoView(step);
    setCrosshair(step);
    setAccessibleDescription(readOut());
}

void CurvePlot::jumpToBest() {
    const auto validation = std::find_if(m_curves.begin(), m_curves.end(), [](const Held& held) {
        return held.visible && held.curve.dashed && held.history.size() > 0;
    });
    const Held* held = validation != m_curves.end() ? &*validation : reference();
    if (!held) {
        return;
    }
    const double sign = m_lowerIsBetter ? 1 : -1;
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < held->history.size(); ++i) {
        const double value = sign * static_cast<double>(held->history.bucket(i).mean);
        if (value < least) {
            least = value;
            best = i;
        }
    }
    m_pinned = true;
    const auto step = static_cast<double>(held->history.bucket(best).first);
    bringIntoView(step);
    setCrosshair(step);
    setAccessibleDescription(readOut());
}

std::vector<Gesture> CurvePlot::gestures() {
    return {{tr("Point"), tr("Show a crosshair with the values there")},
            {tr("Click"), tr("Keep the crosshair, or let it go")},
            {tr("Drag"), tr("Zoom into a rectangle")},
            {tr("Wheel"), tr("Zoom along the epochs, with Ctrl along the values")},
            {tr("Shift+drag, middle button"), tr("Move the picture")},
            {tr("Double click"), tr("Show everything")},
            {tr("Right click"), tr("Choose curves, save picture or values")},
            {QStringLiteral("← →"), tr("Move the crosshair, with Shift ten at a time")},
            {tr("Home, End"), tr("Move it to the first or the last value")},
            {QStringLiteral("P"), tr("Keep the crosshair, or let it go")},
            {QStringLiteral("B"), tr("Go to the best value")},
            {QStringLiteral("L"), tr("Logarithmic values on or off")},
            {QStringLiteral("S"), tr("Smoothing on or off")},
            {QStringLiteral("+ −"), tr("Zoom in or out")},
            {QStringLiteral("0"), tr("Show everything")},
            {tr("Esc"), tr("Hide the crosshair")},
            {QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText), tr("Copy the picture")}};
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
    const int stride = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
    constexpr int kFar = 1 << 28;
    if (event->matches(QKeySequence::Copy)) {
        copyPicture();
        return;
    }
    switch (event->key()) {
        case Qt::Key_Left:
            moveCrosshair(-stride);
            return;
        case Qt::Key_Right:
            moveCrosshair(stride);
            return;
        case Qt::Key_Home:
            moveCrosshair(-kFar);
            return;
        case Qt::Key_End:
            moveCrosshair(kFar);
            return;
        case Qt::Key_P:
            m_pinned = m_cursor && !m_pinned;
            showCrosshair();
            return;
        case Qt::Key_Escape:
            if (m_cursor) {
                m_pinned = false;
                setCrosshair(std::nullopt);
                return;
            }
            break;
        case Qt::Key_B:
            jumpToBest();
            return;
        case Qt::Key_L:
            setLogScale(!m_logWanted);
            return;
        case Qt::Key_S:
            setSmoothing(m_smoothing > 0 ? 0 : m_smoothingWhenOn);
            return;
        case Qt::Key_0:
            showEverything();
            return;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomAround(m_item->area().center(), 1 / kZoomPerNotch, false);
            return;
        case Qt::Key_Minus:
            zoomAround(m_item->area().center(), kZoomPerNotch, false);
            return;
        default:
            break;
    }
    QChartView::keyPressEvent(event);
}

// What clicking the legend does, for the keyboard.
void CurvePlot::addCurveChoices(QMenu& menu) {
    QMenu* choices = menu.addMenu(tr("&Curves shown"));
    for (int i = 0; i < static_cast<int>(m_curves.size()); ++i) {
        QString name = m_curves[static_cast<std::size_t>(i)].curve.name;
        QAction* choice = choices->addAction(name.replace(QLatin1Char('&'), QLatin1String("&&")), this,
                                             [this, i](bool on) { setCurveVisible(i, on); });
        choice->setCheckable(true);
        choice->setChecked(isCurveVisible(i));
    }
}

void CurvePlot::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    QAction* log = menu.addAction(tr("&Logarithmic values\tL"), this, &CurvePlot::setLogScale);
    log->setCheckable(true);
    log->setChecked(m_logWanted);
    QAction* smooth =
        menu.addAction(tr("&Smoothing\tS"), this, [this](bool on) { setSmoothing(on ? m_smoothingWhenOn : 0); });
    smooth->setCheckable(true);
    smooth->setChecked(m_smoothing > 0);
    menu.addAction(tr("Show &everything\t0"), this, &CurvePlot::showEverything)->setEnabled(isZoomed());
    menu.addAction(tr("Go to the &best value\tB"), this, &CurvePlot::jumpToBest);
    addCurveChoices(menu);
    menu.addSeparator();
    menu.addAction(tr("&Copy picture"), this, &CurvePlot::copyPicture);
    menu.addAction(tr("Save &picture…"), this, &CurvePlot::savePicture);
    menu.addAction(tr("Save &values…"), this, &CurvePlot::saveCsv);
    menu.exec(event->globalPos());
}

}  // namespace perceptory::widgets
