// What a curve keeps of a run: smoothing, thinning out, bounded memory, calm axes.

#include <QtTest>
#include <cmath>

#include "ui/widgets/CurveHistory.h"
#include "ui/widgets/CurveScale.h"

using namespace perceptory::widgets;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

std::vector<CurveBucket> decay(int count, double scale = 1) {
    std::vector<CurveBucket> buckets;
    for (int i = 0; i < count; ++i) {
        const double wave = 1 + 0.3 * std::sin(0.7 * i);
        buckets.push_back(
            singleValue(static_cast<quint64>(i), static_cast<float>(scale * wave * std::exp(-4.0 * i / count))));
    }
    return buckets;
}

}  // namespace

class CurveHistoryTest : public QObject {
    Q_OBJECT

private slots:
    void smoothingIsBiasCorrected();
    void smoothingDoesNotDependOnMerging();
    void smoothingSkipsWhatIsNotFinite();
    void aBucketStillBeingFilledIsReplaced();
    void extremesSurviveTenMillionSteps();
    void piecesAreBoundedByColumns();
    void memoryIsBounded();
    void axisGrowsAtOnceAndStaysCalm();
    void logarithmsAreNearEnough();
};

void CurveHistoryTest::smoothingIsBiasCorrected() {
    CurveHistory history;
    history.setSmoothing(0.9);
    history.append(std::vector{singleValue(0, 4), singleValue(1, 4), singleValue(2, 1)});
    QCOMPARE(history.smoothed(0), 4.0f);  // without the correction it would be 0.4
    QVERIFY(std::abs(history.smoothed(1) - 4.0f) < 1e-6f);
    // By hand: (0.1·(0.81·4 + 0.9·4 + 1)) / (1 − 0.9³)
    QVERIFY(std::abs(history.smoothed(2) - 0.784f / 0.271f) < 1e-5f);
    history.setSmoothing(5);  // out of range: as strong as it gets, and still the mean of what was seen
    QVERIFY(std::abs(history.smoothed(2) - 3.0f) < 0.01f);
}

void CurveHistoryTest::smoothingDoesNotDependOnMerging() {
    CurveHistory single;
    CurveHistory pairs;
    single.setSmoothing(0.99);
    pairs.setSmoothing(0.99);
    const auto values = decay(4000);
    single.append(values);
    std::vector<CurveBucket> merged{values[0]};
    for (std::size_t i = 1; i + 1 < values.size(); i += 2) {
        merged.push_back({values[i].first, 2, 0, 2, (values[i].mean + values[i + 1].mean) / 2, values[i + 1].last});
    }
    pairs.append(merged);
    const float a = single.smoothed(3998);
    const float b = pairs.smoothed(pairs.size() - 1);
    QVERIFY2(std::abs(a - b) < 0.01f * a, qPrintable(QString("%1 %2").arg(a).arg(b)));
}

void CurveHistoryTest::smoothingSkipsWhatIsNotFinite() {
    CurveHistory history;
    history.setSmoothing(0.5);
    history.append(std::vector{singleValue(0, 1), singleValue(1, kNaN), singleValue(2, 1)});
    QVERIFY(std::isnan(history.smoothed(1)));
    QCOMPARE(history.smoothed(2), 1.0f);
}

void CurveHistoryTest::aBucketStillBeingFilledIsReplaced() {
    CurveHistory history;
    history.setSmoothing(0.5);
    history.append(std::vector{singleValue(0, 1), singleValue(1, 100)});
    history.append(std::vector{CurveBucket{1, 4, 1, 1, 1, 1}});
    QCOMPARE(history.size(), std::size_t{2});
    QCOMPARE(*history.lastStep(), quint64{4});
    QCOMPARE(history.smoothed(1), 1.0f);
    history.append(std::vector{singleValue(0, 50)});  // from the past
    QCOMPARE(history.size(), std::size_t{2});
}

void CurveHistoryTest::extremesSurviveTenMillionSteps() {
    CurveHistory history;
    std::vector<CurveBucket> buckets;
    for (quint64 i = 0; i < (1u << 20); ++i) {
        CurveBucket bucket{i * 10, 10, 0.4f, 0.6f, 0.5f, 0.5f};
        if (i == 700'001) {
            bucket.maximum = 9;
        }
        if (i == 3) {
            bucket.minimum = -2;
        }
        buckets.push_back(bucket);
    }
    history.append(buckets);
    QVERIFY(*history.lastStep() > 10'000'000);
    std::vector<CurvePiece> pieces;
    history.pieces(0, 1.1e7, 1500, pieces);
    QVERIFY(pieces.size() <= 3002);
    QVERIFY(pieces.size() >= 1000);
    CurveSpan all;
    for (const CurvePiece& piece : pieces) {
        all.add(piece.raw);
    }
    QCOMPARE(all.high, 9.0f);
    QCOMPARE(all.low, -2.0f);
    QCOMPARE(pieces.front().first, quint64{0});
    QCOMPARE(pieces.back().last, *history.lastStep());
}

void CurveHistoryTest::piecesAreBoundedByColumns() {
    CurveHistory history;
    history.append(decay(5000));
    std::vector<CurvePiece> pieces;
    history.pieces(0, 5000, 100, pieces);
    QVERIFY(pieces.size() <= 202);
    history.pieces(100, 150, 100, pieces);  // zoomed in: every value, and a neighbour on each side
    QCOMPARE(pieces.front().first, quint64{99});
    QVERIFY(pieces.back().first >= 150);
    QVERIFY(pieces.size() <= 55);
    // Whatever came in between, the pieces cover the run without holes.
    for (int more = 5000; more < 9000; ++more) {
        history.append(std::vector{singleValue(static_cast<quint64>(more), 1)});
        if (more % 97 == 0) {
            history.pieces(0, 9000, 64, pieces);
            quint64 next = 0;
            for (const CurvePiece& piece : pieces) {
                QCOMPARE(piece.first, next);
                next = piece.last + 1;
            }
            QCOMPARE(next, static_cast<quint64>(more) + 1);
        }
    }
}

void CurveHistoryTest::memoryIsBounded() {
    CurveHistory history;
    std::vector<CurveBucket> buckets;
    for (quint64 i = 0; i < 300'000; ++i) {
        buckets.push_back(singleValue(i, static_cast<float>(i % 7)));
    }
    history.append(buckets);
    QVERIFY(history.size() <= CurveHistory::kMostEntries);
    quint64 steps = 0;
    for (std::size_t i = 0; i < history.size(); ++i) {
        steps += history.bucket(i).count;
    }
    QCOMPARE(steps, quint64{300'000});
}

void CurveHistoryTest::axisGrowsAtOnceAndStaysCalm() {
    StepScale steps;
    int changes = 0;
    AxisRange before{};
    for (int last = 0; last <= 10'000; ++last) {
        const AxisRange now = steps.follow(0, last);
        QVERIFY(now.high >= last);
        changes += now == before ? 0 : 1;
        before = now;
    }
    QVERIFY2(changes < 60, qPrintable(QString::number(changes)));
    QVERIFY(before.high < 13'000);

    ValueScale values;
    CurveSpan span;
    span.add(0.1f);
    span.add(0.9f);
    const AxisRange first = values.followLinear(span);
    QVERIFY(first.low == 0 && first.high >= 0.9 && first.high <= 1.2);
    CurveSpan wobble;
    wobble.add(0.12f);
    wobble.add(0.87f);
    QVERIFY(values.followLinear(wobble) == first);
    span.add(25);
    QVERIFY(values.followLinear(span).high >= 25);
    CurveSpan flat;
    flat.add(0.5f);
    ValueScale other;
    QVERIFY(other.followLinear(flat).length() > 0);
}

void CurveHistoryTest::logarithmsAreNearEnough() {
    const ValueMap map({1e-6, 1e6}, true);
    for (double value = 1e-7; value < 1e7; value *= 1.0137) {
        const double exact = (std::log10(value) + 6) / 12;
        QVERIFY(std::abs(map.share(static_cast<float>(value)) - exact) < 2e-6);
    }
    QVERIFY(map.share(0) < -1e30);
    QVERIFY(map.share(-5) < -1e30);
    QVERIFY(map.share(1e-42f) < -1);
    QVERIFY(std::abs(map.valueAt(map.share(0.02f)) - 0.02) < 1e-6);
}

QTEST_APPLESS_MAIN(CurveHistoryTest)
#include "CurveHistoryTest.moc"
