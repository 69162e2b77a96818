// The plot of curves: lines where they belong, values that cannot be drawn, mouse and keys, exports.

#include <QLegend>
#include <QScreen>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QValueAxis>
#include <QWheelEvent>
#include <QtTest>
#include <atomic>
#include <cmath>
#include <future>
#include <thread>

#include "tests/ui/Gestures.h"
#include "tests/ui/widgets/ShownPlot.h"
#include "ui/widgets/CrosshairItem.h"

using namespace perceptory::widgets;
using namespace perceptory::tests;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

}  // namespace

class CurvesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void linesGoThroughTheirValues();
    void testCurvesAreDashedWithMarkers();
    void aGrowingRunRepaintsOnlyItsEnd();
    void rawLineStaysUnderTheSmoothedOne();
    void logAxisSurvivesZerosAndNaN();
    void logFallsBackBelowOneDecade();
    void hugeValuesDoNotFloodThePlot();
    void aFewLowValuesDoNotSquashThePlot();
    void gapsAreNotBridged();
    void crosshairTellsValues();
    void crosshairLeavesASmallPlotInSight();
    void clickPinsAndKeysMove();
    void bestValueByKey();
    void wheelZoomsAroundTheMouse();
    void rubberBandZoomsAndDoubleClickShowsAll();
    void shiftDragPans();
    void keysToggleLogAndSmoothing();
    void everyKeyIsListed();
    void hiddenCurvesLeaveTheScale();
    void epochsInsteadOfSteps();
    void epochsWhoseLengthChanges();
    void manyTurnsKeepEveryExtreme();
    void aLowPlotKeepsLegendAndScale();
    void csvHoldsRecordedValues();
    void picturesAndSvg();
    void replacingCurvesForgetsTheRun();
    void describesItselfInWords();
    void paintsWithoutTheGlobalThreadPool();
};

void CurvesTest::linesGoThroughTheirValues() {
    Shown shown;
    for (int i = 0; i <= 100; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), i < 50 ? 0.2f : 0.8f);
    }
    shown.plot.refreshNow();
    QVERIFY(shown.drawnAt(25, 0.2));
    QVERIFY(shown.drawnAt(75, 0.8));
    QVERIFY(!shown.drawnAt(25, 0.8));
    QVERIFY(!shown.drawnAt(75, 0.2));
}

void CurvesTest::testCurvesAreDashedWithMarkers() {
    Shown solid({{"train", 0, false}});
    Shown dashed({{"test", 0, true}});
    for (Shown* shown : {&solid, &dashed}) {
        for (int i = 0; i <= 400; ++i) {
            shown->plot.append(0, static_cast<quint64>(i), 0.5f);
        }
        shown->plot.setValueRange(AxisRange{0, 1});
        shown->plot.refreshNow();
    }
    const auto onLine = [](Shown& shown) {
        const QImage image = shown.plot.grab().toImage();
        int drawn = 0;
        for (int x = shown.pixel(10, 0.5).x(); x < shown.pixel(390, 0.5).x(); ++x) {
            drawn += image.pixelColor(x, shown.pixel(0, 0.5).y()).red() < 120 ? 1 : 0;
        }
        return drawn;
    };
    QVERIFY(onLine(dashed) < 0.8 * onLine(solid));
    QVERIFY(onLine(dashed) > 0.3 * onLine(solid));
    const QImage image = dashed.plot.grab().toImage();
    const QPoint marker = dashed.pixel(200, 0.5);
    QVERIFY(image.pixelColor(marker).lightness() > 200);  // hollow, on the line
}

// What was painted strip by strip is the picture painted at once, dashes included.
void CurvesTest::aGrowingRunRepaintsOnlyItsEnd() {
    Shown shown({{"train loss", 0, false}, {"test loss", 1, true}});
    const std::vector<CurveBucket> train = decay(900);
    const std::vector<CurveBucket> test = decay(900, 0.7);
    const auto append = [&](std::size_t from, std::size_t count) {
        shown.plot.append(0, std::span(train).subspan(from, count));
        shown.plot.append(1, std::span(test).subspan(from, count));
        QCoreApplication::processEvents();
    };
    const auto settle = [] {
        for (int i = 0; i < 10; ++i) {
            QCoreApplication::processEvents();  // axes are laid out and scenes updated over a few turns
        }
    };
    shown.plot.setSmoothing(0.5);
    append(0, 600);
    settle();
    const AxisRange axis = shown.plot.stepsShown();
    PaintedWidth painted(*shown.plot.viewport());
    for (std::size_t step = 600; step < 700; ++step) {
        append(step, 1);
    }
    settle();
    QCOMPARE(shown.plot.stepsShown(), axis);
    QVERIFY2(painted.widest > 0 && painted.widest < 200, qPrintable(QString::number(painted.widest)));
    const auto onScreen = [&] { return shown.plot.screen()->grabWindow(shown.plot.winId()).toImage(); };
    const QImage inStrips = onScreen();
    shown.plot.viewport()->repaint();
    QCOMPARE(inStrips, onScreen());
    append(700, 200);
    settle();
    QVERIFY(shown.plot.stepsShown() != axis);
    QVERIFY(painted.widest > 600);  // an axis that moved moves everything
}

void CurvesTest::rawLineStaysUnderTheSmoothedOne() {
    Shown shown;
    for (int i = 0; i <= 300; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), i == 150 ? 1.0f : 0.2f);
    }
    shown.plot.setSmoothing(0.95);
    shown.plot.refreshNow();
    QVERIFY(!shown.drawnAt(150, 0.6));  // the peak is no longer a strong line …
    const QImage image = shown.plot.grab().toImage();
    const QPoint at = shown.pixel(150, 0.6);
    int palest = 255;
    for (int dx = -3; dx <= 3; ++dx) {
        palest = std::min(palest, image.pixelColor(at + QPoint(dx, 0)).red());
    }
    QVERIFY2(palest < 235, qPrintable(QString::number(palest)));  // … but still there, pale
}

void CurvesTest::logAxisSurvivesZerosAndNaN() {
    Shown shown;
    shown.plot.setLogScale(true);
    for (int i = 0; i <= 200; ++i) {
        const float value = i == 60 ? 0 : i == 90 ? kNaN : i == 120 ? -1 : i == 140 ? kInf : i < 100 ? 1.0f : 0.01f;
        shown.plot.append(0, static_cast<quint64>(i), value);
    }
    shown.plot.refreshNow();
    QVERIFY(shown.plot.logScaleShown());
    QVERIFY(shown.drawnAt(30, 1.0));
    QVERIFY(shown.drawnAt(75, 1.0));
    QVERIFY(shown.drawnAt(180, 0.01));
    QVERIFY(shown.plot.valuesShown().low > 0);
    QVERIFY(darkPixels(shown.plot.grab().toImage(), themed(ColourRole::Warning)) > 5);  // "≤ 0"
    QVERIFY(darkPixels(shown.plot.grab().toImage(), themed(ColourRole::Error)) > 5);    // "not finite"
}

void CurvesTest::logFallsBackBelowOneDecade() {
    Shown shown;
    shown.plot.setLogScale(true);
    shown.plot.append(0, 0, 0.2f);
    shown.plot.append(0, 1, 0.9f);
    shown.plot.refreshNow();
    QVERIFY(!shown.plot.logScaleShown());
    QVERIFY(shown.plot.logScale());
    shown.plot.append(0, 2, 0.01f);
    shown.plot.refreshNow();
    QVERIFY(shown.plot.logScaleShown());
    QVERIFY(shown.plot.valuesShown().low <= 0.01);
    shown.plot.setLogScale(false);
    shown.plot.refreshNow();
    QVERIFY(!shown.plot.logScaleShown());
    QVERIFY(shown.drawnAt(0, 0.2));
}

void CurvesTest::hugeValuesDoNotFloodThePlot() {
    Shown shown;
    for (int i = 0; i <= 100; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), i == 50 ? 3e38f : i == 60 ? -3e38f : 0.5f);
    }
    shown.plot.refreshNow();
    QVERIFY(darkPixels(shown.plot.grab().toImage(), Theme::instance().series(0)) < 12'000);
    shown.plot.zoomTo({0, 100}, {0, 1});
    shown.plot.refreshNow();
    QVERIFY(shown.drawnAt(20, 0.5));
    QVERIFY(darkPixels(shown.plot.grab().toImage(), Theme::instance().series(0)) < 12'000);
}

void CurvesTest::aFewLowValuesDoNotSquashThePlot() {
    Shown shown;
    shown.plot.setValueRange(AxisRange{0, 1});
    for (int i = 0; i <= 100; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), i < 3 ? -17.0f : 0.8f);
    }
    shown.plot.refreshNow();
    QVERIFY(shown.plot.valuesShown().low <= -17);
    shown.plot.setValueFloor(-1);
    shown.plot.refreshNow();
    QCOMPARE(shown.plot.valuesShown().low, -1);
    QVERIFY(shown.drawnAt(50, 0.8));
    const QRect corner(shown.pixel(3, -0.8), shown.pixel(10, -1));
    const int marked = darkPixels(shown.plot.grab(corner).toImage(), themed(ColourRole::MutedText));
    QVERIFY2(marked > 5, qPrintable(QString::number(marked)));  // "↓ −17"
    for (int i = 101; i <= 300; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), -5.0f);
    }
    shown.plot.refreshNow();
    QVERIFY(shown.plot.valuesShown().low <= -17);  // now that is most of it
}

void CurvesTest::gapsAreNotBridged() {
    Shown shown;
    for (int i = 0; i <= 100; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), i > 40 && i < 60 ? kNaN : 0.5f);
    }
    shown.plot.setValueRange(AxisRange{0, 1});
    shown.plot.refreshNow();
    QVERIFY(shown.drawnAt(30, 0.5));
    QVERIFY(shown.drawnAt(70, 0.5));
    QVERIFY(!shown.drawnAt(50, 0.5));
}

void CurvesTest::crosshairTellsValues() {
    Shown shown({{"train loss", 0, false}, {"test loss", 0, true}});
    for (int i = 0; i <= 100; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), static_cast<float>(i) / 100);
    }
    shown.plot.append(1, 0, 1);
    shown.plot.append(1, 40, 0.25f);
    shown.plot.setEvents({{42, "rate 0.03 → 0.01"}});
    shown.plot.refreshNow();
    QSignalSpy moved(&shown.plot, &CurvePlot::crosshairMoved);
    QTest::mouseMove(shown.plot.viewport(), shown.pixel(42, 0.5));
    QCOMPARE(moved.count(), 1);
    const QString table = shown.plot.readOut();
    QVERIFY2(table.contains("step 42") && table.contains("train loss: 0.42") && table.contains("test loss: 0.25") &&
                 table.contains("rate 0.03"),
             qPrintable(table));
    shown.plot.setSmoothing(0.5);
    shown.plot.refreshNow();
    QVERIFY(shown.plot.readOut().contains("0.41 (0.42)"));
}

void CurvesTest::crosshairLeavesASmallPlotInSight() {
    CrosshairItem item;
    const auto tableAt = [&](QRectF area, double x, const QString& foot) {
        CrosshairItem::Content content;
        content.x = x;
        content.head = "step 1240";
        content.rows = {{Qt::red, false, "train loss", "0.0421 (0.0433)"}, {Qt::red, true, "test loss", "0.251"}};
        content.dots = {{x, area.center().y()}, {x, area.bottom()}};
        content.foot = foot;
        item.show(area, QFont(), content);
        return item.table();
    };
    for (const QSizeF size : {QSizeF(700, 80), QSizeF(300, 80), QSizeF(300, 300), QSizeF(120, 80)})
        for (const QString& foot : {QString(), QString("rate 0.03 → 0.01")})
            for (double share = 0; share <= 1; share += 0.125) {
                const QRectF area(QPointF(40, 10), size);
                const double x = area.left() + share * size.width();
                const QRectF table = tableAt(area, x, foot);
                QVERIFY(table.left() > x || table.right() < x);
                QVERIFY(table.height() <= size.height() / 2);
                QVERIFY(table.isEmpty() || area.contains(table));
                QVERIFY(table.isEmpty() || item.boundingRect().contains(table));
            }
    // A large plot keeps its table of one line each, beside the line.
    const QRectF table = tableAt({0, 0, 700, 400}, 100, {});
    QVERIFY(table.height() > 3 * QFontMetricsF(QFont()).height());
    QVERIFY(table.left() - 100 < 20);
    // A small one is far from the line.
    QVERIFY(tableAt({0, 0, 700, 80}, 100, {}).right() > 690);
    QVERIFY(tableAt({0, 0, 700, 80}, 600, {}).left() < 10);
}

void CurvesTest::clickPinsAndKeysMove() {
    Shown shown;
    shown.plot.append(0, decay(101));
    shown.plot.refreshNow();
    QTest::mouseClick(shown.plot.viewport(), Qt::LeftButton, {}, shown.pixel(50, 0.3));
    QVERIFY(shown.plot.isCrosshairPinned());
    QTest::mouseMove(shown.plot.viewport(), shown.pixel(10, 0.3));
    QVERIFY(shown.plot.readOut().contains("step 50"));
    QTest::keyClick(&shown.plot, Qt::Key_Right);
    QVERIFY(shown.plot.readOut().contains("step 51"));
    QTest::keyClick(&shown.plot, Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(shown.plot.readOut().contains("step 41"));
    QTest::keyClick(&shown.plot, Qt::Key_End);
    QVERIFY(shown.plot.readOut().contains("step 100"));
    QCOMPARE(shown.plot.accessibleDescription(), shown.plot.readOut());
    QTest::keyClick(&shown.plot, Qt::Key_Escape);
    QVERIFY(!shown.plot.crosshair());
    QVERIFY(shown.plot.readOut().isEmpty());
}

void CurvesTest::bestValueByKey() {
    Shown shown({{"train loss", 0, false}, {"test loss", 0, true}});
    for (int i = 0; i <= 100; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), 1 - static_cast<float>(i) / 100);
        shown.plot.append(1, static_cast<quint64>(i), static_cast<float>(std::abs(i - 33)));
    }
    QTest::keyClick(&shown.plot, Qt::Key_B);
    QVERIFY(shown.plot.readOut().contains("step 33"));
}

void CurvesTest::wheelZoomsAroundTheMouse() {
    Shown shown;
    shown.plot.append(0, decay(1000));
    shown.plot.refreshNow();
    const QPoint at = shown.pixel(400, 0.3);
    QWheelEvent wheel(at, shown.plot.viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(shown.plot.viewport(), &wheel);
    shown.plot.refreshNow();
    QVERIFY(shown.plot.isZoomed());
    QVERIFY(shown.plot.stepsShown().length() < 1000);
    QVERIFY((shown.pixel(400, 0.3) - at).manhattanLength() <= 2);
    shown.plot.append(0, 1000, 0.5f);  // a running run does not move a zoomed view
    const AxisRange before = shown.plot.stepsShown();
    shown.plot.refreshNow();
    QVERIFY(shown.plot.stepsShown() == before);
}

void CurvesTest::rubberBandZoomsAndDoubleClickShowsAll() {
    Shown shown;
    shown.plot.append(0, decay(1000));
    shown.plot.refreshNow();
    const AxisRange all = shown.plot.stepsShown();
    const QPoint from = shown.pixel(200, 0.8);
    const QPoint to = shown.pixel(400, 0.2);
    QTest::mousePress(shown.plot.viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(shown.plot.viewport(), (from + to) / 2);
    QTest::mouseMove(shown.plot.viewport(), to);
    QTest::mouseRelease(shown.plot.viewport(), Qt::LeftButton, {}, to);
    shown.plot.refreshNow();
    QVERIFY(std::abs(shown.plot.stepsShown().low - 200) < 5);
    QVERIFY(std::abs(shown.plot.stepsShown().high - 400) < 5);
    QVERIFY(std::abs(shown.plot.valuesShown().low - 0.2) < 0.02);
    QTest::mouseDClick(shown.plot.viewport(), Qt::LeftButton, {}, shown.pixel(300, 0.5));
    shown.plot.refreshNow();
    QVERIFY(!shown.plot.isZoomed());
    QVERIFY(shown.plot.stepsShown() == all);
}

void CurvesTest::shiftDragPans() {
    Shown shown;
    shown.plot.append(0, decay(1000));
    shown.plot.refreshNow();
    shown.plot.zoomTo({200, 400}, {0, 1});
    shown.plot.refreshNow();
    const QPoint from = shown.pixel(300, 0.5);
    const QPoint to = shown.pixel(350, 0.5);
    QTest::mousePress(shown.plot.viewport(), Qt::LeftButton, Qt::ShiftModifier, from);
    QTest::mouseMove(shown.plot.viewport(), to);
    QTest::mouseRelease(shown.plot.viewport(), Qt::LeftButton, Qt::ShiftModifier, to);
    shown.plot.refreshNow();
    QVERIFY(std::abs(shown.plot.stepsShown().low - 150) < 3);
    QVERIFY(!shown.plot.isCrosshairPinned());
}

void CurvesTest::keysToggleLogAndSmoothing() {
    Shown shown;
    QSignalSpy log(&shown.plot, &CurvePlot::logScaleChanged);
    QSignalSpy smooth(&shown.plot, &CurvePlot::smoothingChanged);
    QTest::keyClick(&shown.plot, Qt::Key_L);
    QVERIFY(shown.plot.logScale() && log.count() == 1);
    shown.plot.setSmoothing(0.8);
    QTest::keyClick(&shown.plot, Qt::Key_S);
    QCOMPARE(shown.plot.smoothing(), 0.0);
    QTest::keyClick(&shown.plot, Qt::Key_S);
    QCOMPARE(shown.plot.smoothing(), 0.8);
    QCOMPARE(smooth.count(), 3);
    shown.plot.setSmoothing(1);
    QCOMPARE(shown.plot.smoothing(), 0.999);
}

void CurvesTest::everyKeyIsListed() {
    Shown shown;
    for (const CurveBucket& bucket : decay(50)) shown.plot.append(0, {&bucket, 1});
    shown.plot.refreshNow();
    const auto showCrosshair = [&] { QTest::keyClick(&shown.plot, Qt::Key_Home); };
    QCOMPARE(perceptory::tests::unlistedKeys(shown.plot, CurvePlot::gestures(), showCrosshair,
                                             {Qt::Key_Up, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown}),
             QStringList());
}

void CurvesTest::hiddenCurvesLeaveTheScale() {
    Shown shown({{"small", 0, false}, {"large", 1, false}});
    for (int i = 0; i < 100; ++i) {
        shown.plot.append(0, static_cast<quint64>(i), 0.5f);
        shown.plot.append(1, static_cast<quint64>(i), 50);
    }
    shown.plot.refreshNow();
    QVERIFY(shown.plot.valuesShown().high >= 50);
    shown.plot.setCurveVisible(1, false);
    shown.plot.refreshNow();
    QVERIFY(shown.plot.valuesShown().high < 1);
    QVERIFY(!shown.plot.csv().contains("large"));
    QVERIFY(!shown.drawnAt(50, 50, 1));
}

void CurvesTest::epochsInsteadOfSteps() {
    Shown shown;
    shown.plot.setStepUnits(StepUnits::every(25), "epoch");
    for (int i = 0; i <= 100; ++i) {
        shown.plot.append(0, static_cast<quint64>(25 * i), 0.5f);
    }
    shown.plot.refreshNow();
    shown.plot.setCrosshair(250);
    QVERIFY2(shown.plot.readOut().contains("step 250 · epoch 10"), qPrintable(shown.plot.readOut()));
    QVERIFY(shown.plot.stepsShown().high >= 2500);
    QVERIFY(shown.drawnAt(1250, 0.5));
}

void CurvesTest::epochsWhoseLengthChanges() {
    // 20 epochs of 100 steps, then, with a larger batch, 180 of 5.
    Shown shown;
    shown.plot.setStepUnits(StepUnits::every(100), "epoch");
    for (quint64 step = 0; step <= 2000; step += 5) shown.plot.append(0, step, 0.8f);
    shown.plot.refreshNow();
    shown.plot.setStepUnits(StepUnits({{0, 0}, {2000, 20}, {2005, 21}}), "epoch");
    for (quint64 step = 2005; step <= 2900; step += 5) shown.plot.append(0, step, step == 2400 ? 0.2f : 0.5f);
    shown.plot.refreshNow();
    QVERIFY(shown.plot.stepsShown().high < 3500);  // 200 epochs and a little
    QVERIFY(shown.drawnAt(1000, 0.8) && shown.drawnAt(2200, 0.5) && shown.drawnAt(2900, 0.5));
    const QPoint start = shown.pixel(0, 0), tenth = shown.pixel(1000, 0), half = shown.pixel(2400, 0);
    QVERIFY(std::abs((half.x() - start.x()) - 10 * (tenth.x() - start.x())) < 10);
    QVERIFY(shown.drawnAt(2400, 0.2));  // the one low value among them
    for (const auto& [step, text] : {std::pair(1000, "step 1000 · epoch 10"),
                                     {2000, "step 2000 · epoch 20"},
                                     {2005, "step 2005 · epoch 21"},
                                     {2400, "step 2400 · epoch 100"}}) {
        shown.plot.setCrosshair(step);
        QVERIFY2(shown.plot.readOut().contains(text), qPrintable(shown.plot.readOut()));
    }
    const QByteArray csv = shown.plot.csv();
    QVERIFY(csv.startsWith("curve,first_step,steps,first_epoch,mean,"));
    QVERIFY(csv.contains("\"train loss\",1000,1,10,0.8,") && csv.contains("\"train loss\",2400,1,100,0.2,"));
}

void CurvesTest::manyTurnsKeepEveryExtreme() {
    std::vector<StepUnits::Knot> knots{{0, 0}};
    for (int i = 0; i < 1000; ++i) knots.push_back({knots.back().step + 10 + i * 7 % 90, knots.back().unit + 1});
    Shown shown;
    shown.plot.setStepUnits(StepUnits(knots), "epoch");
    std::vector<CurveBucket> buckets;
    const auto last = static_cast<quint64>(knots.back().step);
    for (quint64 step = 0; step <= last; ++step) buckets.push_back(singleValue(step, step == 31'234 ? 1.0f : 0.25f));
    shown.plot.append(0, buckets);
    shown.plot.refreshNow();
    QVERIFY(shown.plot.valuesShown().high >= 1);
}

void CurvesTest::aLowPlotKeepsLegendAndScale() {
    for (const QSize size : {QSize(330, 85), QSize(250, 85), QSize(330, 150), QSize(500, 300)}) {
        for (const float level : {0.55f, 0.034f, 7.3f, 940.0f}) {
            Shown shown({{"training", 0, false}, {"test", 1, true}}, size);
            for (int i = 0; i < 50; ++i) {
                shown.plot.append(0, static_cast<quint64>(i), level * (1 - 0.01f * static_cast<float>(i)));
                shown.plot.append(1, static_cast<quint64>(i), level);
            }
            shown.plot.refreshNow();
            QCoreApplication::processEvents();
            QVERIFY(shown.plot.chart()->legend()->isVisible());
            const QRectF area = shown.plot.chart()->plotArea();
            QVERIFY2(area.height() > 40 && area.width() > 0.4 * size.width(),
                     qPrintable(QString::number(area.width())));
            auto* axis = qobject_cast<QValueAxis*>(shown.plot.chart()->axes(Qt::Vertical).constFirst());
            const double grain = axis->tickInterval();
            const int labels = static_cast<int>(std::floor(axis->max() / grain + 1e-9)) -
                               static_cast<int>(std::ceil(axis->min() / grain - 1e-9)) + 1;
            QVERIFY2(labels >= 2, qPrintable(QStringLiteral("%1 … %2").arg(axis->min()).arg(axis->max())));
        }
    }
}

void CurvesTest::csvHoldsRecordedValues() {
    Shown shown({{"loss, \"raw\"", 0, false}});
    shown.plot.append(0, std::vector{CurveBucket{0, 4, 0.125f, 0.75f, 0.5f, 0.25f}, singleValue(4, kNaN)});
    shown.plot.setSmoothing(0.9);
    QCOMPARE(shown.plot.csv(), QByteArray("curve,first_step,steps,mean,minimum,maximum,last\n"
                                          "\"loss, \"\"raw\"\"\",0,4,0.5,0.125,0.75,0.25\n"
                                          "\"loss, \"\"raw\"\"\",4,1,nan,nan,nan,nan\n"));
}

void CurvesTest::picturesAndSvg() {
    Shown shown;
    shown.plot.append(0, decay(500));
    shown.plot.refreshNow();
    QCOMPARE(shown.plot.picture(1).size(), QSize(800, 400));
    const QImage twice = shown.plot.picture(2);
    QCOMPARE(twice.size(), QSize(1600, 800));
    QVERIFY(darkPixels(twice, Theme::instance().series(0)) > 1000);
    QTemporaryDir folder;
    const QString path = folder.filePath("curves.svg");
    QVERIFY(shown.plot.writeSvg(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("<svg") && text.contains("polyline") && text.contains("train loss"));
    QVERIFY(!shown.plot.writeSvg(folder.filePath("no/such/folder.svg")));
}

void CurvesTest::replacingCurvesForgetsTheRun() {
    Shown shown;
    shown.plot.append(0, decay(500, 100));
    shown.plot.setCrosshair(3);
    shown.plot.refreshNow();
    shown.plot.setCurves({{"accuracy", 2, false}});
    shown.plot.refreshNow();
    QVERIFY(!shown.plot.crosshair());
    QVERIFY(shown.plot.valuesShown().high <= 1);
    shown.plot.append(7, 0, 1);  // no such curve
    shown.plot.append(0, 0, 0.5f);
    shown.plot.refreshNow();
    QVERIFY(shown.drawnAt(0, 0.5, 2));
}

void CurvesTest::describesItselfInWords() {
    Shown shown;
    QCOMPARE(shown.plot.summary(), QString("No values yet"));
    shown.plot.append(0, 0, 1);
    shown.plot.append(0, 1, 0.5f);
    QCOMPARE(shown.plot.summary(), QString("train loss 0.5, falling"));
}

// Qt's painter hands large translucent areas to the global pool and waits; whoever keeps that pool busy would freeze
// us.
void CurvesTest::paintsWithoutTheGlobalThreadPool() {
    Shown shown({{"train loss", 0, false}, {"test loss", 1, true}}, {1600, 800});
    shown.plot.append(0, decay(3000, 10));
    shown.plot.append(1, decay(3000));
    shown.plot.setSmoothing(0.9);
    QThreadPool& pool = *QThreadPool::globalInstance();
    QSemaphore release;
    QSemaphore running;
    const int threads = pool.maxThreadCount();
    for (int i = 0; i < threads; ++i) {
        pool.start([&] {
            running.release();
            release.acquire();
        });
    }
    running.acquire(threads);
    std::atomic<bool> waited = false;
    std::promise<void> painted;
    std::thread rescue([&, done = painted.get_future()] {
        if (done.wait_for(std::chrono::seconds(20)) == std::future_status::timeout) {
            waited = true;  // without this the test would hang instead of failing
            release.release(threads);
        }
    });
    for (const bool logarithmic : {false, true}) {
        shown.plot.setLogScale(logarithmic);
        shown.plot.refreshNow();
        shown.plot.setCrosshair(100);
        QCoreApplication::processEvents();
        shown.plot.viewport()->repaint();
    }
    painted.set_value();
    rescue.join();
    release.release(threads);
    pool.waitForDone();
    QVERIFY(!waited);
}

QTEST_MAIN(CurvesTest)
#include "CurvesTest.moc"
