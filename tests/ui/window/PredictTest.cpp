// Rows of one's own: typed, drawn, from a picture; the answer is the one of the command line's forward pass.

#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "engine/project/Project.h"
#include "tests/ui/window/DigitsProject.h"
#include "tests/ui/window/Window.h"
#include "ui/document/Examples.h"
#include "ui/views/predict/RowEditor.h"
#include "ui/widgets/DrawPad.h"
#include "ui/window/PredictJoin.h"

using namespace perceptory;
using namespace perceptory::window;
using views::PredictView;

namespace {

constexpr int patience = 60000;

PredictView* ask(MainWindow& window) {
    window.action("predict")->trigger();
    return window.findChild<PredictView*>();
}

void train(MainWindow& window, std::uint64_t epochs) {
    for (std::uint64_t i = window.session().snapshot()->progress.epoch + 1; i <= epochs; ++i) {
        window.session().stepEpoch();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->exact && window.session().snapshot()->progress.epoch == i,
                                 patience);
    }
}

void open(MainWindow& window, const base::Json& project) {
    window.document().open(project, document::examplesFolder(), "test");
    QTRY_VERIFY_WITH_TIMEOUT(
        window.session().snapshot()->revision == window.document().revision() && window.session().snapshot()->dataset,
        patience);
}

base::Json iris() { return project::loadProject((document::examplesFolder() / "iris.perceptory").string()); }

}  // namespace

class PredictTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
    }

    void aRowThatIsTyped() {
        MainWindow window;
        open(window, iris());
        train(window, 20);
        PredictView* view = ask(window);
        QTRY_VERIFY_WITH_TIMEOUT(view->details().contains("setosa: "), patience);
        const QStringList row{"6.3", "3.3", "6.0", "2.5"};
        for (int i = 0; i < 4; ++i)
            view->editor()->findChildren<QLineEdit*>().at(i)->setText(QLocale().toString(row[i].toDouble()));
        QTRY_COMPARE_WITH_TIMEOUT(view->answer(), QString("virginica"), patience);
        const QString before = view->details();
        savePicture(*view, "predict_table.png");
        train(window, 30);  // live
        QTRY_VERIFY_WITH_TIMEOUT(view->details() != before, patience);
        view->editor()->findChildren<QLineEdit*>().front()->clear();
        QTRY_VERIFY_WITH_TIMEOUT(view->details().contains("missing"), patience);
        view->findChild<QSpinBox*>()->setValue(0);
        view->findChild<QSpinBox*>()->setValue(1);
        QTRY_VERIFY_WITH_TIMEOUT(!view->answer().isEmpty(), patience);
    }

    void aDigitThatIsDrawn() {
        MainWindow window;
        open(window, tests::digits());
        train(window, 4);
        PredictView* view = ask(window);
        auto* pad = view->findChild<widgets::DrawPad*>();
        QVERIFY(pad && pad->pixels() == QSize(8, 8));
        // Samples of the data say what the data say of them, nearly always.
        const auto& dataset = *window.session().snapshot()->dataset;
        int right = 0;
        for (int sample = 1; sample <= 10; ++sample) {
            const QString before = view->details();
            view->findChild<QSpinBox*>()->setValue(sample);
            QTRY_VERIFY_WITH_TIMEOUT(view->details() != before, patience);
            const auto label = static_cast<std::size_t>(dataset.labels[static_cast<std::size_t>(sample)]);
            right += view->answer().toStdString() == dataset.classNames[label];
        }
        QVERIFY(right >= 8);
        const std::vector<float> sample = pad->ink();
        QVERIFY(std::ranges::max(sample) > 0.5f);
        view->show();
        QTest::keyClick(pad, Qt::Key_Delete);
        QCOMPARE(std::ranges::max(pad->ink()), 0.0f);
        const QPoint middle = pad->rect().center();
        QTest::mousePress(pad, Qt::LeftButton, {}, middle - QPoint(0, 60));
        QTest::mouseMove(pad, middle + QPoint(0, 60));
        QTest::mouseRelease(pad, Qt::LeftButton, {}, middle + QPoint(0, 60));
        QVERIFY(std::ranges::count_if(pad->ink(), [](float ink) { return ink > 0.5f; }) >= 4);
        QTRY_VERIFY_WITH_TIMEOUT(!view->answer().isEmpty(), patience);
        savePicture(*view, "predict_digit.png");
        const std::vector<float> line = pad->ink();
        QTest::mousePress(pad, Qt::RightButton, {}, middle);
        QVERIFY(pad->ink() != line);
    }

    void aPictureThatIsOpened() {
        MainWindow window;
        open(window, tests::digits());
        PredictView* view = ask(window);
        const QTemporaryDir folder;
        QImage picture(80, 80, QImage::Format_RGB32);
        picture.fill(Qt::black);
        for (int y = 10; y < 70; ++y)
            for (int x = 30; x < 50; ++x) picture.setPixel(x, y, 0xffffffff);
        picture.save(folder.filePath("one.png"));
        view->openPicture(folder.filePath("one.png"));
        const auto* pad = view->findChild<widgets::DrawPad*>();
        QVERIFY(pad->ink()[4 * 8 + 4] > 0.9f && pad->ink()[4 * 8] < 0.1f);
        QTRY_VERIFY_WITH_TIMEOUT(!view->answer().isEmpty(), patience);
        writeFile(folder.filePath("bad.png"), "no picture");
        view->openPicture(folder.filePath("bad.png"));
        bool told = false;
        for (const QLabel* label : view->findChildren<QLabel*>()) told = told || label->text().contains("bad.png");
        QVERIFY(told);
    }

    void nobodyLookingNothingMeasured() {
        MainWindow window;
        open(window, iris());
        PredictView* view = ask(window);
        QTRY_VERIFY_WITH_TIMEOUT(!view->details().isEmpty(), patience);
        QVERIFY(!window.session().snapshot()->probes.empty());
        view->close();
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (const auto& [key, result] : window.session().snapshot()->probes)
                    if (key.starts_with("predict")) return false;
                return true;
            }(),
            patience);
    }

    void numbersThatArePredicted() {
        MainWindow window;
        open(window, project::loadProject((document::examplesFolder() / "sine_surface.perceptory").string()));
        PredictView* view = ask(window);
        QTRY_VERIFY_WITH_TIMEOUT(view->answer().contains(": "), patience);
    }

private:
    static void savePicture(QWidget& widget, const char* name) {
        const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
        QTest::qWait(50);
        if (!folder.isEmpty()) widget.grab().save(folder + '/' + QLatin1String(name));
    }
};

QTEST_MAIN(PredictTest)
#include "PredictTest.moc"
