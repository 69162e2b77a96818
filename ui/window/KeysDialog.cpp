#include "ui/window/KeysDialog.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/widgets/RoomyRows.h"
#include "ui/window/MenuActions.h"

namespace perceptory::window {

using widgets::Gesture;
using widgets::GestureGroup;

namespace {

enum Column { What, How, Columns };

QString nativeText(const QKeySequence& key) { return key.toString(QKeySequence::NativeText); }

void addActions(const QMenu& menu, std::vector<Gesture>& gestures) {
    for (const QAction* action : menu.actions()) {
        if (action->menu()) addActions(*action->menu(), gestures);
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts()) keys += nativeText(key);
        // "Undo Add a layer" is true only now; what such an action is for says its help.
        const QString what = action->whatsThis().isEmpty() ? plainText(action->text()) : action->whatsThis();
        if (!keys.isEmpty()) gestures.push_back({keys.join(QStringLiteral(", ")), what});
    }
}

QString nameOf(const QWidget& widget, const QString& otherwise) {
    return widget.accessibleName().isEmpty() ? plainText(otherwise) : widget.accessibleName();
}

}  // namespace

std::vector<GestureGroup> menuKeys(const QMenuBar& bar) {
    std::vector<GestureGroup> groups;
    for (const QAction* action : bar.actions()) {
        if (!action->menu()) continue;
        GestureGroup group{KeysDialog::tr("%1 menu").arg(plainText(action->text())), {}};
        const QKeySequence opens = QKeySequence::mnemonic(action->text());
        if (!opens.isEmpty()) group.gestures.push_back({nativeText(opens), KeysDialog::tr("Open the menu")});
        addActions(*action->menu(), group.gestures);
        groups.push_back(std::move(group));
    }
    return groups;
}

GestureGroup fieldKeys(const QWidget& page) {
    GestureGroup group{KeysDialog::tr("Fields"), {}};
    const auto add = [&](const QKeySequence& key, const QString& name) {
        if (!key.isEmpty()) group.gestures.push_back({nativeText(key), name});
    };
    for (const QLabel* label : page.findChildren<QLabel*>())
        if (label->buddy()) add(QKeySequence::mnemonic(label->text()), nameOf(*label->buddy(), label->text()));
    for (const QAbstractButton* button : page.findChildren<QAbstractButton*>())
        add(button->shortcut(), nameOf(*button, button->text()));
    return group;
}

KeysDialog::KeysDialog(const std::vector<GestureGroup>& groups, QWidget* parent)
    : QDialog(parent), m_search(new QLineEdit), m_table(new QTreeWidget) {
    setWindowTitle(tr("Keys and mouse"));
    resize(640, 560);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the keys"));
    m_search->setClearButtonEnabled(true);
    m_table->setAccessibleName(tr("Keys and mouse"));
    m_table->setColumnCount(Columns);
    m_table->setHeaderLabels({tr("What it does"), tr("Key or mouse")});
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setWordWrap(true);
    m_table->setItemDelegate(new widgets::RoomyRows(m_table));
    m_table->header()->setStretchLastSection(false);
    for (const GestureGroup& group : groups) addGroup(group);
    m_table->expandAll();
    m_table->header()->setSectionResizeMode(What, QHeaderView::Stretch);
    m_table->header()->setSectionResizeMode(How, QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    for (QPushButton* button : buttons->findChildren<QPushButton*>()) button->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, this, &KeysDialog::search);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_table);
    column->addWidget(buttons);
}

void KeysDialog::addGroup(const GestureGroup& group) {
    if (group.gestures.empty()) return;
    auto* head = new QTreeWidgetItem(m_table, {group.where});
    QFont bold = font();
    bold.setBold(true);
    head->setFont(What, bold);
    head->setFlags(Qt::ItemIsEnabled);
    for (const Gesture& gesture : group.gestures) {
        auto* row = new QTreeWidgetItem(head, {gesture.what, gesture.how});
        row->setData(What, Qt::AccessibleTextRole, tr("%1: %2").arg(gesture.what, gesture.how));
    }
}

void KeysDialog::search(const QString& text) {
    for (int i = 0; i < m_table->topLevelItemCount(); ++i) {
        QTreeWidgetItem* head = m_table->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < head->childCount(); ++j) {
            QTreeWidgetItem* row = head->child(j);
            const bool fits = head->text(What).contains(text, Qt::CaseInsensitive) ||
                              row->text(What).contains(text, Qt::CaseInsensitive) ||
                              row->text(How).contains(text, Qt::CaseInsensitive);
            row->setHidden(!fits);
            any = any || fits;
        }
        head->setHidden(!any);
    }
}

}  // namespace perceptory::window
