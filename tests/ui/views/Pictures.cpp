// Writes pictures of the Playground to a folder, to be looked at: test_playground_pictures FOLDER. Not a test.

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <algorithm>

#include "tests/ui/views/Rehearsal.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/views/PlaygroundPage.h"
#include "ui/views/playground/NetworkPanel.h"
#include "ui/views/playground/OutputPanel.h"
#include "ui/widgets/Theme.h"

using namespace perceptory;

namespace {

struct Scene {
    const char* name;
    std::function<void(document::Document&)> prepare;
    int epochs;
    QSize size;
    bool dark;
    bool sample = false;
};

const QSize kLaptop(1366, 690), kSmall(1024, 560), kLarge(1920, 1000);

std::vector<Scene> scenes() {
    const auto circle = [](document::Document&) {};
    const auto spiral = [](document::Document& d) {
        document::chooseGenerator(d, "spiral");
        document::setGeneratorParameter(d, "arms", 3);
        for (const char* id : {"sin_x1", "sin_x2", "x1_x2"}) document::setFeature(d, id, true);
        for (int i = 0; i < 4; ++i) document::setUnits(d, document::hiddenLayers(d).front(), 8);
        document::setOptimizer(d, "adam");
    };
    const auto deep = [](document::Document& d) {
        while (document::hiddenLayers(d).size() < 10) document::addHiddenLayer(d);
        for (const std::string& layer : document::hiddenLayers(d)) document::setUnits(d, layer, 20);
    };
    const auto images = [](document::Document& d) {
        d.edit("images", [](base::Json& project) {
            project["data"] = {{"source", "generator"}, {"id", "shapes"}, {"seed", "1"}};
            base::Json& nodes = project["network"]["nodes"];
            nodes[1]["inputs"] = {"flat"};
            nodes.insert(nodes.begin() + 1, base::Json{{"id", "flat"}, {"type", "flatten"}, {"inputs", {"in"}}});
            nodes.back()["parameters"] = {{"units", 4}, {"activation", "linear"}};
            project["training"]["loss"] = "softmax_cross_entropy";
        });
    };
    const auto surface = [](document::Document& d) { document::setTask(d, data::Task::Regression); };
    return {{"circle-1366", circle, 60, kLaptop, false},      {"circle-1366-dark", circle, 60, kLaptop, true},
            {"circle-1024", circle, 60, kSmall, false},       {"circle-1920", circle, 60, kLarge, false},
            {"circle-1920-dark", circle, 60, kLarge, true},   {"fresh-1366", circle, 0, kLaptop, false},
            {"spiral-1366", spiral, 200, kLaptop, false},     {"spiral-1024-dark", spiral, 200, kSmall, true},
            {"deep-1366", deep, 2, kLaptop, false},           {"deep-1024", deep, 2, kSmall, false},
            {"regression-1366", surface, 20, kLaptop, false}, {"sample-1366", circle, 60, kLaptop, false, true},
            {"images-1366", images, 5, kLaptop, false, true}, {"images-1024-dark", images, 5, kSmall, true, false}};
}

void draw(const Scene& scene, QApplication& application, const QDir& folder) {
    widgets::Theme::apply(application, scene.dark ? widgets::Theme::Mode::Dark : widgets::Theme::Mode::Light);
    document::Document document;
    document.newDocument();
    scene.prepare(document);
    views::PlaygroundPage page(document);
    page.resize(scene.size);
    page.show();
    tests::Rehearsal rehearsal(document);
    rehearsal.train(scene.epochs);
    if (scene.epochs > 0) rehearsal.setState(training::RunState::Running);
    for (int round = 0; round < 2; ++round) page.showSnapshot(rehearsal.snapshot(page.wanted()));  // first the data
    page.showLog(rehearsal.log());
    if (scene.sample) {
        emit page.outputPanel()->map()->clicked(QPointF(1.5, 1), Qt::LeftButton);
        page.showSnapshot(rehearsal.snapshot(page.wanted()));
    }
    QApplication::processEvents();
    page.grab().save(folder.filePath(QString::fromLatin1(scene.name) + QStringLiteral(".png")));
    QElapsedTimer clock;
    std::vector<double> ticks;
    for (int tick = 0; tick < 15; ++tick) {
        rehearsal.train(1);
        const auto snapshot = rehearsal.snapshot(page.wanted());
        clock.start();
        page.showSnapshot(snapshot);
        page.showLog(rehearsal.log());
        QApplication::processEvents();
        ticks.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(ticks);
    qInfo("%s: a tick takes %.1f ms", scene.name, ticks[ticks.size() / 2]);
    qInfo("%s: minimum %dx%d", scene.name, page.minimumSizeHint().width(), page.minimumSizeHint().height());
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QDir folder(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("."));
    folder.mkpath(QStringLiteral("."));
    const QString only = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    for (const Scene& scene : scenes())
        if (only.isEmpty() || QString::fromLatin1(scene.name).contains(only)) draw(scene, application, folder);
}
