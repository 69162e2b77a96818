// What the samples of each class are taken for, and how well each class is told.

#include <QCoreApplication>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

#include "ui/views/inside/InsideView.h"
#include "ui/widgets/CountMatrix.h"

namespace perceptory::views {

namespace {

constexpr int mostSamples = 1000;  // while it learns: each of them costs a forward pass

class Confusion : public InsideView {
    Q_DECLARE_TR_FUNCTIONS(Confusion)

public:
    Confusion() : m_matrix(new widgets::CountMatrix), m_told(words()), m_facts(words()) {
        m_matrix->setAccessibleName(tr("Confusion matrix"));
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_matrix, 1);
        column->addWidget(m_told);
        column->addWidget(m_facts);
        // One line, also while there is nothing to tell.
        m_told->setFixedHeight(m_told->fontMetrics().height() + 2);
        connect(m_matrix, &widgets::CountMatrix::told, m_told, &QLabel::setText);
        connect(m_matrix, &widgets::CountMatrix::cellChosen, this, [this](int line, int cell) {
            m_cell = QPoint(cell, line);
            emit wantedChanged();
        });
    }

    std::vector<training::ProbeRequest> wanted(const Look&) const override {
        std::vector<training::ProbeRequest> requests{{"confusion", {{"samples", mostSamples}}}};
        if (m_cell) requests.push_back({"class_predictions", {{"samples", mostSamples}}});
        return requests;
    }
    bool asksAboutSample() const override { return false; }
    QWidget* picture() override { return m_matrix; }

    void show(const training::Snapshot& snapshot, const Look& look) override {
        const training::ProbeResult* result = snapshot.probe(wanted(look).front());
        if (!result || !snapshot.dataset) return;
        const bool none = result->facts.contains("error");
        m_matrix->setVisible(!none);
        if (none) return m_facts->setText(QString::fromStdString(result->facts["error"].get<std::string>()));
        const auto classes = static_cast<std::size_t>(result->shape[0]);
        QStringList names;
        for (std::size_t i = 0; i < classes; ++i)
            names << (i < snapshot.dataset->classNames.size() ? QString::fromStdString(snapshot.dataset->classNames[i])
                                                              : QString::number(i));
        m_matrix->setCounts(names, {result->values.begin(), result->values.end()});
        m_facts->setText(factsOf(*result, names));
        if (m_cell) openCell(snapshot.probe(wanted(look).back()));
    }

private:
    static QLabel* words() {
        auto* label = new QLabel;
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        return label;
    }

    // Its samples are asked for once.
    void openCell(const training::ProbeResult* result) {
        if (!result || result->facts.contains("error")) return;
        std::vector<std::uint32_t> rows;
        for (std::size_t i = 0; i + 2 < result->values.size(); i += 3)
            if (result->values[i + 1] == float(m_cell->y()) && result->values[i + 2] == float(m_cell->x()))
                rows.push_back(static_cast<std::uint32_t>(result->values[i]));
        m_cell.reset();
        emit wantedChanged();
        if (!rows.empty()) emit samplesChosen(rows);
    }

    // The most frequent confusion, and the class that is told worst.
    static QString factsOf(const training::ProbeResult& result, const QStringList& names) {
        const auto classes = static_cast<std::size_t>(names.size());
        float most = 0;
        std::size_t from = 0, to = 0, worst = 0;
        double worstScore = 2;
        for (std::size_t i = 0; i < classes; ++i) {
            double line = 0, column = 0;
            for (std::size_t k = 0; k < classes; ++k) {
                const float count = result.values[i * classes + k];
                line += double(count);
                column += double(result.values[k * classes + i]);
                if (i == k || count <= most) continue;
                most = count;
                from = i;
                to = k;
            }
            const double f1 = line + column > 0 ? 2 * double(result.values[i * classes + i]) / (line + column) : 1;
            if (f1 >= worstScore) continue;
            worstScore = f1;
            worst = i;
        }
        QString text =
            tr("%1 of %2 samples. ").arg(result.facts["samples"].get<int>()).arg(result.facts["of"].get<int>());
        if (most > 0) text += tr("Most often %1 is taken for %2. ").arg(names[int(from)], names[int(to)]);
        return text + tr("Told worst: %1, F1 %2.").arg(names[int(worst)]).arg(worstScore, 0, 'f', 3);
    }

    widgets::CountMatrix* m_matrix;
    QLabel *m_told, *m_facts;
    std::optional<QPoint> m_cell;  // whose samples are asked for: column and line
};

}  // namespace

const InsideViewType ConfusionView{
    "confusion", QT_TRANSLATE_NOOP("InsideView", "Confusion matrix"),
    QT_TRANSLATE_NOOP(
        "InsideView",
        "Each line: samples of one class, each column: what the network says. A cell's colour is its share of "
        "the line; F1 = 2 · hits / (line + column). A double click opens the samples of a cell."),
    [] { return static_cast<InsideView*>(new Confusion); }, widgets::CountMatrix::gestures};

}  // namespace perceptory::views
