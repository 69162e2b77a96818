#include "ui/window/AnalyzeDialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "engine/data/Dataset.h"
#include "engine/network/NetworkCost.h"
#include "engine/training/RunCheck.h"
#include "ui/document/EngineText.h"
#include "ui/widgets/SaveFile.h"

namespace perceptory::window {

namespace {

enum Column { Layer, Type, Output, Parameters, MultiplyAdds, Columns };
constexpr QSize usualSize(640, 480);

QString quoted(QString cell) {
    if (!cell.contains(',') && !cell.contains('"') && !cell.contains('\n')) return cell;
    return '"' + cell.replace('"', QStringLiteral("\"\"")) + '"';
}

QString grouped(const QString& number) {
    bool isNumber = false;
    const qlonglong value = number.toLongLong(&isNumber);
    return isNumber ? QLocale().toString(value) : number;
}

}  // namespace

AnalyzeDialog::AnalyzeDialog(const document::Document& document, const data::Dataset* dataset, QWidget* parent)
    : QDialog(parent), m_table(new QTableWidget), m_totals(new QLabel) {
    setWindowTitle(tr("Analyze the network"));
    m_table->setColumnCount(Columns);
    m_table->setHorizontalHeaderLabels({tr("Layer"), tr("Type"), tr("Output"), tr("Parameters"), tr("Multiply-adds")});
    m_table->setEditTriggers(QTableWidget::NoEditTriggers);
    m_table->setSelectionBehavior(QTableWidget::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->setAccessibleName(tr("Layers with their cost"));
    m_totals->setTextFormat(Qt::PlainText);
    m_totals->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    QPushButton* save = buttons->addButton(tr("&Save as CSV…"), QDialogButtonBox::ActionRole);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_table);
    column->addWidget(m_totals);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(csv()); });
    connect(save, &QPushButton::clicked, this, [this, name = document.title()] {
        widgets::saveAs(this, {tr("Save the table"), name, {tr("Tables (*.csv)")}, {QStringLiteral("csv")}},
                        [this](const QString& path) {
                            return widgets::replaceFile(
                                path, [this](QSaveFile& file) { return file.write(csv().toUtf8()) >= 0; });
                        });
    });
    fill(document, dataset);
    m_table->resizeColumnsToContents();
    m_table->horizontalHeader()->setStretchLastSection(true);
    resize(usualSize);
}

void AnalyzeDialog::fill(const document::Document& document, const data::Dataset* dataset) {
    m_rows << QStringList{QStringLiteral("layer"), QStringLiteral("type"), QStringLiteral("output"),
                          QStringLiteral("parameters"), QStringLiteral("multiply_adds")};
    const training::RunCheck check = dataset ? training::checkRun(document.spec(), *dataset) : training::RunCheck();
    const bool sound = dataset && check.network.ok();
    const auto costs = sound ? network::costsOf(check.network) : std::map<std::string, network::NodeCost>();
    double sum = 0;
    for (const network::NodeSpec& node : document.spec().network.nodes) {
        const network::NodeCheck* found = sound ? check.network.find(node.id) : nullptr;
        const auto cost = costs.find(node.id);
        const double count = cost == costs.end() ? 0 : cost->second.multiplyAdds;
        sum += count;
        addRow({QString::fromStdString(node.id),
                found ? document::shelfText(found->type->label) : QString::fromStdString(node.type),
                found ? QString::fromStdString(tensor::shapeText(found->output)) : QString(),
                found ? QString::number(found->parameters) : QString(),
                found ? QString::number(count, 'f', 0) : QString()});
    }
    if (!sound)
        return m_totals->setText(tr("Sizes are known once the data are there and the network has no problems."));
    addRow({tr("Sum"), {}, {}, QString::number(check.network.parameters), QString::number(sum, 'f', 0)});
    m_totals->setText(tr("%1 parameters, %2 multiply-adds a sample. Memory of the training: %3.")
                          .arg(QLocale().toString(qlonglong{check.network.parameters}),
                               QLocale().toString(static_cast<qlonglong>(sum)),
                               QString::fromStdString(check.memory.sentence())));
}

void AnalyzeDialog::addRow(const QStringList& cells) {
    m_rows << cells;
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    for (int column = 0; column < Columns; ++column) {
        const bool isNumber = column == Parameters || column == MultiplyAdds;
        auto* item = new QTableWidgetItem(isNumber ? grouped(cells[column]) : cells[column]);
        if (isNumber) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, column, item);
    }
}

QString AnalyzeDialog::totals() const { return m_totals->text(); }

QString AnalyzeDialog::csv() const {
    QString text;
    for (const QStringList& row : m_rows) {
        QStringList cells;
        for (const QString& cell : row) cells << quoted(cell);
        text += cells.join(',') + '\n';
    }
    return text;
}

}  // namespace perceptory::window
