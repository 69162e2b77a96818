// The map of the plane: colours of values, the decision line, points, reading values by mouse and by keyboard.

#include <QPainter>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "tests/ui/Gestures.h"
#include "ui/widgets/Contour.h"
#include "ui/widgets/HeatmapView.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/PlaneFrame.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Thumbnail.h"

using namespace perceptory::widgets;

namespace {

constexpr ValueRange kSigned{-1, 1};

// value = 3 − distance from the origin, over the plane −6…6
HeatmapGrid hill(int size) {
    HeatmapGrid grid{size, size, {}};
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const double px = -6 + 12 * (x + 0.5) / size;
            const double py = 6 - 12 * (y + 0.5) / size;
            grid.values.push_back(static_cast<float>(3 - std::hypot(px, py)));
        }
    }
    return grid;
}

bool bluish(QColor colour) { return colour.blue() > colour.red() + 40; }
bool orangeish(QColor colour) { return colour.red() > colour.blue() + 40; }

QColor pixelAt(HeatmapView& view, QPointF plane) {
    return view.grab().toImage().pixelColor(view.toPixel(plane).toPoint());
}

}  // namespace

class HeatmapTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void divergingMapIsCentredOnZero();
    void sequentialMapsGrowLighter();
    void valuesOutsideTheRangeTakeTheEnds();
    void interpolatesValuesNotColours();
    void flatCellsStayFlat();
    void discretisesAtTheThreshold();
    void showsWhatIsNotANumber();
    void likeliestClassShadedByConfidence();
    void contourOfACircleLiesOnTheCircle();
    void contourCutsOffTheRightCornersOfASaddle();
    void thumbnailIsTheMeanOfItsCells();
    void aCaptionLeavesMostOfASmallPictureFree();
    void placeAndPixelAgree();
    void picturePutsRowZeroOnTop();
    void pointsCarryClassColourAndRim();
    void manyPointsLookLikeFew();
    void hiddenTestPointsAreNotDrawn();
    void mouseClicksAndPaints();
    void numbersBesideThePlaneAreNotCut();
    void keyboardReadsAndClicks();
    void everyKeyIsListed();
    void describesItselfInWords();
    void followsTheTheme();
    void twiceAsManyPixelsOnAFineScreen();
    void readsNumbersWithPointOrComma();
};

void HeatmapTest::divergingMapIsCentredOnZero() {
    const ColourMap map = ColourMap::of(ColourMap::Kind::BlueOrange);
    QVERIFY(orangeish(QColor::fromRgb(map.at(-1, kSigned))));
    QVERIFY(bluish(QColor::fromRgb(map.at(1, kSigned))));
    const QColor middle = QColor::fromRgb(map.at(0, kSigned));
    QVERIFY(std::abs(middle.red() - middle.blue()) < 8);
}

void HeatmapTest::sequentialMapsGrowLighter() {
    for (const auto kind : {ColourMap::Kind::Viridis, ColourMap::Kind::Cividis}) {
        const ColourMap map = ColourMap::of(kind);
        for (int i = 8; i < 256; i += 8) {
            QVERIFY(qGray(map.entry(i)) > qGray(map.entry(i - 8)));
        }
    }
}

void HeatmapTest::valuesOutsideTheRangeTakeTheEnds() {
    const ColourMap map = ColourMap::of(ColourMap::Kind::Viridis);
    QCOMPARE(map.at(-1e30f, kSigned), map.entry(0));
    QCOMPARE(map.at(1e30f, kSigned), map.entry(255));
    QCOMPARE(map.at(std::numeric_limits<float>::infinity(), kSigned), map.entry(255));
}

// Between −1 (orange) and +1 (blue) lies 0 (grey); mixing the two colours would give a brownish tone.
void HeatmapTest::interpolatesValuesNotColours() {
    const HeatmapGrid grid{2, 1, {-1, 1}};
    const QImage image = renderHeatmap(grid, {ColourMap::of(ColourMap::Kind::BlueOrange), kSigned, true, {}}, {200, 4});
    QCOMPARE(image.pixel(0, 0), ColourMap::of(ColourMap::Kind::BlueOrange).entry(0));
    QCOMPARE(image.pixel(199, 3), ColourMap::of(ColourMap::Kind::BlueOrange).entry(255));
    const int middle = qGray(image.pixel(100, 2));
    QVERIFY(std::abs(middle - qGray(themed(ColourRole::Zero).rgb())) <= 2);
}

void HeatmapTest::flatCellsStayFlat() {
    const HeatmapGrid grid{2, 1, {-1, 1}};
    const QImage image = renderHeatmap(grid, {ColourMap::of(ColourMap::Kind::BlueOrange), kSigned, false, {}}, {10, 1});
    for (int x = 1; x < 5; ++x) {
        QCOMPARE(image.pixel(x, 0), image.pixel(0, 0));
        QCOMPARE(image.pixel(x + 4, 0), image.pixel(9, 0));
    }
}

void HeatmapTest::discretisesAtTheThreshold() {
    const HeatmapGrid grid{4, 1, {0.1f, 0.49f, 0.51f, 0.9f}};
    const ColourMap map = ColourMap::of(ColourMap::Kind::BlueOrange);
    const QImage image = renderHeatmap(grid, {map, {0, 1}, false, 0.5f}, {4, 1});
    QCOMPARE(image.pixel(1, 0), map.entry(0));
    QCOMPARE(image.pixel(2, 0), map.entry(255));
}

void HeatmapTest::showsWhatIsNotANumber() {
    const HeatmapGrid grid{1, 1, {std::nanf("")}};
    const QImage image = renderHeatmap(grid, {}, {16, 16});
    QVERIFY(image.pixel(0, 0) != image.pixel(4, 0));  // a pattern, which no value gives
    QCOMPARE(summarise(grid.values).notFinite, 1);
}

void HeatmapTest::likeliestClassShadedByConfidence() {
    const ClassGrid grid{2, 1, 3, {0.98f, 0.01f, 0.01f, 0.30f, 0.30f, 0.40f}};
    const QRgb red = qRgb(200, 0, 0);
    const QRgb green = qRgb(0, 200, 0);
    const QRgb blue = qRgb(0, 0, 200);
    ClassStyle style{{red, green, blue}, qRgb(230, 230, 230), 0, false, false};
    const QImage image = renderClasses(grid, style, {2, 1});
    const QColor sure = image.pixelColor(0, 0);
    const QColor unsure = image.pixelColor(1, 0);
    QVERIFY(sure.red() > sure.blue() + 80);
    QVERIFY(unsure.blue() > unsure.red());
    QVERIFY(sure.saturation() > unsure.saturation() + 60);
    style.discretise = true;
    QVERIFY(renderClasses(grid, style, {2, 1}).pixelColor(1, 0).saturation() > unsure.saturation() + 60);
}

void HeatmapTest::contourOfACircleLiesOnTheCircle() {
    const HeatmapGrid grid = hill(100);
    const auto lines = contourLines(grid, 0);
    QVERIFY(lines.size() > 100);
    double length = 0;
    for (const QLineF& line : lines) {
        for (const QPointF& at : {line.p1(), line.p2()}) {
            const double x = -6 + 12 * (at.x() + 0.5) / 100;
            const double y = 6 - 12 * (at.y() + 0.5) / 100;
            QVERIFY(std::abs(std::hypot(x, y) - 3) < 0.002);
        }
        length += line.length() * 12 / 100;
    }
    QVERIFY(std::abs(length - 2 * M_PI * 3) < 0.02);  // closed, and nothing twice
}

void HeatmapTest::contourCutsOffTheRightCornersOfASaddle() {
    // High corners at top left and bottom right; the mean is above the level, so the low corners are cut off.
    const auto lines = contourLines({2, 2, {3, -1, -1, 3}}, 0);
    QCOMPARE(lines.size(), std::size_t{2});
    for (const QLineF& line : lines) {
        const QPointF middle = line.center();
        QVERIFY((middle.x() > 0.5) == (middle.y() < 0.5));  // near top right or bottom left
    }
}

void HeatmapTest::thumbnailIsTheMeanOfItsCells() {
    HeatmapGrid grid{4, 2, {1, -1, 1, 1, 1, -1, 1, 1}};
    const ColourMap map = ColourMap::of(ColourMap::Kind::BlueOrange);
    const QImage image = thumbnail(grid, map, kSigned, {2, 1});
    QCOMPARE(image.pixel(0, 0), map.at(0, kSigned));
    QCOMPARE(image.pixel(1, 0), map.at(1, kSigned));
    QCOMPARE(thumbnail({1, 1, {1}}, map, kSigned, {3, 3}).pixel(2, 2), map.at(1, kSigned));
}

void HeatmapTest::aCaptionLeavesMostOfASmallPictureFree() {
    HeatmapView view;
    view.setCaption("Neurons: this sample, 0 (25 %)\nMap: other components at their mean");
    const QFontMetrics metrics(view.font());
    QCOMPARE(view.captionFor({0, 0, 300, 300}, metrics), view.caption());
    QCOMPARE(view.captionFor({0, 0, 130, 130}, metrics), QString("Neurons: this sample, 0 (25 %)"));
    view.setCaption("neuron 3");
    QCOMPARE(view.captionFor({0, 0, 20, 20}, metrics), view.caption());
}

void HeatmapTest::placeAndPixelAgree() {
    HeatmapView view;
    view.resize(300, 340);
    view.setExtent({-1, 3, 0, 8});
    const QPointF place(1.25, 6.5);
    const QPointF back = view.toPlane(view.toPixel(place));
    QVERIFY(QLineF(place, back).length() < 1e-9);
    QCOMPARE(view.pictureRect().width(), view.pictureRect().height());
    QCOMPARE(view.toPixel({-1, 8}), QPointF(view.pictureRect().topLeft()));
}

void HeatmapTest::picturePutsRowZeroOnTop() {
    HeatmapView view;
    view.resize(300, 300);
    view.setValues({1, 2, {1, -1}});
    QVERIFY(bluish(pixelAt(view, {0, 5})));
    QVERIFY(orangeish(pixelAt(view, {0, -5})));
    QCOMPARE(view.valueAt({0, 5}), std::optional<float>(1.0f));
    QCOMPARE(view.valueAt({0, 7}), std::optional<float>());
}

void HeatmapTest::pointsCarryClassColourAndRim() {
    HeatmapView view;
    view.resize(300, 300);
    view.setPoints({{-3, 0, 0, false, 0}, {3, 0, 1, true, 0}});
    QVERIFY(orangeish(pixelAt(view, {-3, 0})));
    QVERIFY(bluish(pixelAt(view, {3, 0})));
    const QImage image = view.grab().toImage();
    // Lightest pixel around a training point is its white rim; the test point's rim is dark.
    const auto darkest = [&](QPointF plane) {
        int least = 255;
        const QPoint centre = view.toPixel(plane).toPoint();
        for (int dy = -6; dy <= 6; ++dy) {
            for (int dx = -6; dx <= 6; ++dx) {
                least = std::min(least, qGray(image.pixel(centre + QPoint(dx, dy))));
            }
        }
        return least;
    };
    QVERIFY(darkest({3, 0}) < 70);
    QVERIFY(darkest({-3, 0}) > 110);
}

void HeatmapTest::manyPointsLookLikeFew() {
    HeatmapView few;
    HeatmapView many;
    std::vector<PlanePoint> points(501, PlanePoint{2, 2, 1, false, 0});
    few.setPoints({points.front()});
    many.setPoints(points);
    for (HeatmapView* view : {&few, &many}) {
        view->resize(300, 300);
        QVERIFY(bluish(pixelAt(*view, {2, 2})));
    }
}

void HeatmapTest::hiddenTestPointsAreNotDrawn() {
    HeatmapView view;
    view.resize(300, 300);
    view.setPoints({{2, 2, 1, true, 0}});
    view.setTestPointsVisible(false);
    QVERIFY(!bluish(pixelAt(view, {2, 2})));
    view.setTestPointsVisible(true);
    QVERIFY(bluish(pixelAt(view, {2, 2})));
}

void HeatmapTest::mouseClicksAndPaints() {
    HeatmapView view;
    view.resize(300, 300);
    view.show();
    QSignalSpy clicked(&view, &HeatmapView::clicked);
    QSignalSpy dragged(&view, &HeatmapView::dragged);
    QSignalSpy ended(&view, &HeatmapView::dragEnded);
    const QPoint place = view.toPixel({2, -1}).toPoint();
    QTest::mouseClick(&view, Qt::LeftButton, {}, place);
    QCOMPARE(clicked.count(), 1);
    QVERIFY(QLineF(clicked[0][0].toPointF(), {2, -1}).length() < 0.05);

    dragged.clear();
    ended.clear();
    QTest::mousePress(&view, Qt::RightButton, {}, place);
    QTest::mouseMove(&view, place + QPoint(30, 0));
    QTest::mouseMove(&view, place + QPoint(60, 0));
    QTest::mouseRelease(&view, Qt::RightButton, {}, place + QPoint(60, 0));
    QCOMPARE(dragged.count(), 3);
    QCOMPARE(dragged[2][1].value<Qt::MouseButton>(), Qt::RightButton);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(clicked.count(), 1);  // a stroke is no click
}

void HeatmapTest::numbersBesideThePlaneAreNotCut() {
    for (const auto& [bottom, top] : {std::pair(1.9, 4.6), {-6.0, 6.0}, {-0.034, 0.017}, {-1300.0, 700.0}})
        for (int side = 120; side <= 460; side += 20) {
            QImage image(side, side + 60, QImage::Format_RGB32);
            image.fill(themed(ColourRole::Base));
            QPainter painter(&image);
            PlaneFrame frame;
            frame.layOut(QRect(0, 0, side, side), painter.fontMetrics(), {-6, 6, bottom, top}, {true, true, "x", "y"});
            frame.paintAxes(painter);
            painter.end();
            for (int y = 0; y < side; ++y)
                QVERIFY2(image.pixelColor(0, y) == themed(ColourRole::Base),
                         qPrintable(QStringLiteral("%1 … %2 at %3").arg(bottom).arg(top).arg(side)));
        }
}

void HeatmapTest::keyboardReadsAndClicks() {
    HeatmapView view;
    view.resize(300, 300);
    view.setValues(hill(100));
    QSignalSpy clicked(&view, &HeatmapView::clicked);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(clicked.count(), 0);
    for (int i = 0; i < 10; ++i) {
        QTest::keyClick(&view, Qt::Key_Right);
    }
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(clicked.count(), 1);
    QVERIFY(QLineF(clicked[0][0].toPointF(), {3, 0}).length() < 1e-9);
    QTest::keyClick(&view, Qt::Key_Delete);
    QCOMPARE(clicked.last()[1].value<Qt::MouseButton>(), Qt::RightButton);
    QVERIFY2(view.accessibleDescription().contains("x 3, y 0"), qPrintable(view.accessibleDescription()));
}

void HeatmapTest::everyKeyIsListed() {
    HeatmapView view;
    view.setValues(hill(10));
    const auto showCrosshair = [&] { QTest::keyClick(&view, Qt::Key_Right); };
    QCOMPARE(perceptory::tests::unlistedKeys(view, HeatmapView::gestures(), showCrosshair), QStringList());
}

void HeatmapTest::describesItselfInWords() {
    HeatmapView view;
    view.setValues({2, 1, {-0.5f, 1.5f}});
    QCOMPARE(view.accessibleDescription(), QString("Minimum −0.5, maximum 1.5, mean 0.5"));
    view.resize(300, 300);
    view.setClassNames({"setosa", "virginica"});
    view.setPoints({{1, 1, 1, true, 0}});
    QVERIFY(view.describe({1, 1}).contains("test point: virginica"));
    view.setClasses({1, 1, 2, {0.25f, 0.75f}});
    QVERIFY(view.describe({-3, -3}).contains("virginica, 75 %"));
}

void HeatmapTest::followsTheTheme() {
    HeatmapView view;
    view.resize(200, 200);
    view.setValues({1, 1, {0}});
    QVERIFY(pixelAt(view, {0, 0}).lightness() > 180);
    Theme::apply(*qApp, Theme::Mode::Dark);
    QVERIFY(pixelAt(view, {0, 0}).lightness() < 80);
    Theme::apply(*qApp, Theme::Mode::Light);
}

void HeatmapTest::twiceAsManyPixelsOnAFineScreen() {
    HeatmapView view;
    view.resize(200, 200);
    view.setValues(hill(50));
    QCOMPARE(view.picture(2).size(), QSize(400, 400));
    const QPointF edge = view.toPixel({0, 0});
    QVERIFY(bluish(view.picture(2).pixelColor((edge * 2).toPoint())));
}

void HeatmapTest::readsNumbersWithPointOrComma() {
    QCOMPARE(readNumber("0.03"), std::optional<double>(0.03));
    QCOMPARE(readNumber(" 0,03 "), std::optional<double>(0.03));
    QCOMPARE(readNumber("−3e-4"), std::optional<double>(-3e-4));
    for (const char* wrong : {"", "abc", "1.000,5", "1e999", "nan", "inf", "0x10", "1 2"}) {
        QVERIFY2(!readNumber(wrong), wrong);
    }
    QCOMPARE(shortNumber(0.1 + 0.2), QString("0.3"));
    QCOMPARE(shortNumber(-1.5e-7), QString("−1.5e−7"));
}

QTEST_MAIN(HeatmapTest)
#include "HeatmapTest.moc"
