#include "ui/window/ImportPreview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QStandardItemModel>
#include <QTableView>
#include <algorithm>

#include "ui/views/data/PictureGrid.h"
#include "ui/window/WarningList.h"

namespace perceptory::window {

namespace {
constexpr int classesWidth = 210, widestColumn = 340, mostClasses = 1000, newsHeight = 120, pictureColumns = 5;
}

ImportPreview::ImportPreview(QWidget* parent)
    : QWidget(parent),
      m_size(new QLabel),
      m_pictures(new views::PictureGrid(pictureColumns, tr("Pictures of the data"))),
      m_rowItems(new QStandardItemModel(this)),
      m_classItems(new QStandardItemModel(this)),
      m_rows(table(tr("First rows of the data"))),
      m_classes(table(tr("Classes"))),
      m_news(new WarningList) {
    m_size->setTextFormat(Qt::PlainText);
    m_size->setWordWrap(true);
    m_size->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_rows->setModel(m_rowItems);
    m_classes->setModel(m_classItems);
    m_classes->verticalHeader()->hide();
    m_classes->setFixedWidth(classesWidth);
    m_news->fitHeight(newsHeight);
    auto* row = new QHBoxLayout;
    row->addWidget(m_pictures, 1);
    row->addWidget(m_rows, 1);
    row->addWidget(m_classes);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_size);
    column->addLayout(row, 1);
    column->addWidget(m_news);
    show({});
}

QTableView* ImportPreview::table(const QString& accessibleName) {
    auto* view = new QTableView;
    view->setAccessibleName(accessibleName);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setSelectionMode(QAbstractItemView::NoSelection);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    return view;
}

void ImportPreview::show(const ImportLook& look) {
    m_size->setText(look.size);
    m_pictures->showPictures(look.pictures);
    m_pictures->setVisible(!look.pictures.empty());
    showRows(look);
    showClasses(look);
    m_news->showLines(look.warnings, look.notes);
    m_news->setVisible(!m_news->lines().isEmpty());
}

void ImportPreview::showRows(const ImportLook& look) {
    m_rows->setVisible(!look.rows.empty());
    m_rowItems->clear();
    m_rowItems->setHorizontalHeaderLabels(look.columns);
    for (const QStringList& cells : look.rows) {
        QList<QStandardItem*> items;
        for (const QString& cell : cells) items += new QStandardItem(cell);
        m_rowItems->appendRow(items);
    }
    m_rows->resizeColumnsToContents();
    for (int i = 0; i < m_rowItems->columnCount(); ++i)
        m_rows->setColumnWidth(i, std::clamp(m_rows->columnWidth(i), 56, widestColumn));
}

void ImportPreview::showClasses(const ImportLook& look) {
    m_classes->setVisible(!look.classes.empty());
    m_classItems->clear();
    m_classItems->setHorizontalHeaderLabels({tr("Class"), look.countsUnits ? tr("Places") : tr("Rows")});
    const std::size_t shown = std::min<std::size_t>(mostClasses, look.classes.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [name, count] = look.classes[i];
        auto* number = new QStandardItem(QLocale().toString(count));
        number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_classItems->appendRow({new QStandardItem(name), number});
    }
    if (shown < look.classes.size())
        m_classItems->appendRow(
            new QStandardItem(tr("… and %n more.", nullptr, static_cast<int>(look.classes.size() - shown))));
    m_classes->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    if (m_classItems->columnCount() > 0) m_classes->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
}

QString ImportPreview::text() const { return (QStringList{m_size->text()} + m_news->lines()).join('\n'); }

}  // namespace perceptory::window
