#include "ui/canvas/Outline.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/NodeWords.h"

namespace perceptory::canvas {

Outline::Outline(NetworkScene& scene, QWidget* parent) : QTreeWidget(parent), m_scene(scene) {
    setHeaderLabels({tr("Layer"), tr("Type"), tr("Output"), tr("Parameters"), tr("Problem")});
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(EditKeyPressed);
    setAccessibleName(tr("Layers of the network"));
    header()->setStretchLastSection(true);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::itemSelectionChanged, this, &Outline::takeChosen);
    connect(this, &QTreeWidget::itemChanged, this, &Outline::rename);
    connect(this, &QTreeWidget::itemActivated, this, &Outline::open);
    connect(&scene, &NetworkScene::shown, this, &Outline::showNetwork);
    connect(&scene, &NetworkScene::chosenChanged, this, &Outline::showChosen);
    showNetwork();
}

QTreeWidgetItem* Outline::item(const std::string& id) const {
    const auto index = m_scene.sight().find(id);
    return index ? topLevelItem(static_cast<int>(*index)) : nullptr;
}

void Outline::showNetwork() {
    m_showing = true;
    const auto& nodes = m_scene.sight().nodes;
    while (topLevelItemCount() > static_cast<int>(nodes.size())) delete takeTopLevelItem(topLevelItemCount() - 1);
    while (topLevelItemCount() < static_cast<int>(nodes.size())) new QTreeWidgetItem(this);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const NodeSight& node = nodes[i];
        QTreeWidgetItem* row = topLevelItem(static_cast<int>(i));
        fill(*row, node);
        row->setData(Name, Qt::AccessibleDescriptionRole, nodeWords(m_scene.sight(), i));
        row->setFlags(row->flags() | Qt::ItemIsEditable);
        while (row->childCount() > std::ssize(node.layers)) delete row->takeChild(row->childCount() - 1);
        while (row->childCount() < std::ssize(node.layers)) new QTreeWidgetItem(row);
        for (std::size_t k = 0; k < node.layers.size(); ++k) fill(*row->child(static_cast<int>(k)), node.layers[k]);
    }
    setRootIsDecorated(std::ranges::any_of(nodes, [](const NodeSight& node) { return node.repeat > 0; }));
    m_showing = false;
    showChosen();
}

void Outline::fill(QTreeWidgetItem& row, const NodeSight& node) {
    const QString kind = node.repeat > 0 ? node.kind + QStringLiteral(" ×%1").arg(node.repeat) : node.kind;
    row.setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    row.setText(Name, QString::fromStdString(node.id));
    row.setText(Kind, node.facts.isEmpty() ? kind : kind + QStringLiteral(" · ") + node.facts);
    row.setText(Output, node.shape);
    row.setText(Parameters, node.parameters);
    row.setText(Trouble, node.trouble.section('\n', 0, 0));
    row.setToolTip(Trouble, node.trouble);
}

void Outline::showChosen() {
    if (m_showing) return;
    m_showing = true;
    const std::vector<std::string> chosen = m_scene.chosen();
    clearSelection();
    for (const std::string& id : chosen)
        if (QTreeWidgetItem* row = item(id)) row->setSelected(true);
    if (!chosen.empty() && item(chosen.back())) {
        setCurrentItem(item(chosen.back()), Name, QItemSelectionModel::NoUpdate);
        scrollToItem(item(chosen.back()));
    }
    m_showing = false;
}

void Outline::takeChosen() {
    if (m_showing) return;
    m_showing = true;
    std::vector<std::string> ids;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        const QTreeWidgetItem* row = topLevelItem(i);
        bool isChosen = row->isSelected();
        for (int k = 0; k < row->childCount(); ++k) isChosen = isChosen || row->child(k)->isSelected();
        if (isChosen) ids.push_back(row->text(Name).toStdString());
    }
    m_scene.choose(ids);
    m_showing = false;
}

void Outline::rename(QTreeWidgetItem* row, int column) {
    if (m_showing || column != Name) return;
    const auto index = static_cast<std::size_t>(indexOfTopLevelItem(row));
    const std::string before = m_scene.sight().nodes[index].id, now = row->text(Name).trimmed().toStdString();
    if (now == before) return;
    const QString reason = document::renameLayer(m_scene.document(), before, now);
    if (!reason.isEmpty()) emit refused(reason);
    showNetwork();
    m_scene.choose({reason.isEmpty() ? now : before});
}

void Outline::open(QTreeWidgetItem* row) {
    const std::string layer = row->parent() ? row->text(Name).toStdString() : std::string();
    openBlock(m_scene, (row->parent() ? row->parent() : row)->text(Name).toStdString(), layer);
}

void Outline::remove(bool heal) {
    const std::vector<std::string> chosen = m_scene.chosen();
    if (!chosen.empty()) document::removeLayers(m_scene.document(), chosen, heal);
}

// Past the layer it reads, or the one that reads it.
void Outline::move(int step) {
    const std::vector<std::string> chosen = m_scene.chosen();
    if (chosen.size() != 1) return;
    const QString reason = moveAlong(m_scene, chosen.front(), step);
    if (!reason.isEmpty()) emit refused(reason);
    m_scene.choose(chosen);
}

void Outline::keyPressEvent(QKeyEvent* event) {
    const bool ctrl = event->modifiers() & Qt::ControlModifier, alt = event->modifiers() & Qt::AltModifier;
    if (event->key() == Qt::Key_Delete)
        remove(ctrl);
    else if (event->key() == Qt::Key_Insert)
        emit addWanted();
    else if (alt && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))
        move(event->key() == Qt::Key_Up ? -1 : 1);
    else
        QTreeWidget::keyPressEvent(event);
}

void Outline::contextMenuEvent(QContextMenuEvent* event) {
    if (m_scene.chosen().empty()) return;
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(event->globalPos());
}

void Outline::fillMenu(QMenu& menu) {
    const std::vector<std::string> chosen = m_scene.chosen();
    menu.addAction(tr("&Add a layer behind…"), this, &Outline::addWanted);
    menu.addAction(tr("Re&name"), this, [this] { editItem(currentItem(), Name); });
    QMenu* readers = menu.addMenu(tr("&Connect with"));
    for (const NodeSight& node : m_scene.sight().nodes) {
        if (chosen.size() != 1) break;
        if (!document::whyNotConnect(m_scene.document(), chosen.front(), {}, node.id).isEmpty()) continue;
        readers->addAction(QString::fromStdString(node.id), this, [this, from = chosen.front(), to = node.id] {
            document::connectLayers(m_scene.document(), from, {}, to);
        });
    }
    readers->setEnabled(!readers->isEmpty());
    menu.addSeparator();
    if (chosen.size() == 1 && m_scene.node(chosen.front())->node().repeat > 0) {
        menu.addAction(tr("&Open the block"), this, [this, chosen] { openBlock(m_scene, chosen.front()); });
        menu.addAction(tr("&Unfold the block"), this, [this] { emit refused(unfoldChosen(m_scene)); });
    } else {
        menu.addAction(tr("Fold &into a block"), this, [this] { emit refused(foldChosen(m_scene)); });
    }
    if (!m_scene.document().openBlock().empty())
        menu.addAction(tr("Leave the &block"), this, [this] { leaveBlock(m_scene); });
    menu.addSeparator();
    menu.addAction(tr("Move &earlier"), this, [this] { move(-1); });
    menu.addAction(tr("Move &later"), this, [this] { move(1); });
    menu.addSeparator();
    menu.addAction(tr("&Delete"), this, [this] { remove(false); });
    menu.addAction(tr("Delete and c&lose the gap"), this, [this] { remove(true); });
}

}  // namespace perceptory::canvas
