// What is to be seen of a plot of curves: numbers at the axes, after zooming too, and what is saved of it.

#include <QFileDialog>
#include <QGraphicsTextItem>
#include <QImageReader>
#include <QLineEdit>
#include <QMessageBox>
#include <QScreen>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <functional>

#include "tests/ui/widgets/ShownPlot.h"
#include "ui/widgets/CrosshairItem.h"
#include "ui/widgets/HeatmapView.h"
#include "ui/widgets/SaveFile.h"

using namespace perceptory::widgets;
using namespace perceptory::tests;

namespace {

constexpr QSize kSmallest{338, 92};  // of the curves in a window of 1366 × 768

void settle() {
    for (int i = 0; i < 10; ++i) {
        QCoreApplication::processEvents();  // axes are laid out and scenes updated over a few turns
    }
}

QImage onScreen(const CurvePlot& plot) { return plot.screen()->grabWindow(plot.winId()).toImage(); }

void drag(Shown& shown, QPoint from, QPoint to) {
    QTest::mousePress(shown.plot.viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(shown.plot.viewport(), (from + to) / 2);
    settle();
    QTest::mouseMove(shown.plot.viewport(), to);
    settle();
    QTest::mouseRelease(shown.plot.viewport(), Qt::LeftButton, {}, to);
    settle();
}

// The numbers left of the plot, from the top, as they are painted.
QStringList valueLabels(const CurvePlot& plot) {
    const QRectF area = plot.chart()->plotArea();
    std::vector<std::pair<double, QString>> found;
    for (const QGraphicsItem* item : plot.scene()->items()) {
        const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
        const QRectF place = text ? text->sceneBoundingRect() : QRectF();
        if (text && text->isVisible() && place.right() <= area.left() && !text->toPlainText().isEmpty()) {
            found.emplace_back(place.center().y(), text->toPlainText());
        }
    }
    std::ranges::sort(found);
    QStringList labels;
    for (const auto& [y, label] : found) labels << label;
    return labels;
}

bool crosshairShown(const CurvePlot& plot) {
    for (const QGraphicsItem* item : plot.scene()->items()) {
        if (dynamic_cast<const CrosshairItem*>(item)) return item->isVisible();
    }
    return false;
}

// Gives these names to the save dialogs that come next; an empty one closes it. Questions in between are denied.
// Returns how many there were.
int saving(const std::function<void()>& save, QStringList names, int filter = 0) {
    int questions = 0;
    QTimer timer;
    const auto answer = [&] {
        QWidget* modal = QApplication::activeModalWidget();
        if (auto* question = qobject_cast<QMessageBox*>(modal)) {
            ++questions;
            question->done(QMessageBox::No);
        } else if (auto* dialog = qobject_cast<QFileDialog*>(modal)) {
            const QString name = names.isEmpty() ? QString() : names.takeFirst();
            if (name.isEmpty()) return dialog->reject();
            dialog->setOption(QFileDialog::DontConfirmOverwrite);
            dialog->selectNameFilter(dialog->nameFilters().at(filter));
            dialog->findChild<QLineEdit*>()->setText(name);
            static_cast<QDialog*>(dialog)->accept();
        }
    };
    QObject::connect(&timer, &QTimer::timeout, &timer, answer);
    timer.start(20);
    save();
    return questions;
}

QByteArray formatOf(const QString& path) {
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    return reader.format();
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class CurveSightTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void draggingAZoomLeavesNoOldNumbers();
    void logTicksAreRoundAndFew_data();
    void logTicksAreRoundAndFew();
    void logTicksOfAnyRange();
    void aLogAxisCanBeReadAtAnySize();
    void aRoomyLogAxisHasLinesBetweenDecades();
    void aCrosshairOutsideOfTheZoomIsHidden();
    void keysBringTheirStepIntoView();
    void picturesLeaveTheCrosshairOut();
    void picturesNameTheAxes();
    void theEndingSaysWhatIsWritten();
    void aFileInTheWayIsAskedAbout();
    void savingReplacesTheOldPictureAsAWhole();
};

void CurveSightTest::draggingAZoomLeavesNoOldNumbers() {
    Shown shown({{"training", 0, false}, {"test", 1, true}}, kSmallest);
    shown.plot.append(0, decay(1300, 2));
    shown.plot.append(1, decay(1300));
    settle();
    const auto check = [&](const char* after) {
        const QImage seen = onScreen(shown.plot);
        shown.plot.viewport()->repaint();
        QVERIFY2(seen == onScreen(shown.plot), after);
    };
    drag(shown, shown.pixel(300, 1.8), shown.pixel(900, 0.1));
    QVERIFY(shown.plot.isZoomed());
    check("drag");
    QTest::mouseDClick(shown.plot.viewport(), Qt::LeftButton, {}, shown.pixel(500, 0.5));
    settle();
    check("double click");
    QTest::keyClick(&shown.plot, Qt::Key_L);
    settle();
    QVERIFY(shown.plot.logScaleShown());
    drag(shown, shown.pixel(300, 1), shown.pixel(900, 0.1));
    check("drag on a logarithmic axis");
}

void CurveSightTest::logTicksAreRoundAndFew_data() {
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<int>("most");
    QTest::addColumn<std::vector<double>>("ticks");
    const auto row = [](const char* name, double low, double high, int most, std::vector<double> ticks) {
        QTest::newRow(name) << low << high << most << ticks;
    };
    row("1, 2 and 5", 0.05, 1, 5, {0.05, 0.1, 0.2, 0.5, 1});
    row("decades", 0.001, 1, 5, {0.001, 0.01, 0.1, 1});
    row("each second", 5e-5, 2, 3, {1e-4, 1e-2, 1});
    row("two, none of them 1", 0.1, 10, 2, {0.1, 10});
    row("one decade", 0.04, 0.9, 2, {0.05, 0.5});
    row("in between", 0.3, 0.9, 2, {0.4, 0.8});
    row("closer", 0.31, 0.38, 4, {0.32, 0.34, 0.36, 0.38});
}

void CurveSightTest::logTicksAreRoundAndFew() {
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(int, most);
    QFETCH(std::vector<double>, ticks);
    const std::vector<double> found = logTicks({low, high}, most);
    QCOMPARE(found.size(), ticks.size());
    for (std::size_t i = 0; i < ticks.size(); ++i) QVERIFY(qFuzzyCompare(found[i], ticks[i]));
}

void CurveSightTest::logTicksOfAnyRange() {
    for (const double low : {1e-12, 0.0034, 0.1, 0.99, 1.0, 7.0, 3e5}) {
        for (double ratio = 1.001; ratio < 1e14; ratio *= 1.37) {
            for (const int most : {2, 3, 4, 7, 20}) {
                const AxisRange range{low, low * ratio};
                const std::vector<double> ticks = logTicks(range, most);
                QVERIFY2(ticks.size() >= 2 && ticks.size() <= static_cast<std::size_t>(most),
                         qPrintable(QStringLiteral("%1 … %2: %3").arg(low).arg(range.high).arg(ticks.size())));
                QVERIFY(ticks.front() > low * (1 - 1e-8) && ticks.back() < range.high * (1 + 1e-8));
                // Far enough for text: a fifth of the axis where there are two, as much of their share otherwise.
                const double apart = std::log(ticks[1] / ticks[0]) / std::log(ratio);
                QVERIFY2(apart * most > 0.4, qPrintable(QString::number(apart)));
            }
        }
    }
}

void CurveSightTest::aLogAxisCanBeReadAtAnySize() {
    for (const QSize size : {kSmallest, QSize(250, 85), QSize(330, 150), QSize(500, 300), QSize(900, 700)}) {
        Shown shown({{"training", 0, false}, {"test", 1, true}}, size);
        shown.plot.setLogScale(true);
        for (quint64 step = 0; step <= 1300; ++step) {
            shown.plot.append(0, step, static_cast<float>(std::pow(10.0, -4.2 * static_cast<double>(step) / 1300)));
        }
        settle();
        QVERIFY(shown.plot.logScaleShown());
        for (const AxisRange zoom :
             {AxisRange{0, 0}, {0.0001, 1}, {1e-9, 1000}, {0.03, 0.9}, {0.3, 0.9}, {0.31, 0.311}}) {
            if (zoom.length() > 0) {
                shown.plot.zoomTo({0, 1300}, zoom);
                settle();
            }
            const QStringList labels = valueLabels(shown.plot);
            const QString seen = QStringLiteral("%1 pixels, %2 … %3: ").arg(size.height()).arg(zoom.low).arg(zoom.high);
            QVERIFY2(labels.size() >= 2, qPrintable(seen + labels.join(' ')));
            for (const QString& label : labels) {
                bool number = false;
                const double value = QString(label).replace(QChar(0x2212), '-').toDouble(&number);
                QVERIFY2(number, qPrintable(seen + label));
                QVERIFY(value >= shown.plot.valuesShown().low * 0.999 &&
                        value <= shown.plot.valuesShown().high * 1.001);
            }
        }
    }
}

void CurveSightTest::aRoomyLogAxisHasLinesBetweenDecades() {
    Shown shown;
    shown.plot.setLogScale(true);
    shown.plot.append(0, 0, 1.0f);
    shown.plot.append(0, 1, 0.01f);
    settle();
    const auto lineAt = [&](double value) {
        const QImage image = shown.plot.grab().toImage();
        const QPoint at = shown.pixel(5, value);
        for (int dy = -2; dy <= 2; ++dy) {
            if (image.pixelColor(at + QPoint(0, dy)) == themed(ColourRole::MinorGrid)) return true;
        }
        return false;
    };
    QVERIFY(lineAt(0.3) && lineAt(0.7) && lineAt(0.04));
    QVERIFY(!lineAt(0.35));
    shown.plot.setLogScale(false);
    settle();
    QVERIFY(!lineAt(0.3));
}

void CurveSightTest::aCrosshairOutsideOfTheZoomIsHidden() {
    Shown shown;
    shown.plot.append(0, decay(1000));
    shown.plot.refreshNow();
    shown.plot.setCrosshair(100);
    QVERIFY(crosshairShown(shown.plot));
    shown.plot.zoomTo({400, 800}, {0, 1});
    shown.plot.refreshNow();
    QVERIFY(!crosshairShown(shown.plot));
    QVERIFY(shown.plot.readOut().contains("step 100"));  // for screen readers it is still there
    for (const double edge : {400.0, 800.0}) {
        shown.plot.setCrosshair(edge);
        QVERIFY(crosshairShown(shown.plot));
    }
    shown.plot.setCrosshair(100);
    shown.plot.showEverything();
    shown.plot.refreshNow();
    QVERIFY(crosshairShown(shown.plot));
}

void CurveSightTest::keysBringTheirStepIntoView() {
    Shown shown;
    for (quint64 i = 0; i < 1000; ++i) shown.plot.append(0, i, i == 700 ? 0.1f : 0.5f);
    shown.plot.refreshNow();
    shown.plot.zoomTo({100, 200}, {0, 1});
    shown.plot.refreshNow();
    for (const auto& [key, step] : {std::pair(Qt::Key_B, 700.0), {Qt::Key_Home, 0.0}, {Qt::Key_End, 999.0}}) {
        QTest::keyClick(&shown.plot, key);
        shown.plot.refreshNow();
        QVERIFY(crosshairShown(shown.plot));
        QVERIFY(shown.plot.isZoomed() && shown.plot.stepsShown().low <= step && shown.plot.stepsShown().high >= step);
        QVERIFY(std::abs(shown.plot.stepsShown().length() - 100) < 1);
    }
}

void CurveSightTest::picturesLeaveTheCrosshairOut() {
    Shown shown;
    shown.plot.append(0, decay(500));
    settle();
    const QImage without = shown.plot.picture(2);
    shown.plot.setCrosshair(100);
    settle();
    QCOMPARE(shown.plot.picture(2), without);
    QTemporaryDir folder;
    const QString path = folder.filePath("curves.svg");
    QVERIFY(shown.plot.writeSvg(path));
    QVERIFY(!contentOf(path).contains("step 100"));
    QVERIFY(crosshairShown(shown.plot));
}

void CurveSightTest::picturesNameTheAxes() {
    Shown shown({{"train loss", 0, false}}, kSmallest);
    shown.plot.append(0, decay(500));
    settle();
    const QSize before = shown.plot.picture(2).size();
    const QRectF area = shown.plot.chart()->plotArea();
    shown.plot.setPictureNames("epoch", "loss, named");
    QTemporaryDir folder;
    const QString path = folder.filePath("curves.svg");
    QVERIFY(shown.plot.writeSvg(path));
    const QByteArray svg = contentOf(path);
    QVERIFY(svg.contains("epoch") && svg.contains("loss, named"));
    const QImage named = shown.plot.picture(2);
    QVERIFY(named.width() == before.width() && named.height() > before.height());
    const int strip = (named.height() - before.height()) / 2;
    const QColor text = themed(ColourRole::MutedText);
    QVERIFY(darkPixels(named.copy(0, 0, named.width(), strip), text) > 20);
    QVERIFY(darkPixels(named.copy(0, named.height() - strip, named.width(), strip), text) > 20);
    QCOMPARE(shown.plot.chart()->plotArea(), area);  // nothing moves on the screen
}

void CurveSightTest::theEndingSaysWhatIsWritten() {
    QCOMPARE(withKnownEnding("/a/b", "PNG pictures (*.png)", {"png"}), QString("/a/b.png"));
    QCOMPARE(withKnownEnding("/a/b.", "PNG pictures (*.png)", {"png"}), QString("/a/b.png"));
    QCOMPARE(withKnownEnding("/a.png/b", "SVG drawings (*.svg)", {"png", "svg"}), QString("/a.png/b.svg"));
    QCOMPARE(withKnownEnding("/a/b.PNG", "SVG drawings (*.svg)", {"png", "svg"}), QString("/a/b.PNG"));
    QCOMPARE(withKnownEnding("/a/run.5", "Tables (*.csv)", {"csv"}), QString("/a/run.5.csv"));

    Shown shown;
    shown.plot.append(0, decay(50));
    settle();
    QTemporaryDir folder;
    const auto savePicture = [&](const char* name, int filter) {
        saving([&] { shown.plot.savePicture(); }, {folder.filePath(name)}, filter);
    };
    savePicture("noending", 0);
    QCOMPARE(formatOf(folder.filePath("noending.png")), QByteArray("png"));
    savePicture("drawing", 1);
    QVERIFY(contentOf(folder.filePath("drawing.svg")).contains("<svg"));
    savePicture("photo.jpg", 0);
    QCOMPARE(formatOf(folder.filePath("photo.jpg")), QByteArray("jpeg"));
    saving([&] { shown.plot.saveCsv(); }, {folder.filePath("values")});
    QVERIFY(contentOf(folder.filePath("values.csv")).startsWith("curve,"));
    HeatmapView map;
    map.resize(200, 200);
    saving([&] { map.savePicture(); }, {folder.filePath("plane")});
    QCOMPARE(formatOf(folder.filePath("plane.png")), QByteArray("png"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 5);
}

void CurveSightTest::aFileInTheWayIsAskedAbout() {
    Shown shown;
    QTemporaryDir folder;
    QFile old(folder.filePath("curves.csv"));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    // The dialog sees "curves", which is not there; after the question it comes again.
    QCOMPARE(saving([&] { shown.plot.saveCsv(); }, {folder.filePath("curves"), {}}), 1);
    QCOMPARE(contentOf(old.fileName()), QByteArray("old"));
}

void CurveSightTest::savingReplacesTheOldPictureAsAWhole() {
    QTemporaryDir folder;
    const QString path = folder.filePath("old.png");
    const QString link = folder.filePath("link");
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    std::filesystem::create_hard_link(path.toStdString(), link.toStdString());
    Shown shown;
    QCOMPARE(saving([&] { shown.plot.savePicture(); }, {path}), 0);
    QCOMPARE(formatOf(path), QByteArray("png"));
    QCOMPARE(contentOf(link), QByteArray("old"));  // written beside it, not over it
    QVERIFY(!writePicture(QImage(), path));
    QCOMPARE(formatOf(path), QByteArray("png"));
}

QTEST_MAIN(CurveSightTest)
#include "CurveSightTest.moc"
