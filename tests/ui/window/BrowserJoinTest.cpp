// Data ▸ Look at the data: the browser of a window that trains. Edits go to the training and come back as other data.

#include <QPointer>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/views/data/DataBrowser.h"
#include "ui/views/data/SampleDetail.h"
#include "ui/window/MainWindow.h"

using namespace perceptory;
using views::DataBrowser;
using window::MainWindow;

namespace {

constexpr int patience = 60000;

bool isUpToDate(MainWindow& window) {
    return window.session().snapshot()->revision == window.document().revision() &&
           window.session().snapshot()->dataset;
}

DataBrowser* openBrowser(MainWindow& window) {
    window.action("browseData")->trigger();
    return window.findChild<DataBrowser*>();
}

}  // namespace

class BrowserJoinTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("perceptory-test");
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    }

    void editsGoToTheTrainingAndComeBack() {
        MainWindow window;
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        DataBrowser* browser = openBrowser(window);
        QVERIFY(browser && browser->isVisible());
        QVERIFY(browser->list().dataset() == window.session().snapshot()->dataset);
        const std::size_t before = browser->list().dataset()->count;
        browser->list().choose({3, 7}, 3);
        browser->detail().leaveOut();
        QTRY_COMPARE_WITH_TIMEOUT(browser->list().dataset()->count, before - 2, patience);
        QCOMPARE(browser->list().dataset()->sourceRow(*browser->list().current()), 4u);
        window.document().undoStack().undo();
        QTRY_COMPARE_WITH_TIMEOUT(browser->list().dataset()->count, before, patience);
    }

    void otherDataTakeTheirPlaceWhileItTrains() {
        MainWindow window;
        window.show();
        DataBrowser* browser = openBrowser(window);
        QTRY_VERIFY_WITH_TIMEOUT(browser->waitText().isEmpty(), patience);
        QVERIFY(browser->table() && !browser->grid());
        window.action("play")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isRunning(), patience);
        document::chooseDataset(window.document(), "digits");
        QTRY_VERIFY_WITH_TIMEOUT(browser->list().dataset()->classes() == 10, patience);
        QVERIFY(browser->grid() && !browser->table());
        QCOMPARE(browser->list().rows().size(), std::size_t{1797});
    }

    void theOpenOneComesToTheFront() {
        MainWindow window;
        window.show();
        DataBrowser* browser = openBrowser(window);
        QCOMPARE(openBrowser(window), browser);
        QCOMPARE(window.findChildren<DataBrowser*>().size(), 1);
        browser->close();
        window.action("browseData")->trigger();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QTRY_COMPARE(window.findChildren<DataBrowser*>().size(), 1);
        QVERIFY(window.findChild<DataBrowser*>()->isVisible());
    }

    void theWindowMayGoFirst() {
        auto window = std::make_unique<MainWindow>();
        window->show();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(*window), patience);
        const QPointer<DataBrowser> browser = openBrowser(*window);
        QVERIFY(browser);
        window.reset();
        QVERIFY(!browser);
    }

private:
    QTemporaryDir m_settings;
};

QTEST_MAIN(BrowserJoinTest)
#include "BrowserJoinTest.moc"
