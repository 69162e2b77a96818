// What dropped files are taken for, by their names, and how they are named in a project.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "ui/document/DataFiles.h"
#include "ui/document/DataKind.h"

using namespace perceptory;
using base::Json;
using document::DropAnswer;
using document::DropKind;

Q_DECLARE_METATYPE(document::DropKind)

class DataKindTest : public QObject {
    Q_OBJECT

    QString path(const QString& name) const { return m_folder.filePath(name); }

    // Empty ones, or of `size` bytes; folders on the way are made.
    void make(const QStringList& names, qint64 size = 0) {
        for (const QString& name : names) {
            QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
            QFile file(path(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(size));
        }
    }

    QStringList paths(const QString& names) const {
        QStringList list;
        for (const QString& name : names.split(',')) list += path(name);
        return list;
    }

private slots:
    void initTestCase() {
        make({"flowers/rose/1.png", "flowers/lily/1.JPG", "flowers/empty/notes.md", "flowers/README.md"});
        make({"parted/train/a/1.png", "parted/train/b/1.png", "parted/test/a/1.png", "parted/test/b/1.png"});
        make({"cells/images/1.png", "cells/masks/1.png"});
        make({"parts/train/images/1.png", "parts/train/labels/1.png", "parts/test/images/1.png"});
        make({"loose/1.png", "loose/2.png", "names/Dutch.txt", "names/Greek.txt", "names/README.md"});
        make({"halves/train.csv", "halves/test.csv", "halves/README.md"});
        make({"one/t.csv", "many/a.csv", "many/b.csv", "nothing/a.odd"});
        make({"mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz", "mnist/t10k-images-idx3-ubyte.gz",
              "mnist/t10k-labels-idx1-ubyte.gz", "mnist/README.md"});
        make({"cifar/data_batch_1.bin", "cifar/test_batch.bin"}, 2 * 3073);
        make({"cifar/batches.meta.txt", "other.bin"}, 100);
        make({"hundred.bin"}, 3074);
        make({"draw/cat.npy", "draw/train.npy"});
    }

    void whatLettingGoWillDo_data() {
        QTest::addColumn<QString>("dropped");
        QTest::addColumn<DropKind>("kind");
        QTest::addColumn<QString>("reader");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* dropped, DropKind kind, const char* reader, const char* said) {
            QTest::newRow(dropped) << QString(dropped) << kind << QString(reader) << QString(said);
        };
        row("p.perceptory", DropKind::Project, "", "open the project p.perceptory");
        for (const char* table : {"t.csv", "t.tsv", "t.TXT", "t.data"})
            row(table, DropKind::Table, "csv", "use the table t.");
        row("one", DropKind::Table, "csv", "use the table t.csv");
        row("a.csv,b.csv", DropKind::Table, "csv", "use the rows of a.csv and b.csv as one table");
        row("a.csv,b.txt", DropKind::Table, "csv", "use the rows of a.csv and b.txt as one table");
        row("adult.data,adult.test", DropKind::Table, "csv", "as data: adult.data to train, adult.test to test");
        row("test.csv,train.csv,valid.csv", DropKind::Table, "csv",
            "as data: train.csv to train, valid.csv to validate, test.csv to test");
        row("a.csv,b.csv,c.csv,d.csv,t_test.csv", DropKind::Table, "csv", "a.csv, b.csv and 2 more to train");
        row("halves", DropKind::Table, "csv", "as data: train.csv to train, test.csv to test");
        row("flowers", DropKind::Data, "image_folder", "images in flowers as data: 2 classes");
        row("parted", DropKind::Data, "image_folder", "images in parted as data: 2 classes");
        row("cells", DropKind::Data, "image_masks", "images and masks in cells");
        row("parts", DropKind::Data, "image_masks", "images and masks in parts");
        row("mnist", DropKind::Data, "idx", "images with their labels as data: 4 files");
        row("i-idx3-ubyte,l-idx1-ubyte", DropKind::Data, "idx", "2 files");
        row("cifar", DropKind::Data, "cifar10", "CIFAR-10 images as data: 2 files");
        row("hundred.bin", DropKind::Data, "cifar100", "CIFAR-100 images as data: 1 files");
        row("a.npz", DropKind::Data, "npy", "arrays in a.npz");
        row("x.npy,y.npy", DropKind::Data, "npy", "2 files");
        row("draw", DropKind::Data, "npy", "2 files");
        row("a.txt,b.txt", DropKind::Data, "text_lines", "2 text files");
        row("names", DropKind::Data, "text_lines", "texts in names as data: 2 files");

        row("a.png", DropKind::Foreign, "", "a sub-folder for each class");
        row("a.png,b.jpg", DropKind::Foreign, "", "a sub-folder for each class");
        row("loose", DropKind::Foreign, "", "a sub-folder for each class");
        row("a.npy", DropKind::Foreign, "", "One array alone has no targets");
        row("i-idx3-ubyte", DropKind::Foreign, "", "The labels are missing");
        row("a-idx3-ubyte,b-idx3-ubyte,a-idx1-ubyte", DropKind::Foreign, "", "Each file of images needs");
        row("other.bin", DropKind::Foreign, "", "only those of CIFAR");
        row("gone.bin", DropKind::Foreign, "", "only those of CIFAR");
        row("many", DropKind::Foreign, "", "several tables");
        row("a.perceptory,b.perceptory", DropKind::Foreign, "", "One project at a time");
        row("a.csv,b.png", DropKind::Foreign, "", "different kinds");
        row("flowers,cells", DropKind::Foreign, "", "One folder at a time");
        row("flowers,a.png", DropKind::Foreign, "", "One folder at a time");
        row("a.zip", DropKind::Foreign, "", "a.zip is packed");
        row("a.odd", DropKind::Foreign, "", "Perceptory opens projects");
        row("nothing", DropKind::Foreign, "", "nothing holds neither");
    }

    void whatLettingGoWillDo() {
        QFETCH(QString, dropped);
        QFETCH(DropKind, kind);
        QFETCH(QString, reader);
        QFETCH(QString, said);
        const DropAnswer answer = document::dropKindOf(paths(dropped));
        QVERIFY2(answer.sentence.contains(said), qPrintable(answer.sentence));
        QCOMPARE(static_cast<int>(answer.kind), static_cast<int>(kind));
        QCOMPARE(QString::fromStdString(answer.reader), reader);
        QCOMPARE(answer.files.isEmpty(), kind == DropKind::Foreign);
        const auto fitting = document::fittingReaders(answer);
        QCOMPARE(fitting.empty(), reader.isEmpty());
        if (!fitting.empty()) QVERIFY(std::ranges::count(fitting, answer.reader) == 1);
    }

    void partsOfTablesAreGuessed() {
        const auto parts = [this](const QString& names) {
            QString said;
            for (const document::TableFile& file : document::tableFiles(paths(names)))
                said += QFileInfo(file.path).fileName() + ":" + QString::fromStdString(file.part) + " ";
            return said.trimmed();
        };
        QCOMPARE(parts("adult.data,adult.test"), QString("adult.data:train adult.test:test"));
        QCOMPARE(parts("a_val.csv,a_train.csv,latest.csv"),
                 QString("a_val.csv:validation a_train.csv:train latest.csv:train"));
        QCOMPARE(parts("test1.csv,test_2.csv"), QString("test1.csv:train test_2.csv:train"));
    }

    void whatIsNoFileIsNotTaken() {
        QVERIFY(document::dropKindOf({}).kind == DropKind::Foreign);
        QVERIFY(document::dropKindOf({QString()}).kind == DropKind::Foreign);
    }

    void ofAHugeFolderFewNamesAreLookedAt() {
        QStringList names;
        for (int i = 0; i < 6000; ++i) names += QStringLiteral("huge/c%1/1.png").arg(i);
        make(names);
        const DropAnswer answer = document::dropKindOf({path("huge")});
        QVERIFY(answer.kind == DropKind::Data);
        QVERIFY2(answer.sentence.contains("more than"), qPrintable(answer.sentence));
    }

    void imagesAndLabelsArePaired() {
        const DropAnswer mnist = document::dropKindOf({path("mnist")});
        const document::DataFiles files = document::arrangeFiles("idx", mnist.files);
        const auto full = [&](const char* name) { return path(QString("mnist/") + name).toStdString(); };
        const Json train{full("train-images-idx3-ubyte.gz"), full("train-labels-idx1-ubyte.gz")},
            test{full("t10k-images-idx3-ubyte.gz"), full("t10k-labels-idx1-ubyte.gz")};
        QCOMPARE(files.parts.dump(),
                 Json({{"split", {{"mode", "files"}, {"paths", {{"train", train}, {"test", test}}}}}}).dump());
        QCOMPARE(files.whole["paths"].size(), std::size_t(4));
        QVERIFY(files.leftOut.isEmpty());
        // A single pair, whatever it is called.
        const auto pair = document::arrangeFiles("idx", {path("l-idx1-ubyte"), path("i-idx3-ubyte")});
        QCOMPARE(pair.whole.dump(),
                 Json({{"paths", {path("i-idx3-ubyte").toStdString(), path("l-idx1-ubyte").toStdString()}}}).dump());
        QVERIFY(pair.parts.is_null());
    }

    void foldersOfPartsMakeThem() {
        const auto files = document::arrangeFiles("image_folder", {path("parted")});
        QCOMPARE(files.parts.dump(),
                 Json({{"path", path("parted").toStdString()}, {"split", {{"mode", "files"}}}}).dump());
        const QStringList both{path("parted/train"), path("parted/test")};
        QCOMPARE(files.whole.dump(), Json({{"paths", {both[0].toStdString(), both[1].toStdString()}}}).dump());
        QCOMPARE(document::arrangeFiles("image_folder", both).parts.dump(), files.parts.dump());
        const auto plain = document::arrangeFiles("image_folder", {path("flowers")});
        QVERIFY(plain.parts.is_null());
        QCOMPARE(plain.whole.dump(), Json({{"path", path("flowers").toStdString()}}).dump());
    }

    void arraysHaveRoles() {
        const auto named = document::arrangeFiles("npy", paths("y_train.npy,x_test.npy,x_train.npy,y_test.npy"));
        QCOMPARE(named.whole.dump(),
                 Json({{"inputs", path("x_train.npy").toStdString()}, {"targets", path("y_train.npy").toStdString()}})
                     .dump());
        QCOMPARE(named.leftOut, paths("x_test.npy,y_test.npy"));
        const auto classes = document::arrangeFiles("npy", paths("draw/cat.npy,draw/train.npy"));
        QCOMPARE(classes.parameters.dump(), Json({{"label", "file"}}).dump());
        QCOMPARE(classes.whole["paths"].size(), std::size_t(2));
    }

    void batchesThatTestArePutApart() {
        const auto files = document::arrangeFiles("cifar10", paths("cifar/data_batch_1.bin,cifar/test_batch.bin"));
        QCOMPARE(files.parts["split"]["paths"].dump(), Json({{"train", {path("cifar/data_batch_1.bin").toStdString()}},
                                                             {"test", {path("cifar/test_batch.bin").toStdString()}}})
                                                           .dump());
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(DataKindTest)
#include "DataKindTest.moc"
