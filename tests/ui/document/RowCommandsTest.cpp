// Rows left out and given another class: the list in the project, one edit a row, and every step undone to the byte.

#include <QTest>

#include "engine/data/DatasetLoader.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/RowCommands.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;

namespace {

using Rows = std::vector<std::uint32_t>;

void useIris(Document& document) {
    Json project = document.json();
    project["data"] = Json{{"source", "dataset"}, {"id", "iris"}, {"seed", "1"}};
    document.open(project, {}, {});
}

Json editsOf(const Document& document) { return document.value("data.edits"); }

std::shared_ptr<const data::Dataset> load(const Document& document, base::Problems& problems) {
    return data::loadDataset(document.spec().data, document.folder(), problems);
}

}  // namespace

class RowCommandsTest : public QObject {
    Q_OBJECT

private slots:
    void rowsAreLeftOutInOneStep() {
        Document document;
        useIris(document);
        const Json before = document.json();
        excludeRows(document, Rows{7, 3, 3});
        QVERIFY(editsOf(document) == Json::parse(R"([{"row":3,"exclude":true},{"row":7,"exclude":true}])"));
        QCOMPARE(document.undoStack().undoText(), QString("Leave out 2 rows"));
        base::Problems problems;
        const auto dataset = load(document, problems);
        QVERIFY(dataset && problems.empty());
        QCOMPARE(dataset->count, std::size_t{148});
        QCOMPARE(dataset->sourceRow(3), 4u);
        document.undoStack().undo();
        QVERIFY(document.json() == before);
        QVERIFY(editsOf(document).is_null());
    }

    void nothingChosenIsNoStep() {
        Document document;
        useIris(document);
        excludeRows(document, Rows{});
        relabelRows(document, Rows{}, "setosa");
        takeBackEdits(document, Rows{4});
        takeBackAllEdits(document);
        QCOMPARE(document.undoStack().count(), 0);
    }

    void aRowHasOneEdit() {
        Document document;
        useIris(document);
        relabelRows(document, Rows{0, 1}, "virginica");
        excludeRows(document, Rows{1});
        relabelRows(document, Rows{0}, "versicolor");
        QVERIFY(editsOf(document) == Json::parse(R"([{"row":1,"exclude":true},{"row":0,"label":"versicolor"}])"));
        base::Problems problems;
        const auto dataset = load(document, problems);
        QVERIFY(dataset && problems.empty());
        QCOMPARE(dataset->count, std::size_t{149});
        QCOMPARE(dataset->classNames[static_cast<std::size_t>(dataset->labels[0])], std::string("versicolor"));
    }

    // The arrow keys in the box of classes pass all of them.
    void oneClassAfterAnotherIsOneStep() {
        Document document;
        useIris(document);
        const Json before = document.json();
        relabelRows(document, Rows{5}, "virginica");
        relabelRows(document, Rows{5}, "versicolor");
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(document.undoStack().undoText(), QString("Give row 6 another class"));
        relabelRows(document, Rows{6}, "versicolor");
        QCOMPARE(document.undoStack().count(), 2);
        document.undoStack().undo();
        document.undoStack().undo();
        QVERIFY(document.json() == before);
    }

    void editsAreTakenBack() {
        Document document;
        useIris(document);
        const Json before = document.json();
        excludeRows(document, Rows{2, 9});
        relabelRows(document, Rows{4}, "setosa");
        takeBackEdits(document, Rows{9, 100});
        QVERIFY(editsOf(document) == Json::parse(R"([{"row":2,"exclude":true},{"row":4,"label":"setosa"}])"));
        takeBackAllEdits(document);
        QVERIFY(document.json() == before);
        document.undoStack().undo();
        QCOMPARE(editsOf(document).size(), std::size_t{2});
    }

    void entriesThatAreNoEditsStay() {
        Document document;
        Json project = document.json();
        project["data"]["edits"] = Json::parse(R"([{"row":"a"},{"row":1,"exclude":true}])");
        document.open(project, {}, {});
        relabelRows(document, Rows{1}, "0");
        QVERIFY(editsOf(document) == Json::parse(R"([{"row":"a"},{"row":1,"label":"0"}])"));
    }

    void paintedPointsAreChangedThemselves() {
        Document document;
        startPoints(document, false);
        for (const char* label : {"0", "1", "0", "1"}) addPoint(document, 1, 2, label);
        excludeRows(document, Rows{0, 3});
        QCOMPARE(document.spec().data.points.size(), std::size_t{2});
        QVERIFY(editsOf(document).is_null());
        relabelRows(document, Rows{1}, "1");
        QCOMPARE(document.spec().data.points[1].label, std::string("1"));
        document.undoStack().undo();
        document.undoStack().undo();
        QCOMPARE(document.spec().data.points.size(), std::size_t{4});
    }
};

QTEST_MAIN(RowCommandsTest)
#include "RowCommandsTest.moc"
