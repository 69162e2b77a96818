#include "ui/views/data/StatisticsPanel.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/Aside.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {

constexpr int distributionWidth = 140, nameWidth = 160, numberWidth = 70;

class HistogramDelegate : public QStyledItemDelegate {
public:
    HistogramDelegate(const StatisticsModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const auto& bins = m_model.columns()[static_cast<std::size_t>(index.row())].histogram;
        const std::size_t most = bins.empty() ? 0 : std::ranges::max(bins);
        if (most == 0) return;
        const QRectF room = QRectF(option.rect).adjusted(4, 3, -4, -3);
        const double width = room.width() / static_cast<double>(bins.size());
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const QColor colour =
            chosen ? widgets::themed(widgets::ColourRole::AccentText) : widgets::Theme::instance().series(0);
        for (std::size_t i = 0; i < bins.size(); ++i) {
            const double height = room.height() * static_cast<double>(bins[i]) / static_cast<double>(most);
            painter->fillRect(QRectF(room.left() + static_cast<double>(i) * width, room.bottom() - height,
                                     std::max(1.0, width - 1), height),
                              colour);
        }
    }

private:
    const StatisticsModel& m_model;
};

QString numberText(double number) { return widgets::shortNumber(number, 5); }

}  // namespace

void StatisticsModel::show(std::vector<ColumnStatistics> columns) {
    beginResetModel();
    m_columns = std::move(columns);
    endResetModel();
}

int StatisticsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

int StatisticsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QVariant StatisticsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const ColumnStatistics& column = m_columns[static_cast<std::size_t>(index.row())];
    const auto count = [](std::size_t number) { return QLocale().toString(static_cast<qulonglong>(number)); };
    const auto number = [&](double value) { return column.hasWords ? QString() : numberText(value); };
    switch (index.column()) {
        case Name:
            return QString::fromStdString(column.name);
        case Missing:
            return count(column.missing);
        case Minimum:
            return number(column.minimum);
        case Maximum:
            return number(column.maximum);
        case Mean:
            return number(column.mean);
        case Deviation:
            return number(column.deviation);
        case Words:
            return column.hasWords ? count(column.distinct) : QString();
        default:
            return {};
    }
}

QVariant StatisticsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::ToolTipRole && section == Deviation) return tr("Standard deviation");
    if (role == Qt::ToolTipRole && section == Missing) return tr("No value, or a word that no training row has");
    if (role == Qt::ToolTipRole && section == Words) return tr("Different words of the column");
    if (role != Qt::DisplayRole) return {};
    const QString names[Columns] = {tr("Column"),  tr("Distribution"), tr("Missing"),   tr("Minimum"),
                                    tr("Maximum"), tr("Mean"),         tr("Deviation"), tr("Words")};
    return names[section];
}

StatisticsPanel::StatisticsPanel(SampleList& list)
    : LazyPanel(list), m_model(new StatisticsModel(this)), m_table(new QTableView), m_state(new QLabel) {
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Statistics of the columns"));
    m_table->setItemDelegateForColumn(StatisticsModel::Distribution, new HistogramDelegate(*m_model, m_table));
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setColumnWidth(StatisticsModel::Name, nameWidth);
    for (int i = StatisticsModel::Missing; i <= StatisticsModel::Words; ++i) m_table->setColumnWidth(i, numberWidth);
    m_table->setColumnWidth(StatisticsModel::Distribution, distributionWidth);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_state->setText(tr("Measuring the columns…"));
    m_state->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->addWidget(m_state);
    column->addWidget(m_table, 1);
}

StatisticsPanel::~StatisticsPanel() {
    if (m_stop) *m_stop = true;
}

void StatisticsPanel::renew() {
    if (m_stop) *m_stop = true;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    if (!m_list.dataset()) return m_model->show({});
    m_state->show();
    new document::Aside(
        this, [this, stop = m_stop, dataset = m_list.dataset(), rows = m_list.rows(), prepared = m_list.isPrepared()] {
            auto columns = columnStatistics(*dataset, prepared, rows, *stop);
            return [this, stop, columns = std::move(columns)]() mutable {
                if (*stop) return;
                m_state->hide();
                m_table->setColumnHidden(StatisticsModel::Words,
                                         std::ranges::none_of(columns, &ColumnStatistics::hasWords));
                m_model->show(std::move(columns));
            };
        });
}

}  // namespace perceptory::views
