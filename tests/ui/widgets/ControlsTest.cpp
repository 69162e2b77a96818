// Small controls: numbers typed either way, sliders with one step of undo for a gesture, messages that act.

#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <QtTest>

#include "ui/widgets/ColourLegend.h"
#include "ui/widgets/LabelledSlider.h"
#include "ui/widgets/MessageBar.h"
#include "ui/widgets/SteppedBox.h"
#include "ui/widgets/Theme.h"

using namespace perceptory::widgets;

class ControlsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void rateAcceptsPointAndComma();
    void slidersOfOnePanelLineUp();
    void rateRefusesInWords();
    void rateWalksItsSteps();
    void rateIgnoresTheWheelInPassing();
    void settingARateIsNoWish();
    void sliderTellsOnceForAGesture();
    void sliderByKeyboard();
    void sliderTakesTheNearestValue();
    void messageActsAndCloses();
    void messageIsPlainText();
    void everyMessageIsWhollyReadable();
    void messageNeverKeepsAScrollBarItCanDoWithout();
    void messageWithoutEndScrolls();
    void messageIsCopiedAndClosedByKeys();
    void newMessageReplacesButtons();
    void colourBarShowsItsEnds();
    void classLegendWrapsAndShowsEveryClass();
};

namespace {

void type(SteppedBox& box, const QString& text) {
    box.lineEdit()->selectAll();
    QTest::keyClicks(box.lineEdit(), text);
    QTest::keyClick(box.lineEdit(), Qt::Key_Return);
}

}  // namespace

void ControlsTest::rateAcceptsPointAndComma() {
    SteppedBox box;
    box.setSteps({0.01, 0.03, 0.1});
    box.setValue(0.03);
    QCOMPARE(box.currentText(), QString("0.03"));
    QSignalSpy chosen(&box, &SteppedBox::valueChosen);
    type(box, "0,05");
    QCOMPARE(box.value(), 0.05);
    QCOMPARE(box.currentText(), QString("0.05"));
    type(box, "2e-4");
    QCOMPARE(box.value(), 2e-4);
    type(box, "0.0002");
    QCOMPARE(chosen.count(), 2);  // the same value again is no change
    QCOMPARE(box.count(), 3);     // typing does not add to the list
}

void ControlsTest::rateRefusesInWords() {
    SteppedBox box;
    box.setSteps({0.01, 0.03});
    box.setLimits(0, 10);
    box.setValue(0.03);
    QSignalSpy chosen(&box, &SteppedBox::valueChosen);
    QSignalSpy refused(&box, &SteppedBox::refused);
    type(box, "fast");
    QVERIFY(refused[0][0].toString().contains("“fast” is not a number"));
    type(box, "11");
    QVERIFY(refused[1][0].toString().contains("from 0 to 10"));
    QCOMPARE(box.currentText(), QString("0.03"));
    QCOMPARE(chosen.count(), 0);
}

void ControlsTest::rateWalksItsSteps() {
    SteppedBox box;
    box.setSteps({0.01, 0.03, 0.1});
    box.setValue(0.05);
    QTest::keyClick(&box, Qt::Key_Up);
    QCOMPARE(box.value(), 0.1);
    QTest::keyClick(&box, Qt::Key_Up);
    QCOMPARE(box.value(), 0.1);
    box.setValue(0.05);
    QTest::keyClick(&box, Qt::Key_Down);
    QCOMPARE(box.value(), 0.03);
    QTest::keyClick(&box, Qt::Key_Down);
    QTest::keyClick(&box, Qt::Key_Down);
    QCOMPARE(box.value(), 0.01);
}

void ControlsTest::rateIgnoresTheWheelInPassing() {
    SteppedBox box;
    box.setSteps({0.01, 0.03, 0.1});
    box.setValue(0.03);
    QWheelEvent wheel({5, 5}, box.mapToGlobal(QPointF(5, 5)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&box, &wheel);
    QCOMPARE(box.value(), 0.03);
}

void ControlsTest::settingARateIsNoWish() {
    SteppedBox box;
    QSignalSpy chosen(&box, &SteppedBox::valueChosen);
    box.setSteps({0.01, 0.03});
    box.setValue(0.01);
    box.setValue(0.02);
    QCOMPARE(chosen.count(), 0);
    QCOMPARE(box.currentText(), QString("0.02"));
}

void ControlsTest::sliderTellsOnceForAGesture() {
    LabelledSlider slider("Noise");
    slider.setRange(0, 50, 5);
    slider.setFormat([](double value) { return QString("%1 %").arg(value); });
    QSignalSpy moved(&slider, &LabelledSlider::valueMoved);
    QSignalSpy chosen(&slider, &LabelledSlider::valueChosen);
    auto* bar = slider.findChild<QSlider*>();
    bar->setSliderDown(true);
    for (int i = 1; i <= 4; ++i) {
        bar->setSliderPosition(i);
    }
    QCOMPARE(moved.count(), 4);
    QCOMPARE(chosen.count(), 0);
    bar->setSliderDown(false);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toDouble(), 20.0);
    QCOMPARE(slider.findChildren<QLabel*>().last()->text(), QString("20 %"));
}

void ControlsTest::sliderByKeyboard() {
    LabelledSlider slider("&Train");
    slider.setRange(10, 90, 10);
    slider.setValue(50);
    QSignalSpy chosen(&slider, &LabelledSlider::valueChosen);
    QTest::keyClick(slider.findChild<QSlider*>(), Qt::Key_Right);
    QCOMPARE(slider.value(), 60.0);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(slider.findChild<QSlider*>()->accessibleName(), QString("Train"));
}

void ControlsTest::sliderTakesTheNearestValue() {
    LabelledSlider slider("Smoothing");
    slider.setValues({0, 0.5, 0.9, 0.99, 0.999});
    slider.setValue(0.92);
    QCOMPARE(slider.value(), 0.9);
    slider.setValue(5);
    QCOMPARE(slider.value(), 0.999);
    slider.setRange(0, 1, 0.1);
    slider.setValue(0.3);
    QCOMPARE(slider.value(), 0.3);
}

void ControlsTest::messageActsAndCloses() {
    MessageBar bar;
    QVERIFY(bar.isHidden());
    QSignalSpy dismissed(&bar, &MessageBar::dismissed);
    bar.showMessage(MessageBar::Severity::Error, "The loss became NaN at step 412.");
    int pressed = 0;
    bar.addButton("Continue with half the rate", [&] { ++pressed; });
    QVERIFY(!bar.isHidden());
    QVERIFY(bar.accessibleName().startsWith("Error: The loss"));
    QTest::mouseClick(bar.findChild<QPushButton*>(), Qt::LeftButton);
    QCOMPARE(pressed, 1);
    QVERIFY(bar.isHidden());
    bar.showMessage(MessageBar::Severity::Information, "again");
    QTest::mouseClick(bar.findChild<QToolButton*>(), Qt::LeftButton);
    QVERIFY(bar.isHidden());
    bar.showMessage(MessageBar::Severity::Information, "again");
    QTest::keyClick(&bar, Qt::Key_Escape);
    QVERIFY(bar.isHidden());
    QCOMPARE(dismissed.count(), 3);
}

void ControlsTest::messageIsPlainText() {
    MessageBar bar;
    bar.showMessage(MessageBar::Severity::Warning, "<b>columns.csv</b>");
    for (const QLabel* label : bar.findChildren<QLabel*>()) {
        QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
    }
    QCOMPARE(bar.text(), QString("<b>columns.csv</b>"));
}

void ControlsTest::everyMessageIsWhollyReadable() {
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new MessageBar;
    column->addWidget(bar, 0, Qt::AlignBottom);
    window.resize(600, 400);
    window.show();
    const QString place(QStringLiteral("/home/somebody/") + QString(60, 'x') + "/measured.csv: ");
    auto* shown = bar->findChild<QPlainTextEdit*>();
    for (const QString& text : {QString("short"), QString("first\nsecond"), place + QString("a reason, ").repeated(20)})
        for (const int buttons : {0, 1, 2})
            for (const int width : {600, 420}) {
                window.resize(width, 400);
                bar->showMessage(MessageBar::Severity::Error, text);
                for (int i = 0; i < buttons; ++i) bar->addButton("Continue with half the rate", [] {});
                QTest::qWait(0);
                QCOMPARE(shown->toPlainText(), text);
                QCOMPARE(shown->verticalScrollBar()->maximum(), 0);
                QCOMPARE(window.width(), width);
                QRegion taken;
                for (const QWidget* part : bar->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
                    if (part->isHidden()) continue;
                    QVERIFY2(bar->rect().contains(part->geometry()), part->metaObject()->className());
                    QVERIFY(!taken.intersects(part->geometry()));
                    taken += part->geometry();
                }
            }
}

// Every width, so that there are some at which the text fits only where no scroll bar narrows it.
void ControlsTest::messageNeverKeepsAScrollBarItCanDoWithout() {
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new MessageBar;
    column->addWidget(bar, 0, Qt::AlignBottom);
    window.resize(500, 500);
    window.show();
    auto* shown = bar->findChild<QPlainTextEdit*>();
    const auto isWhole = [&] {
        QTest::qWait(0);
        return shown->verticalScrollBar()->maximum() == 0 && !shown->verticalScrollBar()->isVisible();
    };
    const QString text = "adult_train.csv: " + QString("some words of a long warning, ").repeated(8);
    for (int width = 440; width < 500; ++width) {
        window.resize(width, 500);
        bar->showMessage(MessageBar::Severity::Warning, "short");
        QTest::qWait(0);
        bar->showMessage(MessageBar::Severity::Warning, text);
        QVERIFY2(isWhole(), qPrintable(QString::number(width)));
        QVERIFY(shown->document()->lineCount() >= 3);
        window.resize(width + 37, 500);
        QVERIFY2(isWhole(), qPrintable(QString::number(width)));
        bar->addButton("Mend", [] {});
        QVERIFY2(isWhole(), qPrintable(QString::number(width)));
    }
    window.resize(440, 120);
    QTest::qWait(0);
    QVERIFY(shown->verticalScrollBar()->maximum() > 0);
    window.resize(440, 500);  // the same width, with room again
    QVERIFY(isWhole());
}

void ControlsTest::messageWithoutEndScrolls() {
    QWidget window;
    auto* bar = new MessageBar(&window);
    window.resize(500, 300);
    window.show();
    bar->showMessage(MessageBar::Severity::Error, QString("word ").repeated(2000));
    bar->setGeometry(0, 0, 500, bar->heightForWidth(500));
    QVERIFY(bar->height() <= 200);
    auto* shown = bar->findChild<QPlainTextEdit*>();
    QVERIFY(shown->verticalScrollBar()->maximum() > 0);
    QTest::keyClick(shown, Qt::Key_PageDown);
    QVERIFY(shown->verticalScrollBar()->value() > 0);
}

void ControlsTest::messageIsCopiedAndClosedByKeys() {
    MessageBar bar;
    bar.showMessage(MessageBar::Severity::Error, "cannot open gone.csv");
    bar.addButton("Mend", [] {});
    bar.resize(bar.sizeHint());
    bar.setFocus();
    auto* shown = bar.findChild<QPlainTextEdit*>();
    QTest::keyClick(shown, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(shown, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("cannot open gone.csv"));
    QTest::keyClicks(shown, "typed");
    QCOMPARE(shown->toPlainText(), bar.text());
    QVERIFY(shown->nextInFocusChain() != shown);
    QTest::keyClick(shown, Qt::Key_Escape);
    QVERIFY(bar.isHidden());
}

void ControlsTest::newMessageReplacesButtons() {
    MessageBar bar;
    bar.showMessage(MessageBar::Severity::Warning, "first");
    bar.addButton("Fix first", [&] { bar.showMessage(MessageBar::Severity::Success, "second"); });
    QTest::mouseClick(bar.findChild<QPushButton*>(), Qt::LeftButton);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!bar.isHidden());
    QCOMPARE(bar.text(), QString("second"));
    QVERIFY(bar.findChildren<QPushButton*>().isEmpty());
}

void ControlsTest::colourBarShowsItsEnds() {
    ColourBar bar;
    bar.setRange({-2, 2});
    bar.setMapping("linear");
    bar.resize(200, bar.sizeHint().height());
    const QImage image = bar.grab().toImage();
    const QColor left = image.pixelColor(20, 5);
    const QColor right = image.pixelColor(180, 5);
    QVERIFY(left.red() > left.blue() + 40);
    QVERIFY(right.blue() > right.red() + 40);
    QVERIFY(bar.accessibleDescription().contains("−2 to 2") && bar.accessibleDescription().contains("linear"));
}

void ControlsTest::classLegendWrapsAndShowsEveryClass() {
    ClassLegend legend;
    legend.setClassNames({"setosa", "versicolor", "virginica"});
    QVERIFY(legend.heightForWidth(90) > legend.heightForWidth(600));
    legend.resize(90, legend.heightForWidth(90));
    const QImage image = legend.grab().toImage();
    for (int cls = 0; cls < 3; ++cls) {
        const QColor wanted = Theme::instance().classColour(cls);
        bool found = false;
        for (int y = 0; y < image.height() && !found; ++y) {
            for (int x = 0; x < 16 && !found; ++x) {
                found = image.pixelColor(x, y) == wanted;
            }
        }
        QVERIFY2(found, qPrintable(QString::number(cls)));
    }
}

void ControlsTest::slidersOfOnePanelLineUp() {
    QWidget panel;
    auto* column = new QVBoxLayout(&panel);
    QList<LabelledSlider*> sliders;
    for (const char* name : {"Train", "Noise", "Samples"}) {
        sliders << new LabelledSlider(name);
        sliders.back()->setColumnWidths(60, 44);
        column->addWidget(sliders.back());
    }
    sliders[0]->setFormat([](double value) { return QStringLiteral("%1 %").arg(value); });
    sliders[2]->setValues({20, 500, 10000});
    panel.resize(176, 120);
    panel.show();
    QCoreApplication::processEvents();
    for (const LabelledSlider* slider : sliders) {
        QCOMPARE(slider->findChild<QSlider*>()->x(), sliders[0]->findChild<QSlider*>()->x());
        QCOMPARE(slider->findChild<QSlider*>()->width(), sliders[0]->findChild<QSlider*>()->width());
    }
}

QTEST_MAIN(ControlsTest)
#include "ControlsTest.moc"
