// Several tables at once: which of them trains, validates and tests is guessed, shown, changed and explained.

#include <QComboBox>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>
#include <map>

#include "tests/ui/support/Tables.h"
#include "tests/ui/window/Window.h"
#include "ui/document/commands/RowCommands.h"
#include "ui/window/DropOverlay.h"
#include "ui/window/TableDialog.h"

using namespace perceptory;
using namespace perceptory::window;
using tests::openDialog;
using tests::table;

namespace {

constexpr int patience = 60000;

QComboBox* partOf(QWidget& dialog, const QString& file) {
    return named<QComboBox>(dialog, "What the rows of " + file + " are for");
}

using Paths = std::vector<std::string>;

}  // namespace

class SeveralTablesTest : public QObject {
    Q_OBJECT

    QString path(const QString& name) const { return m_folder->filePath(name); }

    QStringList write(const std::map<std::string, std::string>& files) {
        QStringList paths;
        for (const auto& [name, text] : files) {
            const QString file = path(QString::fromStdString(name));
            writeFile(file, text);
            paths += file;
        }
        return paths;
    }

    document::TableChoices choicesOf(const QStringList& paths) {
        document::TableChoices choices;
        choices.files = document::tableFiles(paths);
        choices.path = paths.front();
        return choices;
    }

    // The dialog may be gone afterwards.
    void use(document::Document& document, TableDialog& dialog) {
        const int before = document.undoStack().count();
        const QPointer<TableDialog> shown(&dialog);
        dialog.apply();
        QTRY_VERIFY_WITH_TIMEOUT(!shown || !shown->isVisible(), patience);
        QCOMPARE(document.undoStack().count(), before + 1);
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void droppedTogetherTheyAreAskedAboutOnceAndUsedInOneStep() {
        const QStringList paths = write({{"adult.data", table(40)}, {"adult.test", table(10)}});
        MainWindow window;
        window.show();
        const base::Json before = window.document().json();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(paths[1]), QUrl::fromLocalFile(paths[0])});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY2(window.dropOverlay().text().contains("adult.data to train, adult.test to test"),
                 qPrintable(window.dropOverlay().text()));
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &drop);
        auto* dialog = window.findChild<TableDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isReady(), patience);
        QVERIFY(dialog->windowTitle().contains("adult.data and 1 more"));
        QCOMPARE(partOf(*dialog, "adult.data")->currentText(), QString("Training"));
        QCOMPARE(partOf(*dialog, "adult.test")->currentText(), QString("Test"));
        use(window.document(), *dialog);
        const auto set = [&] { return window.session().snapshot()->dataset; };
        QTRY_VERIFY_WITH_TIMEOUT(set() && set()->count == 50, patience);
        QCOMPARE(set()->parts.train.size(), std::size_t(40));
        QCOMPARE(set()->parts.test.size(), std::size_t(10));
        window.document().undoStack().undo();
        QVERIFY(window.document().json() == before);
    }

    void thePartsCanBeChanged() {
        document::Document document;
        auto dialog = openDialog(
            document, choicesOf(write({{"train.csv", table(40)}, {"u.csv", table(8)}, {"v.csv", table(6)}})));
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        choose(partOf(*dialog, "u.csv"), "Validation");
        choose(partOf(*dialog, "v.csv"), "Test");
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isReady(), patience);
        use(document, *dialog);
        const data::SplitSpec& split = document.spec().data.split;
        QCOMPARE(split.mode, std::string("files"));
        QCOMPARE(split.trainPaths, Paths{path("train.csv").toStdString()});
        QCOMPARE(split.validationPaths, Paths{path("u.csv").toStdString()});
        QCOMPARE(split.testPaths, Paths{path("v.csv").toStdString()});
        QVERIFY(document.problems().empty());
        // Asked again, the dialog begins with these; other parts give rows other numbers.
        document::excludeRows(document, std::vector<std::uint32_t>{3});
        auto again = openDialog(document, *document::tableChoices(document));
        QCOMPARE(partOf(*again, "u.csv")->currentText(), QString("Validation"));
        QVERIFY(!named<QComboBox>(*again, "Split")->isVisible());  // the files are the parts
        for (const char* file : {"u.csv", "v.csv"}) choose(partOf(*again, file), "Training");
        QTRY_VERIFY_WITH_TIMEOUT(again->isReady(), patience);
        use(document, *again);
        QCOMPARE(document.spec().data.paths.size(), std::size_t(3));
        QCOMPARE(document.spec().data.split.mode, std::string("random"));
        QVERIFY(document.spec().data.edits.empty());
        QVERIFY(document.problems().empty());
    }

    void withoutNamesOfPartsTheRowsAreOneTable() {
        document::Document document;
        auto dialog = openDialog(document, choicesOf(write({{"1.csv", table(20)}, {"2.csv", table(30)}})));
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        QCOMPARE(partOf(*dialog, "2.csv")->currentText(), QString("Training"));
        QVERIFY(named<QComboBox>(*dialog, "Split")->isVisible());
        use(document, *dialog);
        const Paths both{path("1.csv").toStdString(), path("2.csv").toStdString()};
        QCOMPARE(document.spec().data.paths, both);
        QVERIFY(document.spec().data.path.empty());
        document::excludeRows(document, std::vector<std::uint32_t>{3});
        auto again = openDialog(document, *document::tableChoices(document));
        QCOMPARE(again->choices().files.size(), std::size_t(2));
        choose(partOf(*again, "2.csv"), "Training");
        QTRY_VERIFY_WITH_TIMEOUT(again->isReady(), patience);
        again->apply();
        QTRY_VERIFY_WITH_TIMEOUT(!again->isVisible(), patience);
        QCOMPARE(document.spec().data.edits.size(), std::size_t(1));  // its rows are what they were
    }

    void whatCannotWorkIsExplainedInTheDialog_data() {
        QTest::addColumn<QByteArray>("test");
        QTest::addColumn<QString>("said");
        QTest::newRow("no target") << QByteArray("a,b\n1,2\n") << "test.csv has no column “kind”, as train.csv has.";
        QTest::newRow("more") << QByteArray("a,b,c,kind\n1,2,3,no\n")
                              << "test.csv has a column “c”, which train.csv has not.";
        QTest::newRow("order") << QByteArray("b,a,kind\n1,2,no\n")
                               << "test.csv has the columns of train.csv in another order.";
        QTest::newRow("nothing") << QByteArray() << "test.csv: the file is empty.";
    }

    void whatCannotWorkIsExplainedInTheDialog() {
        QFETCH(QByteArray, test);
        QFETCH(QString, said);
        document::Document document;
        auto dialog =
            openDialog(document, choicesOf(write({{"test.csv", test.toStdString()}, {"train.csv", table(40)}})));
        QVERIFY2(dialog->faults().contains(said), qPrintable(dialog->faults()));
        QVERIFY(!dialog->isReady());
        dialog->apply();
        QTest::qWait(20);
        QVERIFY(dialog->isVisible());
        QCOMPARE(document.undoStack().count(), 0);
    }

    void oneFileMustTrain() {
        document::Document document;
        auto dialog = openDialog(document, choicesOf(write({{"test.csv", table(10)}, {"train.csv", table(40)}})));
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        choose(partOf(*dialog, "train.csv"), "Test");
        QVERIFY2(dialog->faults().contains("Choose “Training” for one at least."), qPrintable(dialog->faults()));
        QVERIFY(!dialog->isReady());
        choose(partOf(*dialog, "test.csv"), "Training");
        QTRY_VERIFY2_WITH_TIMEOUT(dialog->isReady() && dialog->faults().isEmpty(), qPrintable(dialog->faults()),
                                  patience);
        QCOMPARE(dialog->choices().path, path("test.csv"));
    }

    void aFaultOfTheSecondFileNamesIt() {
        std::string late = table(40);
        late += "oops,1,no\n";
        document::Document document;
        auto dialog = openDialog(document, choicesOf(write({{"train.csv", table(40)}, {"test.csv", late}})));
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        dialog->apply();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->faults().isEmpty(), patience);
        QVERIFY2(dialog->faults().startsWith("test.csv, line 42, column \"a\": \"oops\" is not a number"),
                 qPrintable(dialog->faults()));
        QVERIFY(dialog->isVisible());
        QCOMPARE(document.undoStack().count(), 0);
    }

    void manyFilesKeepTheDialogLow() {
        std::map<std::string, std::string> files;
        for (const char* name : {"1.csv", "2.csv", "3.csv", "4.csv", "5.csv", "6.csv", "7.csv", "8.csv", "9.csv"})
            files[name] = table(9);
        document::Document document;
        auto dialog = openDialog(document, choicesOf(write(files)));
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        QVERIFY(dialog->minimumSizeHint().width() <= 1000 && dialog->minimumSizeHint().height() <= 700);
        for (const auto& [file, text] : files) {  // no row is cut
            const QComboBox* part = partOf(*dialog, QString::fromStdString(file));
            const QSize seen = part->visibleRegion().boundingRect().size();
            QVERIFY2(seen == part->size() || seen.isEmpty(), file.c_str());
        }
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(SeveralTablesTest)
#include "SeveralTablesTest.moc"
