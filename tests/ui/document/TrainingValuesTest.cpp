// How to train, as a form shows and sets it.

#include "ui/document/commands/TrainingValues.h"

#include <QTest>
#include <algorithm>

#include "engine/training/TrainingParams.h"
#include "ui/document/commands/LayerValues.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;

namespace {

Json project(const Json& training) {
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data", {{"source", "generator"}, {"id", "circle"}}},
            {"network",
             {{"nodes",
               {{{"id", "in"}, {"type", "input"}},
                {{"id", "out"}, {"type", "dense"}, {"inputs", {"in"}}, {"parameters", {{"units", 1}}}}}}}},
            {"training", training}};
}

bool has(const std::vector<base::ParamType>& params, const std::string& id) {
    return std::ranges::find(params, id, &base::ParamType::id) != params.end();
}

}  // namespace

class TrainingValuesTest : public QObject {
    Q_OBJECT

private slots:
    // Whatever the form sets, it shows afterwards, the project is sound, and one undo takes it back.
    void whatIsSetIsShown() {
        const std::vector<std::pair<std::string, Json>> wishes{{"class_weights", "balanced"},
                                                               {"schedule", {{"type", "cosine"}}},
                                                               {"per", "step"},
                                                               {"clip", true},
                                                               {"clip_by", "value"},
                                                               {"limit", 0.5},
                                                               {"batch_size", 7},
                                                               {"epochs", 12},
                                                               {"shuffle", false},
                                                               {"stopping", "early_stopping"}};
        Document document;
        document.open(project({{"loss", "sigmoid_cross_entropy"}, {"optimizer", "sgd"}}), ".", "t");
        const Json before = document.json();
        for (const auto& [id, value] : wishes) {
            setTrainingValue(document, id, value);
            QVERIFY2(document.problems().empty(), id.c_str());
            base::Problems ignored;
            const Json shown = trainingValues(document).value(id, Json());
            if (id == "stopping" || id == "schedule")
                QCOMPARE(base::KindSpec::fromJson(shown, "", ignored).type,
                         base::KindSpec::fromJson(value, "", ignored).type);
            else
                QVERIFY2(shown == value, id.c_str());
        }
        QCOMPARE(document.undoStack().count(), static_cast<int>(wishes.size()));
        const training::TrainSpec& spec = document.spec().training;
        QVERIFY(spec.schedulePerStep && spec.schedule.type == "cosine");
        QVERIFY(spec.clip.type == training::Clip::Type::Value && spec.clip.limit == 0.5);
        while (document.undoStack().canUndo()) document.undoStack().undo();
        QVERIFY(document.json() == before);
    }

    void anotherScheduleKeepsWhatItCounts() {
        Document document;
        document.open(project({{"schedule", {{"type", "step"}, {"per", "step"}}}}), ".", "t");
        setTrainingValue(document, "schedule", "exponential");
        QVERIFY(document.spec().training.schedulePerStep);
        QCOMPARE(document.spec().training.schedule.type, std::string("exponential"));
    }

    void whatIsSwitchedOffLeavesTheFile() {
        Document document;
        document.open(project({{"clip", "norm"}, {"stopping", {"early_stopping"}}, {"class_weights", "balanced"}}), ".",
                      "t");
        QVERIFY(trainingValues(document)["clip"] == true);
        setTrainingValue(document, "clip", false);
        setTrainingValue(document, "stopping", Json());
        setTrainingValue(document, "class_weights", "none");
        QVERIFY(document.value("training").empty());
    }

    void theOutputFollowsAnotherLoss() {
        Document document;
        document.open(project({{"loss", "mean_squared_error"}, {"optimizer", {{"type", "sgd"}}}}), ".", "t");
        setTrainingValue(document, "loss", "softmax_cross_entropy");
        QCOMPARE(document.spec().network.nodes[1].parameters["units"], 2);
        setTrainingValue(document, "optimizer", {{"type", "adam"}});
        QCOMPARE(document.spec().training.optimizer.type, std::string("adam"));
    }

    void whatAFormCannotSayIsNotAsked() {
        Document document;
        document.open(project({{"losses", {{{"output", "out"}, {"type", "mean_squared_error"}}}},
                               {"class_weights", {1, 2}},
                               {"stopping", {"early_stopping", {{"type", "early_stopping"}}}}}),
                      ".", "t");
        const auto params = trainingParamsOf(document);
        for (const char* id : {"loss", "class_weights", "stopping"}) QVERIFY2(!has(params, id), id);
        QVERIFY(has(params, "optimizer"));
    }

    void whatEveryLayerHasIsSetForSeveral() {
        Document document;
        document.open(project(Json::object()), ".", "t");
        setNodeValueOfMany(document, {"in", "out"}, "learning_rate_factor", 0.1);
        QCOMPARE(document.spec().network.nodes[1].learningRateFactor, 0.1);
        QVERIFY(!document.json()["network"]["nodes"][0].contains("learning_rate_factor"));
        setNodeValueOfMany(document, {"out"}, "learning_rate_factor", 1.0);
        QVERIFY(!document.json()["network"]["nodes"][1].contains("learning_rate_factor"));
        setNodeValueOfMany(document, {"out"}, "activity_regularizer", "l1");
        QCOMPARE(document.spec().network.nodes[1].activityRegularizer.type, std::string("l1"));
        QVERIFY(document.problems().empty());
    }
};

QTEST_GUILESS_MAIN(TrainingValuesTest)
#include "TrainingValuesTest.moc"
