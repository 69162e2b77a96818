#include "ui/widgets/CurvePlot.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QPainter>
#include <QRubberBand>
#include <algorithm>
#include <cmath>

#include "ui/widgets/CrosshairItem.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int kTooLowForLegendAbove = 150;  // logical pixels
constexpr int kTooLowForNames = 200;
constexpr int kDescribeEveryMs = 2000;

}  // namespace

CurvePlot::CurvePlot(QWidget* parent) : QChartView(new QChart, parent) {
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundVisible(false);
    chart()->setPlotAreaBackgroundVisible(false);
    chart()->setMargins(QMargins(2, 2, 6, 2));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setLocalizeNumbers(false);
    chart()->legend()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    m_axes = std::make_unique<CurveAxes>(*chart());
    m_item = new CurvesItem(chart());
    m_item->setZValue(50);
    m_item->setAcceptedMouseButtons(Qt::NoButton);
    m_crosshairItem = new CrosshairItem(chart());
    m_crosshairItem->setZValue(60);
    m_crosshairItem->setAcceptedMouseButtons(Qt::NoButton);
    m_crosshairItem->hide();
    connect(chart(), &QChart::plotAreaChanged, this, [this](const QRectF& area) {
        m_item->setArea(area);
        viewport()->update();
        showCrosshair();
    });
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Curves"));
    connect(&Theme::instance(), &Theme::changed, this, &CurvePlot::takeTheme);
    takeTheme();
    refreshNow();
}

CurvePlot::~CurvePlot() {
    // The chart goes with the scene, after this object's members; it must not call back into them.
    disconnect(chart(), nullptr, this, nullptr);
}

void CurvePlot::takeTheme() {
    setBackgroundBrush(themed(ColourRole::Base));
    chart()->legend()->setLabelColor(themed(ColourRole::Text));
    m_axes->takeTheme();
    m_item->update();
    markLegend();
    scheduleRefresh();
}

void CurvePlot::setCurves(const std::vector<Curve>& curves) {
    chart()->removeAllSeries();
    m_curves.clear();
    for (const Curve& curve : curves) {
        Held held{curve, {}, true};
        held.history.setSmoothing(m_smoothing);
        m_curves.push_back(std::move(held));
        auto* series = new QLineSeries;  // stays empty: it gives the legend its entry and the axes their owner
        series->setName(curve.name);
        chart()->addSeries(series);
        m_axes->attach(*series);
    }
    markLegend();
    int index = 0;
    for (QLegendMarker* marker : chart()->legend()->markers()) {
        connect(marker, &QLegendMarker::clicked, this,
                [this, index] { setCurveVisible(index, !isCurveVisible(index)); });
        ++index;
    }
    clearValues();
}

void CurvePlot::markLegend() {
    const auto series = chart()->series();
    const auto markers = chart()->legend()->markers();
    for (qsizetype i = 0; i < series.size() && i < static_cast<qsizetype>(m_curves.size()); ++i) {
        const Held& held = m_curves[static_cast<std::size_t>(i)];
        const double opacity = held.visible ? 1 : 0.3;
        QPen pen(faded(Theme::instance().series(held.curve.colour), opacity), 2);
        if (held.curve.dashed) {
            pen.setDashPattern({2, 1.2});  // two dashes fit into a legend marker
        }
        static_cast<QLineSeries*>(series[i])->setPen(pen);
        if (i < markers.size()) {
            markers[i]->setLabelBrush(faded(themed(ColourRole::Text), held.visible ? 1 : 0.45));
        }
    }
}

void CurvePlot::append(int curve, std::span<const CurveBucket> buckets) {
    if (curve >= 0 && curve < static_cast<int>(m_curves.size()) && !buckets.empty()) {
        m_curves[static_cast<std::size_t>(curve)].history.append(buckets);
        scheduleRefresh();
    }
}

void CurvePlot::clearValues() {
    for (Held& held : m_curves) {
        held.history.clear();
    }
    m_item->setEvents({});
    m_stepScale.reset();
    m_valueScale.reset();
    m_zoom.reset();
    m_pinned = false;
    setCrosshair(std::nullopt);
    scheduleRefresh();
}

void CurvePlot::replaceValues() {
    for (Held& held : m_curves) {
        held.history.clear();
    }
    scheduleRefresh();
}

void CurvePlot::setEvents(std::vector<EventMark> events) { m_item->setEvents(std::move(events)); }

void CurvePlot::setCurveVisible(int curve, bool visible) {
    if (curve >= 0 && curve < static_cast<int>(m_curves.size())) {
        m_curves[static_cast<std::size_t>(curve)].visible = visible;
        m_valueScale.reset();
        markLegend();
        scheduleRefresh();
    }
}

bool CurvePlot::isCurveVisible(int curve) const {
    return curve >= 0 && curve < static_cast<int>(m_curves.size()) && m_curves[static_cast<std::size_t>(curve)].visible;
}

void CurvePlot::setAxisNames(const QString& x, const QString& y) { m_axes->setNames(x, y); }

void CurvePlot::setPictureNames(const QString& x, const QString& y) {
    m_pictureX = x;
    m_pictureY = y;
}

void CurvePlot::setStepUnits(StepUnits units, const QString& name, bool tellsStep) {
    m_unitName = name;
    m_tellsStep = tellsStep;
    if (units != m_item->units()) {
        m_item->setUnits(std::move(units));
        scheduleRefresh();
    }
}

void CurvePlot::setValueRange(std::optional<AxisRange> range) {
    m_valueRange = range;
    m_valueScale.reset();
    scheduleRefresh();
}

void CurvePlot::setValueFloor(std::optional<double> floor) {
    m_valueFloor = floor;
    scheduleRefresh();
}

void CurvePlot::setLogScale(bool logarithmic) {
    if (logarithmic != m_logWanted) {
        m_logWanted = logarithmic;
        m_zoom.reset();
        m_valueScale.reset();
        scheduleRefresh();
        emit logScaleChanged(logarithmic);
    }
}

void CurvePlot::setSmoothing(double weight) {
    weight = std::isfinite(weight) ? std::clamp(weight, 0.0, 0.999) : 0.0;
    if (weight == m_smoothing) {
        return;
    }
    m_smoothing = weight;
    if (weight > 0) {
        m_smoothingWhenOn = weight;
    }
    for (Held& held : m_curves) {
        held.history.setSmoothing(weight);
    }
    scheduleRefresh();
    emit smoothingChanged(weight);
}

void CurvePlot::scheduleRefresh() {
    if (!m_refreshPosted && isVisible()) {
        m_refreshPosted = true;
        QMetaObject::invokeMethod(this, &CurvePlot::refreshNow, Qt::QueuedConnection);
    }
}

void CurvePlot::refreshNow() {
    m_refreshPosted = false;
    refresh();
    describeForReaders();
}

void CurvePlot::refresh() {
    const AxisRange shown = shownUnits();
    const CurveSpan values = collectLines(shown);
    const ValueMap map = valueMap(values);
    m_item->setMarksBelow(!m_zoom && m_valueFloor);
    if (m_item->setScales(shown, map)) {
        // The labels move. Where a part of the viewport is painted before the scene has noticed, such as what the
        // zoom's rubber band covered, the scene takes the labels for painted and never wipes out the old ones.
        viewport()->update();
    }
    // Moving an axis lays labels out and may move the plot area, which rebuilds the lines by itself.
    const QRectF before = chart()->plotArea();
    m_axes->showSteps(shown, before.width());
    m_axes->showValues(map, before.height());
    m_item->setArea(chart()->plotArea());
    m_item->rebuild();
    showCrosshair();
}

AxisRange CurvePlot::shownUnits() {
    const StepUnits& units = m_item->units();
    if (m_zoom) {
        return {units.at(m_zoom->steps.low), units.at(m_zoom->steps.high)};
    }
    double first = std::numeric_limits<double>::infinity();
    double last = -first;
    for (const Held& held : m_curves) {
        if (held.history.size() > 0) {
            first = std::min(first, units.at(static_cast<double>(*held.history.firstStep())));
            last = std::max(last, units.at(static_cast<double>(*held.history.lastStep())));
        }
    }
    if (first > last) {
        first = last = 0;
    }
    // Runs begin near zero; a first test value at step 25 should not cut the axis.
    return m_stepScale.follow(first < 0.1 * last ? 0 : first, last);
}

CurveSpan CurvePlot::collectLines(AxisRange shown) {
    CurveSpan values;
    std::vector<CurveLine>& lines = m_item->lines();
    lines.resize(m_curves.size());
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        const Held& held = m_curves[i];
        CurveLine& line = lines[i];
        line.look = {Theme::instance().series(held.curve.colour), held.curve.dashed,
                     markerOfClass(static_cast<int>(i) / 2), m_smoothing > 0};
        line.pieces.clear();
        if (!held.visible) {
            continue;
        }
        collectPieces(held.history, shown, line.pieces);
        for (const CurvePiece& piece : line.pieces) {
            values.add(piece.raw);
            line.look.rawShown = line.look.rawShown || piece.raw.low < piece.raw.high;
        }
    }
    return values;
}

// Steps per pixel differ where the units turn, so each straight stretch between two turns is thinned out by itself.
void CurvePlot::collectPieces(const CurveHistory& history, AxisRange shown, std::vector<CurvePiece>& out) {
    const StepUnits& units = m_item->units();
    const double columns = std::max(1.0, m_item->area().width());
    double from = shown.low;
    const auto addStretch = [&](double to) {
        const double share = std::max(1.0, std::round((to - from) / shown.length() * columns));
        history.pieces(units.stepAt(from), units.stepAt(to), static_cast<int>(share), m_stretch);
        for (const CurvePiece& piece : m_stretch) {
            if (out.empty() || piece.middle() > out.back().middle()) {
                out.push_back(piece);
            } else if (piece.last > out.back().last) {
                out.back().add(piece);
            }
        }
        from = to;
    };
    for (const StepUnits::Knot& knot : units.knots()) {
        if (knot.unit > from && knot.unit < shown.high) {
            addStretch(knot.unit);
        }
    }
    addStretch(shown.high);
}

bool CurvePlot::fewLieBelowFloor(const CurveSpan& values) const {
    if (!m_valueFloor || values.low >= *m_valueFloor) {
        return false;
    }
    std::size_t below = 0;
    std::size_t all = 0;
    for (const CurveLine& line : m_item->lines()) {
        all += line.pieces.size();
        below += static_cast<std::size_t>(std::ranges::count_if(
            line.pieces, [this](const CurvePiece& piece) { return piece.raw.low < *m_valueFloor; }));
    }
    return 2 * below < all;
}

ValueMap CurvePlot::valueMap(const CurveSpan& values) {
    if (m_zoom) {
        return {m_zoom->values, m_zoom->logarithmic};
    }
    if (m_logWanted && ValueScale::worthLog(values)) {
        return {ValueScale::decades(values), true};
    }
    CurveSpan wanted = values;
    if (m_valueRange) {
        wanted.add(static_cast<float>(m_valueRange->low));
        wanted.add(static_cast<float>(m_valueRange->high));
        if (wanted.low >= m_valueRange->low && wanted.high <= m_valueRange->high) {
            return {*m_valueRange, false};
        }
        if (wanted.high <= m_valueRange->high && fewLieBelowFloor(wanted)) {
            return {{*m_valueFloor, m_valueRange->high}, false};
        }
    }
    return {m_valueScale.followLinear(wanted), false};
}

void CurvePlot::fitChartToHeight() {
    const bool low = height() < kTooLowForLegendAbove;
    chart()->legend()->setAlignment(low ? Qt::AlignRight : Qt::AlignTop);
    m_axes->setNamesVisible(height() >= kTooLowForNames);
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
    fitChartToHeight();
    QChartView::resizeEvent(event);
    scheduleRefresh();
}

void CurvePlot::showEvent(QShowEvent* event) {
    QChartView::showEvent(event);
    refreshNow();
}

void CurvePlot::drawBackground(QPainter* painter, const QRectF& rect) {
    painter->fillRect(rect, backgroundBrush());
    m_item->paintMinorGrid(*painter);
}

void CurvePlot::paintEvent(QPaintEvent* event) {
    QChartView::paintEvent(event);
    if (hasFocus()) {
        QPainter painter(viewport());
        painter.setPen(QPen(themed(ColourRole::FocusRing), 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

const CurvePlot::Held* CurvePlot::reference() const {
    const Held* best = nullptr;
    for (const Held& held : m_curves) {
        if (held.visible && held.history.size() > 0 && (!best || held.history.size() > best->history.size())) {
            best = &held;
        }
    }
    return best;
}

void CurvePlot::setCrosshair(std::optional<double> step) {
    const bool hidden = m_cursor && !step;
    m_cursor = step;
    showCrosshair();
    if (step) {
        emit crosshairMoved(*step);
    } else if (hidden) {
        emit crosshairHidden();
    }
}

void CurvePlot::showCrosshair() {
    const Held* held = reference();
    const QRectF area = m_item->area();
    if (!m_cursor || !held || area.isEmpty()) {
        m_crosshairItem->hide();
        return;
    }
    const CurveBucket there = held->history.bucket(held->history.nearest(*m_cursor));
    const double step = static_cast<double>(there.first) + static_cast<double>(there.count - 1) / 2;
    CrosshairItem::Content content;
    content.x = m_item->xOf(step);
    content.pinned = m_pinned;
    const StepUnits& units = m_item->units();
    content.head =
        !m_tellsStep ? tr("%1 %2").arg(m_unitName, shortNumber(units.at(step), 5))
        : units.areSteps()
            ? tr("step %1").arg(QString::number(there.first))
            : tr("step %1 · %2 %3").arg(QString::number(there.first), m_unitName, shortNumber(units.at(step), 5));
    for (const Held& one : m_curves) {
        if (!one.visible || one.history.size() == 0) {
            continue;
        }
        const std::size_t index = one.history.nearest(step);
        const float smooth = one.history.smoothed(index);
        const float raw = one.history.bucket(index).mean;
        const QString value =
            m_smoothing > 0 ? tr("%1 (%2)").arg(shortNumber(smooth), shortNumber(raw)) : shortNumber(raw);
        content.rows.push_back({Theme::instance().series(one.curve.colour), one.curve.dashed, one.curve.name, value});
        const double y = std::isfinite(smooth) ? m_item->yOf(smooth) : area.bottom() + 100;
        content.dots.emplace_back(content.x, std::clamp(y, area.top() - 100, area.bottom() + 100));
    }
    for (const EventMark& event : m_item->events()) {
        if (std::abs(m_item->xOf(static_cast<double>(event.step)) - content.x) < 6) {
            content.foot = event.text;
        }
    }
    m_crosshairItem->show(area, font(), std::move(content));
}

QString CurvePlot::readOut() const {
    if (!m_cursor || !reference()) {
        return {};
    }
    QStringList parts{m_crosshairItem->content().head};
    for (const CrosshairRow& row : m_crosshairItem->content().rows) {
        parts << tr("%1: %2").arg(row.name, row.value);
    }
    if (!m_crosshairItem->content().foot.isEmpty()) {
        parts << m_crosshairItem->content().foot;
    }
    return parts.join(QLatin1Char('\n'));
}

QString CurvePlot::summary() const {
    QStringList parts;
    for (const Held& held : m_curves) {
        const std::size_t size = held.history.size();
        if (!held.visible || size == 0) {
            continue;
        }
        const float now = held.history.smoothed(size - 1);
        const float before =
            held.history.smoothed(size - 1 - std::min<std::size_t>(size - 1, std::max<std::size_t>(1, size / 10)));
        const QString trend = now < before ? tr("falling") : now > before ? tr("rising") : tr("level");
        parts << tr("%1 %2, %3").arg(held.curve.name, shortNumber(now), trend);
    }
    return parts.isEmpty() ? tr("No values yet") : parts.join(QStringLiteral("; "));
}

void CurvePlot::describeForReaders() {
    if (hasFocus() && !m_cursor && (!m_sinceDescribed.isValid() || m_sinceDescribed.elapsed() >= kDescribeEveryMs)) {
        m_sinceDescribed.start();
        setAccessibleDescription(summary());
    }
}

}  // namespace perceptory::widgets
