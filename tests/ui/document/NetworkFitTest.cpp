// Whatever data are chosen, the project can be played: the network follows them, or one for such data takes its place.

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "engine/data/DatasetLoader.h"
#include "engine/project/Project.h"
#include "engine/training/RunCheck.h"
#include "engine/training/Trainer.h"
#include "tests/support/Npy.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/DataFileCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/NetworkFit.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/TableCommands.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;

namespace {

constexpr int patience = 60000;
constexpr int steps = 30;

// A project of the folder with_data: its network, not its data.
void openExample(Document& document, const char* name) {
    const std::filesystem::path folder = examplesFolder() / "with_data";
    document.open(project::loadProject((folder / name).string()), folder, name);
}

std::shared_ptr<const data::Dataset> dataOf(const Document& document, base::Problems& problems) {
    return data::loadDataset(document.spec().data, document.folder(), problems);
}

// All errors, and after them what became of the loss; empty when it is finite and falls.
QString faults(const Document& document) {
    base::Problems problems = document.problems();
    const auto dataset = dataOf(document, problems);
    if (dataset) {
        const training::RunCheck check = training::checkRun(document.spec(), *dataset);
        problems.insert(problems.end(), check.problems.begin(), check.problems.end());
    }
    QString text;
    for (const base::Problem& problem : problems)
        if (problem.severity == base::Severity::Error) text += QString::fromStdString(base::describe(problem)) + "\n";
    if (!text.isEmpty() || !dataset) return text + "cannot be played";
    training::Trainer trainer(document.spec(), dataset);
    const double first = trainer.evaluate(dataset->parts.train).loss;
    for (int i = 0; i < steps; ++i) trainer.step();
    const double last = trainer.evaluate(dataset->parts.train).loss;
    return last < first ? QString() : QString("the loss went from %1 to %2").arg(first).arg(last);
}

Json nodesOf(const Document& document) { return document.value("network.nodes"); }

// The nodes without the sizes of the last layer.
Json hiddenOf(const Document& document) {
    Json nodes = nodesOf(document);
    for (Json& node : nodes)
        if (node["id"] == outputLayer(document)) node.erase("parameters");
    return nodes;
}

// Files of every kind in a folder, by the names below.
class Samples {
public:
    Samples() {
        writeTables();
        writeTexts();
        writeArrays();
        write("images/images", "a", "b", false);
        write("masks", "images", "masks", true);
    }

    QString path(const QString& name) const { return m_folder.filePath(name); }

private:
    void write(const QString& name, const std::string& bytes) const {
        QDir().mkpath(QFileInfo(path(name)).path());
        std::ofstream(path(name).toStdString(), std::ios::binary) << bytes;
    }

    void writeTables() const {
        std::string days = "day,temp\n", flowers = "a,b,kind\n", ratings = "who,film,stars\n", pairs = "a,b,c,d\n";
        for (int i = 0; i < 120; ++i) {
            const std::string number = std::to_string(i);
            days += number + "," + std::to_string(2 * std::sin(i * 0.2)) + "\n";
            flowers += number + "," + std::to_string(i % 7) + ",k" + std::to_string(i % 3) + "\n";
            ratings +=
                "u" + std::to_string(i % 11) + ",f" + std::to_string(i % 13) + "," + std::to_string(1 + i % 5) + "\n";
            pairs += std::to_string(i % 10) + "," + std::to_string(i % 6) + "," + std::to_string(i % 5) + "," +
                     std::to_string(i % 4) + "\n";
        }
        write("days.csv", days);
        write("flowers.csv", flowers);
        write("ratings.csv", ratings);
        write("pairs.csv", pairs);
    }

    void writeTexts() const {
        std::string lines;
        for (int i = 0; i < 60; ++i) lines += i % 2 ? "rain and wind\twet\n" : "sun and sand\tdry\n";
        write("texts.txt", lines);
    }

    void writeArrays() const {
        std::vector<float> x(40 * 12 * 2);
        std::vector<std::int64_t> y(40 * 12);
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = float(std::sin(double(i)));
        for (std::size_t i = 0; i < y.size(); ++i) y[i] = x[2 * i] > 0;
        write("steps/x.npy", support::npyOf<float>("<f4", {40, 12, 2}, x));
        write("steps/y.npy", support::npyOf<std::int64_t>("<i8", {40, 12}, y));
    }

    // Pictures of 16 × 16, light or dark; as masks also what is to be found in them.
    void write(const QString& name, const char* one, const char* other, bool masks) const {
        for (int i = 0; i < 24; ++i) {
            std::string pixels, mask;
            for (int p = 0; p < 256; ++p) {
                const bool inside = p / 16 < 4 + i % 8;
                pixels += char(masks ? (inside ? 200 : 30) + p % 7 : (i % 2 ? 180 : 60) + p % 31);
                mask += char(inside ? 255 : 0);
            }
            const QString file = QString("/%1.pgm").arg(i);
            write(name + "/" + (masks || i % 2 ? one : other) + file, "P5 16 16 255\n" + pixels);
            if (masks) write(name + "/" + other + file, "P5 16 16 255\n" + mask);
        }
    }

    QTemporaryDir m_folder;
};

// Chooses data of a kind as the window does, and waits for them.
void choose(Document& document, const Samples& samples, const QString& kind, const QString& source) {
    const int before = document.undoStack().index();
    if (kind == "generator") {
        chooseGenerator(document, source.toStdString());
    } else if (kind == "dataset") {
        chooseDataset(document, source.toStdString());
    } else if (kind == "csv") {
        openTable(document, {.path = samples.path(source)});
    } else {
        QStringList files;
        for (const QString& name : source.split(' ')) files += samples.path(name);
        openData(document, {.files = files, .reader = kind.toStdString()});
    }
    QTRY_COMPARE_WITH_TIMEOUT(document.undoStack().index(), before + 1, patience);
}

}  // namespace

class NetworkFitTest : public QObject {
    Q_OBJECT

private:
    Samples m_samples;

private slots:
    void dataOfEveryKindCanBePlayed_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("start");
        for (const char* start : {"", "mnist_lenet.perceptory", "names_lstm.perceptory"}) {
            const auto row = [&](const char* kind, const char* source) {
                QTest::addRow("%s %s from %s", kind, source, *start ? start : "the playground")
                    << QString(kind) << QString(source) << QString(start);
            };
            for (const char* id :
                 {"xor", "rings", "plane", "shapes", "shapes_masks", "shapes_boxes", "waves", "ratings"})
                row("generator", id);
            for (const char* id : {"iris", "diabetes", "digits"}) row("dataset", id);
            row("csv", "flowers.csv");
            row("csv", "pairs.csv");
            row("windows", "days.csv");
            row("ratings", "ratings.csv");
            row("text_lines", "texts.txt");
            row("image_folder", "images/images");
            row("image_masks", "masks");
            row("npy", "steps/x.npy steps/y.npy");
        }
    }

    void dataOfEveryKindCanBePlayed() {
        QFETCH(QString, kind);
        QFETCH(QString, source);
        QFETCH(QString, start);
        Document document;
        if (!start.isEmpty()) openExample(document, qPrintable(start));
        const Json before = document.json();
        choose(document, m_samples, kind, source);
        const QString found = faults(document);
        QVERIFY2(found.isEmpty(), qPrintable(found + "\n" + QString::fromStdString(nodesOf(document).dump())));
        document.undoStack().undo();
        QVERIFY(document.json() == before);
    }

    void aNetworkThatCanTakeTheDataStays() {
        Document document;
        QSignalSpy noted(&document, &Document::noted);
        const Json playground = hiddenOf(document);
        for (const char* id : {"spiral", "rings", "plane", "circle"}) {
            chooseGenerator(document, id);
            QVERIFY(hiddenOf(document) == playground);
        }
        choose(document, m_samples, "dataset", "iris");
        QVERIFY(hiddenOf(document) == playground);
        startPoints(document);
        QVERIFY(hiddenOf(document) == playground);
        for (const auto& note : noted) QVERIFY(!note[0].toString().contains(replacedNote()));

        openExample(document, "mnist_lenet.perceptory");
        const Json lenet = hiddenOf(document);
        const Json training = document.value("training");
        for (const char* id : {"shapes", "digits"}) {
            choose(document, m_samples, *id == 's' ? "generator" : "dataset", id);
            QVERIFY(hiddenOf(document) == lenet);
            QVERIFY(document.value("training") == training);
        }
        openExample(document, "nuclei.perceptory");
        const Json nuclei = hiddenOf(document);
        choose(document, m_samples, "generator", "shapes_masks");
        QVERIFY(hiddenOf(document) == nuclei);
        QCOMPARE(document.value("network.nodes.out.parameters.filters").get<int>(), 5);
        setGeneratorParameter(document, "classes", 2);
        QVERIFY(hiddenOf(document) == nuclei);
        QCOMPARE(document.value("network.nodes.out.parameters.filters").get<int>(), 3);
        for (const auto& note : noted) QVERIFY(!note[0].toString().contains(replacedNote()));
    }

    void theMessageBarSaysThatTheNetworkWasReplaced() {
        Document document;
        QSignalSpy noted(&document, &Document::noted);
        const Json before = document.json();
        choose(document, m_samples, "text_lines", "texts.txt");
        QCOMPARE(noted.count(), 1);
        QCOMPARE(noted[0][0].toString().section('\n', 0, 0),
                 QString("The network could not take these data, so a small new one took its place; undo brings it "
                         "back."));
        QVERIFY(!noted[0][1].toBool());
        document.undoStack().undo();
        QVERIFY(document.json() == before);
        document.undoStack().redo();
        chooseGenerator(document, "circle");
        QCOMPARE(noted.count(), 2);
        QCOMPARE(noted[1][0].toString(), replacedNote());
        QVERIFY(nodesOf(document) == before["network"]["nodes"]);
        QVERIFY(document.value("training.optimizer") == before["training"]["optimizer"]);
        document.undoStack().undo();
        startPoints(document, false);
        QCOMPARE(noted.count(), 3);
        addPoint(document, 1, 2, "1");
        QCOMPARE(noted.count(), 3);
    }

    void onlyAnEmbeddingIsMadeLarger() {
        Document document;
        choose(document, m_samples, "generator", "ratings");
        const Json network = nodesOf(document);
        setGeneratorParameter(document, "users", 300);
        Json larger = network;
        larger[1]["parameters"]["entries"] = 301;
        QVERIFY2(nodesOf(document) == larger, nodesOf(document).dump(1).c_str());
        QVERIFY2(faults(document).isEmpty(), qPrintable(faults(document)));
    }

    void everyLossHasItsOwnOutput() {
        Document document;
        choose(document, m_samples, "generator", "shapes_boxes");
        QCOMPARE(document.value("training.losses").size(), std::size_t(2));
        QVERIFY(document.value("training.loss").is_null());
        QCOMPARE(unitsOf(document, "out_box"), 4);
        QCOMPARE(unitsOf(document, "out_shape"), 4);
        // The two targets are of different tasks, and a task in the file would be that of both.
        QVERIFY(document.value("data.task").is_null());
        setUnits(document, "h1", 20);
        const Json before = nodesOf(document);
        setGeneratorParameter(document, "classes", 3);
        QCOMPARE(unitsOf(document, "out_box"), 4);
        QCOMPARE(unitsOf(document, "out_shape"), 3);
        setGeneratorParameter(document, "classes", 4);
        QVERIFY(nodesOf(document) == before);
        choose(document, m_samples, "generator", "shapes");
        QVERIFY(document.value("training.losses").is_null());
        QVERIFY2(faults(document).isEmpty(), qPrintable(faults(document)));
    }
};

QTEST_MAIN(NetworkFitTest)
#include "NetworkFitTest.moc"
