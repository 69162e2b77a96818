#include "ui/window/HelpWindow.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSplitter>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/EngineText.h"
#include "ui/forms/KindSketch.h"
#include "ui/window/HelpPages.h"

namespace perceptory::window {

namespace {

constexpr QSize usualSize(860, 600);
constexpr int contentsWidth = 240, sketchHeight = 180;
constexpr int kindRole = Qt::UserRole, wordsRole = Qt::UserRole + 1;  // what its page says, to be found

const base::KindType* kindOf(const QTreeWidgetItem& item) {
    return static_cast<const base::KindType*>(item.data(0, kindRole).value<const void*>());
}

}  // namespace

HelpWindow::HelpWindow(QWidget* parent)
    : QDialog(parent),
      m_search(new QLineEdit),
      m_contents(new QTreeWidget),
      m_page(new QTextBrowser),
      m_sketch(new widgets::CurveSketch) {
    setWindowTitle(tr("Help"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the help"));
    m_search->setClearButtonEnabled(true);
    m_contents->setHeaderHidden(true);
    m_contents->setAccessibleName(tr("Contents"));
    m_page->setAccessibleName(tr("Page"));
    m_sketch->setFixedHeight(sketchHeight);
    m_sketch->hide();
    auto* left = new QWidget;
    auto* contents = new QVBoxLayout(left);
    contents->setContentsMargins(0, 0, 0, 0);
    contents->addWidget(m_search);
    contents->addWidget(m_contents);
    auto* right = new QWidget;
    auto* page = new QVBoxLayout(right);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_page, 1);
    page->addWidget(m_sketch);
    auto* both = new QSplitter;
    both->addWidget(left);
    both->addWidget(right);
    both->setSizes({contentsWidth, usualSize.width() - contentsWidth});
    both->setStretchFactor(1, 1);
    auto* row = new QHBoxLayout(this);
    row->addWidget(both);
    resize(usualSize);
    fill();
    connect(m_contents, &QTreeWidget::currentItemChanged, this, &HelpWindow::showItem);
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::search);
}

HelpWindow* HelpWindow::openPage(QWidget* parent, const base::KindType* kind) {
    auto* help = parent->findChild<HelpWindow*>(QString(), Qt::FindDirectChildrenOnly);
    // A closed one is still there until the next turn of the event loop.
    if (!help || !help->isVisible()) help = new HelpWindow(parent);
    help->setAttribute(Qt::WA_DeleteOnClose);
    help->showPage(kind);
    help->show();
    help->raise();
    help->activateWindow();
    return help;
}

void HelpWindow::fill() {
    const QRegularExpression tags(QStringLiteral("<[^>]*>"));
    for (const HelpShelf& shelf : helpShelves()) {
        auto* head = new QTreeWidgetItem(m_contents, {shelf.title});
        for (const base::KindType* kind : shelf.members) {
            auto* item = new QTreeWidgetItem(head, {document::shelfText(kind->label)});
            item->setData(0, kindRole, QVariant::fromValue(static_cast<const void*>(kind)));
            item->setData(0, wordsRole, helpPage(*kind, shelf.title).remove(tags));
        }
    }
}

void HelpWindow::showPage(const base::KindType* kind) {
    for (int i = 0; i < m_contents->topLevelItemCount(); ++i)
        for (int j = 0; kind && j < m_contents->topLevelItem(i)->childCount(); ++j)
            if (QTreeWidgetItem* item = m_contents->topLevelItem(i)->child(j); kindOf(*item) == kind)
                return m_contents->setCurrentItem(item);
    m_contents->setCurrentItem(m_contents->topLevelItem(0));
}

// A head stands for its list.
void HelpWindow::showItem(QTreeWidgetItem* item) {
    if (!item) return;
    const base::KindType* kind = kindOf(*item);
    const auto sketch = kind ? forms::sketchOf(*kind, base::Json::object(), {}) : std::nullopt;
    m_sketch->setVisible(sketch.has_value());
    if (sketch) {
        m_sketch->setCurves(sketch->curves);
        m_sketch->setAccessibleName(sketch->words);
    }
    if (kind) return m_page->setHtml(helpPage(*kind, item->parent()->text(0)));
    item->setExpanded(true);
    QString list;
    for (int i = 0; i < item->childCount(); ++i) {
        const QString help = document::shelfText(kindOf(*item->child(i))->help);
        list +=
            QStringLiteral("<p><b>%1</b> %2</p>").arg(item->child(i)->text(0).toHtmlEscaped(), help.toHtmlEscaped());
    }
    m_page->setHtml(QStringLiteral("<h2>%1</h2>").arg(item->text(0).toHtmlEscaped()) + list);
}

// Pages on which every word that is typed stands.
void HelpWindow::search(const QString& words) {
    const QStringList typed = words.split(' ', Qt::SkipEmptyParts);
    for (int i = 0; i < m_contents->topLevelItemCount(); ++i) {
        QTreeWidgetItem* head = m_contents->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < head->childCount(); ++j) {
            const QString page = head->child(j)->data(0, wordsRole).toString();
            const bool found = std::ranges::all_of(
                typed, [&](const QString& word) { return page.contains(word.toHtmlEscaped(), Qt::CaseInsensitive); });
            head->child(j)->setHidden(!found);
            any = any || found;
        }
        head->setHidden(!any);
        head->setExpanded(any && !typed.isEmpty());
    }
}

}  // namespace perceptory::window
