// The network picture without a mouse.
#include <QAccessible>
#include <QKeyEvent>
#include <algorithm>
#include <utility>

#include "ui/views/playground/NetworkPicture.h"
#include "ui/widgets/Numbers.h"

namespace perceptory::views {

const NetworkColumn* NetworkPicture::focusedColumn() const {
    return m_focused ? &m_sight.model().columns[static_cast<std::size_t>(m_focused->column)] : nullptr;
}

void NetworkPicture::focusInEvent(QFocusEvent* event) {
    if (!m_focused && !m_sight.model().columns.empty() && m_sight.model().columns.front().units > 0)
        m_focused = UnitRef{0, 0};
    describeFocused();
    update();
    QWidget::focusInEvent(event);
}

void NetworkPicture::focusOutEvent(QFocusEvent* event) {
    update();
    QWidget::focusOutEvent(event);
}

void NetworkPicture::focusUnit(UnitRef unit) {
    m_focused = unit;
    m_link.reset();
    if (m_layout.tile(unit).isEmpty()) layOut();
    emit unitHovered(unit);
    describeFocused();
    update();
}

bool NetworkPicture::walk(int key) {
    if (!m_focused) return false;
    const auto& columns = m_sight.model().columns;
    UnitRef to = *m_focused;
    const int sideways = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    const int down = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    if (!sideways && !down) return false;
    to.column = std::clamp(to.column + sideways, 0, static_cast<int>(columns.size()) - 1);
    const int units = columns[static_cast<std::size_t>(to.column)].units;
    if (sideways && to.column != m_focused->column) {
        // The unit that stands at about the same height.
        const int before = std::max(focusedColumn()->units, 1);
        to.unit = (2 * to.unit + 1) * units / (2 * before);
    }
    to.unit = std::clamp(to.unit + down, 0, std::max(units - 1, 0));
    if (units > 0 && !(to == *m_focused)) focusUnit(to);
    return true;
}

bool NetworkPicture::walkLinks(int key) {
    if (!m_focused || (key != Qt::Key_B && key != Qt::Key_W)) return false;
    const auto& links = m_sight.model().links;
    const auto found =
        std::ranges::find_if(links, [&](const LinkMatrix& link) { return link.column == m_focused->column; });
    if (found == links.end()) return true;
    LinkRef next{static_cast<int>(found - links.begin()), -1, m_focused->unit};
    const bool weights = key == Qt::Key_W && !found->from.empty();
    if (!weights && found->bias.empty()) return true;
    if (weights) {
        const bool going = m_link && m_link->matrix == next.matrix && m_link->unit == next.unit;
        const auto weight = weightAfter(going ? *m_link : next);
        if (!weight) return true;
        next = *weight;
    }
    m_link = next;
    describeFocused();
    update();
    return true;
}

// The next one into the same unit, in a circle that begins behind the bias; nothing where all come from an image.
std::optional<LinkRef> NetworkPicture::weightAfter(const LinkRef& link) const {
    const std::vector<UnitRef>& from = m_sight.model().links[static_cast<std::size_t>(link.matrix)].from;
    const int rows = static_cast<int>(from.size());
    for (int step = 1; step <= rows; ++step)
        if (const int row = (link.row + step) % rows; !m_sight.model().isImage(from[static_cast<std::size_t>(row)]))
            return LinkRef{link.matrix, row, link.unit};
    return std::nullopt;
}

void NetworkPicture::changeUnits(int by) {
    const NetworkColumn* column = focusedColumn();
    if (!column || column->kind != NetworkColumn::Kind::Hidden || column->units + by < 1) return;
    emit unitsWanted(QString::fromStdString(column->node), column->units + by);
}

std::vector<widgets::Gesture> NetworkPicture::gestures() {
    return {{tr("Point"), tr("Show a neuron large, or tell a weight or a bias")},
            {tr("Click a feature"), tr("Switch it on or off")},
            {tr("Click a neuron"), tr("Keep it large, or let it go")},
            {tr("Click a line"), tr("Set the weight")},
            {tr("Click the small square at a neuron"), tr("Set the bias")},
            {QStringLiteral("← → ↑ ↓"), tr("Walk from neuron to neuron")},
            {tr("Enter, Space"), tr("Switch a feature on or off, keep a neuron large, set a weight or a bias")},
            {QStringLiteral("+ −"), tr("A neuron more or fewer in the layer")},
            {QStringLiteral("B"), tr("Go to the bias of the neuron")},
            {QStringLiteral("W"), tr("Go through the weights into the neuron")},
            {tr("Esc"), tr("Leave the weight, then the neuron")}};
}

bool NetworkPicture::focusNode(const std::string& node) {
    const auto& columns = m_sight.model().columns;
    const auto found = std::ranges::find(columns, node, &NetworkColumn::node);
    if (node.empty() || found == columns.end() || found->units == 0) return false;
    focusUnit({static_cast<int>(found - columns.begin()), 0});
    setFocus(Qt::ShortcutFocusReason);
    return true;
}

void NetworkPicture::keyPressEvent(QKeyEvent* event) {
    if (walk(event->key()) || walkLinks(event->key())) return;
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            if (m_link)
                edit(*m_link);
            else if (m_focused)
                activate(*m_focused);
            return;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return changeUnits(1);
        case Qt::Key_Minus:
            return changeUnits(-1);
        case Qt::Key_Escape:
            emit unitLeft();
            update();
            if (std::exchange(m_link, {})) return;
            return event->ignore();  // the page has more to leave
        default:
            QWidget::keyPressEvent(event);
    }
}

void NetworkPicture::describeFocused() {
    QString text;
    const NetworkModel& model = m_sight.model();
    if (m_link) {
        const LinkMatrix& matrix = model.links[static_cast<std::size_t>(m_link->matrix)];
        const std::optional<float> value = m_sight.value(*m_link);
        const QString number = value ? widgets::shortNumber(static_cast<double>(*value), 4) : tr("unknown");
        const QString to = model.unitName({matrix.column, m_link->unit});
        text = m_link->isBias()
                   ? tr("Bias of %1: %2").arg(to, number)
                   : tr("Weight from %1 to %2: %3")
                         .arg(model.unitName(matrix.from[static_cast<std::size_t>(m_link->row)]), to, number);
    } else if (m_focused) {
        const NetworkColumn& column = *focusedColumn();
        text = model.unitName(*m_focused);
        if (column.kind == NetworkColumn::Kind::Inputs && !model.isImage(*m_focused))
            text += model.inputs[static_cast<std::size_t>(m_focused->unit)].unit >= 0 ? tr(", on") : tr(", off");
        else if (column.kind == NetworkColumn::Kind::Hidden)
            text += tr(" of %1").arg(column.units);
    }
    if (text == accessibleDescription()) return;
    setAccessibleDescription(text);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

}  // namespace perceptory::views
