// What the program asks about a table: what it guesses, what the answers do, and what it says of faults.

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <fstream>
#include <map>

#include "tests/ui/support/Tables.h"
#include "tests/ui/window/Window.h"
#include "ui/document/TableGuess.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/window/SeveralTargets.h"
#include "ui/window/TableDialog.h"

using namespace perceptory;
using namespace perceptory::window;
using tests::openDialog;
using tests::pairs;
using tests::suspicious;

namespace {

constexpr int patience = 60000;

// 40 flowers: a number of the row, two lengths, a species of three, a price with gaps.
std::string flowers(char separator = ',', const char* gap = "") {
    std::string text = "id,long,wide,species,price\n";
    for (int i = 0; i < 40; ++i)
        text += std::to_string(i + 1) + "," + std::to_string(i % 7) + ".5," + std::to_string(i % 5) + "," +
                std::string(1, char('p' + i % 3)) + "," + (i % 10 == 9 ? gap : std::to_string(100 + i)) + "\n";
    std::ranges::replace(text, ',', separator);
    return text;
}

}  // namespace

class TableDialogTest : public QObject {
    Q_OBJECT

    QString write(const std::string& text, const char* name = "flowers.csv") {
        const QString path = m_folder.filePath(name);
        std::ofstream(path.toStdString(), std::ios::binary) << text;
        return path;
    }

    void open(document::Document& document, const document::TableChoices& choices) {
        document::openTable(document, choices);
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, patience);
    }

    // Asked about again and taken as it is.
    void takeAgain(document::Document& document) {
        const int before = document.undoStack().count();
        auto dialog = openDialog(document, *document::tableChoices(document));
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        dialog->apply();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isVisible(), patience);
        QVERIFY(document.undoStack().count() <= before + 1);
    }

private slots:
    void guessesAreMadeAndOnePressTakesThem() {
        document::Document document;
        const base::Json before = document.json();
        auto dialog = openDialog(document, {.path = write(flowers())});
        QVERIFY2(dialog->isReady(), qPrintable(dialog->faults()));
        QCOMPARE(dialog->choices().target, std::string("species"));
        QVERIFY(dialog->choices().features == base::Json({"long", "wide", "price"}));
        QVERIFY(document.json() == before);
        QTest::keyClick(dialog.get(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isVisible(), patience);
        QCOMPARE(document::unitsOf(document, document::outputLayer(document)), 3);
        document.undoStack().undo();
        QVERIFY(document.json() == before);
    }

    // Behind the name: n for numbers, i for a number of every row, w for a few words, t for a text of every row.
    void theTargetIsGuessed_data() {
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("target");
        QTest::newRow("cars") << "cylinders:n,weight:n,model_year:n,origin:w,name:t,mpg:n"
                              << "mpg";
        QTest::newRow("houses") << "longitude:n,latitude:n,median_income:n,ocean_proximity:w,median_house_value:n"
                                << "median_house_value";
        QTest::newRow("wines") << "colour:w,fixed_acidity:n,pH:n,alcohol:n,quality:n"
                               << "quality";
        QTest::newRow("iris") << "sepal_length_cm:n,sepal_width_cm:n,petal_length_cm:n,petal_width_cm:n,species:w"
                              << "species";
        QTest::newRow("cultivars") << "alcohol:n,malic_acid:n,proline:n,cultivar:w"
                                   << "cultivar";
        QTest::newRow("incomes") << "age:n,workclass:w,fnlwgt:n,sex:w,native_country:w,income:w"
                                 << "income";
        QTest::newRow("passengers") << "PassengerId:i,Pclass:n,Name:t,Sex:w,Age:n,Embarked:w,Survived:n"
                                    << "Survived";
        QTest::newRow("named") << "species:w,island:w,mass:n"
                               << "species";
        QTest::newRow("messages") << "column 1:w,column 2:t"
                                  << "column 1";
        QTest::newRow("ratings") << "userId:n,movieId:n,rating:n,timestamp:n"
                                 << "rating";
        QTest::newRow("cells") << "split:w,file:t,nuclei:n,foreground_fraction:n,source_image_id:t"
                               << "foreground_fraction";
        QTest::newRow("births") << "date:t,births:n"
                                << "births";
        QTest::newRow("links") << "movieId:i,imdbId:i"
                               << "imdbId";
    }

    void theTargetIsGuessed() {
        QFETCH(QString, columns);
        QFETCH(QString, target);
        data::FilePreview preview;
        preview.looked = 300;
        for (const QString& column : columns.split(',')) {
            const char kind = column.back().toLatin1();
            const std::size_t distinct = kind == 'n' ? 40 : kind == 'w' ? 3 : preview.looked;
            preview.columns.push_back({column.chopped(2).toStdString(), kind == 'n' || kind == 'i', 0, distinct});
        }
        const std::size_t place = document::guessTarget(preview);
        QCOMPARE(QString::fromStdString(preview.columns[place].name), target);
        const std::vector<bool> inputs = document::guessInputs(preview, {place});
        for (std::size_t i = 0; i < inputs.size(); ++i)
            QCOMPARE(bool(inputs[i]), i != place && columns.split(',')[static_cast<qsizetype>(i)].endsWith(":n"));
    }

    void answersReachTheProject() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(flowers(';'))});
        choose(named<QComboBox>(*dialog, "Predict"), "price");
        choose(named<QComboBox>(*dialog, "As"), "Numbers: how much");
        choose(named<QComboBox>(*dialog, "Missing cells"), "Fill in the mean of the column");
        choose(named<QComboBox>(*dialog, "Bad rows"), "Leave them out");
        QTest::mouseClick(named<QPushButton>(*dialog, "No column"), Qt::LeftButton);
        auto* inputs = named<QListView>(*dialog, "Inputs of the network")->model();
        QVERIFY(inputs->setData(inputs->index(2, 0), Qt::Checked, Qt::CheckStateRole));
        dialog->apply();
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, patience);
        const data::DataSpec& data = document.spec().data;
        QCOMPARE(data.targetName, std::string("price"));
        QVERIFY(data.task == data::Task::Regression);
        QCOMPARE(data.missing, std::string("mean"));
        QCOMPARE(data.features.size(), std::size_t(1));
        QCOMPARE(data.features[0].id, std::string("wide"));
        QVERIFY(data.reader.parameters["bad_rows"] == "skip");
    }

    void theLoadedTableIsAskedAboutAgain() {
        document::Document document;
        auto first = openDialog(document, {.path = write(flowers())});
        choose(named<QComboBox>(*first, "Predict"), "price");
        first->apply();
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, patience);
        const auto again = document::tableChoices(document);
        QVERIFY(again);
        auto second = openDialog(document, *again);
        QCOMPARE(second->choices().target, std::string("price"));
        QVERIFY(second->choices().features == document.value("data.features"));
        choose(named<QComboBox>(*second, "Predict"), "species");
        second->apply();
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 2, patience);
        QCOMPARE(document.spec().data.targetName, std::string("species"));
        document.undoStack().undo();
        QCOMPARE(document.spec().data.targetName, std::string("price"));
    }

    // 60 guests: words, a date, a name of each, digits in groups.
    static std::string guests() {
        std::string text = "city,day,name,paid,left\n";
        for (int i = 0; i < 60; ++i)
            text += std::string(1, char('p' + i % 3)) + ",2024-01-" + std::to_string(10 + i % 20) + ",guest " +
                    std::to_string(i) + ",\"1," + std::to_string(100 + 7 * i % 800) + ".5\"," +
                    (i % 2 ? "yes\n" : "no\n");
        return text;
    }

    void wordsAreInputsAndItIsSaidAsWhat() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(guests())});
        QVERIFY(dialog->choices().features == base::Json({"city", "paid"}));
        auto* list = named<QListView>(*dialog, "Inputs of the network");
        QStringList said;
        for (int i = 0; i < 4; ++i) said += list->model()->index(i, 0).data().toString();
        const QStringList expected{"city – words: 3 kinds, an input each", "day – dates",
                                   "name – texts that hardly repeat", "paid"};
        QCOMPARE(said, expected);
        auto* use = named<QComboBox>(*dialog, "What becomes of the chosen columns");
        QVERIFY(!use->isEnabled());
        list->selectionModel()->select(list->model()->index(0, 0), QItemSelectionModel::ClearAndSelect);
        QVERIFY(use->isEnabled());
        QCOMPARE(use->currentText(), QString("Automatic: Words: an input each"));
        choose(use, "Words: numbers for an embedding");
        QCOMPARE(list->model()->index(0, 0).data().toString(),
                 QString("city – words: numbers for an embedding, 3 kinds"));
        for (int row : {1, 3})
            list->selectionModel()->select(list->model()->index(row, 0), row == 1 ? QItemSelectionModel::ClearAndSelect
                                                                                  : QItemSelectionModel::Select);
        choose(use, "Left out");
        QVERIFY(dialog->choices().features == base::Json({"city"}));
        list->selectionModel()->select(list->model()->index(1, 0), QItemSelectionModel::ClearAndSelect);
        choose(use, "Words: an input each");
        dialog->apply();
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, patience);
        QVERIFY(document.value("data.features") == base::Json({"city", "day"}));
        QVERIFY(document.value("data.columns") == base::Json({{"city", "index"}, {"day", "one_hot"}}));
        auto again = openDialog(document, *document::tableChoices(document));
        QVERIFY(again->choices().columns == document.value("data.columns"));
        QVERIFY(again->choices().features == document.value("data.features"));
    }

    void digitsInGroupsCanBeSaid() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(guests())});
        auto* thousands = named<QComboBox>(*dialog, "Thousands");
        QVERIFY2(thousands->currentText().contains("In groups"), qPrintable(thousands->currentText()));
        choose(thousands, "Plain 1234");
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isReady(), patience);
        QVERIFY(dialog->choices().parameters["thousands"] == "plain");
    }

    void anotherReaderIsOffered() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(flowers())});
        auto* reader = named<QComboBox>(*dialog, "Read as");
        QVERIFY(!reader->isVisible());
        dialog->setReaders({"csv", "windows", "ratings"});
        QVERIFY(reader->isVisible());
        QSignalSpy wanted(dialog.get(), &TableDialog::readerWanted);
        choose(reader, "Time series (windows)");
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QString("windows"));
        QVERIFY(!dialog->isVisible());
    }

    void anotherSeparatorShowsOtherColumns() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write("a;b,c\n1;2,5\n2;3,5\n3;1,5\n")});
        auto* separator = named<QComboBox>(*dialog, "Separator");
        QVERIFY2(separator->currentText().contains("Semicolon"), qPrintable(separator->currentText()));
        choose(separator, "Comma ,");
        QTRY_COMPARE_WITH_TIMEOUT(dialog->choices().target, std::string("c"), patience);
        choose(named<QComboBox>(*dialog, "First row"), "Values");
        QTRY_COMPARE_WITH_TIMEOUT(dialog->choices().target, std::string("column 2"), patience);
    }

    void faultsStayInTheDialogAndNothingIsLost_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("ragged") << QByteArray("a,b,kind\n1,2,x\n3,4\n5,6,y\n")
                                << "flowers.csv, line 3: the row does not have 3 cells";
        QTest::newRow("one class") << QByteArray("a,b,kind\n1,2,x\n3,4,x\n5,6,x\n") << "All rows are of one class";
        QByteArray late = "a,kind\n";
        for (int i = 0; i < 200000; ++i) late += "1,x\n2,y\n";  // beyond what is looked at
        QTest::newRow("late word") << late + "oops,x\n"
                                   << "flowers.csv, line 400002, column \"a\": \"oops\" is not a number";
    }

    void faultsStayInTheDialogAndNothingIsLost() {
        QFETCH(QByteArray, text);
        QFETCH(QString, said);
        document::Document document;
        const base::Json before = document.json();
        auto dialog = openDialog(document, {.path = write(text.toStdString())});
        dialog->apply();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->faults().isEmpty() || !dialog->isVisible(), patience);
        QVERIFY2(dialog->faults().contains(said), qPrintable(dialog->faults()));
        QVERIFY(dialog->isVisible());
        QVERIFY(dialog->isReady());
        dialog->reject();
        QVERIFY(document.json() == before);
        QCOMPARE(document.undoStack().count(), 0);
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            if (label->property("fault").toBool()) QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void badRowsAreSaidBeforeTheTableIsUsed() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write("a,b,kind\n1,2,x\n3,4\n5,6,y\n")});
        QTRY_VERIFY_WITH_TIMEOUT(dialog->faults().contains("flowers.csv, line 3: the row does not have 3 cells"),
                                 patience);
        QVERIFY2(dialog->faults().contains("set \"Bad rows\" to"), qPrintable(dialog->faults()));
        QVERIFY2(!dialog->faults().contains("bad_rows"), qPrintable(dialog->faults()));
        QCOMPARE(document.undoStack().count(), 0);
        choose(named<QComboBox>(*dialog, "Bad rows"), "Leave them out");
        QTRY_VERIFY_WITH_TIMEOUT(dialog->faults().isEmpty(), patience);
    }

    void whyAColumnIsNoInputIsSaid() {
        document::Document document;
        auto dialog =
            openDialog(document, {.path = write("a,b,c,d,e,f,kind\n1,5,1,2,,1,x\n2,5,oops,inf,,,y\n3,5,3,4,,2,x\n")});
        auto* inputs = named<QListView>(*dialog, "Inputs of the network")->model();
        QStringList said;
        for (int i = 0; i < inputs->rowCount(); ++i) said += inputs->index(i, 0).data().toString();
        const QStringList expected{"a",
                                   "b – constant",
                                   "c – words: “oops” in line 3",
                                   "d – infinite in line 3",
                                   "e – no values",
                                   "f – cells missing: 1",
                                   "kind – predicted"};
        QCOMPARE(said, expected);
        QVERIFY(dialog->choices().features == base::Json({"a", "f"}));
    }

    void aReasonGoesWithTheWayTheFileIsRead() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write("a;kind\n1,5;x\n2,5;y\n3,5;x\n")});
        auto* inputs = named<QListView>(*dialog, "Inputs of the network")->model();
        QCOMPARE(inputs->index(0, 0).data().toString(), QString("a"));
        choose(named<QComboBox>(*dialog, "Decimal sign"), "Point 1.5");
        QTRY_COMPARE_WITH_TIMEOUT(inputs->index(0, 0).data().toString(), QString("a – words: 3 kinds, an input each"),
                                  patience);
    }

    void oneClassIsSaidForTheTargetChosen() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write("a,b,kind\n1,2.5,x\n3,2.5,x\n5,2.5,x\n")});
        auto* target = named<QComboBox>(*dialog, "Predict");
        choose(target, "kind");
        QVERIFY2(dialog->faults().contains("All rows are of one class"), qPrintable(dialog->faults()));
        choose(target, "a");
        QVERIFY2(dialog->faults().isEmpty(), qPrintable(dialog->faults()));
        choose(target, "b");  // a number that is not whole is no class
        QVERIFY2(dialog->faults().isEmpty(), qPrintable(dialog->faults()));
        choose(named<QComboBox>(*dialog, "As"), "Classes: which of several kinds");
        QVERIFY2(dialog->faults().contains("All rows are of one class"), qPrintable(dialog->faults()));
    }

    void whatIsNoTableIsSaidAtOnce() {
        document::Document document;
        auto none = openDialog(document, {.path = m_folder.filePath("none.csv")});
        QVERIFY2(none->faults().contains("none.csv"), qPrintable(none->faults()));
        QVERIFY(!none->isReady());
        auto picture = openDialog(document, {.path = write("\x89PNG\r\n\x1a\n rest", "p.csv")});
        QVERIFY2(picture->faults().contains("PNG"), qPrintable(picture->faults()));
    }

    void aHugeFileHoldsNothingUp() {
        std::string text = "a,b,kind\n";
        while (text.size() < std::size_t(40) << 20) text += "1.25,2.5,x\n3.5,1.25,y\n";
        document::Document document;
        const QString path = write(text, "huge.csv");
        auto dialog = openDialog(document, {.path = path});
        QVERIFY(dialog->isReady());
        dialog->apply();
        dialog->reject();
        QTRY_VERIFY(!dialog->isVisible());
        dialog.reset();
        QTest::qWait(20);
        QCOMPARE(document.undoStack().count(), 0);
    }

    void whatTheProjectSaysOfTheTargetStays_data() {
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("several") << QByteArray(R"(["y2", "y1"])");
        QTest::newRow("a list of one") << QByteArray(R"(["y1"])");
        QTest::newRow("a name") << QByteArray(R"("y1")");
        QTest::newRow("an index") << QByteArray("2");
        QTest::newRow("nothing: the last column") << QByteArray("null");
    }

    void whatTheProjectSaysOfTheTargetStays() {
        QFETCH(QByteArray, target);
        const base::Json said = base::Json::parse(target.toStdString());
        document::Document document;
        open(document, {.path = write(pairs()), .target = "y1"});
        document.edit("test", [&](base::Json& project) {
            project["data"].erase("task");
            project["data"].erase("target");
            project["data"].erase("features");
            if (!said.is_null()) project["data"]["target"] = said;
            const double third = 1.0 / 3;
            project["data"]["split"] =
                base::Json{{"mode", "random"}, {"train", 1 - third}, {"validation", 0.0}, {"test", third}};
        });
        const base::Json before = document.value("data");
        takeAgain(document);
        base::Json after = document.value("data");
        after.erase("task");
        QCOMPARE(after.dump(), before.dump());
    }

    void lossesThatNameTheTargetStayRight() {
        document::Document document;
        open(document, {.path = write(pairs()), .target = "y1"});
        const std::string out = document::outputLayer(document);
        document.edit("test", [&](base::Json& project) {
            project["training"].erase("loss");
            project["training"]["losses"] =
                base::Json::array({base::Json{{"output", out}, {"target", "y"}, {"type", "mean_absolute_error"}}});
        });
        auto dialog = openDialog(document, *document::tableChoices(document));
        auto* several = named<QPushButton>(*dialog, "Predict several columns");
        QVERIFY(several);
        several->click();
        auto* list = named<QListView>(*dialog->findChild<SeveralTargets*>(), "Columns to predict");
        QVERIFY(list->model()->setData(list->model()->index(3, 0), Qt::Checked, Qt::CheckStateRole));
        dialog->findChild<SeveralTargets*>()->accept();
        dialog->apply();
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 3, patience);
        QVERIFY(document.value("data.target") == base::Json({"y1", "y2"}));
        QCOMPARE(document::unitsOf(document, out), 2);
        QVERIFY(document.value("training.losses")[0]["type"] == "mean_absolute_error");
        QVERIFY(document.problems().empty());
        document.undoStack().undo();
        QCOMPARE(document::unitsOf(document, out), 1);
        QVERIFY(document.value("data.target") == "y1");
    }

    void severalTargetsAreChosenWithKeys() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(pairs())});
        choose(named<QComboBox>(*dialog, "Predict"), "y2");
        auto* several = named<QPushButton>(*dialog, "Predict several columns");
        QVERIFY(several);
        several->setFocus();
        QTest::keyClick(several, Qt::Key_Space);
        auto* asked = dialog->findChild<SeveralTargets*>();
        QVERIFY(asked && asked->isVisible());
        auto* list = named<QListView>(*asked, "Columns to predict");
        QCOMPARE(list->currentIndex().row(), 3);
        QCOMPARE(list->model()->index(4, 0).data().toString(), QString("word – no numbers"));
        QVERIFY(!(list->model()->flags(list->model()->index(4, 0)) & Qt::ItemIsEnabled));
        QTest::keyClick(list, Qt::Key_Up);
        QTest::keyClick(list, Qt::Key_Space);
        QTest::keyClick(asked, Qt::Key_Return);
        QVERIFY(!asked->isVisible());
        QCOMPARE(dialog->choices().target, std::string("y2"));
        QCOMPARE(dialog->choices().moreTargets, std::vector<std::string>{"y1"});
        QCOMPARE(named<QComboBox>(*dialog, "Predict")->currentText(), QString("y2, y1"));
        QVERIFY(!named<QComboBox>(*dialog, "As")->isEnabled());
        QCOMPARE(named<QComboBox>(*dialog, "As")->currentText(), QString("Numbers: how much"));
        auto* inputs = named<QListView>(*dialog, "Inputs of the network")->model();
        QCOMPARE(inputs->index(2, 0).data().toString(), QString("y1 – predicted"));
        QCOMPARE(inputs->index(3, 0).data().toString(), QString("y2 – predicted"));
        dialog->apply();
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, patience);
        QVERIFY(document.value("data.target") == base::Json({"y2", "y1"}));
        QCOMPARE(document::unitsOf(document, document::outputLayer(document)), 2);
        auto again = openDialog(document, *document::tableChoices(document));
        choose(named<QComboBox>(*again, "Predict"), "word");
        QCOMPARE(again->choices().target, std::string("word"));
        QVERIFY(again->choices().moreTargets.empty());
        QVERIFY(named<QComboBox>(*again, "As")->isEnabled());
    }

    void withoutATickNothingIsPredicted() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(pairs()), .target = "word"});
        named<QPushButton>(*dialog, "Predict several columns")->click();
        auto* asked = dialog->findChild<SeveralTargets*>();
        auto* ok = asked->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QVERIFY(!ok->isEnabled());
        auto* model = named<QListView>(*asked, "Columns to predict")->model();
        QVERIFY(!model->setData(model->index(4, 0), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(model->setData(model->index(2, 0), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(ok->isEnabled());
    }

    void wordsAmongSeveralTargetsAreRefused() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(pairs()), .target = "y1", .moreTargets = {"word"}});
        QVERIFY2(dialog->faults().contains("“word” holds no numbers"), qPrintable(dialog->faults()));
        QVERIFY(!dialog->isReady());
        choose(named<QComboBox>(*dialog, "Predict"), "word");
        QVERIFY2(dialog->isReady() && dialog->faults().isEmpty(), qPrintable(dialog->faults()));
    }

    void whatIsSuspiciousIsSaidBeforeTheTableIsUsed() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(suspicious())});
        const auto said = [&] { return dialog->warnings().join('\n'); };
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains("Warning: The class \"usual\" has 294 rows"), qPrintable(said()),
                                  patience);
        for (const char* part : {"has less than 10 rows; \"rare\" has 6", "100 of 300 rows are there more than once",
                                 "test rows also stand in the training rows"})
            QVERIFY2(said().contains(part), qPrintable(said()));
        QVERIFY2(!said().contains("numbers the rows"), qPrintable(said()));
        auto* inputs = named<QListView>(*dialog, "Inputs of the network")->model();
        QCOMPARE(inputs->index(0, 0).data().toString(), QString("PassengerId – numbers the rows"));
        QCOMPARE(inputs->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        QCOMPARE(document.undoStack().count(), 0);
        QVERIFY(inputs->setData(inputs->index(0, 0), Qt::Checked, Qt::CheckStateRole));
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains("\"PassengerId\" numbers the rows"), qPrintable(said()), patience);
        QVERIFY2(!said().contains("more than once"), qPrintable(said()));
    }

    void aFineTableIsSaidToBeFine() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(pairs()), .target = "y1", .task = data::Task::Regression});
        QCOMPARE(dialog->warnings(), QStringList{"Looking for what is suspicious…"});
        QTRY_VERIFY2_WITH_TIMEOUT(!dialog->warnings().join('\n').contains("Looking"),
                                  qPrintable(dialog->warnings().join('\n')), patience);
        QVERIFY2(!dialog->warnings().join('\n').contains("Warning"), qPrintable(dialog->warnings().join('\n')));
    }

    // What lies behind its beginning is met when it is used.
    void ofALargeFileTheBeginningIsLookedAt() {
        std::string text = "a,b,kind\n", thousand;
        for (int i = 0; i < 1000; ++i) thousand += std::to_string(i) + ".25,2.5,x\n3.5,1.25,y\n";
        while (text.size() < std::size_t(17) << 20) text += thousand;
        document::Document document;
        auto dialog = openDialog(document, {.path = write(text + "oops,1,x\n", "large.csv")});
        const auto said = [&] { return dialog->warnings().join('\n'); };
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains("only its first 16 MB were looked at"), qPrintable(said()), patience);
        QVERIFY2(said().contains("Warning: "), qPrintable(said()));
        QVERIFY2(dialog->faults().isEmpty(), qPrintable(dialog->faults()));
    }

    void theSharesAreAskedFor() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(flowers())});
        QCOMPARE(named<QComboBox>(*dialog, "Split")->currentText(), QString("By chance"));
        QCOMPARE(named<QSpinBox>(*dialog, "Rows that test")->value(), 20);
        dialog->apply();
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, patience);
        QCOMPARE(document.spec().data.split.mode, std::string("random"));
        QCOMPARE(document.spec().data.split.train, 0.8);
        QCOMPARE(document.spec().data.split.test, 0.2);
        auto again = openDialog(document, *document::tableChoices(document));
        choose(named<QComboBox>(*again, "Split"), "In their order: the last rows test");
        named<QSpinBox>(*again, "Rows that test")->setValue(30);
        named<QSpinBox>(*again, "Rows that validate")->setValue(90);
        QCOMPARE(named<QSpinBox>(*again, "Rows that validate")->value(), 65);
        named<QSpinBox>(*again, "Rows that validate")->setValue(10);
        again->apply();
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 2, patience);
        QCOMPARE(document.spec().data.split.mode, std::string("ordered"));
        QCOMPARE(document.spec().data.split.train, 0.6);
        QCOMPARE(document.spec().data.split.validation, 0.1);
        QCOMPARE(document.spec().data.split.test, 0.3);
    }

    void aTableOfOneColumnIsRefused() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write("a~b~kind\n1~2~x\n3~4~y\n5~6~x\n")});
        QVERIFY2(dialog->faults().contains("The table has one column, and two are needed"),
                 qPrintable(dialog->faults()));
        QVERIFY2(dialog->faults().contains("choose it as the separator"), qPrintable(dialog->faults()));
        QVERIFY(!dialog->isReady());
        dialog->apply();
        QTest::qWait(20);
        QVERIFY(dialog->isVisible());
    }

    void withoutInputsThereIsNothingToUse() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(flowers())});
        QTest::mouseClick(named<QPushButton>(*dialog, "No column"), Qt::LeftButton);
        QVERIFY2(dialog->faults().contains("No column is an input"), qPrintable(dialog->faults()));
        QVERIFY(!dialog->isReady());
        QTest::mouseClick(named<QPushButton>(*dialog, "All columns of use"), Qt::LeftButton);
        QVERIFY2(dialog->isReady() && dialog->faults().isEmpty(), qPrintable(dialog->faults()));
    }

    void everyFieldHasANameAndAKey() {
        document::Document document;
        auto dialog = openDialog(document, {.path = write(flowers())});
        std::map<QString, QString> keys;
        for (QLabel* label : dialog->findChildren<QLabel*>()) {
            if (!label->buddy()) continue;
            const QString key = QKeySequence::mnemonic(label->text()).toString();
            QVERIFY2(!key.isEmpty(), qPrintable(label->text()));
            QVERIFY2(keys.emplace(key, label->text()).second, qPrintable(label->text()));
            QVERIFY2(!label->buddy()->accessibleName().isEmpty(), qPrintable(label->text()));
        }
        QVERIFY(keys.size() >= 8);
        QVERIFY(dialog->minimumSizeHint().width() <= 1000 && dialog->minimumSizeHint().height() <= 600);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TableDialogTest)
#include "TableDialogTest.moc"
