// Data that take their time: what the status line says meanwhile, giving them up, and having them read again.

#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "ui/document/Examples.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/MainWindow.h"
#include "ui/window/StatusLine.h"

using namespace perceptory;
using namespace perceptory::window;

namespace {
constexpr int patience = 120000, manyRows = 300'000;
}

class LoadingTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        std::string text = "a,b,c,d,kind\n";
        for (int i = 0; i < manyRows; ++i) {
            const std::string number = std::to_string(i * 7919LL % 100'003);
            text += number + ".5," + number + ".25,1." + number + ",0." + number + (i % 2 ? ",x\n" : ",y\n");
        }
        std::ofstream(m_folder.filePath("slow.csv").toStdString(), std::ios::binary) << text;
    }

    void slowDataCanBeStoppedAndReadAgain() {
        MainWindow window;
        window.show();
        StatusLine& line = window.statusLine();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->dataset, patience);
        QVERIFY(!line.stopButton()->isVisible());
        base::Json project = document::defaultProject();
        project["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"path", "slow.csv"}};
        window.document().open(project, m_folder.path().toStdString(), "slow");
        QTRY_VERIFY_WITH_TIMEOUT(line.stopButton()->isVisible(), patience);
        QVERIFY2(QRegularExpression("^Reading data \\d+ %$").match(line.stateText()).hasMatch(),
                 qPrintable(line.stateText()));
        QVERIFY(window.session().loadingShare());
        QTRY_COMPARE_WITH_TIMEOUT(line.problemsText(), QString("Checking"), patience);

        QTest::mouseClick(line.stopButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!line.stopButton()->isVisible(), 10000);
        QTRY_VERIFY_WITH_TIMEOUT(window.messageBar().text().contains("was stopped"), patience);
        QVERIFY2(window.messageBar().text().contains("Press Play"), qPrintable(window.messageBar().text()));
        QVERIFY(!window.session().loadingShare());

        window.session().play();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().loadingShare(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->progress.step > 0, patience);
        QCOMPARE(window.session().snapshot()->dataset->count, std::size_t(manyRows));
        QTRY_VERIFY_WITH_TIMEOUT(!line.stopButton()->isVisible(), patience);  // the next tick shows it
        QTRY_COMPARE_WITH_TIMEOUT(line.stateText(), QString("Training"), patience);
        QVERIFY2(line.problemsText() != "Checking", qPrintable(line.problemsText()));
        window.session().pause();
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(LoadingTest)
#include "LoadingTest.moc"
