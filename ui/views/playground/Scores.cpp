#include "ui/views/playground/Scores.h"

#include <QGridLayout>
#include <QLabel>
#include <cmath>

namespace perceptory::views {

namespace {

QLabel* number(QWidget* parent, const QString& name) {
    auto* label = new QLabel(QStringLiteral("–"), parent);
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.15);
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    label->setAccessibleName(name);
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return label;
}

QLabel* caption(QWidget* parent, const QString& text) {
    auto* label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString lossText(const training::Evaluation& evaluation) {
    if (evaluation.samples == 0) return QStringLiteral("–");
    if (!std::isfinite(evaluation.loss)) return QStringLiteral("NaN");
    return QString::number(evaluation.loss, evaluation.loss < 1000 ? 'f' : 'g', evaluation.loss < 1000 ? 3 : 4);
}

}  // namespace

Scores::Scores(QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(0);
    m_lossTrain = number(this, tr("Training loss"));
    m_lossTest = number(this, tr("Test loss"));
    m_scoreTrain = number(this, {});
    m_scoreTest = number(this, {});
    m_scoreName = caption(this, {});
    auto* train = caption(this, tr("training"));
    auto* test = caption(this, tr("test"));
    train->setAlignment(Qt::AlignRight);
    test->setAlignment(Qt::AlignRight);
    grid->addWidget(train, 0, 1);
    grid->addWidget(test, 0, 2);
    grid->addWidget(caption(this, tr("Loss")), 1, 0);
    grid->addWidget(m_lossTrain, 1, 1);
    grid->addWidget(m_lossTest, 1, 2);
    grid->addWidget(m_scoreName, 2, 0);
    grid->addWidget(m_scoreTrain, 2, 1);
    grid->addWidget(m_scoreTest, 2, 2);
    setScore(nullptr, {});
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
}

void Scores::setScore(const metrics::MetricType* score, const QString& label) {
    m_score = score;
    for (QLabel* part : {m_scoreName, m_scoreTrain, m_scoreTest}) part->setVisible(score);
    m_scoreName->setText(label);
    m_scoreTrain->setAccessibleName(tr("%1, training").arg(label));
    m_scoreTest->setAccessibleName(tr("%1, test").arg(label));
}

QString Scores::textOf(const training::Evaluation& evaluation) const {
    const auto found = m_score ? evaluation.metrics.find(m_score->id) : evaluation.metrics.end();
    return evaluation.samples == 0 || found == evaluation.metrics.end() ? QStringLiteral("–")
                                                                        : scoreText(*m_score, found->second);
}

void Scores::showResults(const training::Evaluation& train, const training::Evaluation& test) {
    m_lossTrain->setText(lossText(train));
    m_lossTest->setText(lossText(test));
    m_scoreTrain->setText(textOf(train));
    m_scoreTest->setText(textOf(test));
}

}  // namespace perceptory::views
