// How good the network is, beyond one number: each class, curves over all thresholds, how far its certainty can be
// trusted, what is left over of numbers, and the samples it is worst at.

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <array>

#include "ui/views/inside/InsideView.h"
#include "ui/widgets/HistogramRows.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/XyPlot.h"

namespace perceptory::views {

namespace {

using base::Json;
using training::ProbeResult;
using widgets::shortNumber;

constexpr int mostSamples = 1000;  // while it learns: each of them costs a forward pass

enum Page { Report, Roc, PrecisionRecall, Calibration, Residuals, Worst };

struct PageType {
    const char* label;
    const char* probe;
    int firstClass;  // of the choice of a class: −1 for the one that is said; −2: there is no choice
};

constexpr std::array pages{PageType{QT_TRANSLATE_NOOP("InsideView", "Each class"), "class_report", -2},
                           PageType{QT_TRANSLATE_NOOP("InsideView", "ROC curve"), "roc", 0},
                           PageType{QT_TRANSLATE_NOOP("InsideView", "Precision and recall"), "precision_recall", 0},
                           PageType{QT_TRANSLATE_NOOP("InsideView", "Calibration"), "calibration", -1},
                           PageType{QT_TRANSLATE_NOOP("InsideView", "Residuals"), "residuals", -2},
                           PageType{QT_TRANSLATE_NOOP("InsideView", "Largest losses"), "top_losses", -2}};

QLabel* words() {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

double numberIn(const ProbeResult& result, const char* key) { return result.facts[key].get<double>(); }

class Results : public InsideView {
    Q_DECLARE_TR_FUNCTIONS(Results)

public:
    Results()
        : m_page(new QComboBox),
          m_class(new QComboBox),
          m_stack(new QStackedWidget),
          m_table(new QTableWidget),
          m_plot(new widgets::XyPlot),
          m_bars(new widgets::HistogramRows),
          m_reason(words()),
          m_told(words()),
          m_facts(words()) {
        for (const PageType& page : pages) m_page->addItem(insideText(page.label));
        m_page->setAccessibleName(tr("What is shown"));
        m_class->setAccessibleName(tr("Class"));
        m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
        m_table->verticalHeader()->hide();
        m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        m_table->horizontalHeader()->setStretchLastSection(true);
        m_plot->setAccessibleName(tr("Curve"));
        m_bars->setAccessibleName(tr("Histogram"));
        m_reason->setAlignment(Qt::AlignCenter);
        m_reason->setForegroundRole(QPalette::PlaceholderText);
        auto* pictures = new QWidget;
        auto* below = new QVBoxLayout(pictures);
        below->setContentsMargins(0, 0, 0, 0);
        below->addWidget(m_plot, 1);
        below->addWidget(m_bars);
        below->addWidget(m_told);
        for (QWidget* one : std::initializer_list<QWidget*>{m_table, pictures, m_reason}) m_stack->addWidget(one);
        auto* row = new QHBoxLayout;
        row->addWidget(m_page, 1);
        row->addWidget(m_class, 1);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addLayout(row);
        column->addWidget(m_stack, 1);
        column->addWidget(m_facts);
        // One line, also while there is nothing to tell.
        m_told->setFixedHeight(m_told->fontMetrics().height() + 2);
        connect(m_page, &QComboBox::currentIndexChanged, this, [this] {
            offerClasses();
            emit wantedChanged();
        });
        connect(m_class, &QComboBox::currentIndexChanged, this, &InsideView::wantedChanged);
        connect(m_plot, &widgets::XyPlot::told, m_told, &QLabel::setText);
        connect(m_bars, &widgets::HistogramRows::told, m_told, &QLabel::setText);
        connect(m_table, &QTableWidget::cellActivated, this, [this](int line) {
            if (page() == Worst) emit samplesChosen({m_rows[static_cast<std::size_t>(line)]});
        });
        offerClasses();
    }

    std::vector<training::ProbeRequest> wanted(const Look&) const override {
        Json settings{{"samples", mostSamples}};
        if (type().firstClass > -2) settings["class"] = type().firstClass + std::max(0, m_class->currentIndex());
        return {{type().probe, settings}};
    }
    bool asksAboutSample() const override { return false; }
    QWidget* picture() override { return m_stack->currentWidget(); }

    void show(const training::Snapshot& snapshot, const Look& look) override {
        if (!snapshot.dataset) return;
        QStringList names;
        for (const std::string& name : snapshot.dataset->classNames) names << QString::fromStdString(name);
        if (names != m_names) {
            m_names = names;
            offerClasses();
        }
        const ProbeResult* result = snapshot.probe(wanted(look).front());
        if (!result) return;
        if (result->facts.contains("error")) return showNothing(*result);
        m_stack->setCurrentIndex(page() == Report || page() == Worst ? 0 : 1);
        m_bars->setVisible(page() == Residuals);
        const QString counted =
            tr("%1 of %2 samples.").arg(result->facts["samples"].get<int>()).arg(result->facts["of"].get<int>());
        m_facts->setText(showPage(*result) + ' ' + counted);
    }

private:
    int page() const { return m_page->currentIndex(); }
    const PageType& type() const { return pages[static_cast<std::size_t>(page())]; }
    QString nameOf(int index) const {
        return index >= 0 && index < m_names.size() ? m_names[index] : QString::number(index);
    }

    void offerClasses() {
        const QSignalBlocker quiet(m_class);
        const int before = m_class->currentIndex();
        m_class->clear();
        if (type().firstClass == -1) m_class->addItem(tr("The class that is said"));
        for (const QString& name : m_names) m_class->addItem(tr("Class \"%1\"").arg(name));
        m_class->setCurrentIndex(std::clamp(before, 0, std::max(0, m_class->count() - 1)));
        m_class->setVisible(type().firstClass > -2 && m_class->count() > 0);
    }

    void showNothing(const ProbeResult& result) {
        const QString reason = QString::fromStdString(result.facts["error"].get<std::string>());
        m_reason->setText(page() == Residuals ? tr("%1 Choose another page above.").arg(reason) : reason);
        m_stack->setCurrentIndex(m_stack->count() - 1);
        m_facts->clear();
    }

    // Returns what is to be said of it.
    QString showPage(const ProbeResult& result) {
        switch (page()) {
            case Report:
                return showReport(result);
            case Roc:
                showCurve(result, {tr("false alarms"), tr("hits"), QRectF(0, 0, 1, 1), true});
                return tr("Area under the curve %1; 0.5 is chance, 1 is perfect.")
                    .arg(numberIn(result, "auc"), 0, 'f', 4);
            case PrecisionRecall:
                showCurve(result, {tr("recall"), tr("precision"), QRectF(0, 0, 1, 1), false});
                return tr("Average precision %1, area %2.")
                    .arg(numberIn(result, "average_precision"), 0, 'f', 4)
                    .arg(numberIn(result, "auc"), 0, 'f', 4);
            case Calibration:
                return showCalibration(result);
            case Residuals:
                return showResiduals(result);
            default:
                return showWorst(result);
        }
    }

    void setCell(int row, int column, const QString& text) {
        QTableWidgetItem* item = m_table->item(row, column);
        if (!item) m_table->setItem(row, column, item = new QTableWidgetItem);
        item->setText(text);
        item->setTextAlignment(column == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    }

    void prepareTable(const ProbeResult& result, const QStringList& columns) {
        m_table->setColumnCount(static_cast<int>(columns.size()));
        m_table->setHorizontalHeaderLabels(columns);
        m_table->setRowCount(static_cast<int>(result.shape[0]));
    }

    QString showReport(const ProbeResult& result) {
        prepareTable(result, {tr("Class"), tr("Precision"), tr("Recall"), tr("F1"), tr("Samples")});
        for (int row = 0; row < m_table->rowCount(); ++row) {
            const float* numbers = result.values.data() + static_cast<std::ptrdiff_t>(row) * 4;
            setCell(row, 0, nameOf(row));
            for (const int i : {0, 1, 2}) setCell(row, i + 1, QString::number(double{numbers[i]}, 'f', 3));
            setCell(row, 4, QString::number(double{numbers[3]}, 'f', 0));
        }
        return tr("Accuracy %1; mean of the classes: precision %2, recall %3, F1 %4.")
            .arg(numberIn(result, "accuracy"), 0, 'f', 3)
            .arg(numberIn(result, "macro_precision"), 0, 'f', 3)
            .arg(numberIn(result, "macro_recall"), 0, 'f', 3)
            .arg(numberIn(result, "macro_f1"), 0, 'f', 3);
    }

    QString showWorst(const ProbeResult& result) {
        prepareTable(result, {tr("Sample"), tr("Loss"), tr("True"), tr("Told")});
        m_rows.clear();
        for (int row = 0; row < m_table->rowCount(); ++row) {
            const float* numbers = result.values.data() + static_cast<std::ptrdiff_t>(row) * 4;
            m_rows.push_back(static_cast<std::uint32_t>(numbers[0]));
            setCell(row, 0, QString::number(m_rows.back()));
            setCell(row, 1, shortNumber(double{numbers[1]}, 3));
            for (const int i : {2, 3})
                setCell(row, i, numbers[i] < 0 ? QString() : nameOf(static_cast<int>(numbers[i])));
        }
        return tr("Double-click a line to look at its sample.");
    }

    void showCurve(const ProbeResult& result, widgets::XyAxes axes) {
        widgets::XySeries curve{tr("curve"), {}, true};
        for (std::size_t i = 0; i + 2 < result.values.size(); i += 3)
            curve.points.emplace_back(result.values[i], result.values[i + 1]);
        m_plot->setSeries({std::move(curve)}, std::move(axes));
    }

    QString showCalibration(const ProbeResult& result) {
        widgets::XySeries right{tr("right"), {}, true}, counts{tr("samples"), {}, true};
        const double all = std::max(1.0, numberIn(result, "samples"));
        for (std::size_t i = 0; i + 2 < result.values.size(); i += 3) {
            if (result.values[i + 2] == 0) continue;
            right.points.emplace_back(result.values[i], result.values[i + 1]);
            counts.points.emplace_back(double{result.values[i]}, double{result.values[i + 2]} / all);
        }
        m_plot->setSeries({std::move(right), std::move(counts)},
                          {tr("probability"), tr("share"), QRectF(0, 0, 1, 1), true});
        return tr("Expected calibration error %1; on the dotted line it is right as often as it is sure.")
            .arg(numberIn(result, "ece"), 0, 'f', 4);
    }

    QString showResiduals(const ProbeResult& result) {
        widgets::XySeries cloud{tr("samples"), {}, false};
        for (std::size_t i = 0; i + 1 < result.values.size(); i += 2)
            cloud.points.emplace_back(result.values[i], result.values[i + 1]);
        m_plot->setSeries({std::move(cloud)}, {tr("true"), tr("predicted"), std::nullopt, true});
        const auto edge = [&](const char* key) { return static_cast<float>(numberIn(result, key)); };
        m_bars->setRows({{tr("predicted − true"),
                          tr("%1 ± %2").arg(shortNumber(numberIn(result, "mean"), 2),
                                            shortNumber(numberIn(result, "deviation"), 3)),
                          {edge("low"), edge("high")},
                          result.facts["bins"].get<std::vector<float>>()}});
        return tr("R² %1.").arg(numberIn(result, "r2"), 0, 'f', 4);
    }

    QComboBox *m_page, *m_class;
    QStackedWidget* m_stack;
    QTableWidget* m_table;
    widgets::XyPlot* m_plot;
    widgets::HistogramRows* m_bars;
    QLabel *m_reason, *m_told, *m_facts;
    QStringList m_names;  // of the classes
    std::vector<std::uint32_t> m_rows;
};

}  // namespace

const InsideViewType ResultsView{
    "results", QT_TRANSLATE_NOOP("InsideView", "Results"),
    QT_TRANSLATE_NOOP(
        "InsideView",
        "How good the network is on the test part: precision = hits / said, recall = hits / there are, F1 = "
        "2 · hits / (said + there are)."),
    [] { return static_cast<InsideView*>(new Results); }, widgets::XyPlot::gestures};

}  // namespace perceptory::views
