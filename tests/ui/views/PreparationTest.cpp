// Steps of preparing and augmenting: what the lists do to the project, and what the pictures show of it.

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <functional>

#include "engine/data/DatasetLoader.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/views/data/AugmentationPreview.h"
#include "ui/views/data/PictureGrid.h"
#include "ui/views/data/PreparationView.h"
#include "ui/views/data/PreparedPreview.h"
#include "ui/views/data/StepEditor.h"
#include "ui/window/PreparationWindow.h"

namespace perceptory::views {

using base::Json;

namespace {

constexpr int patience = 60000;

const Json digits{{"source", "dataset"}, {"id", "digits"}};
const Json shapes{{"source", "generator"}, {"id", "shapes"}, {"parameters", {{"samples", 60}, {"colour", "rgb"}}}};

// A view of a project with these data, loaded as the training would.
struct Preparation {
    document::Document document;
    std::unique_ptr<PreparationView> view;
    std::shared_ptr<const data::Dataset> dataset;

    explicit Preparation(Json data = digits) {
        data["seed"] = "1";
        document.edit("data", [&](Json& project) { project["data"] = data; });
        document.undoStack().clear();
        view = std::make_unique<PreparationView>(document, window::stepForms());
        view->resize(1000, 600);
        view->show();
        load();
    }

    void load() {
        base::Problems problems;
        auto snapshot = std::make_shared<training::Snapshot>();
        snapshot->revision = document.revision();
        snapshot->dataset = dataset = data::loadDataset(document.spec().data, document.folder(), problems);
        view->showSnapshot(snapshot);
        view->showRefusal(problems);
    }

    void add(StepEditor* editor, const char* id) {
        auto* action = editor->findChild<QAction*>(id);
        QVERIFY2(action, id);
        action->trigger();
    }

    void press(StepEditor* editor, const QString& text) {
        for (QPushButton* button : editor->findChildren<QPushButton*>())
            if (button->text() == text) return button->click();
        QFAIL(qPrintable(text));
    }

    template <class Control>
    Control* control(const QString& name) {
        for (Control* each : view->findChildren<Control*>())
            if (each->accessibleName() == name) return each;
        return nullptr;
    }

    QString types(const char* list) {
        QStringList words;
        for (const Json& step : document.value("data").value(list, Json::array()))
            words +=
                QString::fromStdString(step.is_string() ? step.get<std::string>() : step["type"].get<std::string>());
        return words.join(' ');
    }

    // The sixteen pictures when nothing more is to come.
    std::vector<GridPicture> pictures() {
        for (int i = 0; i < patience / 5 && view->augmented()->isBusy(); ++i) QTest::qWait(5);
        return view->augmented()->grid()->pictures();
    }
};

bool operator!=(const std::vector<GridPicture>& a, const std::vector<GridPicture>& b) { return !(a == b); }

}  // namespace

class PreparationTest : public QObject {
    Q_OBJECT

private slots:
    void stepsAreAddedMovedAndRemoved_data() {
        QTest::addColumn<bool>("augmentation");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::newRow("preprocessing") << false << QByteArray("clip") << QByteArray("standardize");
        QTest::newRow("augmentation") << true << QByteArray("flip") << QByteArray("rotate");
    }

    void stepsAreAddedMovedAndRemoved() {
        QFETCH(bool, augmentation);
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        Preparation page;
        const char* key = augmentation ? "augmentation" : "preprocessing";
        StepEditor* editor = augmentation ? page.view->augmentation() : page.view->preprocessing();
        page.add(editor, first);
        page.add(editor, second);
        QCOMPARE(page.types(key), QString(first + ' ' + second));
        QCOMPARE(page.document.undoStack().count(), 2);
        QCOMPARE(editor->list()->currentRow(), 1);
        page.press(editor, "&Up");
        QCOMPARE(page.types(key), QString(second + ' ' + first));
        QCOMPARE(editor->list()->currentRow(), 0);
        page.press(editor, "&Down");
        QCOMPARE(page.types(key), QString(first + ' ' + second));
        page.view->pages()->setCurrentIndex(augmentation ? 1 : 0);
        QApplication::setActiveWindow(page.view.get());
        editor->list()->setFocus();
        QTest::keyClick(editor->list(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(page.types(key), QString(second + ' ' + first));
        page.press(editor, "&Remove");
        QCOMPARE(page.types(key), QString(first));
        QCOMPARE(page.document.undoStack().count(), 6);
        page.document.undoStack().undo();
        QCOMPARE(editor->list()->count(), 2);
        while (page.document.undoStack().canUndo()) page.document.undoStack().undo();
        QCOMPARE(editor->list()->count(), 0);
    }

    void ofTwoAlikeTheChosenOneMoves() {
        Preparation page;
        StepEditor* editor = page.view->augmentation();
        page.add(editor, "rotate");
        page.add(editor, "rotate");
        document::setStepParameter(page.document, document::StepList::Augmentation, 1, "degrees", 90.0);
        page.press(editor, "&Up");
        QCOMPARE(page.document.spec().data.augmentation[0].parameters.value("degrees", 0.0), 90.0);
        QCOMPARE(page.control<QSlider>("Angle, slider")->accessibleDescription(), QString("90 °"));
    }

    void aDragIsOneStepAndSeenAtOnce() {
        Preparation page;
        page.add(page.view->augmentation(), "rotate");
        const auto before = page.pictures();
        const int steps = page.document.undoStack().count();
        auto* slider = page.control<QSlider>("Angle, slider");
        QVERIFY(slider);
        slider->setSliderDown(true);
        for (int place = 10; place <= slider->maximum(); place += 10) slider->setSliderPosition(place);
        QCOMPARE(page.document.undoStack().count(), steps);
        const auto during = page.pictures();
        QVERIFY(during != before);
        slider->setSliderDown(false);
        QCOMPARE(page.document.undoStack().count(), steps + 1);
        QVERIFY(page.document.spec().data.augmentation[0].parameters["degrees"].get<double>() > 100);
        QVERIFY(page.pictures() == during);
        page.document.undoStack().undo();
        QVERIFY(page.pictures() == before);
    }

    void thePicturesDifferAndComeFromTheSeed() {
        Preparation page;
        page.add(page.view->augmentation(), "rotate");
        const auto first = page.pictures();
        QCOMPARE(first.size(), std::size_t{16});
        QVERIFY(first[0].framed && !first[1].framed);
        for (std::size_t i = 1; i < first.size(); ++i)
            QVERIFY2(first[i].image != first[i - 1].image, qPrintable(QString::number(i)));
        auto* seed = page.control<QSpinBox>("Seed of the preview");
        QVERIFY(seed);
        seed->setValue(7);
        const auto other = page.pictures();
        QVERIFY(other[0].image == first[0].image);
        QVERIFY(other[1].image != first[1].image);
        seed->setValue(0);
        QVERIFY(page.pictures() == first);
        page.press(page.view->augmentation(), "&Remove");
        for (const GridPicture& picture : page.pictures()) QVERIFY(picture.image == first[0].image);
    }

    void anotherImage() {
        Preparation page(shapes);
        const auto first = page.pictures();
        QCOMPARE(first.front().image.format(), QImage::Format_RGB888);
        for (QPushButton* button : page.view->augmented()->findChildren<QPushButton*>()) button->click();
        QVERIFY(page.pictures().front().image != first.front().image);
    }

    void aSecondImageIsMixedIn() {
        Preparation page(shapes);
        page.add(page.view->augmentation(), "mixup");
        int mixed = 0;
        for (const GridPicture& picture : page.pictures()) mixed += picture.caption.contains("label");
        QVERIFY(mixed > 5);
    }

    void dataThatAreNoImagesAreSaidToBeNone() {
        Preparation page(Json{{"source", "generator"}, {"id", "circle"}});
        QVERIFY(page.view->augmented()->message().contains("not images"));
        QVERIFY(page.view->prepared()->message().contains("not images"));
        QVERIFY(page.pictures().empty());
        QVERIFY(page.view->augmentation()->faults().isEmpty());
        page.add(page.view->augmentation(), "flip");
        QVERIFY2(page.view->augmentation()->faults().startsWith("Step 1: "),
                 qPrintable(page.view->augmentation()->faults()));
        QVERIFY(page.view->augmentation()->faults().contains("needs images"));
        page.load();
        QCOMPARE(page.view->augmentation()->faults().count("needs images"), 1);
    }

    void aFaultyStepIsNamed() {
        Preparation page;
        page.document.edit("wrong", [](Json& project) {
            project["data"]["augmentation"] =
                Json::array({"flip", Json{{"type", "rotate"}, {"parameters", {{"degrees", 900}}}}});
        });
        QVERIFY(page.view->augmentation()->faults().startsWith("Step 2: "));
        QVERIFY(!page.view->augmented()->message().isEmpty());
        page.document.undoStack().undo();
        QVERIFY(page.view->augmentation()->faults().isEmpty());
        QVERIFY(page.view->augmented()->message().isEmpty());
    }

    void otherDataTakeThePicturesAway() {
        Preparation page;
        QVERIFY(!page.pictures().empty());
        document::chooseGenerator(page.document, "circle");
        QVERIFY(page.view->augmented()->message().contains("being read"));
        auto refused = std::make_shared<training::Snapshot>();
        refused->revision = page.document.revision();
        refused->dataset = page.dataset;
        page.view->showSnapshot(refused);
        QVERIFY(page.view->augmented()->grid()->pictures().empty());
        page.document.undoStack().undo();
        QCOMPARE(page.pictures().size(), std::size_t{16});
    }

    void beforeAndAfterThePreprocessing() {
        Json data = digits;
        data["preprocessing"] = Json::array({Json{{"type", "min_max"}}});
        Preparation page(data);
        PictureGrid* grid = page.view->prepared()->grid();
        QTRY_COMPARE_WITH_TIMEOUT(grid->pictures().size(), std::size_t{3}, patience);
        QVERIFY(grid->pictures()[0].image == grid->pictures()[2].image);
        QCOMPARE(grid->pictures()[1].image.size(), QSize(8, 8));
        page.add(page.view->preprocessing(), "pca");
        document::setStepParameter(page.document, document::StepList::Preprocessing, 1, "components", 5);
        page.load();
        QTRY_COMPARE_WITH_TIMEOUT(grid->pictures()[1].image.size(), QSize(5, 1), patience);
        QVERIFY(grid->pictures()[0].image != grid->pictures()[2].image);
    }

    void partsAndBalance() {
        Preparation page;
        const auto choose = [&](const QString& name, const QVariant& data) {
            auto* box = page.control<QComboBox>(name);
            QVERIFY2(box, qPrintable(name));
            box->setCurrentIndex(box->findData(data));
            emit box->activated(box->currentIndex());
        };
        page.control<QSpinBox>("Train")->setValue(60);
        page.control<QSpinBox>("Validate")->setValue(15);
        QCOMPARE(page.document.spec().data.split.test, 0.25);
        QVERIFY(page.document.problems().empty());
        choose("Part the rows", "k_fold");
        page.view->pages()->setCurrentIndex(2);
        QVERIFY(page.control<QSpinBox>("Folds")->isVisible() && !page.control<QSpinBox>("Train")->isVisible());
        page.control<QSpinBox>("Fold that tests")->setValue(3);
        QCOMPARE(page.document.spec().data.split.fold, std::int64_t{2});
        choose("Balance", static_cast<int>(data::Balance::Oversample));
        QVERIFY(page.document.spec().data.balance == data::Balance::Oversample);
        QCOMPARE(page.document.undoStack().count(), 5);
        choose("Part the rows", "group");
        QVERIFY(!page.document.problems().empty());
        QVERIFY(page.control<QComboBox>("Column of the groups")->isVisible());
    }

    void theSeedIsShownTypedAndDrawnAnew() {
        Preparation page;
        page.view->pages()->setCurrentIndex(2);
        auto* seed = page.control<QLineEdit>("Seed of the data");
        QCOMPARE(seed->text(), QString("1"));
        const std::vector<std::uint32_t> train = page.dataset->parts.train;
        seed->setText("27");
        emit seed->editingFinished();
        QCOMPARE(page.document.spec().data.seed, std::uint64_t{27});
        page.load();
        QVERIFY(page.dataset->parts.train != train);
        page.document.undoStack().undo();
        page.load();
        QCOMPARE(seed->text(), QString("1"));
        QVERIFY(page.dataset->parts.train == train);
        QPushButton* dice = nullptr;
        for (QPushButton* button : page.view->findChildren<QPushButton*>())
            if (button->text() == "&New seed") dice = button;
        QVERIFY(dice);
        dice->click();
        QVERIFY(page.document.spec().data.seed != 1);
        QCOMPARE(seed->text(), QString::number(page.document.spec().data.seed));
    }
};

}  // namespace perceptory::views

QTEST_MAIN(perceptory::views::PreparationTest)
#include "PreparationTest.moc"
