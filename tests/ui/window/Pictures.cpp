// Writes pictures of the window to a folder, to be looked at: window_pictures FOLDER [SCENES]. Not a test.

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QListWidget>
#include <QMessageBox>
#include <QMouseEvent>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <functional>
#include <map>

#include "engine/activations/Activation.h"
#include "engine/data/generators/Generator.h"
#include "engine/project/Project.h"
#include "ui/canvas/NetworkScene.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/QuickAdd.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/views/playground/NetworkPicture.h"
#include "ui/widgets/HeatmapView.h"
#include "ui/widgets/MessageBar.h"
#include "ui/widgets/Theme.h"
#include "ui/window/ExamplesGallery.h"
#include "ui/window/FileDesk.h"
#include "ui/window/HelpWindow.h"
#include "ui/window/InsidePanel.h"
#include "ui/window/MainWindow.h"
#include "ui/window/RunsPanel.h"
#include "ui/window/Studio.h"
#include "ui/window/TableDialog.h"

using namespace perceptory;

namespace {

constexpr int patience = 30000;  // milliseconds

// Whatever comes of it: a picture shows that too.
void until(const std::function<bool()>& isSo) { static_cast<void>(QTest::qWaitFor(isSo, patience)); }

void settle(window::MainWindow& window) {
    for (int i = 0; i < patience / 10; ++i) {
        QTest::qWait(10);
        if (window.session().snapshot()->revision == window.document().revision() && i > 20) return;
    }
}

// Data that are read aside, until their map is there, or the reason why there is none.
void settleOn(window::MainWindow& window, const std::string& data) {
    until([&] { return window.document().spec().data.id == data; });
    settle(window);
    const auto* map = window.findChild<widgets::HeatmapView*>();
    until([&] { return !map->caption().contains("Loading"); });
    QTest::qWait(300);
}

void playFor(window::MainWindow& window, int milliseconds) {
    window.session().play();
    QTest::qWait(milliseconds);
    window.session().pause();
    QTest::qWait(200);
}

// What is said beside a weight: of the first layer and of the last one.
void drawCards(window::MainWindow& window, const QDir& folder, const QString& ending) {
    auto* picture = window.findChild<views::NetworkPicture*>();
    const auto centre = [&](int column, int unit) { return QPointF(picture->tiles().tile({column, unit}).center()); };
    int number = 0;
    for (const auto& [from, to] : {std::pair{centre(0, 0), centre(1, 0)}, std::pair{centre(2, 1), centre(3, 0)}}) {
        QTest::mouseMove(picture, ((from + to) / 2).toPoint() + QPoint(1, 0));
        QTest::mouseMove(picture, ((from + to) / 2).toPoint());
        QTest::qWait(100);
        window.grab().save(folder.filePath("weight" + QString::number(++number) + ending));
    }
    QTest::mouseMove(picture, QPoint(2, 2));
}

void clickMap(window::MainWindow& window, QPointF plane) {
    auto* map = window.findChild<widgets::HeatmapView*>();
    QTest::mouseClick(map, Qt::LeftButton, {}, map->toPixel(plane).toPoint());
    QTest::qWait(400);
}

// The forward pass of a sample beside the map's slice, and names of inputs, long and short.
void drawSample(window::MainWindow& window, const QDir& folder, const QString& ending) {
    clickMap(window, {0.5, 0.5});
    window.grab().save(folder.filePath("digits-sample" + ending));
    document::chooseDataset(window.document(), "iris");
    settle(window);
    playFor(window, 500);
    clickMap(window, {6.5, 3});
    window.grab().save(folder.filePath("iris-sample" + ending));
    window.document().setView("plane", views::PlaneChoice{true}.settings());
    settle(window);
    clickMap(window, {1, 0});
    window.grab().save(folder.filePath("iris-components" + ending));
    document::chooseGenerator(window.document(), "circle");
    for (const char* formula : {"x1^2 + x2^2", "0.5*sin(3*x1) - exp(-x2^2)/2"})
        document::addFormula(window.document(), formula);
    settle(window);
    window.grab().save(folder.filePath("formulas" + ending));
    window.document().undoStack().undo();
    window.document().undoStack().undo();
}

void drawDialog(window::MainWindow& window, const char* action, const QString& file) {
    window.action(action)->trigger();
    QTest::qWait(200);
    if (QWidget* dialog = QApplication::activeModalWidget()) {
        dialog->grab().save(file);
        dialog->close();
    }
    QTest::qWait(100);
}

// Messages short and long, the lists of problems and of keys, and the question before leaving.
void drawNews(window::MainWindow& window, const QDir& folder, const QString& ending) {
    const QString remedy =
        "The file /home/somebody/measurements/flowers measured in the field.csv has 3 columns in row "
        "61 and 2 in row 62, but 5 in its first one. Add what is missing, or remove these rows, and "
        "open the table again.";
    for (const auto& [name, text] : {std::pair("short", QString("The loss fell below the goal.")),
                                     std::pair("long", remedy), std::pair("three", remedy + "\n" + remedy)}) {
        window.messageBar().showMessage(widgets::MessageBar::Severity::Error, text);
        window.messageBar().addButton("Continue with half the rate", [] {});
        QTest::qWait(100);
        window.grab().save(folder.filePath(QString("message-") + name + ending));
    }
    window.messageBar().dismiss();
    drawDialog(window, "shortcuts", folder.filePath("keys" + ending));
    drawDialog(window, "new", folder.filePath("leaving" + ending));
    window.document().edit("faults", [](base::Json& project) {
        project["training"]["batch_size"] = 0;
        project["network"]["nodes"][1]["learning_rate_factor"] = "much";
    });
    QTest::qWait(300);
    window.grab().save(folder.filePath("faulty" + ending));
    drawDialog(window, "problems", folder.filePath("problems" + ending));
    window.document().undoStack().undo();
    settle(window);
}

// The question about data outside of the project's folder.
void drawQuestion(window::MainWindow& window, const QDir& folder, const QString& ending) {
    folder.mkpath("somebody");
    base::Json json = document::defaultProject();
    json["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"path", "../good.csv"}};
    json["weights"] = base::Json{{"path", "../good.csv"}};
    const QString path = folder.filePath("somebody/project.perceptory");
    project::saveProject(json, path.toStdString());
    window.files().open(path);
    QTest::qWait(1000);
    window.grab().save(folder.filePath("unread" + ending));
    if (auto* box = window.findChild<QMessageBox*>("outsideData")) {
        box->grab().save(folder.filePath("question" + ending));
        box->close();
    }
    QTest::qWait(200);
}

// Each data set of the plane, the clouds as many as there can be, and the cards of the examples.
void drawData(const QDir& folder, QSize size, const QString& ending) {
    window::MainWindow window;
    window.resize(size);
    window.show();
    for (const data::GeneratorType* generator : data::generators().members()) {
        if (generator->table) continue;
        document::chooseGenerator(window.document(), generator->id);
        if (generator->parameter("classes"))
            document::setGeneratorParameter(window.document(), "classes", std::int64_t{8});
        settle(window);
        playFor(window, 500);
        window.grab().save(folder.filePath(QString::fromStdString("data-" + generator->id) + ending));
    }
    document::chooseDataset(window.document(), "iris");
    settle(window);
    playFor(window, 500);
    window.grab().save(folder.filePath("data-iris" + ending));
    window::ExamplesGallery gallery;
    gallery.show();
    gallery.grab().save(folder.filePath("examples" + ending));
}

// Images and series: what the network gets of them, and the tiles of what is generated.
void drawInputs(const QDir& folder, QSize size, const QString& ending) {
    window::MainWindow window;
    window.resize(size);
    window.show();
    for (const char* generator : {"shapes", "waves", "series"}) {
        document::chooseGenerator(window.document(), generator);
        settleOn(window, generator);
        playFor(window, 500);
        window.grab().save(folder.filePath(QString("inputs-") + generator + ending));
    }
    document::chooseDataset(window.document(), "fashion_mnist");
    settleOn(window, "fashion_mnist");
    playFor(window, 1000);
    window.grab().save(folder.filePath("inputs-fashion" + ending));
    clickMap(window, {2, 1});
    window.grab().save(folder.filePath("inputs-fashion-sample" + ending));
    document::chooseGenerator(window.document(), "shapes");
    settleOn(window, "shapes");
    window.document().edit("wide", [](base::Json& project) {
        project["data"]["parameters"]["size"] = 64;
        project["data"]["parameters"]["colour"] = "rgb";
        project["data"]["parameters"]["samples"] = 100;
    });
    settleOn(window, "shapes");
    window.grab().save(folder.filePath("inputs-wide" + ending));
}

// Files that are gone, and the question about several at once.
void drawFiles(const QDir& folder, QSize size, const QString& ending) {
    window::MainWindow window;
    window.resize(size);
    window.show();
    base::Json json = document::defaultProject();
    json["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"paths", {"gone.csv", "measured/also.csv"}}};
    const QString path = folder.filePath("gone.perceptory");
    project::saveProject(json, path.toStdString());
    window.files().open(path);
    until([&] { return window.messageBar().findChild<QPushButton*>(); });
    QTest::qWait(300);
    window.grab().save(folder.filePath("missing" + ending));
    json["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"path", "good.csv"}, {"target", "species"}};
    json["network"]["nodes"].back()["parameters"] = base::Json{{"units", 3}, {"activation", "linear"}};
    json["training"]["loss"] = "softmax_cross_entropy";
    json["data"]["sha256"] = base::Json{{"good.csv", std::string(64, '0')}};
    project::saveProject(json, path.toStdString());
    window.files().open(path);
    until([&] { return window.messageBar().text().contains("changed"); });
    settle(window);
    window.grab().save(folder.filePath("changed" + ending));
    window.files().openTables({folder.filePath("good.csv"), folder.filePath("good_test.csv")});
    QTest::qWait(1000);
    auto* two = window.findChildren<window::TableDialog*>().back();
    two->grab().save(folder.filePath("tables" + ending));
    two->close();
    QStringList many{folder.filePath("good.csv"), folder.filePath("other.csv")};
    for (int part = 1; part < 6; ++part)
        many += folder.filePath(QString("flowers measured in the field and in the garden, part %1.csv").arg(part));
    for (const QString& file : many.mid(2)) QFile::copy(many.front(), file);
    window.files().openTables(many);
    QTest::qWait(1000);
    auto* seven = window.findChildren<window::TableDialog*>().back();
    seven->grab().save(folder.filePath("tables-many" + ending));
    seven->close();
}

// The book of runs before anything was trained, and with three runs over each other.
void drawRuns(const QDir& folder, QSize size, const QString& ending) {
    window::MainWindow window;
    window.resize(size);
    window.show();
    auto* studio = window.findChild<window::Studio*>();
    const QTemporaryDir book;
    studio->runs()->recorder().setRoot((book.path() + "/a/runs").toStdString());
    window.action("runs")->trigger();
    auto* inside = studio->findChild<QDockWidget*>("inside");
    inside->raise();
    QComboBox* views = studio->inside()->viewField();
    views->setCurrentIndex(views->count() - 1);
    QTest::qWait(300);
    window.grab().save(folder.filePath("runs-empty" + ending));
    for (const double rate : {0.3, 0.03, 0.003}) {
        document::setLearningRate(window.document(), rate);
        window.session().reset();
        const std::size_t kept = studio->runs()->recorder().runs().size();
        window.session().play();
        until([&] { return window.session().snapshot()->progress.epoch > 60; });
        if (rate == 0.03) document::setLearningRate(window.document(), 0.1);
        until([&] { return window.session().snapshot()->progress.epoch > 90; });
        window.session().pause();
        until([&] { return studio->runs()->recorder().runs().size() > kept; });
    }
    QTest::qWait(300);
    for (int row = 0; row < std::min(3, studio->runs()->table()->rowCount()); ++row)
        studio->runs()->table()->item(row, 0)->setCheckState(Qt::Checked);
    studio->runs()->table()->selectRow(1);
    QTest::qWait(500);
    window.grab().save(folder.filePath("runs" + ending));
    studio->resizeDocks({inside}, {size.width() / 2}, Qt::Horizontal);
    QTest::qWait(300);
    window.grab().save(folder.filePath("runs-wide" + ending));
}

// The workspaces with an image network: a chosen layer, the training, problems, help, a network that is large.
void drawStudio(const QDir& folder, QSize size, const QString& ending) {
    window::MainWindow window;
    window.resize(size);
    window.show();
    const auto open = [&](const char* name) {
        for (const document::Example& example : document::templates())
            if (example.file.contains(name)) window.files().openExample(example.file, example.title);
        until([&] { return !window.session().dataset(); });
        until([&] { return window.session().dataset() != nullptr; });
        settle(window);
    };
    open("/lenet");
    auto* studio = window.findChild<window::Studio*>();
    const auto draw = [&](const char* name) {
        QTest::qWait(200);
        window.grab().save(folder.filePath(QString("studio-") + name + ending));
    };
    draw("lenet");
    for (const canvas::NodeSight& node : studio->scene()->sight().nodes)
        if (node.type == "conv2d") studio->scene()->choose({node.id});
    draw("layer");
    studio->findChild<QDockWidget*>("training")->raise();
    window.document().setValue("training.schedule", base::Json("cosine"), "schedule");
    draw("training");
    studio->findChild<QDockWidget*>("layer")->raise();
    studio->findChild<QDockWidget*>("outline")->raise();
    window.document().edit("fault", [](base::Json& project) {
        for (base::Json& node : project["network"]["nodes"])
            if (node["type"] == "flatten") node["bypass"] = true;
    });
    for (const auto& [id, problems] : studio->scene()->sight().problems) studio->scene()->choose({id});
    QTest::qWait(500);
    draw("problem");
    window.document().undoStack().undo();
    studio->view()->setFocus();
    studio->view()->openQuickAdd();
    draw("quickadd");
    studio->view()->findChild<canvas::QuickAdd*>()->close();
    studio->view()->fitAll();
    // A wire from the last layer back to an early one.
    QTest::qWait(100);
    canvas::NetworkView* view = studio->view();
    const auto press = [&](QEvent::Type type, QPointF scene) {
        const QPoint place = view->mapFromScene(scene);
        QMouseEvent event(type, place, view->viewport()->mapToGlobal(place),
                          type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view->viewport(), &event);
    };
    const canvas::NodeItem *from = studio->scene()->node("h1"), *to = studio->scene()->node("conv2");
    press(QEvent::MouseButtonPress, from->mapToScene(from->outputPoint()));
    for (const double share : {0.2, 0.5, 1.0})
        press(QEvent::MouseMove, from->mapToScene(from->outputPoint()) * (1 - share) +
                                     to->mapToScene(to->boundingRect().center()) * share);
    draw("refused");
    press(QEvent::MouseButtonRelease, to->mapToScene(to->boundingRect().center()));
    open("resnet");
    studio->view()->fitAll();
    draw("resnet");
    for (const canvas::NodeSight& node : studio->scene()->sight().nodes)
        if (node.repeat > 0) studio->scene()->choose({node.id});
    studio->view()->fitChosen();
    draw("folded");
    if (!studio->scene()->chosen().empty()) window.document().setOpenBlock(studio->scene()->chosen().front());
    studio->view()->fitAll();
    draw("inside");
    window.document().setOpenBlock({});
    open("unet");
    draw("unet");
    window.document().setView("workspace", "playground");
    draw("playground");
    drawDialog(window, "preferences", folder.filePath("preferences" + ending));
    drawDialog(window, "analyze", folder.filePath("analyze" + ending));
    window::HelpWindow help;
    help.showPage(activations::shelf().find("gelu"));
    help.show();
    help.grab().save(folder.filePath("help" + ending));
    window::ExamplesGallery gallery;
    gallery.resize(900, 700);
    gallery.show();
    gallery.templates()->setFocus();
    gallery.templates()->scrollToBottom();
    QTest::qWait(100);
    gallery.grab().save(folder.filePath("templates" + ending));
}

void drawWindow(const QDir& folder, QSize size, const QString& ending) {
    window::MainWindow window;
    window.resize(size);
    window.show();
    settle(window);
    playFor(window, 700);
    window.grab().save(folder.filePath("circle" + ending));
    drawCards(window, folder, ending);
    document::chooseDataset(window.document(), "digits");
    QTest::qWait(1500);
    settle(window);
    window.grab().save(folder.filePath("digits" + ending));
    drawSample(window, folder, ending);
    drawNews(window, folder, ending);
    document::chooseGenerator(window.document(), "plane");
    settle(window);
    playFor(window, 1000);
    window.findChild<QTabBar*>()->setCurrentIndex(1);
    QTest::qWait(300);
    window.grab().save(folder.filePath("regression" + ending));
    window.files().openTable(folder.filePath("flowers measured in the field.csv"));
    QTest::qWait(500);
    auto* dialog = window.findChild<window::TableDialog*>();
    dialog->grab().save(folder.filePath("dialog" + ending));
    dialog->apply();
    QTest::qWait(800);
    dialog->grab().save(folder.filePath("faults" + ending));
    window.files().openTable(folder.filePath("good.csv"));
    QTest::qWait(500);
    window.findChildren<window::TableDialog*>().back()->apply();
    QTest::qWait(800);
    settle(window);
    window.grab().save(folder.filePath("table" + ending));
    drawQuestion(window, folder, ending);
}

// One table that is whole, one that ends otherwise and one without a column.
void writeTables(const QDir& folder) {
    std::string good = "id,sepal length (cm),petal width (cm),price,species\n";
    for (int i = 0; i < 60; ++i)
        good += std::to_string(i + 1) + "," + std::to_string(4 + i % 30 * 0.1) + "," +
                std::to_string(i % 3 + i % 7 * 0.1) + "," + (i % 9 ? std::to_string(100 + i) : "") + "," +
                (i % 3 ? i % 3 == 1 ? "setosa" : "virginica" : "versicolor") + "\n";
    const auto write = [&folder](const char* name, const std::string& text) {
        std::ofstream(folder.filePath(name).toStdString()) << text;
    };
    write("good.csv", good);
    write("good_test.csv", good);
    write("flowers measured in the field.csv", good + "61,1,2\n62,5\n");
    write("other.csv", "id,sepal length (cm),species\n1,2,setosa\n");
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QDir folder(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("."));
    folder.mkpath(".");
    writeTables(folder);
    using Draw = void (*)(const QDir&, QSize, const QString&);
    const std::map<QString, Draw> scenes{{"window", drawWindow}, {"inputs", drawInputs}, {"files", drawFiles},
                                         {"data", drawData},     {"studio", drawStudio}, {"runs", drawRuns}};
    const QStringList wanted = application.arguments().mid(2);
    const std::pair<widgets::Theme::Mode, const char*> looks[] = {{widgets::Theme::Mode::Light, ""},
                                                                  {widgets::Theme::Mode::Dark, "-dark"},
                                                                  {widgets::Theme::Mode::HighContrast, "-contrast"}};
    for (const QSize size : {QSize(1366, 768), QSize(1024, 640)})
        for (const auto& [mode, word] : looks) {
            widgets::Theme::apply(application, mode);
            const QString ending = QString("-%1%2.png").arg(size.width()).arg(word);
            for (const auto& [name, draw] : scenes)
                if (wanted.isEmpty() || wanted.contains(name)) draw(folder, size, ending);
        }
}
