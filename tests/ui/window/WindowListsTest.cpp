// The window's lists: all problems, and all keys.

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/PreparationCommands.h"
#include "ui/views/playground/NetworkPicture.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/KeysDialog.h"
#include "ui/window/MainWindow.h"
#include "ui/window/ProblemList.h"
#include "ui/window/RemedyButtons.h"
#include "ui/window/StatusLine.h"

using namespace perceptory;
using namespace perceptory::window;

namespace {

constexpr int patience = 60000;

bool isUpToDate(MainWindow& window) {
    return window.session().snapshot()->revision == window.document().revision() &&
           window.session().snapshot()->dataset;
}

void makeProblems(MainWindow& window) {
    window.document().edit("faults", [](base::Json& project) {
        project["training"]["batch_size"] = 0;
        project["network"]["nodes"][1]["learning_rate_factor"] = "much";
    });
}

QString cell(const QTableWidget& table, int row, int column) { return table.item(row, column)->text(); }

int rowOf(const QTableWidget& table, const QString& place) {
    for (int row = 0; row < table.rowCount(); ++row)
        if (cell(table, row, 1) == place) return row;
    return -1;
}

// What the table says for a key; empty where it is not there.
QString saidOf(const QTreeWidget& table, const QString& key) {
    for (const QTreeWidgetItem* item : const_cast<QTreeWidget&>(table).findItems(key, Qt::MatchRecursive, 1))
        return item->text(0);
    return {};
}

}  // namespace

class WindowListsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("perceptory-test");
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    }

    void init() { QSettings().clear(); }

    void theNumberOfProblemsOpensTheirList() {
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QToolButton* button = window.statusLine().problemsButton();
        QCOMPARE(button->text(), QString("No problems"));
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
        makeProblems(window);
        QTRY_VERIFY_WITH_TIMEOUT(button->text() == "Problems: 2", patience);
        QTRY_VERIFY2_WITH_TIMEOUT(window.messageBar().text().contains("Batch: 0 is not possible here."),
                                  qPrintable(window.messageBar().text()), patience);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        auto* list = window.findChild<ProblemList*>();
        QVERIFY(list && list->isVisible());
        QTableWidget& table = *list->table();
        QCOMPARE(table.rowCount(), 2);
        const int batch = rowOf(table, "Batch"), layer = rowOf(table, "layer 1");
        QVERIFY(batch >= 0 && layer >= 0);
        for (const int row : {batch, layer}) {
            QCOMPARE(cell(table, row, 0), QString("Error"));
            QVERIFY(!cell(table, row, 2).isEmpty());
            QVERIFY(!cell(table, row, 3).isEmpty());
        }
        for (QPushButton* press : list->findChildren<QPushButton*>())
            if (press->text() == "&Copy all") press->click();
        QCOMPARE(QGuiApplication::clipboard()->text().count('\n'), 1);
        QVERIFY(QGuiApplication::clipboard()->text().contains(cell(table, layer, 3)));
    }

    void aProblemLeadsToItsPlace() {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        makeProblems(window);
        for (const char* place : {"Batch", "layer 1"}) {
            window.action("problems")->trigger();
            auto* list = window.findChild<ProblemList*>();
            QVERIFY(list);
            list->table()->selectRow(rowOf(*list->table(), place));
            QTest::keyClick(list->table(), Qt::Key_Return);
            QTRY_VERIFY(!window.findChild<ProblemList*>());
            QWidget* focus = window.focusWidget();
            QVERIFY(focus);
            if (QString(place) == "Batch")
                QCOMPARE(focus->accessibleName(), QString("Batch"));
            else
                QVERIFY(qobject_cast<views::NetworkPicture*>(focus));
        }
    }

    void aProblemOfThePreparationOpensItsWindow() {
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        document::addStep(window.document(), document::StepList::Augmentation, "flip");  // points are no images
        window.action("problems")->trigger();
        auto* list = window.findChild<ProblemList*>();
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(*list->table(), "Prepare and augment") >= 0, patience);
        QVERIFY(!window.findChild<QDialog*>("preparation"));
        list->table()->selectRow(rowOf(*list->table(), "Prepare and augment"));
        QTest::keyClick(list->table(), Qt::Key_Return);
        QTRY_VERIFY(window.findChild<QDialog*>("preparation"));
    }

    void theListFollowsTheProject() {
        MainWindow window;
        makeProblems(window);
        window.action("problems")->trigger();
        auto* list = window.findChild<ProblemList*>();
        QTRY_COMPARE_WITH_TIMEOUT(list->table()->rowCount(), 2, patience);
        window.document().undoStack().undo();
        QTRY_COMPARE_WITH_TIMEOUT(list->table()->rowCount(), 0, patience);
        QVERIFY(list->findChild<QLabel*>()->text().contains("no problems"));
        for (const QPushButton* button : list->findChildren<QPushButton*>())
            QCOMPARE(button->isEnabled(), button->text().contains("Close"));
    }

    void aRemedyBelowTheListMendsTheMarkedProblem() {
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        const base::Json sound = window.document().json();
        makeProblems(window);
        window.action("problems")->trigger();
        auto* list = window.findChild<ProblemList*>();
        QTRY_COMPARE_WITH_TIMEOUT(list->table()->rowCount(), 2, patience);
        list->table()->selectRow(rowOf(*list->table(), "Batch"));
        QCOMPARE(list->remedies()->buttons().size(), 1u);
        QPushButton* button = list->remedies()->buttons()[0];
        QCOMPARE(button->text(), QString("Set the batch size to 10"));
        QVERIFY(button->isVisible() && (button->focusPolicy() & Qt::TabFocus));
        list->table()->setFocus();
        QTest::keyClick(list->table(), Qt::Key_Tab);
        QCOMPARE(list->focusWidget(), button);
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(window.document().undoStack().undoText(), QString("Set the batch size to 10"));
        QTRY_COMPARE_WITH_TIMEOUT(list->table()->rowCount(), 1, patience);
        QVERIFY(list->table()->hasFocus() || !list->isActiveWindow());
        QCOMPARE(list->table()->currentRow(), 0);
        QCOMPARE(list->remedies()->buttons().size(), 1u);
        list->remedies()->buttons()[0]->click();
        QTRY_COMPARE_WITH_TIMEOUT(list->table()->rowCount(), 0, patience);
        QVERIFY(!list->remedies()->isVisible());
        window.document().undoStack().setIndex(0);
        QCOMPARE(window.document().json(), sound);
    }

    // The training refuses first and hands over the data then.
    void remediesComeWithTheData() {
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        const base::Json project = base::Json::parse(R"j({"format": "perceptory-project", "format_version": 1,
            "data": {"source": "dataset", "id": "digits"},
            "network": {"nodes": [{"id": "in", "type": "input", "shape": [8, 8, 1]},
                                  {"id": "out", "type": "dense", "inputs": ["in"], "parameters": {"units": 10}}]},
            "training": {"loss": "softmax_cross_entropy", "batch_size": 0}})j");
        window.document().open(project, {}, "test");
        window.action("problems")->trigger();
        auto* list = window.findChild<ProblemList*>();
        list->remedies()->buttons().at(0)->click();  // the batch size; now the data are read
        QTRY_VERIFY_WITH_TIMEOUT(window.session().dataset(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(list->table()->rowCount(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!list->remedies()->buttons().empty(), 2000);
        QCOMPARE(list->remedies()->buttons()[0]->accessibleName(), QString("Insert a flatten layer before out"));
    }

    void everyKeyStandsInTheTable() {
        MainWindow window;
        window.show();
        window.action("shortcuts")->trigger();
        auto* dialog = window.findChild<KeysDialog*>();
        QVERIFY(dialog);
        const QTreeWidget& table = *dialog->table();
        int keys = 0;
        for (const QAction* action : window.findChildren<QAction*>()) {
            if (action->shortcut().isEmpty()) continue;
            const QString key = action->shortcut().toString(QKeySequence::NativeText);
            QVERIFY2(!saidOf(table, key).isEmpty(), qPrintable(key));
            ++keys;
        }
        QVERIFY(keys > 20);
        QCOMPARE(saidOf(table, "F5"), QString("Play"));
        QCOMPARE(saidOf(table, "Ctrl+Z"), QString("Undo the last change"));
        QCOMPARE(saidOf(table, "Alt+L"), QString("Learning rate"));
        QCOMPARE(saidOf(table, "Alt+R"), QString("Regularization rate"));
        QCOMPARE(saidOf(table, "Click a line"), QString("Set the weight"));
        QCOMPARE(saidOf(table, "Drag with a brush").left(5), QString("Paint"));
        QCOMPARE(saidOf(table, "Double click"), QString("Show everything"));
    }

    void everyUnderlinedLetterStandsForOneThing() {
        MainWindow window;
        std::map<QString, QString> letters;
        std::vector<widgets::GestureGroup> groups = menuKeys(*window.menuBar());
        for (const widgets::GestureGroup& group : groups) {
            if (group.gestures.empty() || !group.gestures.front().how.startsWith("Alt+")) continue;
            QVERIFY2(letters.emplace(group.gestures.front().how, group.where).second, qPrintable(group.where));
        }
        for (const widgets::Gesture& gesture : fieldKeys(*window.centralWidget()).gestures) {
            const auto [known, isNew] = letters.emplace(gesture.how, gesture.what);
            QVERIFY2(isNew, qPrintable(gesture.how + ": " + gesture.what + " and " + known->second));
        }
    }

    void keysAreSearched() {
        MainWindow window;
        window.action("shortcuts")->trigger();
        auto* dialog = window.findChild<KeysDialog*>();
        const auto shown = [&] {
            int rows = 0;
            for (int i = 0; i < dialog->table()->topLevelItemCount(); ++i)
                for (int j = 0; j < dialog->table()->topLevelItem(i)->childCount(); ++j)
                    rows += !dialog->table()->topLevelItem(i)->isHidden() &&
                            !dialog->table()->topLevelItem(i)->child(j)->isHidden();
            return rows;
        };
        const int all = shown();
        QTest::keyClicks(dialog->searchField(), "undo the last");
        QCOMPARE(shown(), 1);
        dialog->searchField()->setText("curves");
        QVERIFY(shown() > 10 && shown() < all);
        dialog->searchField()->clear();
        QCOMPARE(shown(), all);
    }

    void theMessageIsReachedAndClosedByKeys() {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QVERIFY(!window.action("message")->isEnabled());
        window.messageBar().showMessage(widgets::MessageBar::Severity::Error, "It does not fit. Make it smaller.");
        window.messageBar().addButton("Mend", [] {});
        QTest::keyClick(&window, Qt::Key_M, Qt::ControlModifier);
        auto* text = window.messageBar().findChild<QPlainTextEdit*>();
        QVERIFY(text->hasFocus());
        QTest::keyClick(text, Qt::Key_Tab);
        QVERIFY(window.messageBar().findChild<QPushButton*>()->hasFocus());
        auto* picture = window.findChild<views::NetworkPicture*>();
        picture->setFocus();
        QTest::keyClick(picture, Qt::Key_Escape);
        QVERIFY(!window.messageBar().isVisible());
        QVERIFY(!window.action("message")->isEnabled());
    }

private:
    QTemporaryDir m_settings;
};

QTEST_MAIN(WindowListsTest)
#include "WindowListsTest.moc"
