#include "ui/canvas/LayerPalette.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QVBoxLayout>
#include <map>
#include <set>

#include "ui/canvas/LayerSearch.h"
#include "ui/canvas/NetworkView.h"
#include "ui/document/EngineText.h"

namespace perceptory::canvas {

namespace {

constexpr int narrow = 12;

}  // namespace

LayerTree::LayerTree(QWidget* parent) : QTreeWidget(parent) {
    setHeaderHidden(true);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setRootIsDecorated(true);
    setUniformRowHeights(true);
    setIndentation(narrow);
    setAccessibleName(tr("Layers"));
    std::map<QString, QTreeWidgetItem*> groups;
    for (const layers::LayerType* type : layers::shelf().members()) {
        const QString category = document::shelfText(type->category);
        QTreeWidgetItem*& group = groups[category];
        if (!group) {
            group = new QTreeWidgetItem(this, {category});
            group->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        }
        auto* item = new QTreeWidgetItem(group, {document::shelfText(type->label)});
        item->setData(0, Qt::UserRole, QString::fromStdString(type->id));
        item->setToolTip(0, item->text(0) + '\n' + document::shelfText(type->help));  // the name may be cut off
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren);
    }
    expandAll();
}

void LayerTree::filter(const QString& typed) {
    std::set<QString> matching;
    for (const FoundLayer& found : findLayers(typed, {})) matching.insert(QString::fromStdString(found.type->id));
    for (int g = 0; g < topLevelItemCount(); ++g) {
        QTreeWidgetItem* group = topLevelItem(g);
        bool any = false;
        for (int i = 0; i < group->childCount(); ++i) {
            const bool shown = matching.contains(typeOf(*group->child(i)));
            group->child(i)->setHidden(!shown);
            any = any || shown;
        }
        group->setHidden(!any);
        if (any && !typed.isEmpty()) group->setExpanded(true);
    }
}

QString LayerTree::typeOf(const QTreeWidgetItem& item) { return item.data(0, Qt::UserRole).toString(); }

QStringList LayerTree::mimeTypes() const { return {QString::fromLatin1(layerMimeType)}; }

QMimeData* LayerTree::mimeData(const QList<QTreeWidgetItem*>& items) const {
    if (items.isEmpty() || typeOf(*items.front()).isEmpty()) return nullptr;
    auto* data = new QMimeData;
    data->setData(QString::fromLatin1(layerMimeType), typeOf(*items.front()).toUtf8());
    return data;
}

LayerPalette::LayerPalette(QWidget* parent) : QWidget(parent), m_field(new QLineEdit), m_tree(new LayerTree) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_field);
    layout->addWidget(m_tree);
    m_field->setPlaceholderText(tr("Find a layer"));
    m_field->setAccessibleName(tr("Name of a layer"));
    m_field->setClearButtonEnabled(true);
    connect(m_field, &QLineEdit::textChanged, m_tree, &LayerTree::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &LayerPalette::takeFirst);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        if (const QString type = LayerTree::typeOf(*item); !type.isEmpty()) emit chosen(type);
    });
}

void LayerPalette::takeFirst() {
    const std::vector<FoundLayer> found = findLayers(m_field->text(), {});
    if (!found.empty()) emit chosen(QString::fromStdString(found.front().type->id));
}

}  // namespace perceptory::canvas
