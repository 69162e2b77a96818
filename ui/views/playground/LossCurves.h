#pragma once
// The curves of a run: loss and score, each for training and test. Reads only what is new in the log.
// GUI thread.

#include <QWidget>
#include <array>

#include "engine/training/MetricsLog.h"
#include "ui/views/playground/Score.h"
#include "ui/widgets/CurvePlot.h"

class QStackedWidget;
class QTabBar;

namespace perceptory::views {

class LossCurves : public QWidget {
    Q_OBJECT

public:
    explicit LossCurves(QWidget* parent = nullptr);

    void showLog(const training::MetricsLog& log);
    // Forgets the run; what the log holds is read again.
    void restart();
    // The second plot; null: none. `label` as it is shown. What is drawn is forgotten when it changes.
    void setScore(const metrics::MetricType* score, const QString& label);
    widgets::CurvePlot* lossPlot() const { return m_plots[0]; }
    widgets::CurvePlot* scorePlot() const { return m_plots[1]; }

private:
    struct Series {
        std::string name;
        int plot, curve;
        training::MetricsLog::Cursor cursor;
    };
    bool read(const training::MetricsLog& log);
    void readEpochs(const training::MetricsLog& log);
    void nameCurves();

    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    std::array<widgets::CurvePlot*, 2> m_plots{};
    std::vector<Series> m_series;
    const metrics::MetricType* m_score = nullptr;
    std::size_t m_marks = 0;
    bool m_hasValidation = false;  // most runs have none, and then no legend for it
};

}  // namespace perceptory::views
