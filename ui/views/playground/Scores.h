#pragma once
// How well it goes, in numbers: loss and accuracy on training and test data. GUI thread.

#include <QWidget>

#include "engine/training/Evaluation.h"

class QLabel;

namespace perceptory::views {

class Scores : public QWidget {
    Q_OBJECT

public:
    explicit Scores(QWidget* parent = nullptr);

    void setHasAccuracy(bool has);
    // Of no samples: dashes.
    void showResults(const training::Evaluation& train, const training::Evaluation& test);

private:
    QLabel* m_lossTrain;
    QLabel* m_lossTest;
    QLabel* m_scoreName;
    QLabel* m_scoreTrain;
    QLabel* m_scoreTest;
};

}  // namespace perceptory::views
