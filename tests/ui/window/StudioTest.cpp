// The Studio beside the Playground: one document, one history; the table of costs.

#include <QAction>
#include <QCheckBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <set>

#include "engine/data/DatasetLoader.h"
#include "tests/ui/window/DigitsProject.h"
#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/LayerPalette.h"
#include "ui/canvas/NetworkView.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/BlockCommands.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/LayerValues.h"
#include "ui/forms/ParamForm.h"
#include "ui/widgets/Theme.h"
#include "ui/window/AnalyzeDialog.h"
#include "ui/window/CommandPalette.h"
#include "ui/window/ExamplesGallery.h"
#include "ui/window/LayerInspector.h"
#include "ui/window/LayoutMenu.h"
#include "ui/window/MainWindow.h"
#include "ui/window/RemedyButtons.h"
#include "ui/window/Studio.h"
#include "ui/window/TrainingPanel.h"

using namespace perceptory;
using namespace perceptory::window;
using base::Json;
using tests::digits;

namespace {

constexpr int patience = 60000;

// The same with a residual block that stands three times.
Json withBlock() {
    Json project = digits();
    Json& network = project["network"];
    network["nodes"][1]["parameters"]["padding"] = "same";
    network["nodes"][2]["inputs"] = Json::array({"block1"});
    network["blocks"] =
        Json::parse(R"j([{"id": "block1", "repeat": 3, "inputs": ["conv1"], "outputs": ["add"], "nodes": [
        {"id": "conv", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4, "padding": "same"}},
        {"id": "add", "type": "add", "inputs": ["conv", "in"]}]}])j");
    return project;
}

void savePicture(QWidget& window, const char* name) {
    const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
    QTest::qWait(50);
    if (!folder.isEmpty()) window.grab().save(folder + '/' + QLatin1String(name));
}

}  // namespace

class StudioTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
        widgets::Theme::apply(*qApp, widgets::Theme::Mode::Light);
    }

    void bothWorkspacesShowOneDocument() {
        MainWindow window;
        window.show();
        window.document().open(digits(), ".", "digits");
        auto* studio = window.findChild<Studio*>();
        QVERIFY(studio && !studio->isVisible());
        window.action("studio")->trigger();
        QVERIFY(studio->isVisible());
        QVERIFY(window.action("studio")->isChecked() && !window.action("playground")->isChecked());
        QTRY_COMPARE_WITH_TIMEOUT(studio->scene()->sight().nodes[1].shape, QStringLiteral("6×6×4"), patience);
        studio->scene()->choose({"conv1"});
        canvas::addBehind(*studio->scene(), "batch_norm", "conv1");
        QCOMPARE(window.document().undoStack().count(), 1);
        window.action("playground")->trigger();
        QVERIFY(!studio->isVisible());
        window.action("undo")->trigger();
        QCOMPARE(studio->scene()->sight().nodes.size(), 4u);
    }

    void whatIsBeingTypedStays() {
        MainWindow window;
        window.show();
        window.document().open(digits(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        QTRY_COMPARE_WITH_TIMEOUT(studio->scene()->sight().nodes[1].shape, QStringLiteral("6×6×4"), patience);
        studio->scene()->choose({"conv1"});
        window.activateWindow();
        studio->inspector()->takeKeyboard();
        auto* field = qobject_cast<QDoubleSpinBox*>(QApplication::focusWidget());
        QVERIFY(field);
        field->selectAll();
        QTest::keyClicks(field, "84");
        document::setNote(window.document(), "out", "the canvas is shown anew");
        QCOMPARE(field->text(), QString("84"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window.document().spec().network.nodes[1].parameters["filters"], Json(84));
        window.document().undoStack().undo();
        QCOMPARE(field->value(), 4.0);
    }

    void onlyWhatALayerHasIsOffered() {
        document::Document document;
        document.open(digits(), ".", "digits");
        canvas::NetworkScene scene(document);
        LayerInspector inspector(scene);
        inspector.show();
        const auto offered = [&](const char* layer) {
            scene.choose({layer});
            QStringList names;
            for (const QCheckBox* box : inspector.findChildren<QCheckBox*>())
                if (box->isVisibleTo(&inspector) && (box->text().contains("weights") || box->text().contains("Bypass")))
                    names << box->text().section(':', 0, 0);
            return names.join(", ");
        };
        QCOMPARE(offered("in"), QString());
        QCOMPARE(offered("flat"), QString("Bypass"));
        QCOMPARE(offered("conv1"), QString("Keep its weights as they are, Bypass"));
    }

    void theListOfCommandsHasThoseOfTheCanvas() {
        MainWindow window;
        window.show();
        window.document().open(digits(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        studio->scene()->choose({"conv1"});
        window.action("commands")->trigger();
        auto* palette = window.findChild<CommandPalette*>();
        QVERIFY(palette);
        QTest::keyClicks(palette->field(), "canvas bypass");
        QCOMPARE(palette->list()->count(), 1);
        QTest::keyClick(palette->field(), Qt::Key_Return);
        QVERIFY(window.document().spec().network.find("conv1")->bypass);
    }

    void theInspectorOffersRemediesForItsLayer() {
        MainWindow window;
        window.show();
        window.document().open(digits(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        QTRY_COMPARE_WITH_TIMEOUT(studio->scene()->sight().nodes[1].shape, QStringLiteral("6×6×4"), patience);
        const RemedyButtons* remedies = studio->inspector()->remedies();
        document::removeLayers(window.document(), {"flat"}, true);
        studio->scene()->choose({"out"});
        QTRY_VERIFY_WITH_TIMEOUT(remedies->isVisible(), patience);
        QCOMPARE(remedies->buttons()[0]->accessibleName(), QString("Insert a flatten layer before out"));
        for (const QPushButton* button : remedies->buttons()) QVERIFY(button->width() <= remedies->width());
        document::setParameterOfMany(window.document(), {"conv1"}, "filters", 5);
        QVERIFY(!remedies->isVisible());  // they were of the network before
        QTRY_VERIFY_WITH_TIMEOUT(remedies->isVisible(), patience);
        remedies->buttons()[0]->click();
        QCOMPARE(window.document().spec().network.nodes[2].type, std::string("flatten"));
        QVERIFY(studio->scene()->sight().problems.empty() && !remedies->isVisible());
    }

    void aFaultyProjectIsNotJudgedByTheDataBefore() {
        MainWindow window;
        window.show();
        auto* studio = window.findChild<Studio*>();
        QTRY_VERIFY_WITH_TIMEOUT(studio->scene()->dataset(), patience);
        Json project = digits();
        project["training"]["batch_size"] = 0;
        window.document().open(project, ".", "digits");
        QTest::qWait(300);  // nothing is sent to the training
        QVERIFY(!studio->scene()->dataset() && studio->scene()->sight().problems.empty());
        window.document().setValue("training.batch_size", 5, "mend");
        QTRY_VERIFY_WITH_TIMEOUT(studio->scene()->dataset(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(studio->scene()->sight().nodes[1].shape, QStringLiteral("6×6×4"), patience);
        // Data that the network cannot take are there all the same.
        project = digits();
        project["network"]["nodes"][3]["inputs"] = {"conv1"};
        window.document().open(project, ".", "digits");
        QVERIFY(!studio->scene()->dataset());
        QTRY_COMPARE_WITH_TIMEOUT(studio->scene()->sight().problems.count("out"), 1u, patience);
    }

    void theFormOfAChosenLayerChangesIt() {
        document::Document document;
        document.open(digits(), ".", "digits");
        canvas::NetworkScene scene(document);
        LayerInspector inspector(scene);
        inspector.show();
        scene.choose({"conv1"});
        QVERIFY(inspector.form());
        inspector.nameField()->setText("first");
        QTest::keyClick(inspector.nameField(), Qt::Key_Return);
        QCOMPARE(document.spec().network.nodes[1].id, std::string("first"));
        QCOMPARE(document.spec().network.nodes[2].inputs, std::vector<std::string>{"first"});
        QCOMPARE(scene.chosen(), std::vector<std::string>{"first"});
        scene.choose({});
        QVERIFY(!inspector.form());
    }

    void theFormTellsShapesCostAndSizeRule() {
        document::Document document;
        document.open(digits(), ".", "digits");
        base::Problems problems;
        canvas::NetworkScene scene(document);
        LayerInspector inspector(scene);
        inspector.show();
        scene.choose({"conv1"});
        QVERIFY(inspector.facts().isEmpty());  // as long as there are no data
        scene.setDataset(data::loadDataset(document.spec().data, ".", problems));
        QCOMPARE(inspector.facts().split('\n'),
                 (QStringList{"Takes 8×8×1, puts out 6×6×4", "40 parameters · 1,296 multiply-adds a sample",
                              "Memory of a step: about 11.5 kB for values, 640 bytes for weights",
                              "Height and width: ⌊(8 + 0 − 3) / 1⌋ + 1 = 6"}));
        scene.choose({"flat"});
        QCOMPARE(inspector.facts().split('\n'),
                 (QStringList{"Takes 6×6×4, puts out 144", "Memory of a step: about 11.5 kB"}));
    }

    void whatAllLayersHaveIsSetBesideTheirOwnParameters() {
        document::Document document;
        document.open(digits(), ".", "digits");
        canvas::NetworkScene scene(document);
        LayerInspector inspector(scene);
        inspector.show();
        scene.choose({"conv1"});
        QVERIFY(inspector.nodeForm()->findChild<QWidget*>("learning_rate_factor"));
        emit inspector.nodeForm()->changed("learning_rate_factor", 0.1, true);
        QCOMPARE(document.spec().network.nodes[1].learningRateFactor, 0.1);
        scene.choose({"flat"});
        QVERIFY(!inspector.nodeForm()->findChild<QWidget*>("learning_rate_factor"));
        QVERIFY(inspector.nodeForm()->findChild<QWidget*>("activity_regularizer"));
        scene.choose({"in"});
        QVERIFY(!inspector.nodeForm()->isVisible());
    }

    void aLayerAddedToATrainedNetworkMayStartAsIdentity() {
        MainWindow window;
        window.show();
        window.document().open(digits(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        const auto offer = [&]() -> QPushButton* {
            for (QPushButton* button : studio->inspector()->findChildren<QPushButton*>())
                if (button->isVisible() && button->text() == "Start as identity") return button;
            return nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(studio->scene()->dataset(), patience);
        canvas::addBehind(*studio->scene(), "conv2d", "conv1");
        QVERIFY(!offer());  // nothing has been learned yet
        window.action("undo")->trigger();
        window.action("stepBatch")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->progress.step > 0, patience);
        canvas::addBehind(*studio->scene(), "conv2d", "conv1");
        QVERIFY(offer());
        offer()->click();
        QVERIFY(!offer());
        QCOMPARE(window.document().spec().network.nodes[2].parameters["kernel_initializer"], Json("identity"));
        canvas::addBehind(*studio->scene(), "dense", "flat");
        QVERIFY(offer());
        studio->scene()->choose({"out"});
        studio->scene()->choose({window.document().spec().network.nodes[4].id});
        QVERIFY(!offer());  // later it has weights of its own
    }

    void theTrainingIsSetInItsPanel() {
        document::Document document;
        document.open(digits(), ".", "digits");
        TrainingPanel panel(document);
        panel.show();
        const forms::ParamForm* form = panel.form();
        emit panel.form()->changed("schedule", Json{{"type", "cosine"}}, true);
        QCOMPARE(document.spec().training.schedule.type, std::string("cosine"));
        const int steps = document.undoStack().count();
        for (const double limit : {3.0, 2.0}) emit panel.form()->changed("limit", limit, false);
        emit panel.form()->changed("limit", 1.5, true);
        QCOMPARE(document.undoStack().count(), steps + 1);
        QCOMPARE(panel.form(), form);  // the keyboard may be in it
        document.setValue("training.stopping", Json::array({"early_stopping", "early_stopping"}), "t");
        QVERIFY(!panel.form()->findChild<QWidget*>("stopping"));
    }

    void aProblemOfTheTrainingLeadsToItsField() {
        MainWindow window;
        window.show();
        window.document().open(digits(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        QCOMPARE(studio->placeName("training.schedule"), QString("Training"));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QVERIFY(studio->showPlace("training.schedule"));
        QVERIFY(studio->training()->isVisible());
        auto* field = studio->training()->form()->findChild<QWidget*>("schedule");
        QVERIFY(field->isAncestorOf(QApplication::focusWidget()));
        QVERIFY(studio->placeName("data.split").isEmpty() && !studio->showPlace("data.split"));
    }

    // Tab reaches canvas, palette and form, and comes around.
    void tabWalksThroughTheStudio() {
        MainWindow window;
        window.show();
        window.document().open(digits(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        studio->scene()->choose({"conv1"});
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        studio->view()->setFocus();
        std::set<QWidget*> visited;
        QWidget* before = QApplication::focusWidget();
        for (int i = 0; i < 200 && visited.insert(before).second; ++i) {
            QTest::keyClick(before, Qt::Key_Tab);
            QVERIFY2(QApplication::focusWidget() != before, before->metaObject()->className());
            before = QApplication::focusWidget();
        }
        QCOMPARE(before, static_cast<QWidget*>(studio->view()));
        const auto reaches = [&](const QWidget* panel) {
            return std::ranges::any_of(visited, [&](QWidget* widget) { return panel->isAncestorOf(widget); });
        };
        QVERIFY(reaches(studio->palette()) && reaches(studio->inspector()) && visited.contains(studio->view()));
    }

    void panelsMoveAreKeptByNameAndComeBack() {
        QSettings().clear();
        MainWindow window;
        window.show();
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        auto* training = studio->findChild<QDockWidget*>("training");
        auto* menu = window.findChild<LayoutMenu*>();
        QTest::qWait(0);
        QCOMPARE(studio->dockWidgetArea(training), Qt::RightDockWidgetArea);
        studio->addDockWidget(Qt::BottomDockWidgetArea, training);
        menu->keep("At the bottom / & more");
        QCOMPARE(LayoutMenu::names(), QStringList{"At the bottom / & more"});
        studio->resetPanels();
        QCOMPARE(studio->dockWidgetArea(training), Qt::RightDockWidgetArea);
        menu->use("At the bottom / & more");
        QCOMPARE(studio->dockWidgetArea(training), Qt::BottomDockWidgetArea);
        menu->forget("At the bottom / & more");
        QVERIFY(LayoutMenu::names().isEmpty());
        // The next time they are where they were.
        studio->keepPanels();
        MainWindow next;
        next.show();
        next.action("studio")->trigger();
        auto* again = next.findChild<Studio*>();
        QCOMPARE(again->dockWidgetArea(again->findChild<QDockWidget*>("training")), Qt::BottomDockWidgetArea);
        QSettings().clear();
    }

    void thePlaygroundOffersTheStudioForWhatItCannotDraw() {
        MainWindow window;
        window.show();
        const auto offer = [&]() -> QPushButton* {
            for (QPushButton* button : window.findChildren<QPushButton*>())
                if (button->text().contains("Stud") && button->isVisible()) return button;
            return nullptr;
        };
        QVERIFY(!offer());
        window.document().open(digits(), ".", "digits");
        QVERIFY(offer());
        const auto labels = window.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text() == "Not drawn here: conv1 (Convolution 2D).";
        }));
        offer()->click();
        QVERIFY(window.findChild<Studio*>()->isVisible());
    }

    void severalLayersAreChangedAtOnce() {
        Json project = digits();
        Json& nodes = project["network"]["nodes"];
        nodes.insert(
            nodes.begin() + 2,
            Json{{"id", "conv2"}, {"type", "conv2d"}, {"inputs", {"conv1"}}, {"parameters", {{"filters", 7}}}});
        nodes[3]["inputs"] = {"conv2"};
        document::Document document;
        document.open(project, ".", "digits");
        canvas::NetworkScene scene(document);
        LayerInspector inspector(scene);
        inspector.resize(300, 900);
        inspector.show();
        scene.choose({"conv1", "conv2"});
        const auto dashes = [&] {
            QStringList shown;
            for (const QPushButton* button : inspector.form()->findChildren<QPushButton*>())
                if (button->isVisible() && button->text().endsWith(QChar(0x2014))) shown << button->accessibleName();
            return shown;
        };
        QTRY_COMPARE(dashes(), QStringList{"Filters differs, give all one value"});
        QVERIFY(!inspector.form()->findChild<QWidget*>("filters")->isVisible());
        document::setParameterOfMany(document, scene.chosen(), "filters", 5);
        QVERIFY(dashes().isEmpty());
        QVERIFY(inspector.form()->findChild<QWidget*>("filters")->isVisible());
        const int steps = document.undoStack().count();
        for (const int dragged : {8, 9, 10}) emit inspector.form()->changed("filters", dragged, false);
        emit inspector.form()->changed("filters", 6, true);
        QCOMPARE(document.undoStack().count(), steps + 1);
        QCOMPARE(document.spec().network.nodes[1].parameters["filters"], 6);
        QCOMPARE(document.spec().network.nodes[2].parameters["filters"], 6);
    }

    void anActionIsFoundByItsName() {
        MainWindow window;
        window.show();
        CommandPalette palette(*window.menuBar(), &window);
        palette.show();
        QTest::keyClicks(palette.field(), "stu view");
        QCOMPARE(palette.list()->count(), 1);
        QVERIFY(palette.list()->item(0)->text().contains("Ctrl+2"));
        QTest::keyClick(palette.field(), Qt::Key_Return);
        QVERIFY(window.action("studio")->isChecked());
        QVERIFY(!palette.isVisible());
    }

    void templatesStandBelowTheExamples() {
        ExamplesGallery gallery;
        QListWidget* list = gallery.templates();
        QCOMPARE(list->count(), static_cast<int>(document::templates().size()));
        QVERIFY(list->count() >= 15);
        for (int row = 0; row < list->count(); ++row) {
            QVERIFY(!list->item(row)->icon().isNull());
            const QString text = list->item(row)->text();
            QVERIFY2(text.contains("two cores") || text.contains("To learn takes"), qPrintable(text));
        }
        QCOMPARE(gallery.list()->selectedItems().size(), 1);
        list->setCurrentRow(2);
        QVERIFY(gallery.list()->selectedItems().isEmpty());
        QVERIFY(list->currentItem()->text().endsWith(
            "Digits 8×8 · Accuracy about 98 % on test data · about 1 s on two cores"));
    }

    void aBlockIsRepeatedOpenedAndLeft() {
        MainWindow window;
        window.resize(1280, 800);
        window.show();
        window.document().open(withBlock(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        canvas::NetworkScene& scene = *studio->scene();
        QTRY_COMPARE_WITH_TIMEOUT(scene.sight().nodes[1].shape, QStringLiteral("8×8×4"), patience);
        scene.choose({"block1"});
        QVERIFY(studio->inspector()->repeatField()->isVisible() && !studio->trail()->isVisible());
        studio->inspector()->repeatField()->setValue(4);
        QCOMPARE(window.document().undoStack().count(), 1);
        QCOMPARE(window.document().spec().network.blocks[0].repeat, 4);
        savePicture(window, "studio-folded.png");
        QVERIFY(studio->showPlace("block1.2.conv.filters"));
        QCOMPARE(scene.chosen(), std::vector<std::string>{"conv"});
        QVERIFY(studio->trail()->isVisible() && !studio->inspector()->repeatField()->isVisible());
        QVERIFY(studio->inspector()->leavesField()->isVisible());
        QVERIFY(!studio->inspector()->leavesField()->isChecked());
        savePicture(window, "studio-open.png");
        scene.choose({"add"});
        QVERIFY(studio->inspector()->leavesField()->isChecked());
        scene.choose({"in"});
        QVERIFY(!studio->inspector()->nameField()->isVisible() && !studio->inspector()->leavesField()->isVisible());
        studio->trail()->findChild<QToolButton*>()->click();
        QCOMPARE(window.document().openBlock(), std::string());
        QVERIFY(!studio->trail()->isVisible());
        QVERIFY(studio->showPlace("network.blocks[0].repeat"));
        QCOMPARE(scene.chosen(), std::vector<std::string>{"block1"});
    }

    void aNetworkWithBlocksRunsInBothWorkspaces() {
        MainWindow window;
        window.resize(1280, 800);
        window.show();
        window.document().open(withBlock(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        QTRY_VERIFY_WITH_TIMEOUT(studio->scene()->dataset(), patience);
        window.session().play();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot() && window.session().snapshot()->progress.step > 2,
                                 patience);
        QCOMPARE(document::unfoldBlock(window.document(), "block1"), QString());
        window.document().undoStack().undo();
        window.action("playground")->trigger();
        QTest::qWait(200);
        savePicture(window, "playground.png");
        window.session().pause();
        QVERIFY(window.document().problems().empty());
        const AnalyzeDialog costs(window.document(), studio->scene()->dataset());
        QCOMPARE(costs.table()->rowCount(), 11);
        QVERIFY(costs.csv().contains("block1.2.conv,Convolution 2D,8×8×4,148,"));
    }

    void aTemplateOpensInTheStudio() {
        MainWindow window;
        window.show();
        window.action("examples")->trigger();
        QTRY_VERIFY(window.findChild<ExamplesGallery*>());
        auto* gallery = window.findChild<ExamplesGallery*>();
        gallery->templates()->setCurrentRow(2);
        for (QPushButton* button : gallery->findChildren<QPushButton*>())
            if (button->text().contains("Open")) button->click();
        QTRY_COMPARE(window.document().title(), document::templates()[2].title);
        QVERIFY(window.findChild<Studio*>()->isVisible());
        QVERIFY(!window.document().isModified());
    }

    void costsAreCountedAndSaved() {
        document::Document document;
        document.open(digits(), ".", "digits");
        base::Problems problems;
        const auto dataset = data::loadDataset(document.spec().data, ".", problems);
        const AnalyzeDialog dialog(document, dataset.get());
        // 6 · 6 places with 3 · 3 · 1 · 4 products each, and 144 · 10.
        QCOMPARE(dialog.csv(), QStringLiteral("layer,type,output,parameters,multiply_adds\n"
                                              "in,Input,8×8×1,0,0\n"
                                              "conv1,Convolution 2D,6×6×4,40,1296\n"
                                              "flat,Flatten,144,0,0\n"
                                              "out,Dense,10,1450,1440\n"
                                              "Sum,,,1490,2736\n"));
        QVERIFY2(dialog.totals().contains("2,736 multiply-adds"), qPrintable(dialog.totals()));
        const AnalyzeDialog unknown(document, nullptr);
        QCOMPARE(unknown.table()->rowCount(), 4);
        QVERIFY(unknown.totals().contains("once the data are there"));
    }
};

QTEST_MAIN(StudioTest)
#include "StudioTest.moc"
