// The first hour with the program, walked on a real window system: start, Play, another rate, one more layer, the
// spiral, painted points, pause, a step, save, open again, the same picture. Once by mouse, once by keyboard alone.

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>
#include <map>
#include <memory>

#include "tests/app/journeys/Hands.h"
#include "ui/widgets/HeatmapView.h"
#include "ui/window/MainWindow.h"

using namespace perceptory;
using namespace perceptory::tests;
using window::MainWindow;

namespace {

constexpr int patience = 60000;

bool isUpToDate(MainWindow& window) {
    return window.session().snapshot()->revision == window.document().revision() &&
           window.session().snapshot()->dataset;
}

auto epochOf(MainWindow& window) { return window.session().snapshot()->progress.epoch; }
auto layersOf(MainWindow& window) { return window.document().json()["network"]["nodes"].size(); }
auto pointsOf(MainWindow& window) { return window.document().spec().data.points.size(); }

widgets::HeatmapView* mapOf(MainWindow& window) { return window.findChild<widgets::HeatmapView*>(); }

QPoint onMap(MainWindow& window, double right, double down) {
    widgets::HeatmapView* map = mapOf(window);
    return map->mapToGlobal(QPoint(int(map->width() * right), int(map->height() * down)));
}

// The map without what the mouse and the keyboard draw over it.
QImage pictureOf(MainWindow& window) {
    moveTo(window.mapToGlobal(QPoint(window.width() / 2, window.height() - 4)));
    if (QWidget* focus = QApplication::focusWidget()) focus->clearFocus();
    QTest::qWait(1000);
    return mapOf(window)->grab().toImage();
}

}  // namespace

class JourneyTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("perceptory-test");
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    }

    void init() {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_window->showMaximized();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(*m_window), patience);
    }

    void cleanup() {
        if (QTest::currentTestFailed()) m_window->screen()->grabWindow(0).save(QDir::temp().filePath("journey.png"));
        m_window.reset();
    }

    void everyKeyLeadsToOnePlace() {
        std::map<QChar, QStringList> taken;
        const auto take = [&taken](const QString& text) {
            const QKeySequence key = QKeySequence::mnemonic(text);
            if (!key.isEmpty()) taken[QChar(key[0].key())] += text;
        };
        for (const QAction* menu : m_window->menuBar()->actions()) take(menu->text());
        for (const QLabel* label : m_window->findChildren<QLabel*>())
            if (label->isVisible() && label->buddy()) take(label->text());
        for (const QAbstractButton* button : m_window->findChildren<QAbstractButton*>())
            if (button->isVisible()) take(button->text());
        QVERIFY(taken.size() >= 7);
        for (const auto& [key, texts] : taken)
            QVERIFY2(texts.size() == 1, qPrintable("Alt+" + QString(key) + ": " + texts.join(", ")));
    }

    void fitsOnTheScreen() {
        const QRect screen = m_window->screen()->geometry();
        QVERIFY2(
            screen.contains(m_window->frameGeometry()),
            qPrintable(
                QString("%1 × %2").arg(m_window->frameGeometry().width()).arg(m_window->frameGeometry().height())));
    }

    void byMouse() {
        MainWindow& window = *m_window;
        clickOn(named(window, "Play"));
        QTRY_VERIFY_WITH_TIMEOUT(epochOf(window) > 5, patience);

        auto* rate = qobject_cast<QComboBox*>(named(window, "Learning rate"));
        QVERIFY(rate);
        clickAt(rate->mapToGlobal(QPoint(rate->width() - 8, rate->height() / 2)));
        QTRY_VERIFY_WITH_TIMEOUT(rate->view()->isVisible(), patience);
        const QModelIndex choice = rate->model()->index(rate->findText("0.1"), 0);
        clickAt(rate->view()->viewport()->mapToGlobal(rate->view()->visualRect(choice).center()));
        QTRY_COMPARE_WITH_TIMEOUT(rateOf(window), 0.1, patience);

        const auto layers = layersOf(window);
        clickOn(named(window, "Add a hidden layer"));
        QTRY_VERIFY_WITH_TIMEOUT(layersOf(window) > layers, patience);

        clickOn(named(window, "Spiral"));
        QTRY_COMPARE_WITH_TIMEOUT(window.document().spec().data.id, std::string("spiral"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);

        clickOn(named(window, "Paint points of class 0"));
        clickAt(onMap(window, 0.3, 0.85));
        QTRY_VERIFY_WITH_TIMEOUT(pointsOf(window) > 100, patience);
        const auto points = pointsOf(window);
        dragAlong(
            {onMap(window, 0.3, 0.2), onMap(window, 0.45, 0.2), onMap(window, 0.6, 0.2), onMap(window, 0.8, 0.25)});
        QTRY_VERIFY_WITH_TIMEOUT(pointsOf(window) >= points + 3, patience);
        const int steps = window.document().undoStack().index();
        press("ctrl+z");
        QTRY_COMPARE_WITH_TIMEOUT(pointsOf(window), points, patience);
        QCOMPARE(window.document().undoStack().index(), steps - 1);

        clickOn(named(window, "Pause"));
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().isRunning() && isUpToDate(window), patience);
        stepsOneEpoch([&] { clickOn(named(window, "Step one epoch")); });

        const QString path = m_folder.filePath("mouse.perceptory");
        answerFileDialog(path);
        QMenuBar* bar = window.menuBar();
        QMenu* file = bar->actions().front()->menu();
        clickAt(bar->mapToGlobal(bar->actionGeometry(bar->actions().front()).center()));
        QTRY_VERIFY_WITH_TIMEOUT(file->isVisible(), patience);
        clickAt(file->mapToGlobal(file->actionGeometry(window.action("save")).center()));
        showsTheSameOpenedAgain(path);
    }

    void byKeyboard() {
        MainWindow& window = *m_window;
        press("F5");
        QTRY_VERIFY_WITH_TIMEOUT(epochOf(window) > 5, patience);

        press("alt+l");
        press("ctrl+a");
        type("0.1");
        press("Return");
        QTRY_COMPARE_WITH_TIMEOUT(rateOf(window), 0.1, patience);

        const auto layers = layersOf(window);
        press("alt+Insert");
        QTRY_VERIFY_WITH_TIMEOUT(layersOf(window) > layers, patience);

        chooseInMenu("alt+d", "data.spiral");
        QTRY_COMPARE_WITH_TIMEOUT(window.document().spec().data.id, std::string("spiral"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);

        QVERIFY(tabTo("Paint points of class 1"));
        press("space");
        QVERIFY(tabTo(mapOf(window)->accessibleName()));
        for (const char* key : {"Left", "Up", "Up", "Return"}) press(key);
        QTRY_VERIFY_WITH_TIMEOUT(pointsOf(window) > 100, patience);

        press("shift+F5");
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().isRunning() && isUpToDate(window), patience);
        stepsOneEpoch([] { press("shift+F7"); });

        const QString path = m_folder.filePath("keyboard.perceptory");
        answerFileDialog(path);
        press("ctrl+s");
        showsTheSameOpenedAgain(path);
    }

private:
    static double rateOf(MainWindow& window) {
        return window.document().json()["training"]["optimizer"]["parameters"].value("learning_rate", 0.0);
    }

    template <typename Step>
    void stepsOneEpoch(Step step) {
        const auto before = epochOf(*m_window);
        step();
        QTRY_COMPARE_WITH_TIMEOUT(epochOf(*m_window), before + 1, patience);
        QVERIFY(!m_window->session().isRunning());
    }

    // Walks down the opened menu until the wanted line is lit.
    void chooseInMenu(const QString& key, const QString& action) {
        press(key);
        QAction* wanted = m_window->action(action);
        QVERIFY(wanted);
        QTRY_VERIFY_WITH_TIMEOUT(qobject_cast<QMenu*>(QApplication::activePopupWidget()), patience);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        for (int i = 0; i < 40 && menu->activeAction() != wanted; ++i) press("Down");
        QCOMPARE(menu->activeAction(), wanted);
        press("Return");
    }

    bool tabTo(const QString& name) {
        for (int i = 0; i < 120; ++i) {
            if (QApplication::focusWidget() && QApplication::focusWidget()->accessibleName() == name) return true;
            press("Tab");
        }
        return false;
    }

    void showsTheSameOpenedAgain(const QString& path) {
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) && !m_window->document().isModified(), patience);
        const QImage before = pictureOf(*m_window);
        const auto epoch = epochOf(*m_window);
        m_window = std::make_unique<MainWindow>();
        m_window->showMaximized();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
        m_window->openFile(path);
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(*m_window) && epochOf(*m_window) == epoch, patience);
        QCOMPARE(pictureOf(*m_window), before);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(JourneyTest)
#include "JourneyTest.moc"
