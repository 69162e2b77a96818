// What the program asks about data that are no table: what is shown before they are used, what the answers do, and what
// is said of faults.

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/ui/window/Window.h"
#include "ui/document/DataKind.h"
#include "ui/views/data/PictureGrid.h"
#include "ui/window/DropOverlay.h"
#include "ui/window/ImportDialog.h"

using namespace perceptory;
using namespace perceptory::window;

namespace {

constexpr int patience = 60000;

void settle(ImportDialog& dialog) {
    QTest::qWait(500);  // an answer that was changed is waited for a moment
    QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), patience);
}

}  // namespace

class ImportDialogTest : public QObject {
    Q_OBJECT

    QString path(const QString& name) const { return m_folder.filePath(name); }

    void write(const QString& name, const std::string& bytes) {
        QDir().mkpath(QFileInfo(path(name)).path());
        std::ofstream(path(name).toStdString(), std::ios::binary) << bytes;
    }

    // Pictures of 4 × 4 in colour, all different.
    void images(const QString& folder, int count) {
        for (int i = 0; i < count; ++i) {
            std::string pixels;
            for (int j = 0; j < 48; ++j)
                pixels += static_cast<char>((37 * i + 11 * j + QFileInfo(folder).fileName()[0].unicode()) % 251);
            write(QStringLiteral("%1/%2.ppm").arg(folder).arg(i), "P6 4 4 255\n" + pixels);
        }
    }

    std::unique_ptr<ImportDialog> open(document::Document& document, const QStringList& paths,
                                       const std::string& reader = {}) {
        const document::DropAnswer answer = document::dropKindOf(paths);
        document::DataChoices choices;
        choices.files = answer.files;
        choices.reader = reader.empty() ? answer.reader : reader;
        choices.split.clear();
        auto dialog = std::make_unique<ImportDialog>(document, choices, document::fittingReaders(answer));
        dialog->show();
        settle(*dialog);
        return dialog;
    }

private slots:
    void imagesAreSeenAndOnePressTakesThem() {
        images("flowers/lily", 14);
        images("flowers/rose", 16);
        document::Document document;
        const base::Json before = document.json();
        auto dialog = open(document, {path("flowers")});
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        QVERIFY2(dialog->previewText().startsWith("30 rows: 24 to train, 6 to test · a row is 4 × 4 × 3"),
                 qPrintable(dialog->previewText()));
        const auto* pictures = dialog->findChild<views::PictureGrid*>();
        QVERIFY(pictures && pictures->isVisible());
        QCOMPARE(pictures->pictures().size(), std::size_t(15));
        QCOMPARE(pictures->pictures()[0].caption, QString("lily"));
        QCOMPARE(pictures->pictures()[1].caption, QString("rose"));
        QVERIFY(document.json() == before);
        QTest::keyClick(dialog.get(), Qt::Key_Return);
        QVERIFY(!dialog->isVisible());
        QCOMPARE(document.undoStack().count(), 1);
        const data::DataSpec& data = document.spec().data;
        QCOMPARE(data.path, path("flowers").toStdString());
        QCOMPARE(data.reader.type, std::string("image_folder"));
        QCOMPARE(document.title(), QString("flowers"));
        QVERIFY2(document.problems().empty(), qPrintable(QString::fromStdString(document.json().dump())));
        document.undoStack().undo();
        QVERIFY(document.json() == before);
    }

    void answersReachTheProject() {
        images("sized/a", 12);
        images("sized/b", 12);
        document::Document document;
        auto dialog = open(document, {path("sized")});
        auto* height = named<QAbstractSpinBox>(*dialog, "Height");
        auto* width = named<QAbstractSpinBox>(*dialog, "Width");
        QVERIFY(height && width);
        for (QAbstractSpinBox* box : {height, width}) {
            box->setFocus();
            box->selectAll();
            QTest::keyClicks(box, "2");
            QTest::keyClick(box, Qt::Key_Tab);
        }
        choose(named<QComboBox>(*dialog, "Split"), "In their order: the last rows test");
        named<QSpinBox>(*dialog, "Rows that test")->setValue(25);
        settle(*dialog);
        QVERIFY2(dialog->previewText().startsWith("24 rows: 18 to train, 6 to test · a row is 2 × 2 × 3"),
                 qPrintable(dialog->previewText()));
        dialog->apply();
        const data::DataSpec& data = document.spec().data;
        QCOMPARE(data.split.mode, std::string("ordered"));
        QCOMPARE(data.split.test, 0.25);
        QVERIFY(data.reader.parameters["height"] == 2);
        // Asked again, the dialog begins with these.
        const auto again = document::dataChoices(document);
        QVERIFY(again);
        ImportDialog second(document, *again, {"image_folder"});
        settle(second);
        QVERIFY2(second.previewText().contains("a row is 2 × 2 × 3"), qPrintable(second.previewText()));
        QCOMPARE(second.choices().split, std::string("ordered"));
    }

    void foldersOfPartsSplitThemselves() {
        for (const char* part : {"train", "test"})
            for (const char* kind : {"a", "b"}) images(QStringLiteral("parted/%1/%2").arg(part, kind), 10);
        document::Document document;
        auto dialog = open(document, {path("parted")});
        QCOMPARE(dialog->choices().split, std::string("files"));
        QVERIFY2(dialog->previewText().startsWith("40 rows: 20 to train, 20 to test"),
                 qPrintable(dialog->previewText()));
        QVERIFY2(dialog->previewText().contains("also stand in the training rows"), qPrintable(dialog->previewText()));
        choose(named<QComboBox>(*dialog, "Split"), "By chance");
        settle(*dialog);
        QVERIFY2(dialog->previewText().startsWith("40 rows: 32 to train, 8 to test"),
                 qPrintable(dialog->previewText()));
    }

    void whatIsSuspiciousIsSaid() {
        images("uneven/many", 120);
        images("uneven/few", 5);
        document::Document document;
        auto dialog = open(document, {path("uneven")});
        QVERIFY2(dialog->previewText().contains("Warning: The class \"many\" has 120 rows and \"few\" has 5"),
                 qPrintable(dialog->previewText()));
        QVERIFY(dialog->previewText().contains("less than 10 rows"));
        QVERIFY(dialog->isReady());
    }

    void aRefusalIsExplainedInPlace() {
        images("broken/a", 12);
        images("broken/b", 12);
        write("broken/a/bad.png", "no picture");
        document::Document document;
        const base::Json before = document.json();
        auto dialog = open(document, {path("broken")});
        QVERIFY(!dialog->isReady());
        QVERIFY2(dialog->faults().contains("bad.png"), qPrintable(dialog->faults()));
        QTest::keyClick(dialog.get(), Qt::Key_Return);
        QVERIFY(dialog->isVisible());
        QVERIFY(document.json() == before);
        auto* bad = named<QComboBox>(*dialog, "Bad files");
        QVERIFY(bad);
        bad->setCurrentIndex(1);
        emit bad->activated(1);
        settle(*dialog);
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        QVERIFY2(dialog->previewText().contains("bad.png"), qPrintable(dialog->previewText()));
    }

    void textsAreShownAsTexts() {
        std::string dutch, greek;
        for (int i = 0; i < 20; ++i) {
            dutch += "Van der Meer " + std::string(1, char('a' + i)) + "\n";
            greek += "Papadopoulos " + std::string(1, char('a' + i)) + "\n";
        }
        write("names/Dutch.txt", dutch);
        write("names/Greek.txt", greek);
        document::Document document;
        auto dialog = open(document, {path("names")});
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        auto* rows = named<QAbstractItemView>(*dialog, "First rows of the data");
        QVERIFY(rows && rows->isVisible());
        QCOMPARE(rows->model()->index(0, 0).data().toString(), QString("Dutch"));
        QVERIFY2(rows->model()->index(0, 1).data().toString().startsWith("Van der Meer"),
                 qPrintable(rows->model()->index(0, 1).data().toString()));
        QVERIFY(named<QComboBox>(*dialog, "Unit"));
        dialog->apply();
        QVERIFY(document.value("data.preprocessing") == base::Json::array());  // numbers of letters stay numbers
    }

    void aTableMayBeATimeSeries() {
        std::string series = "day,degrees\n";
        for (int i = 0; i < 200; ++i) series += std::to_string(i) + "," + std::to_string(i * 37 % 101) + ".5\n";
        write("t.csv", series);
        document::Document document;
        auto dialog = open(document, {path("t.csv")}, "windows");
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        QCOMPARE(dialog->choices().split, std::string("ordered"));
        QVERIFY2(dialog->previewText().contains("a row is 30 × 1"), qPrintable(dialog->previewText()));
        QSignalSpy wanted(dialog.get(), &ImportDialog::tableWanted);
        choose(named<QComboBox>(*dialog, "Read as"), "Table (CSV)");
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), path("t.csv"));
        QVERIFY(!dialog->isVisible());
        QCOMPARE(document.undoStack().count(), 0);
    }

    void readingCanBeCalledOff() {
        std::string text;
        for (int i = 0; text.size() < std::size_t(60) << 20; ++i)
            text += "a line of text that is one of very many " + std::to_string(i) + "\tclass\n";
        write("huge.txt", text);
        document::Document document;
        document::DataChoices choices;
        choices.files = QStringList{path("huge.txt")};
        choices.reader = "text_lines";
        ImportDialog dialog(document, choices, {"text_lines"});
        dialog.show();
        QTest::qWait(150);
        QVERIFY(dialog.isReading());
        QVERIFY(named<QProgressBar>(dialog, "Reading the data")->isVisible());
        dialog.reject();
        QVERIFY(!dialog.isReading());
        QTest::qWait(50);
        QCOMPARE(document.undoStack().count(), 0);
    }

    void everyFieldHasANameAndAKey() {
        images("small/a", 12);
        images("small/b", 12);
        document::Document document;
        auto dialog = open(document, {path("small")});
        for (const QWidget* field : dialog->findChildren<QWidget*>()) {
            const bool asks = qobject_cast<const QComboBox*>(field) || qobject_cast<const QAbstractSpinBox*>(field);
            if (asks && field->isVisible())
                QVERIFY2(!field->accessibleName().isEmpty(), field->metaObject()->className());
        }
        QVERIFY(dialog->minimumSizeHint().width() <= 1000 && dialog->minimumSizeHint().height() <= 620);
    }

    void aDroppedFolderIsAskedAbout() {
        images("kinds/a", 12);
        images("kinds/b", 12);
        MainWindow window;
        window.show();
        drag(window, path("kinds"), false);
        QVERIFY2(window.dropOverlay().text().contains("2 classes"), qPrintable(window.dropOverlay().text()));
        drag(window, path("kinds"), true);
        auto* dialog = window.findChild<ImportDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isReady(), patience);
        dialog->apply();
        QCOMPARE(window.document().undoStack().count(), 1);
        const auto rows = [&] {
            const auto& dataset = window.session().snapshot()->dataset;
            return dataset ? dataset->count : std::size_t(0);
        };
        QTRY_COMPARE_WITH_TIMEOUT(rows(), std::size_t(24), patience);
        press(window, "changeTable");
        QTRY_VERIFY(window.findChild<ImportDialog*>());
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(ImportDialogTest)
#include "ImportDialogTest.moc"
