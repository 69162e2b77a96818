#pragma once
// How well it goes, in numbers: loss and score on training and test data. GUI thread.

#include <QWidget>

#include "engine/training/Evaluation.h"
#include "ui/views/playground/Score.h"

class QLabel;

namespace perceptory::views {

class Scores : public QWidget {
    Q_OBJECT

public:
    explicit Scores(QWidget* parent = nullptr);

    // Null: the loss alone. `label` as it is shown.
    void setScore(const metrics::MetricType* score, const QString& label);
    // Of no samples: dashes.
    void showResults(const training::Evaluation& train, const training::Evaluation& test);

private:
    QString textOf(const training::Evaluation& evaluation) const;

    const metrics::MetricType* m_score = nullptr;
    QLabel* m_lossTrain;
    QLabel* m_lossTest;
    QLabel* m_scoreName;
    QLabel* m_scoreTrain;
    QLabel* m_scoreTest;
};

}  // namespace perceptory::views
