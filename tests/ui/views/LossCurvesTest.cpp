// The curves of the Playground and the log they read.

#include <QTemporaryDir>
#include <QtTest>

#include "ui/views/playground/LossCurves.h"

using namespace perceptory;
using namespace perceptory::views;

class LossCurvesTest : public QObject {
    Q_OBJECT

private slots:
    void aLargerBatchLeavesOldPointsAtTheirEpochs();
    void savedPicturesNameWhatTheyShow();
};

void LossCurvesTest::aLargerBatchLeavesOldPointsAtTheirEpochs() {
    training::MetricsLog log;
    for (std::uint64_t epoch = 0; epoch <= 10; ++epoch) {
        const auto step = static_cast<std::int64_t>(25 * epoch);
        log.place({step, epoch, 0, 25});
        log.append("train_loss", step, 0.5);
    }
    LossCurves curves;
    curves.showLog(log);
    for (std::uint64_t epoch = 10; epoch <= 30; ++epoch) {
        const auto step = static_cast<std::int64_t>(250 + 5 * (epoch - 10));
        log.place({step, epoch, 0, 5});
        log.append("train_loss", step, 0.4);
    }
    curves.showLog(log);
    const QByteArray csv = curves.lossPlot()->csv();
    QVERIFY2(csv.contains("\"training\",125,1,5,") && csv.contains("\"training\",350,1,30,"), csv.constData());
}

void LossCurvesTest::savedPicturesNameWhatTheyShow() {
    LossCurves curves;
    curves.setScore(&metrics::AccuracyMetric, QStringLiteral("Accuracy"));
    QTemporaryDir folder;
    const auto saved = [&](const widgets::CurvePlot* plot) {
        QFile file(folder.filePath(QStringLiteral("curves.svg")));
        return plot->writeSvg(file.fileName()) && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray loss = saved(curves.lossPlot()), score = saved(curves.scorePlot());
    QVERIFY(loss.contains(">epoch<") && loss.contains(">loss<"));
    QVERIFY(score.contains(">epoch<") && score.contains(">Accuracy<"));
}

QTEST_MAIN(LossCurvesTest)
#include "LossCurvesTest.moc"
