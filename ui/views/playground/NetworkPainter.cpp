#include "ui/views/playground/NetworkPainter.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/views/SampleImage.h"
#include "ui/views/playground/UnitMarks.h"
#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Thumbnail.h"

namespace perceptory::views {

using widgets::ColourMap;
using widgets::ColourRole;
using widgets::themed;

namespace {

constexpr std::size_t kMostLinks = 2000, kMostCurves = 400, kMostSmooth = 900;
constexpr double kThickLink = 2;  // of many links, those at least that wide are drawn two pixels wide
constexpr int kLinksShare = 6;    // links take one part in so many of the time
constexpr double kLinkReach = 5;

double linkWidth(float weight, std::size_t count) {
    const double most = count > kMostCurves ? 3 : 10;
    return std::clamp(1 + std::abs(static_cast<double>(weight)) * 9 / 5, 1.0, most);
}

QColor linkColour(float weight, const ColourMap& map) {
    if (!std::isfinite(weight)) return themed(ColourRole::Error);
    QColor colour = QColor::fromRgba(map.at(weight, {-1, 1}));
    colour.setAlphaF(static_cast<float>(0.45 + 0.5 * std::min(std::abs(weight), 1.0f)));
    return colour;
}

struct LinkLook {
    QColor colour;
    double width;
};

void drawCurve(QPainter& painter, const QRect& from, const QRect& to, const LinkLook& look) {
    QPen pen(look.colour, look.width);
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    const std::vector<QPointF> curve = linkCurve(from, to, false);
    painter.drawPolyline(curve.data(), static_cast<int>(curve.size()));
}

// Qt takes ten times as long for wider lines (ui/README.md).
void drawThin(QPainter& painter, const QRect& from, const QRect& to, const LinkLook& look) {
    QPen pen(look.colour, 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    const std::vector<QPointF> ends = linkCurve(from, to, true);
    painter.drawLine(ends.front(), ends.back());
    const QPointF below(0, 1 / painter.device()->devicePixelRatioF());
    if (look.width >= kThickLink) painter.drawLine(ends.front() + below, ends.back() + below);
}

QImage tilePicture(const NetworkSight& sight, UnitRef unit, QSize size) {
    if (sight.model().isImage(unit)) return fittedInto(size, sight.image());
    const UnitMap map = sight.map(unit);
    if (!map.grid.valid()) return {};
    return widgets::thumbnail(map.grid, ColourMap::of(ColourMap::Kind::BlueOrange), map.range, size);
}

double distanceToSegment(QPointF p, QPointF a, QPointF b) {
    const QPointF d = b - a;
    const double length = QPointF::dotProduct(d, d);
    const double t = length > 0 ? std::clamp(QPointF::dotProduct(p - a, d) / length, 0.0, 1.0) : 0;
    const QPointF away = p - (a + t * d);
    return std::hypot(away.x(), away.y());
}

}  // namespace

void NetworkPainter::numbersChanged() {
    m_linksOld = true;
    m_thumbnails.clear();
}

void NetworkPainter::lookChanged() {
    m_linksStale = true;
    m_thumbnails.clear();
}

void NetworkPainter::paint(QPainter& painter, const PictureState& state) {
    const bool due = m_linksOld && (!m_sinceLinks.isValid() || m_sinceLinks.nsecsElapsed() > kLinksShare * m_linksCost);
    if (m_linksStale || due) renderLinks(state);
    painter.drawPixmap(0, 0, m_links);
    painter.setRenderHint(QPainter::Antialiasing);
    paintFolds(painter, state);
    paintTiles(painter, state);
    paintHighlights(painter, state);
    paintCard(painter, state);
}

std::vector<NetworkPainter::DrawnLink> NetworkPainter::chooseLinks(const PictureState& state) const {
    std::vector<DrawnLink> links;
    const NetworkModel& model = state.sight.model();
    for (std::size_t m = 0; m < model.links.size(); ++m) {
        const LinkMatrix& matrix = model.links[m];
        const std::span<const float> weights = state.sight.weights(matrix);
        for (int unit = 0; unit < matrix.units; ++unit) {
            const QRect to = state.layout.tile({matrix.column, unit});
            if (to.isEmpty()) continue;
            for (std::size_t row = 0; row < matrix.from.size(); ++row) {
                const bool isBundle = model.isImage(matrix.from[row]);
                if (isBundle && row > 0 && matrix.from[row] == matrix.from[row - 1]) continue;
                const QRect from = state.layout.tile(matrix.from[row]);
                if (from.isEmpty()) continue;
                const std::size_t index = row * static_cast<std::size_t>(matrix.units) + static_cast<std::size_t>(unit);
                const LinkRef ref{static_cast<int>(m), static_cast<int>(row), unit};
                links.push_back(
                    {isBundle ? LinkRef{} : ref, isBundle || weights.empty() ? 0 : weights[index], from, to});
            }
        }
    }
    const auto size = [](const DrawnLink& link) { return std::isfinite(link.weight) ? std::abs(link.weight) : 1e30f; };
    if (links.size() > kMostLinks) {
        const auto cut = links.begin() + kMostLinks;
        std::ranges::nth_element(links, cut, std::ranges::greater{}, size);
        links.erase(cut, links.end());
    }
    // Strong links above weak ones.
    std::ranges::stable_sort(links, {}, size);
    return links;
}

void NetworkPainter::renderLinks(const PictureState& state) {
    QElapsedTimer cost;
    cost.start();
    const QSize device = state.size * state.ratio;
    if (m_links.size() != device) m_links = QPixmap(device);
    m_links.setDevicePixelRatio(state.ratio);
    m_links.fill(Qt::transparent);
    m_drawn = chooseLinks(state);
    const ColourMap map = ColourMap::of(ColourMap::Kind::BlueOrange);
    QPainter painter(&m_links);
    painter.setRenderHint(QPainter::Antialiasing, m_drawn.size() <= kMostSmooth);
    // A translucent line laid over others would go to Qt's global thread pool, and we would wait for it (ui/README.md).
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    for (const DrawnLink& link : m_drawn) {
        const QColor colour =
            link.isBundle() ? widgets::faded(themed(ColourRole::Wire), 0.6) : linkColour(link.weight, map);
        const double width = linkWidth(link.weight, m_drawn.size());
        m_drawn.size() > kMostCurves ? drawThin(painter, link.from, link.to, {colour, width})
                                     : drawCurve(painter, link.from, link.to, {colour, width});
    }
    m_linksCost = cost.nsecsElapsed();
    m_sinceLinks.start();
    m_linksOld = m_linksStale = false;
}

std::optional<LinkRef> NetworkPainter::linkAt(QPointF place) const {
    std::optional<LinkRef> found;
    double nearest = kLinkReach + 1;
    for (const DrawnLink& link : m_drawn) {
        const QRect box = link.from.united(link.to).adjusted(-8, -8, 8, 8);
        if (link.isBundle() || !box.contains(place.toPoint())) continue;
        const std::vector<QPointF> curve = linkCurve(link.from, link.to, m_drawn.size() > kMostCurves);
        const double half = linkWidth(link.weight, m_drawn.size()) / 2;
        for (std::size_t i = 1; i < curve.size(); ++i) {
            const double away = std::max(distanceToSegment(place, curve[i - 1], curve[i]) - half, 0.0);
            if (away < nearest) {
                nearest = away;
                found = link.ref;
            }
        }
    }
    return nearest <= kLinkReach ? found : std::nullopt;
}

void NetworkPainter::paintTiles(QPainter& painter, const PictureState& state) {
    for (const ColumnLayout& column : state.layout.columns())
        for (std::size_t i = 0; i < column.tiles.size(); ++i)
            paintTile(painter, state, {column.column, column.first + static_cast<int>(i)}, column.tiles[i]);
}

void NetworkPainter::paintTile(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& where) {
    const NetworkModel& model = state.sight.model();
    const bool isInput = model.columns[static_cast<std::size_t>(unit.column)].kind == NetworkColumn::Kind::Inputs;
    const bool on = !isInput || model.inputs[static_cast<std::size_t>(unit.unit)].unit >= 0;
    const qint64 key = (static_cast<qint64>(unit.column) << 32) | static_cast<quint32>(unit.unit);
    auto found = m_thumbnails.find(key);
    if (found == m_thumbnails.end())
        found = m_thumbnails.insert(key, tilePicture(state.sight, unit, (QSizeF(where.size()) * state.ratio).toSize()));
    painter.fillRect(where, themed(ColourRole::Base));
    if (found->isNull()) {
        painter.setPen(themed(ColourRole::Border));
        painter.setBrush(themed(ColourRole::AlternateBase));
        painter.drawRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5));
    } else {
        widgets::paintThumbnail(painter, where, *found, on ? 1 : 0.35);
    }
    if (isInput) {
        paintInputLabel(painter, state, unit, where);
        if (on) {
            painter.setPen(QPen(themed(ColourRole::Text), 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(where).adjusted(0.25, 0.25, -0.25, -0.25));
        }
    } else {
        paintBias(painter, state, unit);
        paintClassName(painter, state, unit, where);
    }
    if (state.numbers) paintNumber(painter, state, unit, where);
}

void NetworkPainter::paintFolds(QPainter& painter, const PictureState& state) const {
    painter.setPen(themed(ColourRole::MutedText));
    for (const ColumnLayout& column : state.layout.columns()) {
        if (column.folded <= 0) continue;
        const bool isInput = column.column == 0;
        const QString full = QCoreApplication::translate("NetworkPainter", "… %n more", nullptr, column.folded);
        const bool fits = painter.fontMetrics().horizontalAdvance(full) <= column.fold.width();
        const QString text = fits ? full : QStringLiteral("+%1").arg(column.folded);
        painter.drawText(column.fold, (isInput ? Qt::AlignRight : Qt::AlignHCenter) | Qt::AlignVCenter, text);
    }
    if (state.layout.foldedColumns() > 0)
        painter.drawText(
            state.layout.columnFold(), Qt::AlignCenter | Qt::TextWordWrap,
            QCoreApplication::translate("NetworkPainter", "… %n layers", nullptr, state.layout.foldedColumns()));
    const QRect room = state.layout.hintRoom();
    if (room.isEmpty()) return;
    painter.drawText(
        room, Qt::AlignRight | Qt::AlignBottom | Qt::TextWordWrap,
        QCoreApplication::translate("NetworkPainter",
                                    "Width and colour of a line show its weight. Click a line, or the small "
                                    "square of a bias, to set it. Point at a neuron to see it large."));
}

void NetworkPainter::paintHighlights(QPainter& painter, const PictureState& state) const {
    const auto ring = [&](const std::optional<UnitRef>& unit, QColor colour, double width, double away) {
        const QRect where = unit ? state.layout.tile(*unit) : QRect();
        if (where.isEmpty()) return;
        painter.setPen(QPen(colour, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(where).adjusted(-away, -away, away, away), 3, 3);
    };
    ring(state.pinned, themed(ColourRole::Accent), 2, 1.5);
    ring(state.hovered, themed(ColourRole::Text), 1.5, 1);
    ring(state.focused, themed(ColourRole::FocusRing), 2, 4);
    if (!state.link) return;
    if (state.link->isBias()) {
        const LinkMatrix& matrix = state.sight.model().links[static_cast<std::size_t>(state.link->matrix)];
        painter.setPen(QPen(themed(ColourRole::Text), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(state.layout.biasRect({matrix.column, state.link->unit})).adjusted(-1, -1, 2, 2));
        return;
    }
    for (const DrawnLink& link : m_drawn)
        if (link.ref == *state.link) {
            const auto curve = linkCurve(link.from, link.to, m_drawn.size() > kMostCurves);
            painter.setPen(QPen(themed(ColourRole::Text), linkWidth(link.weight, m_drawn.size()) + 1));
            painter.drawPolyline(curve.data(), static_cast<int>(curve.size()));
        }
}

void NetworkPainter::paintCard(QPainter& painter, const PictureState& state) const {
    if (!state.link || state.editing || state.link->matrix >= static_cast<int>(state.sight.model().links.size()))
        return;
    const std::optional<float> value = state.sight.value(*state.link);
    const NetworkModel& model = state.sight.model();
    const LinkMatrix& matrix = model.links[static_cast<std::size_t>(state.link->matrix)];
    const UnitRef to{matrix.column, state.link->unit};
    const UnitRef from = state.link->isBias() ? UnitRef{} : matrix.from[static_cast<std::size_t>(state.link->row)];
    const QString number = value ? widgets::shortNumber(static_cast<double>(*value), 4) : QStringLiteral("–");
    const QString text =
        QCoreApplication::translate("NetworkPainter", "%1: %2").arg(state.sight.linkName(*state.link), number);
    const QRect a = state.layout.tile(to), b = from.valid() ? state.layout.tile(from) : a;
    QRectF plate = QFontMetricsF(painter.font()).boundingRect(text).adjusted(-8, -5, 8, 5);
    plate.moveCenter(QRectF(a.united(b)).center());
    plate.moveTop(std::min(a.top(), b.top()) - plate.height() - 6);
    plate.moveLeft(std::clamp(plate.left(), 2.0, std::max(state.size.width() - plate.width() - 2, 2.0)));
    // Buttons and boxes of the layers lie over the picture.
    int headers = 0;
    for (const ColumnLayout& column : state.layout.columns()) headers = std::max(headers, column.header.bottom());
    if (plate.top() < headers + 2) plate.moveTop(std::max(a.bottom(), b.bottom()) + 6);
    plate.moveTop(std::clamp(plate.top(), 2.0, std::max(state.size.height() - plate.height() - 2, 2.0)));
    painter.setPen(themed(ColourRole::Border));
    painter.setBrush(themed(ColourRole::Base));
    painter.drawRoundedRect(plate, 4, 4);
    painter.setPen(themed(ColourRole::Text));
    painter.drawText(plate, Qt::AlignCenter, text);
}

}  // namespace perceptory::views
