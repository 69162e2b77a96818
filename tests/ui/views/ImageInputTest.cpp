// Images in the network picture: one node stands for all pixels.

#include <QHelpEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

#include "engine/data/DatasetLoader.h"
#include "tests/ui/views/Playground.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/views/SampleImage.h"
#include "ui/views/playground/OutputPanel.h"

namespace perceptory::views {

using tests::middleOfLink;
using tests::named;
using tests::Playground;
using tests::pointAt;

namespace {

// Images of 16 × 16 of four classes.
void chooseShapes(document::Document& document) {
    document.edit(QStringLiteral("data"), [](base::Json& project) {
        project["data"] = {{"source", "generator"},
                           {"id", "shapes"},
                           {"seed", "1"},
                           {"parameters", {{"samples", 40}, {"size", 16}, {"classes", 4}}}};
        base::Json& nodes = project["network"]["nodes"];
        nodes[1]["inputs"] = {"flat"};
        nodes.insert(nodes.begin() + 1, base::Json{{"id", "flat"}, {"type", "flatten"}, {"inputs", {"in"}}});
        nodes.back()["parameters"] = {{"units", 4}, {"activation", "linear"}};
        project["training"]["loss"] = "softmax_cross_entropy";
    });
}

data::Dataset datasetOf(const std::vector<data::Field>& fields) {
    data::Dataset dataset;
    std::int64_t width = 0;
    for (const data::Field& field : fields) width += field.size();
    for (std::int64_t i = 0; i < width; ++i) dataset.rawNames.push_back("c" + std::to_string(i));
    base::Problems problems;
    dataset.pipeline = *data::InputPipeline::make({dataset.rawNames, {}, {}}, {}, problems);
    dataset.pipeline.setFields(fields);
    return dataset;
}

NetworkModel modelFor(const std::vector<data::Field>& fields) {
    document::Document document;
    document.newDocument();
    training::RunSpec spec = document.spec();
    spec.data = {};
    spec.data.source = data::SourceKind::File;
    const data::Dataset dataset = datasetOf(fields);
    return networkModel(spec, &dataset);
}

}  // namespace

class ImageInputTest : public QObject {
    Q_OBJECT

private slots:
    void anImageIsOneNode() {
        Playground playground(chooseShapes);
        const NetworkModel& model = playground.picture().sight().model();
        QCOMPARE(model.inputs.size(), std::size_t{1});
        QCOMPARE(model.unitName({0, 0}), QStringLiteral("16 × 16 image"));
        QCOMPARE(model.columns.front().units, 1);
        // What it stands for goes on to count where the work of a picture is reckoned.
        QCOMPARE(model.links.front().from.size(), std::size_t{256});
        QVERIFY(model.unitCount() > 256);
        QVERIFY(!playground.picture().sight().weights(model.links.front()).empty());
        const QRect tile = playground.picture().tiles().tile({0, 0});
        QVERIFY(tile.width() > 36 && playground.picture().rect().contains(tile));
    }

    void itShowsTheChosenSample() {
        Playground playground(chooseShapes);
        const NetworkSight& sight = playground.picture().sight();
        const data::Dataset& dataset = playground.rehearsal->trainer().dataset();
        QVERIFY(!sight.image().isNull());
        QVERIFY(sight.image() == imageOf(dataset, dataset.parts.train.front()));
        const QImage painted = playground.picture().grab().toImage();
        const QRect tile = playground.picture().tiles().tile({0, 0}).adjusted(3, 3, -3, -3);
        QSet<QRgb> greys;
        for (int y = tile.top(); y < tile.bottom(); ++y)
            for (int x = tile.left(); x < tile.right(); ++x) greys.insert(painted.pixel(x, y));
        QVERIFY(greys.size() > 5);
        playground.refresh();  // with the plane of images
        widgets::HeatmapView& map = *playground.page->outputPanel()->map();
        QTest::mouseClick(&map, Qt::LeftButton, {}, map.rect().center());
        playground.refresh();
        QVERIFY(sight.requests().activations);
        const auto row = sight.requests().activations->settings["row"].get<std::uint32_t>();
        QVERIFY(sight.image() == imageOf(dataset, row));
    }

    void itsLinesTellNoWeight() {
        Playground playground(chooseShapes);
        NetworkPicture& picture = playground.picture();
        pointAt(picture, middleOfLink(picture, {0, 0}, {1, 1}));
        QVERIFY(!picture.shownLink());
        pointAt(picture, middleOfLink(picture, {1, 0}, {2, 1}));
        QVERIFY(picture.shownLink());
        picture.focusNode(document::hiddenLayers(playground.document).front());
        QTest::keyClick(&picture, Qt::Key_W);
        QVERIFY(!picture.shownLink());
        QTest::keyClick(&picture, Qt::Key_B);
        QVERIFY(picture.shownLink() && picture.shownLink()->isBias());
    }

    void thereIsNothingToSwitchOff() {
        Playground playground(chooseShapes);
        NetworkPicture& picture = playground.picture();
        QSignalSpy refused(playground.page.get(), &PlaygroundPage::refused);
        const int before = playground.document.undoStack().count();
        QTest::mouseClick(&picture, Qt::LeftButton, {}, playground.centre({0, 0}));
        QCOMPARE(playground.document.undoStack().count(), before);
        QCOMPARE(refused.count(), 0);
        QVERIFY(!named<QPushButton>(*playground.page, QStringLiteral("Add a feature of your own"))->isEnabled());
        picture.setFocus();
        QTest::keyClick(&picture, Qt::Key_Left);
        QCOMPARE(picture.accessibleDescription(), QStringLiteral("16 × 16 image"));
        const QPoint place = playground.centre({0, 0});
        QHelpEvent help(QEvent::ToolTip, place, picture.mapToGlobal(place));
        QCoreApplication::sendEvent(&picture, &help);
        QVERIFY2(QToolTip::text().contains(QStringLiteral("every pixel")), qPrintable(QToolTip::text()));
    }

    void whatIsOfThePlaneAloneIsNotOffered() {
        Playground playground(chooseShapes);
        QVERIFY(!named<QToolButton>(*playground.page, QStringLiteral("Erase points")));
        const auto* size = named<QSlider>(*playground.page, QStringLiteral("Size"));
        QVERIFY(size);
        QCOMPARE(size->accessibleDescription(), QStringLiteral("16"));
        document::chooseGenerator(playground.document, "spiral");
        QVERIFY(named<QToolButton>(*playground.page, QStringLiteral("Erase points")));
        QVERIFY(named<QSlider>(*playground.page, QStringLiteral("Arms")));
        QVERIFY(!named<QSlider>(*playground.page, QStringLiteral("Size")));
    }

    void aFewPixelsAreInputsEach() {
        const NetworkModel few = modelFor({{"x", {4, 4, 1}}});
        QCOMPARE(few.inputs.size(), std::size_t{16});
        QVERIFY(!few.isImage({0, 0}));
        QCOMPARE(few.unitName({0, 15}), QStringLiteral("c15"));
    }

    void columnsMayFollowAnImage() {
        const NetworkModel model = modelFor({{"x", {5, 6, 1}}, {"age", {1}}});
        QCOMPARE(model.inputs.size(), std::size_t{2});
        QCOMPARE(model.unitName({0, 0}), QStringLiteral("6 × 5 image"));  // as wide as it says first
        QCOMPARE(model.unitName({0, 1}), QStringLiteral("c30"));
        const std::vector<UnitRef>& from = model.links.front().from;
        QCOMPARE(from.size(), std::size_t{31});
        QVERIFY(from.front() == from[29] && model.isImage(from[29]));
        QVERIFY((from[30] == UnitRef{0, 1}) && !model.isImage(from[30]));
    }
};

}  // namespace perceptory::views

QTEST_MAIN(perceptory::views::ImageInputTest)
#include "ImageInputTest.moc"
