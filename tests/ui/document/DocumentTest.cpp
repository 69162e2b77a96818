// The document: undo leads back to the same bytes whatever was done, gestures are one step, files come back as they
// went.

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <random>

#include "engine/base/Error.h"
#include "engine/data/generators/Generator.h"
#include "engine/project/Project.h"
#include "ui/document/Document.h"
#include "ui/document/EngineText.h"
#include "ui/document/JsonPatch.h"
#include "ui/document/JsonPath.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/TrainingCommands.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;

namespace {

std::string bytesOf(const Document& document) { return project::projectText(document.json()); }

template <class T>
const T& anyOf(std::mt19937& random, const std::vector<T>& list) {
    return list[random() % list.size()];
}

// One wish as the Playground might make it.
void editAtRandom(Document& document, std::mt19937& random) {
    std::vector<std::string> generators;
    for (const data::GeneratorType* type : data::generators().members())
        if (!type->table) generators.push_back(type->id);
    const std::vector<std::string> layers = hiddenLayers(document);
    const double plane = static_cast<double>(random() % 1200) / 100 - 6;
    switch (random() % 16) {
        case 0:
            return chooseGenerator(document, anyOf(random, generators));
        case 1:
            return setFeature(document,
                              anyOf(random, std::vector<std::string>{"x1_squared", "sin_x1", "x1_x2", "radius"}),
                              random() % 2);
        case 2:
            return (void)addHiddenLayer(document);
        case 3:
            return removeHiddenLayer(document);
        case 4:
            return (void)addLayerAt(document, static_cast<int>(random() % 4));
        case 5:
            if (!layers.empty()) setUnits(document, anyOf(random, layers), 1 + static_cast<int>(random() % 8));
            return;
        case 6:
            return setAllActivations(document,
                                     anyOf(random, std::vector<std::string>{"tanh", "relu", "sigmoid", "linear"}));
        case 7:
            return setLearningRate(document, 0.001 * static_cast<double>(random() % 1000));
        case 8:
            return setOptimizer(document, anyOf(random, std::vector<std::string>{"sgd", "momentum", "adam"}));
        case 9:
            return setRegularizer(document, anyOf(random, std::vector<std::string>{"none", "l1", "l2"}), 0.003);
        case 10:
            return setTask(document, random() % 2 ? data::Task::Regression : data::Task::Classification);
        case 11:
            return addPoint(document, plane, -plane / 2, std::to_string(random() % 4));
        case 12:
            return erasePoints(document, plane, 0, 2);
        case 13:
            return setNoise(document, static_cast<double>(random() % 50) / 100);
        case 14:
            return setSplit(document, static_cast<double>(random() % 9 + 1) / 10);
        default:
            return setTrainingSeed(document, random());
    }
}

void writeFile(const QString& path, const std::string& bytes) {
    std::ofstream(path.toStdString(), std::ios::binary) << bytes;
}

}  // namespace

class DocumentTest : public QObject {
    Q_OBJECT

private slots:
    void patchesLeadThereAndBack_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("value") << R"({"a":1,"b":2})"
                               << R"({"a":1,"b":3})";
        QTest::newRow("member in the middle") << R"({"a":1,"c":2})"
                                              << R"({"a":1,"b":{"x":[]},"c":2})";
        QTest::newRow("members taken") << R"({"a":1,"b":2,"c":3})"
                                       << R"({"b":2})";
        QTest::newRow("order") << R"({"a":1,"b":2})"
                               << R"({"b":2,"a":1})";
        QTest::newRow("list grows") << R"({"p":[[0,1,0]]})"
                                    << R"({"p":[[0,1,0],[2,3,1]]})";
        QTest::newRow("list shrinks") << R"({"p":[1,2,3,4]})"
                                      << R"({"p":[1,4]})";
        QTest::newRow("kind changes") << R"({"a":"sgd"})"
                                      << R"({"a":{"type":"sgd"}})";
        QTest::newRow("root") << R"({"a":1})"
                              << R"([1])";
    }

    void patchesLeadThereAndBack() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const Json from = Json::parse(before.toStdString()), to = Json::parse(after.toStdString());
        const JsonPatch patch = JsonPatch::between(from, to);
        Json json = from;
        patch.apply(json);
        QCOMPARE(json.dump(), to.dump());
        patch.revert(json);
        QCOMPARE(json.dump(), from.dump());
    }

    void pathsMakeWhatIsMissing() {
        Json json = Json::parse(R"({"training":{"optimizer":"sgd"},"network":{"nodes":[{"id":"a.b"},{"id":"a"}]}})");
        setValueAt(json, "training.optimizer.parameters.learning_rate", 0.5);
        setValueAt(json, "network.nodes.a.b.parameters.units", 3);
        setValueAt(json, "network.nodes.a.note", "x");
        QCOMPARE(json.dump(),
                 std::string(R"({"training":{"optimizer":{"type":"sgd","parameters":{"learning_rate":0.5}}},)"
                             R"("network":{"nodes":[{"id":"a.b","parameters":{"units":3}},{"id":"a","note":"x"}]}})"));
        QVERIFY(valueAt(json, "network.nodes.a.b.parameters.units") == Json(3));
        QVERIFY(valueAt(json, "network.nodes.none.parameters").is_null());
        QVERIFY_EXCEPTION_THROWN(setValueAt(json, "network.nodes.none.note", 1), base::Error);
        QVERIFY_EXCEPTION_THROWN(setValueAt(json, "network.nodes.a.note.inside", 1), base::Error);
    }

    void undoLeadsBackToTheSameBytes_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 6; ++seed) QTest::addRow("seed %u", seed) << seed;
    }

    void undoLeadsBackToTheSameBytes() {
        QFETCH(unsigned, seed);
        Document document;
        std::mt19937 random(seed);
        std::vector<std::string> states{bytesOf(document)};
        for (int i = 0; i < 80; ++i) {
            if (random() % 8 == 0) {
                for (int back = static_cast<int>(random() % 3); back > 0; --back) document.undoStack().undo();
                states.resize(static_cast<std::size_t>(document.undoStack().index()) + 1);
            }
            const bool gesture = random() % 5 == 0;
            if (gesture) document.beginGesture();
            for (int inside = gesture ? 4 : 1; inside > 0; --inside) editAtRandom(document, random);
            if (gesture) document.endGesture();
            states.resize(static_cast<std::size_t>(document.undoStack().index()));
            states.push_back(bytesOf(document));
            if (static_cast<int>(states.size()) != document.undoStack().index() + 1)
                QFAIL("an edit made more than one step");
        }
        const std::string end = bytesOf(document);
        QCOMPARE(states.back(), end);
        for (std::size_t i = states.size(); i-- > 1;) {
            QCOMPARE(bytesOf(document), states[i]);
            document.undoStack().undo();
        }
        QCOMPARE(bytesOf(document), states.front());
        while (document.undoStack().canRedo()) document.undoStack().redo();
        QCOMPARE(bytesOf(document), end);
    }

    void aDragIsOneStep() {
        Document document;
        QSignalSpy changed(&document, &Document::changed);
        document.beginGesture();
        for (int i = 1; i <= 20; ++i) setNoise(document, i / 100.0);
        document.endGesture();
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(changed.count(), 20);
        QVERIFY(document.value("data.parameters.noise") == Json(0.2));
        setNoise(document, 0.3);
        QCOMPARE(document.undoStack().count(), 2);
        document.undoStack().undo();
        document.undoStack().undo();
        QVERIFY(document.value("data.parameters.noise") == Json(0.0));
    }

    void aDragBackToTheStartLeavesNoStep() {
        Document document;
        document.beginGesture();
        setNoise(document, 0.3);
        setNoise(document, 0.0);
        document.endGesture();
        QCOMPARE(document.undoStack().count(), 0);
    }

    void stepsWithOneKeyMergeUntilAnother() {
        Document document;
        for (const int size : {11, 12, 13}) document.setValue("training.batch_size", size, "batch", "batch");
        document.setValue("training.epochs", 7, "epochs", "epochs");
        document.setValue("training.batch_size", 14, "batch", "batch");
        QCOMPARE(document.undoStack().count(), 3);
        document.undoStack().undo();
        QVERIFY(document.value("training.batch_size") == Json(13));
    }

    void nothingChangedIsNoStep() {
        Document document;
        QSignalSpy changed(&document, &Document::changed);
        document.setValue("training.batch_size", document.value("training.batch_size"), "same");
        setUnits(document, "h1", unitsOf(document, "h1"));
        QCOMPARE(document.undoStack().count(), 0);
        QCOMPARE(changed.count(), 0);
    }

    void aChangeSaysWhatItTouched() {
        Document document;
        QSignalSpy changed(&document, &Document::changed);
        const std::uint64_t before = document.revision();
        setLearningRate(document, 0.1);
        setUnits(document, "h1", 7);
        document.setView("discretize", true);
        QCOMPARE(changed.count(), 3);
        QCOMPARE(changed[0][0].value<Change>().parts, unsigned(TrainingPart));
        QCOMPARE(changed[1][0].value<Change>().parts, unsigned(NetworkPart));
        QCOMPARE(changed[2][0].value<Change>().parts, unsigned(ViewPart));
        QCOMPARE(document.revision(), before + 3);
        QCOMPARE(document.undoStack().count(), 2);
    }

    void savedAndLoadedIsTheSame() {
        QTemporaryDir folder;
        Document document;
        std::mt19937 random(3);
        for (int i = 0; i < 40; ++i) editAtRandom(document, random);
        QVERIFY(document.isModified());
        document.save(folder.filePath("a.perceptory"));
        QVERIFY(!document.isModified());
        QCOMPARE(document.title(), QString("a"));
        Document other;
        other.load(folder.filePath("a.perceptory"));
        QCOMPARE(bytesOf(other), bytesOf(document));
        other.save(folder.filePath("b.perceptory"));
        QFile a(folder.filePath("a.perceptory")), b(folder.filePath("b.perceptory"));
        QVERIFY(a.open(QFile::ReadOnly) && b.open(QFile::ReadOnly));
        QCOMPARE(a.readAll(), b.readAll());
        document.undoStack().undo();
        QVERIFY(document.isModified());
        document.undoStack().redo();
        QVERIFY(!document.isModified());
    }

    void aRemedyNamesTheControlOfTheWindow() {
        const base::Problem rows{"data.reader.parameters.bad_rows", base::Severity::Error, "t.csv, line 3: too short.",
                                 "Mend the line, or let bad rows be skipped (\"bad_rows\": \"skip\")."};
        QVERIFY2(problemText(rows).startsWith("t.csv, line 3: too short. Mend"), qPrintable(problemText(rows)));
        QVERIFY(problemText(rows).contains("\"Bad rows\"") && !problemText(rows).contains("bad_rows"));
        QCOMPARE(remedyText({"data.path", base::Severity::Error, "It is gone.", "Choose another."}),
                 QString("Choose another."));
    }

    void aPlayIsNothingToSave() {
        using std::chrono::milliseconds;
        Document document;
        document.noteTraining(milliseconds(10'000));
        document.setView("show_test", false);
        QVERIFY(!document.isModified());
        QSignalSpy modified(&document, &Document::modifiedChanged);
        document.noteTraining(Document::longestPlay);
        QVERIFY(!document.isModified());
        document.noteTraining(Document::longestPlay + milliseconds(1));
        document.noteTraining(Document::longestPlay + milliseconds(2));
        QVERIFY(document.isModified());
        QCOMPARE(modified.count(), 1);
        document.newDocument();
        QVERIFY(!document.isModified());
        addHiddenLayer(document);
        document.noteTraining(milliseconds(10));
        QVERIFY(document.isModified());
    }

    void trainedWeightsAreSomethingToSaveOnceThereIsAFile() {
        QTemporaryDir folder;
        Document document;
        document.save(folder.filePath("a.perceptory"));
        QSignalSpy modified(&document, &Document::modifiedChanged);
        document.noteTraining(std::chrono::milliseconds(0));
        document.noteTraining(std::chrono::milliseconds(1));
        QVERIFY(document.isModified());
        QCOMPARE(modified.count(), 1);
        document.save(folder.filePath("a.perceptory"));
        QVERIFY(!document.isModified());
    }

    void unknownKeysSurvive() {
        QTemporaryDir folder;
        const QString path = folder.filePath("p.perceptory");
        Document document;
        Json project = document.json();
        project["future"] = Json{{"x", 1}};
        project["network"]["nodes"][1]["note"] = "mine";
        project::saveProject(project, path.toStdString());
        document.load(path);
        chooseGenerator(document, "xor");
        addHiddenLayer(document);
        document.save(path);
        const Json saved = project::loadProject(path.toStdString());
        QVERIFY(saved["future"]["x"] == Json(1));
        QVERIFY(saved["network"]["nodes"][1]["note"] == Json("mine"));
    }

    void badFilesLeaveTheDocumentAlone_data() {
        QTest::addColumn<QString>("content");
        QTest::newRow("empty") << "";
        QTest::newRow("truncated") << R"({"format": "perceptory-project", "format_version": 1, "data")";
        QTest::newRow("binary") << QString("\x01\x02\x03");
        QTest::newRow("foreign") << R"({"format": "something"})";
        QTest::newRow("page") << "<!DOCTYPE html><html></html>";
        QTest::newRow("newer") << R"({"format": "perceptory-project", "format_version": 99})";
    }

    void badFilesLeaveTheDocumentAlone() {
        QFETCH(QString, content);
        QTemporaryDir folder;
        const QString path = folder.filePath("bad.perceptory");
        writeFile(path, content.toStdString());
        Document document;
        setNoise(document, 0.1);
        const std::string before = bytesOf(document);
        const std::uint64_t revision = document.revision();
        try {
            document.load(path);
            QFAIL("a bad file was opened");
        } catch (const base::Error& error) {
            QVERIFY(QString::fromStdString(error.sentence()).contains("bad.perceptory"));
        }
        QCOMPARE(bytesOf(document), before);
        QCOMPARE(document.revision(), revision);
        QCOMPARE(document.undoStack().count(), 1);
    }

    void mistakesInsideAreProblemsNotErrors() {
        QTemporaryDir folder;
        const QString path = folder.filePath("p.perceptory");
        Document document;
        Json project = document.json();
        project["training"]["batch_size"] = "many";
        project["data"]["id"] = "circel";
        project::saveProject(project, path.toStdString());
        document.load(path);
        QVERIFY(base::hasError(document.problems()));
        QVERIFY(document.problems().size() >= 2);
        document.setValue("training.batch_size", 10, "x");
        document.setValue("data.id", "circle", "x");
        QVERIFY(!base::hasError(document.problems()));
    }
};

QTEST_MAIN(DocumentTest)
#include "DocumentTest.moc"
