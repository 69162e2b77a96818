// The Playground's wishes: whatever is chosen, the project still runs, and each wish is one undo step.

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "engine/base/Error.h"
#include "engine/data/DatasetLoader.h"
#include "engine/data/generators/Generator.h"
#include "engine/training/RunCheck.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/OutputLayer.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/document/commands/WeightCommands.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;

namespace {

// Everything that would be said against the document, empty when it runs without a warning.
QString complaints(const Document& document) {
    base::Problems problems = document.problems();
    if (!base::hasError(problems)) {
        base::Problems loading;
        const auto dataset = data::loadDataset(document.spec().data, document.folder(), loading);
        problems.insert(problems.end(), loading.begin(), loading.end());
        if (dataset) {
            const training::RunCheck check = training::checkRun(document.spec(), *dataset);
            problems.insert(problems.end(), check.problems.begin(), check.problems.end());
        }
    }
    QString text;
    for (const base::Problem& problem : problems) text += QString::fromStdString(base::describe(problem)) + "\n";
    return text;
}

std::string lossOf(const Document& document) { return document.spec().training.loss.type; }

void writeFile(const QString& path, const std::string& bytes) { std::ofstream(path.toStdString()) << bytes; }

}  // namespace

class CommandsTest : public QObject {
    Q_OBJECT

private slots:
    void aHandSetWeightIsAStep() {
        Document document;
        QSignalSpy set(&document, &Document::weightSet), modified(&document, &Document::modifiedChanged);
        const WeightAddress address{"h1.weight", 3};
        setWeight(document, address, 0.25, 0.25);
        QCOMPARE(document.undoStack().count(), 0);
        setWeight(document, address, 0.25, 2);
        QCOMPARE(document.undoStack().undoText(), QString("Set weight of h1"));
        QVERIFY(document.isModified());
        QCOMPARE(modified.count(), 1);
        document.undoStack().undo();
        QVERIFY(!document.isModified());
        document.undoStack().redo();
        QCOMPARE(set.count(), 3);
        QCOMPARE(set[1][0].toString(), QString("h1.weight"));
        QCOMPARE(set[1][1].toLongLong(), 3);
        QCOMPARE(set[1][2].toDouble(), 0.25);
        QCOMPARE(set[2][2].toDouble(), 2.0);
        setWeight(document, address, 2, 3);
        QCOMPARE(document.undoStack().count(), 2);
    }

    void aGestureOnAWeightIsOneStep() {
        Document document;
        QSignalSpy set(&document, &Document::weightSet);
        document.beginGesture();
        for (int i = 1; i <= 10; ++i) setWeight(document, {"h1.bias", 0}, 0.1 * (i - 1), 0.1 * i);
        setWeight(document, {"h1.bias", 1}, 0, 1);
        setLearningRate(document, 0.5);  // another kind of step must not be merged into a weight
        setWeight(document, {"h1.bias", 1}, 1, 2);
        document.endGesture();
        QCOMPARE(document.undoStack().count(), 4);
        document.undoStack().setIndex(0);
        QCOMPARE(set.last()[1].toLongLong(), 0);
        QCOMPARE(set.last()[2].toDouble(), 0.0);
    }

    void everyGeneratorRunsFromEveryOther() {
        std::vector<std::string> ids;
        for (const data::GeneratorType* type : data::generators().members())
            if (!type->table) ids.push_back(type->id);
        for (const std::string& from : ids) {
            for (const std::string& to : ids) {
                Document document;
                chooseGenerator(document, from);
                const int steps = document.undoStack().index();
                chooseGenerator(document, to);
                QVERIFY2(complaints(document).isEmpty(),
                         qPrintable(QString::fromStdString(from + " to " + to + ": ") + complaints(document)));
                QCOMPARE(document.undoStack().index(), steps + (from == to ? 0 : 1));
            }
        }
    }

    void theLastLayerFollowsTheClasses() {
        Document document;
        const std::string out = outputLayer(document);
        chooseGenerator(document, "spiral");
        QCOMPARE(unitsOf(document, out), 1);
        setGeneratorParameter(document, "arms", 4);
        QCOMPARE(unitsOf(document, out), 4);
        QCOMPARE(activationOf(document, out), std::string("linear"));
        QCOMPARE(lossOf(document), std::string("softmax_cross_entropy"));
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        setGeneratorParameter(document, "arms", 2);
        QCOMPARE(unitsOf(document, out), 1);
        QCOMPARE(activationOf(document, out), std::string("tanh"));
        QCOMPARE(lossOf(document), std::string("mean_squared_error"));
        document.undoStack().undo();
        QCOMPARE(unitsOf(document, out), 4);
    }

    void aLossOfOnesOwnStays() {
        Document document;
        setLoss(document, "sigmoid_cross_entropy");
        QCOMPARE(activationOf(document, outputLayer(document)), std::string("linear"));
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        chooseGenerator(document, "xor");
        QCOMPARE(lossOf(document), std::string("sigmoid_cross_entropy"));
        QCOMPARE(activationOf(document, outputLayer(document)), std::string("linear"));
        setTask(document, data::Task::Regression);
        QCOMPARE(lossOf(document), std::string("mean_squared_error"));
    }

    void everyLossOfClassesRuns() {
        for (const char* generator : {"circle", "rings"}) {
            for (const char* loss : {"mean_squared_error", "mean_absolute_error", "softmax_cross_entropy",
                                     "sigmoid_cross_entropy", "binary_cross_entropy", "hinge"}) {
                Document document;
                chooseGenerator(document, generator);
                setLoss(document, loss);
                QVERIFY2(complaints(document).isEmpty(), qPrintable(QString(loss) + ": " + complaints(document)));
            }
        }
    }

    void theTaskChoosesDataLossAndLastLayer() {
        Document document;
        setTask(document, data::Task::Regression);
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(document.spec().data.id, std::string("plane"));
        QCOMPARE(activationOf(document, outputLayer(document)), std::string("linear"));
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        setTask(document, data::Task::Classification);
        QCOMPARE(document.spec().data.id, std::string("circle"));
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
    }

    void layersComeAndGo() {
        Document document;
        const std::size_t before = hiddenLayers(document).size();
        const std::string first = addLayerAt(document, 0), last = addHiddenLayer(document);
        QCOMPARE(hiddenLayers(document).size(), before + 2);
        QCOMPARE(hiddenLayers(document).front(), first);
        QCOMPARE(hiddenLayers(document).back(), last);
        QCOMPARE(document.undoStack().count(), 2);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        while (!hiddenLayers(document).empty()) removeHiddenLayer(document);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        addHiddenLayer(document);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
    }

    void choicesReachEveryLayer() {
        Document document;
        setAllActivations(document, "relu");
        for (const std::string& layer : hiddenLayers(document))
            QCOMPARE(activationOf(document, layer), std::string("relu"));
        QCOMPARE(activationOf(document, outputLayer(document)), std::string("tanh"));
        for (const char* kind : {"l1", "l2", "elastic_net"}) {
            setRegularizer(document, kind, 0.03);
            QCOMPARE(regularizerOf(document), std::string(kind));
            QCOMPARE(regularizationRateOf(document), 0.03);
            QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        }
        setRegularizer(document, "none", 0);
        QCOMPARE(regularizerOf(document), std::string());
    }

    void theRateStaysWithAnotherOptimizer() {
        Document document;
        setLearningRate(document, 0.3);
        setOptimizer(document, "adam");
        QCOMPARE(learningRateOf(document), 0.3);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
    }

    void featuresKeepTheirOrder() {
        Document document;
        setFeature(document, "sin_x1", true);
        addFormula(document, "x1 * x2 ^ 2");
        setFeature(document, "x1_squared", true);
        QCOMPARE(document.value("data.features").dump(),
                 std::string(R"(["x1","x2","x1_squared","sin_x1",{"formula":"x1 * x2 ^ 2"}])"));
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        setFeature(document, "x1", false);
        QVERIFY(!hasFeature(document, "x1"));
        removeFeature(document, 3);
        QCOMPARE(document.value("data.features").dump(), std::string(R"(["x2","x1_squared","sin_x1"])"));
        QVERIFY_EXCEPTION_THROWN(addFormula(document, "x1 +* 2"), base::Error);
    }

    void aStrokeIsOneStep() {
        Document document;
        document.beginGesture();
        for (int i = 0; i < 30; ++i) addPoint(document, i / 10.0, 1.23456, "2");
        document.endGesture();
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(document.spec().data.points.size(), std::size_t(530));
        QCOMPARE(unitsOf(document, outputLayer(document)), 3);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        document.beginGesture();
        erasePoints(document, 1, 1.2, 3);
        erasePoints(document, 3, 1.2, 3);
        document.endGesture();
        QCOMPARE(document.undoStack().count(), 2);
        QCOMPARE(unitsOf(document, outputLayer(document)), 1);
        document.undoStack().undo();
        QCOMPARE(document.spec().data.points.size(), std::size_t(530));
        document.undoStack().undo();
        QVERIFY(!hasPoints(document));
    }

    void ownPointsBeginWithThoseOnTheScreen() {
        Document document;
        startPoints(document);
        QCOMPARE(document.spec().data.points.size(), std::size_t(500));
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        setTask(document, data::Task::Regression);
        startPoints(document);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        QCOMPARE(taskOf(document), data::Task::Regression);
    }

    void sharesAddUp() {
        Document document;
        for (const double share : {0.1, 0.3, 0.7, 0.9}) {
            setSplit(document, share);
            QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        }
    }

    void bundledSetsFitTheNetwork_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("classes");
        QTest::newRow("iris") << "iris" << 3;
        QTest::newRow("wine") << "wine" << 3;
        QTest::newRow("digits") << "digits" << 10;
    }

    void bundledSetsFitTheNetwork() {
        QFETCH(QString, id);
        QFETCH(int, classes);
        Document document;
        QSignalSpy changed(&document, &Document::changed);
        chooseDataset(document, id.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 20000);
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(unitsOf(document, outputLayer(document)), classes);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        chooseGenerator(document, "circle");
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        document.undoStack().undo();
        QCOMPARE(unitsOf(document, outputLayer(document)), classes);
    }

    void generatedTablesFitTheNetwork() {
        for (const auto& [id, units] : {std::pair{"shapes", 4}, {"waves", 4}, {"shapes_boxes", 4}, {"series", 1}}) {
            Document document;
            QSignalSpy changed(&document, &Document::changed);
            chooseGenerator(document, id);
            QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 20000);
            QCOMPARE(document.undoStack().count(), 1);
            QCOMPARE(unitsOf(document, outputLayer(document)), units);
            QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
            setNoise(document, 0.1);
            QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
            chooseGenerator(document, "circle");
            QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        }
    }

    void aTableFitsTheNetwork() {
        QTemporaryDir folder;
        std::string rows = "a,b,c,kind\n";
        for (int i = 0; i < 40; ++i)
            rows += std::to_string(i % 7) + "," + std::to_string(i * 0.5) + ",1." + std::to_string(i) + "," +
                    std::string(1, char('p' + i % 4)) + "\n";
        writeFile(folder.filePath("t.csv"), rows);
        Document document;
        QSignalSpy changed(&document, &Document::changed);
        openTable(document, {.path = folder.filePath("t.csv")});
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 20000);
        QCOMPARE(unitsOf(document, outputLayer(document)), 4);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        setTask(document, data::Task::Regression);
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
    }

    void aTableIsNotCalledLikeTheExampleBefore() {
        QTemporaryDir folder;
        writeFile(folder.filePath("flowers.csv"), "a,b,kind\n1,2,x\n2,1,y\n3,5,x\n4,4,y\n5,2,x\n6,1,y\n");
        Document document;
        document.open(defaultProject(), examplesFolder(), "An example");
        QVERIFY(document.value("notes").is_string());
        const std::string before = document.json().dump();
        openTable(document, {.path = folder.filePath("flowers.csv")});
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, 20000);
        QVERIFY(document.value("name") == "flowers");
        QVERIFY(document.value("notes").is_null());
        QCOMPARE(document.title(), QString("flowers"));
        document.undoStack().undo();
        QCOMPARE(document.json().dump(), before);
        QCOMPARE(document.title(), QString("An example"));

        document.save(folder.filePath("mine.perceptory"));
        openTable(document, {.path = folder.filePath("flowers.csv")});
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, 20000);
        QVERIFY(document.value("notes").is_string());  // what the user keeps is his own
        QCOMPARE(document.title(), QString("mine"));
    }

    void undoReachesBackBeyondSaveAs() {
        QTemporaryDir first, second;
        std::string rows = "a,b,kind\n";
        for (int i = 0; i < 30; ++i)
            rows += std::to_string(i % 7) + "," + std::to_string(i % 5) + "," + (i % 2 ? "x" : "y") + "\n";
        writeFile(first.filePath("t.csv"), rows);
        Document document;
        document.save(first.filePath("p.perceptory"));
        document.load(first.filePath("p.perceptory"));
        openTable(document, {.path = first.filePath("t.csv")});
        QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().count(), 1, 20000);
        QVERIFY(document.value("data.path") == "t.csv");
        document.save(second.filePath("p.perceptory"));
        QVERIFY(!document.isModified());
        QCOMPARE(document.undoStack().count(), 1);
        document.undoStack().undo();
        QVERIFY(document.isModified());
        document.undoStack().redo();
        QVERIFY(!document.isModified());
        QVERIFY2(complaints(document).isEmpty(), qPrintable(complaints(document)));
        document.undoStack().undo();
        document.undoStack().redo();
        document.save(second.filePath("p.perceptory"));
        Document again;
        again.load(second.filePath("p.perceptory"));
        QVERIFY2(complaints(again).isEmpty(), qPrintable(complaints(again)));
    }

    void aBadTableChangesNothing() {
        QTemporaryDir folder;
        writeFile(folder.filePath("t.csv"), "a,b\n1,x\n2,x\n");
        Document document;
        const Json before = document.json();
        QSignalSpy noted(&document, &Document::noted);
        openTable(document, {.path = folder.filePath("none.csv")});
        QTRY_COMPARE_WITH_TIMEOUT(noted.count(), 1, 20000);
        QVERIFY(noted[0][0].toString().contains("none.csv"));
        QVERIFY(noted[0][1].toBool());
        openTable(document, {.path = folder.filePath("t.csv")});
        QTRY_COMPARE_WITH_TIMEOUT(noted.count(), 2, 20000);
        QVERIFY(document.json() == before);
    }
};

QTEST_MAIN(CommandsTest)
#include "CommandsTest.moc"
