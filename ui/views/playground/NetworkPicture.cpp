#include "ui/views/playground/NetworkPicture.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/views/playground/UnitMarks.h"
#include "ui/views/playground/WeightEditor.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {

constexpr int kHeaderHeight = 66, kUsualLabelWidth = 64, kFootHeight = 40, kLinkPause = 40;

}  // namespace

NetworkPicture::NetworkPicture(std::vector<Choice> activations, QWidget* parent)
    : QWidget(parent), m_activations(std::move(activations)), m_editor(new WeightEditor(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Network"));
    m_linkTimer.setSingleShot(true);
    m_linkTimer.setInterval(kLinkPause);
    connect(&m_linkTimer, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    m_numberTimer.setSingleShot(true);
    connect(&m_numberTimer, &QTimer::timeout, this, [this] {
        m_painter.numbersChanged();
        update();
    });
    connect(m_editor, &WeightEditor::entered, this, [this](double value) {
        if (!m_edited || m_edited->matrix >= static_cast<int>(m_sight.model().links.size())) return;
        const auto [parameter, index] = m_sight.address(*m_edited);
        emit weightWanted(QString::fromStdString(parameter), index, value);
    });
    connect(m_editor, &WeightEditor::left, this, [this] {
        m_edited.reset();
        setFocus();
        update();
    });
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] {
        m_painter.lookChanged();
        update();
    });
}

void NetworkPicture::setModel(NetworkModel model) {
    m_sight.setModel(std::move(model));
    m_hovered.reset();
    m_link.reset();
    const auto& columns = m_sight.model().columns;
    const auto exists = [&](const std::optional<UnitRef>& unit) {
        return unit && unit->column < static_cast<int>(columns.size()) &&
               unit->unit < columns[static_cast<std::size_t>(unit->column)].units;
    };
    if (!exists(m_focused)) m_focused.reset();
    if (!exists(m_pinned)) m_pinned.reset();
    layOut();
}

void NetworkPicture::setSnapshot(std::shared_ptr<const training::Snapshot> snapshot, const SightRequests& requests) {
    m_sight.setSnapshot(std::move(snapshot), requests);
    repaintSoon();
}

// A large network takes longer to paint than there is time between two pictures: it is painted less often, so that the
// window keeps most of its time for the user.
void NetworkPicture::repaintSoon() {
    constexpr int share = 4;
    const qint64 wait = m_sincePaint.isValid() ? share * m_paintCost - m_sincePaint.nsecsElapsed() : 0;
    if (m_numberTimer.isActive()) return;
    if (wait > 0) return m_numberTimer.start(static_cast<int>(wait / 1'000'000) + 1);
    m_painter.numbersChanged();
    update();
}

void NetworkPicture::setScene(std::shared_ptr<const PlaneScene> scene) { m_sight.setScene(std::move(scene)); }

void NetworkPicture::setPinned(std::optional<UnitRef> unit) {
    m_pinned = unit;
    update();
}

QRect NetworkPicture::footRect() const { return {2, height() - kFootHeight + 8, kUsualLabelWidth + 34, 28}; }

PictureState NetworkPicture::state() const {
    PictureState state{m_sight, m_layout, size(), devicePixelRatioF(), m_hovered, {}, m_pinned, m_link};
    state.editing = m_edited.has_value();
    if (m_edited) state.link = m_edited;
    if (hasFocus() && !m_link) state.focused = m_focused;
    state.numbers = m_sight.requests().activations.has_value();
    return state;
}

void NetworkPicture::layOut() {
    LayoutRoom room{rect().adjusted(0, 2, -2, -2), kHeaderHeight, kUsualLabelWidth, kFootHeight};
    const UnitRef focused = m_focused.value_or(UnitRef{});
    m_layout = NetworkLayout(m_sight.model(), room, focused);
    // How names break depends on how high the tiles are.
    if (!m_layout.columns().empty() && !m_layout.columns().front().tiles.empty()) {
        const int tile = m_layout.columns().front().tiles.front().height();
        room.inputLabelWidth = inputLabelWidth(m_sight.model(), font(), {tile, kUsualLabelWidth, width() / 4});
        m_layout = NetworkLayout(m_sight.model(), room, focused);
    }
    placeHeaders();
    m_painter.lookChanged();
    update();
    emit laidOut();
}

void NetworkPicture::placeHeaders() {
    const auto& columns = m_layout.columns();
    const std::size_t wanted = columns.empty() ? 0 : columns.size() - 1;
    while (m_headers.size() < wanted) {
        const std::size_t place = m_headers.size() + 1;
        auto* header = new LayerHeader(m_activations, this);
        const auto node = [this, place] {
            const int column = m_layout.columns()[place].column;
            return QString::fromStdString(m_sight.model().columns[static_cast<std::size_t>(column)].node);
        };
        connect(header, &LayerHeader::unitsWanted, this, [this, node](int units) { emit unitsWanted(node(), units); });
        connect(header, &LayerHeader::activationWanted, this,
                [this, node](const QString& id) { emit activationWanted(node(), id); });
        m_headers.push_back(header);
    }
    QWidget* last = this;
    for (LayerHeader* header : m_headers) last = header->setTabOrderAfter(last);
    for (std::size_t i = 0; i < m_headers.size(); ++i) {
        m_headers[i]->setVisible(i < wanted);
        if (i >= wanted) continue;
        const ColumnLayout& column = columns[i + 1];
        m_headers[i]->setGeometry(column.header);
        m_headers[i]->showColumn(m_sight.model().columns[static_cast<std::size_t>(column.column)], column.column);
    }
    m_editor->raise();
}

void NetworkPicture::paintEvent(QPaintEvent*) {
    QElapsedTimer cost;
    cost.start();
    QPainter painter(this);
    m_painter.paint(painter, state());
    m_paintCost = cost.nsecsElapsed();
    m_sincePaint.start();
    if (m_painter.linksWaiting() && !m_linkTimer.isActive()) m_linkTimer.start();
}

void NetworkPicture::resizeEvent(QResizeEvent*) { layOut(); }

void NetworkPicture::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) layOut();
    QWidget::changeEvent(event);
}

std::optional<LinkRef> NetworkPicture::biasAt(QPoint place) const {
    const auto& links = m_sight.model().links;
    for (std::size_t m = 0; m < links.size(); ++m) {
        if (links[m].bias.empty()) continue;
        for (int unit = 0; unit < links[m].units; ++unit) {
            const QRect square = m_layout.biasRect({links[m].column, unit});
            if (!square.isEmpty() && square.adjusted(-4, -4, 4, 4).contains(place))
                return LinkRef{static_cast<int>(m), -1, unit};
        }
    }
    return std::nullopt;
}

void NetworkPicture::setHovered(std::optional<UnitRef> unit, std::optional<LinkRef> link) {
    if (unit == m_hovered && link == m_link) return;
    const bool left = m_hovered && !unit;
    const bool entered = unit && unit != m_hovered;
    m_hovered = unit;
    m_link = link;
    setCursor((unit && !m_sight.model().isImage(*unit)) || link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (entered) emit unitHovered(*unit);
    if (left) emit unitLeft();
    update();
}

void NetworkPicture::mouseMoveEvent(QMouseEvent* event) {
    const QPoint place = event->position().toPoint();
    if (const auto bias = biasAt(place)) return setHovered({}, bias);
    if (const auto unit = m_layout.unitAt(place)) return setHovered(unit, {});
    setHovered({}, m_painter.linkAt(event->position()));
}

void NetworkPicture::leaveEvent(QEvent*) { setHovered({}, {}); }

void NetworkPicture::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    const QPoint place = event->position().toPoint();
    if (const auto bias = biasAt(place)) return edit(*bias);
    if (const auto unit = m_layout.unitAt(place)) {
        m_focused = unit;
        return activate(*unit);
    }
    if (const auto link = m_painter.linkAt(event->position())) edit(*link);
}

void NetworkPicture::activate(UnitRef unit) {
    const NetworkColumn& column = m_sight.model().columns[static_cast<std::size_t>(unit.column)];
    if (column.kind != NetworkColumn::Kind::Inputs) {
        emit unitClicked(unit);
        return;
    }
    const InputTile tile = m_sight.model().inputs[static_cast<std::size_t>(unit.unit)];
    if (!tile.isImage) emit inputToggled(tile, tile.unit < 0);
}

// What the editor must not cover: the tile of a bias, the middle of a weight's line.
QRect NetworkPicture::placeOf(const LinkRef& link) const {
    const LinkMatrix& matrix = m_sight.model().links[static_cast<std::size_t>(link.matrix)];
    const UnitRef unit{matrix.column, link.unit};
    const QRect to = m_layout.tile(unit);
    if (link.isBias()) return to.united(m_layout.biasRect(unit));
    const QRect from = m_layout.tile(matrix.from[static_cast<std::size_t>(link.row)]);
    constexpr QSize middle{16, 16};
    QRect place(QPoint(), middle);
    place.moveCenter((from.isEmpty() ? to : to.united(from)).center());
    return place;
}

void NetworkPicture::edit(const LinkRef& link) {
    const std::optional<float> value = m_sight.value(link);
    if (!value) return;
    m_edited = link;
    m_editor->open(m_sight.linkName(link), static_cast<double>(*value), placeOf(link),
                   rect().adjusted(2, kHeaderHeight, -2, -2));
    update();
}

bool NetworkPicture::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto unit = m_layout.unitAt(help->pos());
    // What a neuron is says the caption of its large map.
    if (!unit || unit->column != 0) {
        QToolTip::hideText();
        return true;
    }
    const InputTile& input = m_sight.model().inputs[static_cast<std::size_t>(unit->unit)];
    const QString text = input.help.isEmpty() ? input.label : input.label + QLatin1Char('\n') + input.help;
    QToolTip::showText(help->globalPos(), Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal), this);
    return true;
}

}  // namespace perceptory::views
