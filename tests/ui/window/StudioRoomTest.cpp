// What shares the room of the Studio, and gestures of its panels.

#include <QAction>
#include <QDockWidget>
#include <QSettings>
#include <QSlider>
#include <QStandardPaths>
#include <QStyleOptionSlider>
#include <QTest>
#include <set>

#include "tests/ui/window/DigitsProject.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/LayerInspector.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Studio.h"

using namespace perceptory;
using namespace perceptory::window;
using base::Json;
using tests::digits;

class StudioRoomTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
    }

    void dragOfASliderIsOneStep() {
        MainWindow window;
        window.show();
        Json project = digits();
        project["network"]["nodes"][2]["type"] = "dropout";
        window.document().open(project, ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        const std::string dropout = window.document().spec().network.nodes[2].id;
        studio->scene()->choose({dropout});
        studio->findChild<QDockWidget*>("layer")->raise();
        QTest::qWait(50);
        QSlider* slider = nullptr;
        for (auto* each : studio->inspector()->findChildren<QSlider*>())
            if (each->isVisible() && each->accessibleName().startsWith("Rate")) slider = each;
        QVERIFY(slider);
        const auto rate = [&] { return window.document().spec().network.nodes[2].parameters.value("rate", 0.5); };
        const int before = slider->value(), middle = slider->height() / 2;
        QStyleOptionSlider option;
        option.initFrom(slider);
        option.minimum = slider->minimum();
        option.maximum = slider->maximum();
        option.sliderPosition = slider->sliderPosition();
        const QRect handle =
            slider->style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, slider);
        QTest::mousePress(slider, Qt::LeftButton, {}, handle.center());
        std::set<double> rates;
        for (int x = handle.center().x(); x > handle.center().x() / 2; x -= 2) {
            QTest::mouseMove(slider, {x, middle});
            rates.insert(rate());
        }
        QTest::mouseRelease(slider, Qt::LeftButton, {}, {handle.center().x() / 2, middle});
        QVERIFY(rates.size() > 3 && slider->value() < before && rate() < 0.5);
        QCOMPARE(window.document().undoStack().count(), 1);
        window.document().undoStack().undo();
        QCOMPARE(rate(), 0.5);
        QCOMPARE(slider->value(), before);
    }

    void newsLieOverTheCanvas() {
        MainWindow window;
        window.resize(1024, 640);
        window.show();
        window.document().open(digits(), ".", "digits");
        window.action("studio")->trigger();
        auto* bar = window.findChild<widgets::MessageBar*>();
        auto* studio = window.findChild<Studio*>();
        auto* panel = studio->findChild<QDockWidget*>("layer");
        for (const int width : {260, 420}) {
            studio->resizeDocks({panel}, {width}, Qt::Horizontal);
            bar->showMessage(widgets::MessageBar::Severity::Error,
                             "A sentence of some length that says what is wrong.");
            const auto place = [&](const QWidget* widget) {
                return QRect(widget->mapTo(&window, QPoint()), widget->size());
            };
            QTRY_VERIFY(place(studio->centralWidget()).contains(place(bar)));
            QVERIFY(!place(panel).intersects(place(bar)));
        }
        QCOMPARE(window.size(), QSize(1024, 640));
        window.resize(1000, 620);
        QTRY_COMPARE(window.size(), QSize(1000, 620));
    }

    void workspacesDoNotChangeTheSizeOfTheWindow() {
        MainWindow window;
        window.resize(1366, 768);
        window.show();
        window.document().open(digits(), ".", "digits");
        for (const char* workspace : {"studio", "playground", "studio", "playground"}) {
            window.action(workspace)->trigger();
            QTest::qWait(50);
            QCOMPARE(window.size(), QSize(1366, 768));
        }
    }
};

QTEST_MAIN(StudioRoomTest)
#include "StudioRoomTest.moc"
