// A file that changes or disappears between two openings: the project opens, says what is missing, lets the user point
// to it, and nothing that was trained is lost on the way.

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "engine/project/DataSums.h"
#include "engine/project/Project.h"
#include "tests/ui/support/Tables.h"
#include "tests/ui/window/Window.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/widgets/HeatmapView.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/FileDesk.h"

using namespace perceptory;
using namespace perceptory::window;
using tests::table;
using widgets::MessageBar;

namespace {

constexpr int patience = 60000;

bool hasRows(MainWindow& window, std::size_t rows) {
    const auto& snapshot = window.session().snapshot();
    return snapshot->revision == window.document().revision() && snapshot->dataset && snapshot->dataset->count == rows;
}

QPushButton* buttonOf(MessageBar& bar, const QString& text) {
    for (QPushButton* button : bar.findChildren<QPushButton*>())
        if (button->text() == text && !button->isHidden()) return button;
    return nullptr;
}

void save(MainWindow& window, const QString& path) {
    QSignalSpy opened(&window.files(), &FileDesk::opened);
    window.files().saveTo(path);
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patience);
}

}  // namespace

class MissingDataTest : public QObject {
    Q_OBJECT

    QString path(const QString& name) const { return m_folder->filePath(name); }

    // "home/p.perceptory" on the 30 rows of "home/t.csv", trained for an epoch; its weights.
    std::vector<float> makeProject() {
        MainWindow window;
        document::openTable(window.document(), {.path = path("home/t.csv")});
        if (!QTest::qWaitFor([&] { return hasRows(window, 30); }, patience)) return {};
        window.session().stepEpoch();
        const auto trained = [&] {
            const auto& snapshot = window.session().snapshot();
            return snapshot->progress.epoch == 1 && snapshot->exact;
        };
        if (!QTest::qWaitFor(trained, patience)) return {};
        save(window, path("home/p.perceptory"));
        return window.session().snapshot()->weights;
    }

    // The question where the file is, answered.
    void answer(MainWindow& window, const QString& chosen) {
        QTRY_VERIFY_WITH_TIMEOUT(buttonOf(window.messageBar(), "Find it…"), patience);
        buttonOf(window.messageBar(), "Find it…")->click();
        auto* dialog = window.findChild<QFileDialog*>("findData");
        QVERIFY(dialog);
        QVERIFY(dialog->windowTitle().contains("t.csv"));
        QCOMPARE(QFileInfo(dialog->directory().path()).canonicalFilePath(),
                 QFileInfo(path("home")).canonicalFilePath());
        QVERIFY(dialog->nameFilters().front().contains("(t.csv)"));
        if (chosen.isEmpty()) return dialog->reject();
        dialog->selectFile(chosen);
        QMetaObject::invokeMethod(dialog, "accept");
    }

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("perceptory-test");
        QStandardPaths::setTestModeEnabled(true);
    }

    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->path());
        QSettings().clear();
        QVERIFY(QDir(m_folder->path()).mkpath("home"));
        QVERIFY(QDir(m_folder->path()).mkpath("away"));
        writeFile(path("home/t.csv"), table(30));
    }

    void aFileThatIsGoneIsNamedAndFoundAndTheWeightsAreThere() {
        const std::vector<float> weights = makeProject();
        QVERIFY(!weights.empty());
        QVERIFY(QFile::rename(path("home/t.csv"), path("away/t.csv")));
        MainWindow window;
        window.show();
        window.files().open(path("home/p.perceptory"));
        const MessageBar& bar = window.messageBar();
        QTRY_VERIFY2_WITH_TIMEOUT(bar.text().contains("there is no file t.csv in " + path("home")),
                                  qPrintable(bar.text()), patience);
        QVERIFY(bar.severity() == MessageBar::Severity::Error);
        QCOMPARE(window.document().title(), QString("p"));
        const auto* map = named<widgets::HeatmapView>(window, "What the network says over the plane");
        QTRY_COMPARE_WITH_TIMEOUT(map->caption(), QString("Nothing to show"), patience);
        QVERIFY(!named<QPushButton>(window, "Play")->isEnabled());
        answer(window, {});  // who thinks better of it is asked again
        answer(window, path("away/t.csv"));
        QTRY_VERIFY_WITH_TIMEOUT(hasRows(window, 30), patience);
        QVERIFY2(!bar.isVisible(), qPrintable(bar.text()));
        QCOMPARE(window.document().spec().data.path, path("away/t.csv").toStdString());
        QCOMPARE(window.document().undoStack().count(), 1);
        QVERIFY(window.session().snapshot()->weights == weights);
        QCOMPARE(window.session().snapshot()->progress.epoch, 1U);
        window.document().undoStack().undo();
        QTRY_VERIFY_WITH_TIMEOUT(bar.isVisible() && bar.text().contains("t.csv"), patience);
    }

    void savingWhileItIsGoneKeepsTheWeights() {
        const std::vector<float> weights = makeProject();
        const base::Json before = project::loadProject(path("home/p.perceptory").toStdString());
        QVERIFY(QFile::rename(path("home/t.csv"), path("away/t.csv")));
        {
            MainWindow window;
            window.show();
            window.files().open(path("home/p.perceptory"));
            QTRY_VERIFY_WITH_TIMEOUT(buttonOf(window.messageBar(), "Find it…"), patience);
            save(window, path("home/p.perceptory"));
        }
        const base::Json after = project::loadProject(path("home/p.perceptory").toStdString());
        QVERIFY(after.contains("weights"));
        QCOMPARE(after["weights"].dump(), before["weights"].dump());
        QCOMPARE(after["data"]["sha256"].dump(), before["data"]["sha256"].dump());
        QVERIFY(QFile::rename(path("away/t.csv"), path("home/t.csv")));
        MainWindow window;
        window.files().open(path("home/p.perceptory"));
        QTRY_VERIFY_WITH_TIMEOUT(hasRows(window, 30) && window.session().snapshot()->weights == weights, patience);
    }

    void aFileThatHasChangedIsToldOnceWithItsSums() {
        QVERIFY(!makeProject().empty());
        const QString was = QString::fromStdString(project::dataSum(path("home/t.csv").toStdString()));
        writeFile(path("home/t.csv"), table(40));
        const QString now = QString::fromStdString(project::dataSum(path("home/t.csv").toStdString()));
        auto first = std::make_unique<MainWindow>();
        MainWindow& window = *first;
        window.show();
        window.files().open(path("home/p.perceptory"));
        const MessageBar& bar = window.messageBar();
        QTRY_VERIFY_WITH_TIMEOUT(hasRows(window, 40), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(bar.isVisible() && bar.text().contains("t.csv has changed since"),
                                  qPrintable(bar.text()), patience);
        QVERIFY(bar.severity() == MessageBar::Severity::Warning);
        QVERIFY2(bar.text().contains(was) && bar.text().contains(now), qPrintable(bar.text()));
        window.messageBar().dismiss();
        window.document().setValue("data.seed", "7", "seed");
        QTRY_VERIFY_WITH_TIMEOUT(hasRows(window, 40), patience);
        QTest::qWait(100);
        QVERIFY2(!bar.isVisible(), qPrintable(bar.text()));
        save(window, path("home/p.perceptory"));
        first.reset();  // a file is open in one window
        MainWindow again;
        again.show();
        again.files().open(path("home/p.perceptory"));
        QTRY_VERIFY_WITH_TIMEOUT(hasRows(again, 40), patience);
        QTest::qWait(100);
        QVERIFY2(!again.messageBar().text().contains("changed"), qPrintable(again.messageBar().text()));
    }

    void anotherFileInItsPlaceIsTold() {
        QVERIFY(!makeProject().empty());
        QVERIFY(QFile::remove(path("home/t.csv")));
        writeFile(path("away/other.csv"), table(40));
        MainWindow window;
        window.show();
        window.files().open(path("home/p.perceptory"));
        answer(window, path("away/other.csv"));
        QTRY_VERIFY_WITH_TIMEOUT(hasRows(window, 40), patience);
        const MessageBar& bar = window.messageBar();
        QTRY_VERIFY2_WITH_TIMEOUT(bar.isVisible() && bar.text().contains("other.csv has changed since"),
                                  qPrintable(bar.text()), patience);
    }

    // A save keeps the sum of what was read, not of what the file has become since.
    void theSumIsThatOfTheFileAsItWasRead() {
        const QString was = QString::fromStdString(project::dataSum(path("home/t.csv").toStdString()));
        MainWindow window;
        document::openTable(window.document(), {.path = path("home/t.csv")});
        QTRY_VERIFY_WITH_TIMEOUT(hasRows(window, 30), patience);
        QTest::qWait(200);
        writeFile(path("home/t.csv"), table(40));
        save(window, path("home/p.perceptory"));
        const base::Json project = project::loadProject(path("home/p.perceptory").toStdString());
        const std::string named = project["data"]["path"];
        QCOMPARE(QString::fromStdString(project["data"]["sha256"].value(named, "")), was);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(MissingDataTest)
#include "MissingDataTest.moc"
