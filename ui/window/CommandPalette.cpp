#include "ui/window/CommandPalette.h"

#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QVBoxLayout>

#include "ui/widgets/ArrowsChoose.h"
#include "ui/window/MenuActions.h"

namespace perceptory::window {

namespace {

constexpr QSize usualSize(460, 360);

QString nameOf(const QAction& action) { return plainText(action.text()).remove(QChar(0x2026)); }

// Every word that is typed begins or stands in a word of the name.
bool matches(const QString& name, const QString& typed) {
    for (const QString& word : typed.split(' ', Qt::SkipEmptyParts))
        if (!name.contains(word, Qt::CaseInsensitive)) return false;
    return true;
}

}  // namespace

CommandPalette::CommandPalette(const QMenuBar& bar, QWidget* parent)
    : QDialog(parent), m_field(new QLineEdit), m_list(new QListWidget) {
    setWindowTitle(tr("Commands"));
    m_field->setPlaceholderText(tr("What do you want to do?"));
    m_field->setAccessibleName(tr("Name of a command"));
    new widgets::ArrowsChoose(m_field, m_list);
    m_list->setAccessibleName(tr("Commands"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_field);
    column->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::run);
    collect(bar.actions(), {});
    filter();
    resize(usualSize);
}

void CommandPalette::collect(const QList<QAction*>& actions, const QString& path) {
    for (QAction* action : actions) {
        if (action->isSeparator() || !action->isVisible()) continue;
        const QString name = path.isEmpty() ? nameOf(*action) : tr("%1: %2").arg(path, nameOf(*action));
        if (action->menu())
            collect(action->menu()->actions(), name);
        else
            m_entries << Entry{name, action->shortcut().toString(QKeySequence::NativeText), action->isEnabled(),
                               [kept = QPointer<QAction>(action)] {
                                   if (kept) kept->trigger();
                               }};
    }
}

void CommandPalette::add(const QString& name, const QString& key, bool enabled, std::function<void()> run) {
    m_entries << Entry{name, key, enabled, std::move(run)};
    filter();
}

void CommandPalette::filter() {
    m_list->clear();
    for (int i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        if (!matches(entry.name, m_field->text())) continue;
        auto* item = new QListWidgetItem(
            entry.key.isEmpty() ? entry.name : QStringLiteral("%1    %2").arg(entry.name, entry.key), m_list);
        item->setData(Qt::UserRole, i);
        if (!entry.enabled) item->setFlags(Qt::NoItemFlags);
    }
    for (int i = 0; i < m_list->count() && m_list->currentRow() < 0; ++i)
        if (m_list->item(i)->flags() & Qt::ItemIsEnabled) m_list->setCurrentRow(i);
}

// The action may open a window of its own, so the list goes first.
void CommandPalette::run() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item) return;
    const std::function<void()> work = m_entries[item->data(Qt::UserRole).toInt()].run;
    accept();
    work();
}

}  // namespace perceptory::window
