// Data that are gone: what is said of them, and what the project names once the user has pointed to one.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "engine/project/Project.h"
#include "ui/document/MissingData.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;

class MissingDataTest : public QObject {
    Q_OBJECT

    QString path(const QString& name) const { return m_folder->filePath(name); }
    std::filesystem::path place(const QString& name) const { return path(name).toStdString(); }

    void make(const QStringList& names) {
        for (const QString& name : names) {
            QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
            QVERIFY(QFile(path(name)).open(QIODevice::WriteOnly));
        }
    }

    // A project in the folder "home" with such data.
    void open(Document& document, const Json& more) {
        Json project = document.json();
        project["data"] = Json{{"source", "file"}, {"reader", "csv"}};
        project["data"].update(more);
        document.openRead(project, path("home/p.perceptory"));
    }

    std::vector<MissingData> missing(const Document& document) {
        return missingData(document.json(), document.folder());
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        make({"home/here.csv"});
    }

    void whatIsGoneIsSaidWithItsPlace() {
        Document document;
        open(document, {{"path", "here.csv"}});
        QVERIFY(missing(document).empty());
        open(document, {{"paths", {"here.csv", "sub/a.csv", "sub/b.csv", "c.csv"}}});
        const auto gone = missing(document);
        QCOMPARE(gone.size(), std::size_t(3));
        QCOMPARE(gone[0].path, place("home/sub/a.csv"));
        QVERIFY(!gone[0].isFolder && !gone[0].isLocked);
        QCOMPARE(missingText(gone),
                 QStringLiteral("The data cannot be read: there is no file a.csv in %1. Missing besides: 2. Put it "
                                "back, or press “Find it…” and say where it is now.")
                     .arg(path("home/sub")));
        open(document, {{"reader", "image_folder"}, {"path", "flowers"}});
        QVERIFY(missing(document).at(0).isFolder);
        QVERIFY(missingText(missing(document)).contains("there is no folder flowers in " + path("home") + "."));
        open(document, {{"reader", {{"type", "text_lines"}}}, {"path", "names"}});
        QVERIFY(missing(document).at(0).isFolder);
        open(document, {{"reader", {{"type", "text_lines"}}}, {"path", "names.txt"}});
        QVERIFY(!missing(document).at(0).isFolder);
        open(document, {{"source", "generator"}, {"id", "circle"}, {"path", "none.csv"}});
        QVERIFY(missing(document).empty());
    }

    void aFileThatMayNotBeReadIsSaidToBeSo() {
        const QString text = missingText({{place("home/here.csv"), false, true}});
        QVERIFY2(text.contains("you may not read here.csv in " + path("home")), qPrintable(text));
        QVERIFY2(text.contains("Change its permissions"), qPrintable(text));
    }

    void pointingToAFileIsOneStep() {
        make({"home/new/renamed.csv"});
        Document document;
        open(document, {{"path", "old.csv"}, {"sha256", {{"old.csv", "aa"}}}, {"target", "kind"}});
        const Json before = document.json();
        pointToData(document, missing(document).at(0).path, place("home/new/renamed.csv"));
        QCOMPARE(document.spec().data.path, std::string("new/renamed.csv"));
        QVERIFY(document.value("data.sha256") == Json({{"new/renamed.csv", "aa"}}));
        QCOMPARE(document.spec().data.targetName, std::string("kind"));
        QVERIFY(missing(document).empty());
        QCOMPARE(document.undoStack().count(), 1);
        QVERIFY(document.undoStack().undoText().contains("renamed.csv"));
        document.undoStack().undo();
        QVERIFY(document.json() == before);
    }

    void filesOfTheSameFolderGoAlong() {
        make({"away/train.csv", "away/test.csv"});
        Document document;
        open(
            document,
            {{"split",
              {{"mode", "files"},
               {"paths", {{"train", {"gone/train.csv", "here.csv"}}, {"test", {"gone/test.csv", "gone/more.csv"}}}}}}});
        pointToData(document, place("home/gone/train.csv"), place("away/train.csv"));
        const data::SplitSpec& split = document.spec().data.split;
        QCOMPARE(split.trainPaths, (std::vector<std::string>{place("away/train.csv").string(), "here.csv"}));
        QCOMPARE(split.testPaths, (std::vector<std::string>{place("away/test.csv").string(), "gone/more.csv"}));
        QCOMPARE(document.undoStack().count(), 1);
    }

    void aFolderAboveThatHasMovedTakesAllAlong() {
        make({"away/mine/train/x.npy", "away/mine/test/y.npz"});
        Document document;
        open(document, {{"reader", "npy"},
                        {"inputs", {{"x", "set/train/x.npy"}, {"z", "set/test/y.npz:images"}}},
                        {"targets", "set/test/y.npz:labels"}});
        QCOMPARE(missing(document).size(), std::size_t(2));
        pointToData(document, place("home/set/train/x.npy"), place("away/mine/train/x.npy"));
        QVERIFY(missing(document).empty());
        QCOMPARE(document.spec().data.targetFiles.at(0).path, place("away/mine/test/y.npz").string() + ":labels");
        QVERIFY(document.problems().empty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(MissingDataTest)
#include "MissingDataTest.moc"
