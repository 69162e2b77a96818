// A layer that starts as identity leaves what the network says as it was.

#include "ui/document/commands/IdentityStart.h"

#include <QTest>

#include "tests/engine/training/Fixtures.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/LayerValues.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;

namespace {

Json imageProject() {
    return Json::parse(R"j({"format": "perceptory-project", "format_version": 1,
        "data": {"source": "dataset", "id": "digits"},
        "network": {"nodes": [
          {"id": "in", "type": "input", "shape": [8, 8, 1]},
          {"id": "conv1", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4, "activation": "relu"}},
          {"id": "flat", "type": "flatten", "inputs": ["conv1"]},
          {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 10}}]},
        "training": {"loss": "softmax_cross_entropy", "optimizer": "adam"}})j");
}

double lossOf(training::Trainer& trainer, const data::Dataset& dataset) {
    return trainer.evaluate(dataset.parts.train).loss;
}

}  // namespace

class IdentityStartTest : public QObject {
    Q_OBJECT

private slots:
    void theNetworkSaysTheSameAsBefore_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("behind");
        QTest::addColumn<QString>("activation");
        QTest::addColumn<QString>("kept");
        QTest::newRow("relu behind relu") << "conv2d"
                                          << "conv1"
                                          << "relu"
                                          << "relu";
        QTest::newRow("tanh behind relu") << "conv2d"
                                          << "conv1"
                                          << "tanh"
                                          << "linear";
        QTest::newRow("dense behind a flattened image") << "dense"
                                                        << "flat"
                                                        << "relu"
                                                        << "linear";
        QTest::newRow("dense behind the scores") << "dense"
                                                 << "out"
                                                 << "sigmoid"
                                                 << "linear";
    }

    void theNetworkSaysTheSameAsBefore() {
        QFETCH(QString, type);
        QFETCH(QString, behind);
        QFETCH(QString, activation);
        QFETCH(QString, kept);
        Document document;
        document.open(imageProject(), ".", "digits");
        const auto dataset = training::loadData(document.spec());
        training::Trainer before(document.spec(), dataset);
        training::trainSteps(before, 20);
        const std::string id = appendLayer(document, type.toStdString(), behind.toStdString());
        setParameterOfMany(document, {id}, "activation", activation.toStdString());
        if (type == "conv2d") setParameterOfMany(document, {id}, "kernel_size", {4, 5});
        const int steps = document.undoStack().count();
        startAsIdentity(document, dataset.get(), id);
        QCOMPARE(document.undoStack().count(), steps + 1);
        QCOMPARE(document.spec().network.find(id)->parameters["activation"], Json(kept.toStdString()));
        training::Trainer after(document.spec(), dataset);
        training::Attic attic;
        after.take(before, attic);
        QVERIFY(std::abs(lossOf(after, *dataset) - lossOf(before, *dataset)) < 1e-6);
        QVERIFY(!identityParameters(document, dataset.get(), id));  // it does already
    }

    void whatCannotIsNotOffered() {
        Document document;
        document.open(imageProject(), ".", "digits");
        const auto dataset = training::loadData(document.spec());
        QVERIFY(!identityParameters(document, nullptr, "conv1"));
        QVERIFY(!identityParameters(document, dataset.get(), "flat"));
        QVERIFY(!identityParameters(document, dataset.get(), "in"));
        QVERIFY(!identityParameters(document, dataset.get(), "nobody"));
        const std::string alone = addLayer(document, "dense");
        QVERIFY(!identityParameters(document, dataset.get(), alone));
    }
};

QTEST_GUILESS_MAIN(IdentityStartTest)
#include "IdentityStartTest.moc"
