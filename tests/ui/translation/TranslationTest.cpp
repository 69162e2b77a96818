// All text of the window goes through the translation: in a pseudo-language no plain word is left on the screen.

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QHelpEvent>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QXmlStreamReader>
#include <fstream>

#include "engine/backends/KernelLibrary.h"
#include "engine/project/Project.h"
#include "tests/ui/support/Tables.h"
#include "tests/ui/translation/PseudoLanguage.h"
#include "tests/ui/translation/ShownTexts.h"
#include "tests/ui/window/Window.h"
#include "ui/document/EngineText.h"
#include "ui/document/Examples.h"
#include "ui/document/MissingData.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/PreparationCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/views/data/DataBrowser.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/DropOverlay.h"
#include "ui/window/ExamplesGallery.h"
#include "ui/window/FileDesk.h"
#include "ui/window/ImportDialog.h"
#include "ui/window/MainWindow.h"
#include "ui/window/RecentFiles.h"
#include "ui/window/TableDialog.h"
#include "ui/window/TableFiles.h"

using namespace perceptory;
using tests::PseudoLanguage;
using tests::ShownText;
using window::MainWindow;

namespace {

constexpr int patience = 240000;

bool hasLetters(const QString& text) { return text.contains(QRegularExpression("[A-Za-z]")); }

// The kinds of text that are the same in every language.
class Data {
public:
    // Widgets that are hidden may still hold the names of the data before.
    void learn(MainWindow& window) {
        m_names << QString::fromLatin1(backends::kernels().isa);
        for (const network::NodeSpec& node : window.document().spec().network.nodes) add(node.id);
        for (const data::FeatureSpec& feature : window.document().spec().data.features) add(feature.formula);
        const document::Document& document = window.document();
        if (document.spec().data.source == data::SourceKind::File) add(document.title().toStdString());  // the table's
        const auto& dataset = window.session().snapshot()->dataset;
        if (!dataset) return;
        for (const auto* names : {&dataset->classNames, &dataset->rawNames, &dataset->targetNames})
            for (const std::string& name : *names) add(name);
    }

    void add(const std::string& name) {
        const QString text = QString::fromStdString(name);
        if (hasLetters(text)) m_names.insert(text);
    }

    // What of `text` is left when all data is taken away.
    QString without(QString text) const {
        static const std::vector<QRegularExpression> kinds{
            QRegularExpression(R"(</?\w+>)"),  // markup
            QRegularExpression(
                R"((^|[\s(\x22„])(/|\.\.?/)?[\w<>=./*-]*\.(perceptory(-model)?|csv|tsv|txt|data|json|png)\b)"),
            QRegularExpression(R"(\b[0-9a-f]{64}\b)"),        // sums of files
            QRegularExpression(R"(\d[\d.,]*[eE][+−-]?\d+)"),  // numbers
            QRegularExpression(R"((^|: )[a-z]\w*(\.\w+)+: )",
                               QRegularExpression::MultilineOption),  // addresses of values
            QRegularExpression(R"(((Ctrl|Alt|Shift)\+)*\b(F\d+|Ins|Del|[A-Z?])$)", QRegularExpression::MultilineOption),
            QRegularExpression(R"(\bx[12]\b|\b(sin|cos|tanh|exp|log|sqrt|abs|min|max)\b)"),  // formulas
            QRegularExpression(R"(\x22[^\x22\n]*\x22)"),                                     // quoted from a file
            QRegularExpression(
                R"(\bperceptory(-project)?\b|^format\x22 $)"),  // what a line break left of such a quotation
        };
        for (const QRegularExpression& kind : kinds) text.remove(kind);
        text = completed(text);
        if (m_names.contains(text)) return {};
        for (const QString& name : m_names)
            if (text.contains(name))
                text.remove(QRegularExpression("(?<![A-Za-z])" + QRegularExpression::escape(name) + "(?![A-Za-z])"));
        return text;
    }

private:
    // An elided name, or a line of a broken one, stands for the whole.
    QString completed(const QString& text) const {
        const bool elided = text.endsWith(QChar(0x2026));
        const QString piece = (elided ? text.chopped(1) : text).trimmed();
        if (piece.isEmpty()) return text;
        const QRegularExpression inside("(^| )" + QRegularExpression::escape(piece) + (elided ? "" : "( |$)"));
        for (const QString& name : m_names)
            if (inside.match(name).hasMatch()) return name;
        return text;
    }

    QSet<QString> m_names{"Perceptory"};
};

std::set<PseudoLanguage::Asked> textsOf(const QString& tsFile) {
    QFile file(tsFile);
    file.open(QIODevice::ReadOnly);
    std::set<PseudoLanguage::Asked> texts;
    std::string context;
    for (QXmlStreamReader xml(&file); !xml.atEnd(); xml.readNext()) {
        if (!xml.isStartElement()) continue;
        if (xml.name() == u"name") context = xml.readElementText().toStdString();
        if (xml.name() == u"source") texts.emplace(context, xml.readElementText().toStdString());
    }
    return texts;
}

bool isUpToDate(MainWindow& window) {
    return window.session().snapshot()->revision == window.document().revision() &&
           window.session().snapshot()->dataset;
}

}  // namespace

class TranslationTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("perceptory-test");
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::installTranslator(&m_language);
        document::translateEngine();
    }

    void init() { QSettings().clear(); }

    void thePseudoLanguageKeepsWhatIsNoWord() {
        QCOMPARE(PseudoLanguage::letters("a %1 {0} %n <b>c</b> Ctrl+T F5 (*.csv)"),
                 QString("а %1 {0} %n <b>в</b> Ctrl+T F5 (*.csv)").replace("в", QChar(0x0432)));
    }

    void aRawWordIsFound() {
        MainWindow window;
        window.setToolTip("raw");
        QVERIFY(leftOf(window).join('\n').contains("raw"));
    }

    void theFirstPicture() {
        MainWindow window;
        show(window);
        check(window);
    }

    void everyDataSet() {
        MainWindow window;
        show(window);
        QStringList left;
        for (QAction* action : window.findChildren<QAction*>()) {
            if (!action->objectName().startsWith("data.")) continue;
            action->trigger();
            // It is read aside, so the document changes later.
            QTRY_COMPARE_WITH_TIMEOUT("data." + QString::fromStdString(window.document().spec().data.id),
                                      action->objectName(), patience);
            settle(window);
            left += leftOf(window);
        }
        verify(left);
    }

    void everyExample() {
        MainWindow window;
        show(window);
        QStringList left;
        for (const document::Example& example : document::examples()) {
            QVERIFY(window.files().openExample(example.file, example.title));
            settle(window);
            left += leftOf(window);
        }
        verify(left);
    }

    void aTableOfOnesOwn() {
        const QString path = m_folder.filePath("t.csv");
        std::ofstream table(path.toStdString());
        table << "a,b,kind\n";
        for (int i = 0; i < 30; ++i)
            table << i % 5 << ',' << (i == 3 ? "" : std::to_string(i)) << ',' << "yn"[i % 2] << '\n';
        table.close();
        MainWindow window;
        show(window);
        window.openFile(path);
        auto* dialog = window.findChild<window::TableDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isReady(), patience);
        for (const char* name : {"a", "b", "kind", "y", "n"}) m_data.add(name);
        verify(leftOf(window, tests::shownTexts(*dialog)));
        dialog->apply();
        QTRY_COMPARE_WITH_TIMEOUT(window.document().undoStack().count(), 1, patience);
        settle(window);
        check(window);
    }

    void severalTables() {
        MainWindow window;
        show(window);
        const QStringList paths{m_folder.filePath("train.csv"), m_folder.filePath("test.csv")};
        window::writeFile(paths[0], tests::table(40));
        for (const char* name : {"a", "b", "c", "kind", "yes", "no"}) m_data.add(name);
        document::TableChoices choices;
        choices.path = paths[0];
        choices.files = document::tableFiles(paths);
        QStringList left;
        for (const std::string& text : {std::string("a,b\n1,2\n"), std::string("a,b,c,kind\n1,2,3,no\n"),
                                        std::string("b,a,kind\n1,2,no\n"), std::string(), tests::table(10)}) {
            window::writeFile(paths[1], text);
            const auto dialog = tests::openDialog(window.document(), choices);
            QCOMPARE(dialog->isReady(), text == tests::table(10));
            left += leftOf(window, tests::shownTexts(*dialog));
        }
        const auto dialog = tests::openDialog(window.document(), choices);
        for (const char* part : {"test", "train"}) {
            for (QComboBox* box : dialog->findChild<window::TableFiles*>()->findChildren<QComboBox*>())
                emit box->activated((box->setCurrentIndex(box->findData(part)), box->currentIndex()));
            QTRY_COMPARE_WITH_TIMEOUT(dialog->isReady(), QByteArray(part) == "train", patience);
            left += leftOf(window, tests::shownTexts(*dialog));
        }
        verify(left);
    }

    void dataThatAreGone_data() {
        QTest::addColumn<QString>("data");
        QTest::newRow("file") << R"({"reader": "csv", "path": "t.csv"})";
        QTest::newRow("files") << R"({"reader": "csv", "paths": ["t.csv", "u.csv"]})";
        QTest::newRow("folder") << R"({"reader": "image_folder", "path": "flowers"})";
    }

    void dataThatAreGone() {
        QFETCH(QString, data);
        MainWindow window;
        show(window);
        openHome(window, base::Json::parse(data.toStdString()));
        QTRY_VERIFY_WITH_TIMEOUT(window.messageBar().findChild<QPushButton*>(), patience);
        m_data.add("flowers");
        QStringList left = leftOf(window);
        window.messageBar().findChild<QPushButton*>()->click();
        auto* dialog = window.findChild<QFileDialog*>("findData");
        QVERIFY(dialog);
        left += leftOf(window, {{"title", dialog->windowTitle()}});
        if (dialog->fileMode() != QFileDialog::Directory)
            left += leftOf(window, {{"filters", dialog->nameFilters().join('\n')}});
        const std::filesystem::path locked = home().toStdString();
        verify(left += leftOf(window, {{"locked", document::missingText({{locked / "t.csv", false, true}})}}));
    }

    void dataThatHaveChanged() {
        QDir().mkpath(home());
        window::writeFile(home() + "/t.csv", tests::table(30));
        MainWindow window;
        show(window);
        openHome(window, {{"reader", "csv"}, {"path", "t.csv"}, {"sha256", {{"t.csv", std::string(64, '0')}}}});
        QTRY_VERIFY_WITH_TIMEOUT(window.messageBar().text().contains("t.csv"), patience);
        check(window);
    }

    void theStepsOfTheData() {
        MainWindow window;
        show(window);
        document::chooseDataset(window.document(), "digits");
        QTRY_COMPARE_WITH_TIMEOUT(window.document().undoStack().count(), 1, patience);
        settle(window);
        press(window, "prepare");
        auto* dialog = window.findChild<QDialog*>("preparation");
        QVERIFY(dialog);
        QStringList left;
        for (const char* id : {"flip", "rand_augment", "mixup", "colour"}) {
            document::addStep(window.document(), document::StepList::Augmentation, id);
            left += leftOf(window, tests::shownTexts(*dialog));
        }
        document::addStep(window.document(), document::StepList::Preprocessing, "pca");
        settle(window);
        left += leftOf(window, tests::shownTexts(*dialog));
        document::setSplitMode(window.document(), "group");
        verify(left += leftOf(window, tests::shownTexts(*dialog)));
    }

    void theDataBrowser() {
        MainWindow window;
        show(window);
        document::chooseDataset(window.document(), "iris");
        QTRY_COMPARE_WITH_TIMEOUT(window.document().undoStack().count(), 1, patience);
        settle(window);
        press(window, "browseData");
        auto* browser = window.findChild<views::DataBrowser*>();
        QVERIFY(browser);
        m_data.add("sepal_length_cm");  // as one searches for it
        QStringList left;
        for (QTabWidget* tabs : browser->findChildren<QTabWidget*>())
            for (int tab = 0; tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                QTest::qWait(100);  // statistics are made aside
                left += leftOf(window, tests::shownTexts(*browser));
            }
        QVERIFY(browser->findChild<QTabWidget*>());
        verify(left);
    }

    void textsOfOnesOwn() {
        const QString folder = m_folder.filePath("texts");
        QDir().mkpath(folder);
        std::ofstream((folder + "/ham.txt").toStdString()) << "one two\none one\n";
        std::ofstream((folder + "/spam.txt").toStdString()) << "two three\nthree\n";
        MainWindow window;
        show(window);
        window.files().openData({folder});
        auto* dialog = window.findChild<window::ImportDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isReading(), patience);
        for (const char* name :
             {"ham", "spam", "one", "two", "three", "one two", "one one", "two three", "texts", "txt"})
            m_data.add(name);
        verify(leftOf(window, tests::shownTexts(*dialog)));
    }

    void whileTrainingAndAfter() {
        MainWindow window;
        show(window);
        press(window, "stepEpoch");
        press(window, "play");
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isRunning(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->progress.epoch > 3, patience);
        QStringList left = leftOf(window);
        document::setLearningRate(window.document(), 0.1);
        press(window, "play");
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().isRunning(), patience);
        verify(left += leftOf(window));
    }

    void everyEdit() {
        MainWindow window;
        show(window);
        document::Document& document = window.document();
        document::addHiddenLayer(document);
        leftOf(window);  // learns the new layer's id
        document::setUnits(document, "h1", 6);
        document::setActivation(document, "h1", "relu");
        document::removeLayer(document, "h1");
        document::removeHiddenLayer(document);
        document::addHiddenLayer(document);
        document::setAllActivations(document, "sigmoid");
        document::setRegularizer(document, "l2", 0.01);
        document::setLearningRate(document, 0.3);
        document::setOptimizer(document, "adam");
        document::setLoss(document, "sigmoid_cross_entropy");
        document::setBatchSize(document, 7);
        document::setTrainingSeed(document, 9);
        document::setFeature(document, "sin_x1", true);
        document::setFeature(document, "x1", false);
        document::addFormula(document, "x1^2+x2");
        document::removeFeature(document, 0);
        document::setNoise(document, 0.2);
        document::setSamples(document, 300);
        document::setSplit(document, 0.7);
        document::setDataSeed(document, 3);
        document::newDataSeed(document);
        document::chooseGenerator(document, "spiral");
        document::setGeneratorParameter(document, "arms", 3);
        document::setTask(document, data::Task::Regression);
        document::setTask(document, data::Task::Classification);
        document::startPoints(document);
        document::addPoint(document, 1, 1, "0");
        document::erasePoints(document, 1, 1, 1);
        document::clearPoints(document);
        QStringList left;
        QVERIFY(document.undoStack().count() > 24);
        std::vector<ShownText> names;
        for (int i = 0; i < document.undoStack().count(); ++i) names.push_back({"undo", document.undoStack().text(i)});
        verify(leftOf(window, names) + leftOf(window));
    }

    void theDialogs_data() {
        QTest::addColumn<QString>("action");
        for (const char* action : {"examples", "shortcuts", "about", "open", "saveAs", "openTable", "quit"})
            QTest::newRow(action) << action;
    }

    void theDialogs() {
        QFETCH(QString, action);
        MainWindow window;
        show(window);
        if (action == "quit") document::setNoise(window.document(), 0.3);
        QStringList left;
        bool seen = false;
        // The file dialogs run a loop of their own.
        QTimer::singleShot(300, &window, [&] {
            QWidget* dialog = QApplication::activeModalWidget();
            seen = dialog;
            if (!dialog) return;
            if (!dialog->inherits("QFileDialog")) left = leftOf(window, tests::shownTexts(*dialog));
            left += leftOf(window, {{"title", dialog->windowTitle()}});
            dialog->close();
        });
        press(window, qPrintable(action));
        QTRY_VERIFY(seen);
        verify(left);
    }

    void theMenusOfTheRightButton() {
        MainWindow window;
        show(window);
        press(window, "stepEpoch");
        settle(window);
        int menus = 0;
        QStringList left;
        for (const char* type :
             {"perceptory::widgets::HeatmapView", "perceptory::widgets::CurvePlot", "perceptory::views::LayerHeader"})
            for (QWidget* widget : window.findChildren<QWidget*>()) {
                if (!widget->inherits(type) || !widget->isVisible()) continue;
                QTimer::singleShot(0, &window, [&] {
                    QWidget* menu = QApplication::activePopupWidget();
                    if (!menu) return;
                    ++menus;
                    left += leftOf(window, tests::shownTexts(*menu));
                    menu->close();
                });
                const QPoint middle = widget->rect().center();
                QContextMenuEvent event(QContextMenuEvent::Mouse, middle, widget->mapToGlobal(middle));
                QCoreApplication::sendEvent(widget, &event);
                QCoreApplication::processEvents();
            }
        QVERIFY(menus >= 1);
        verify(left);
    }

    void refusalsAndNews() {
        MainWindow window;
        show(window);
        QStringList left;
        for (const char* content : {"", R"({"format": "perceptory-project", "format")", "<!DOCTYPE html><html>",
                                    R"({"format": "perceptory-project", "format_version": 7})", "[1, 2, 3]"}) {
            const QString path = m_folder.filePath("odd.perceptory");
            std::ofstream(path.toStdString(), std::ios::binary) << content;
            const QString before = window.messageBar().text();
            window.files().open(path);
            QTRY_VERIFY_WITH_TIMEOUT(window.messageBar().text() != before, patience);
            left += leftOf(window);
        }
        verify(left);
    }

    void aWrongProject() {
        MainWindow window;
        show(window);
        base::Json project = document::defaultProject();
        project["network"]["nodes"][1]["parameters"]["units"] = -3;
        project["network"]["nodes"][2]["parameters"]["activation"] = "tanhh";
        m_data.add("tanhh");
        project["training"]["batch_size"] = 0;
        window.document().open(project, {}, {});
        QTRY_VERIFY_WITH_TIMEOUT(!window.messageBar().text().isEmpty(), patience);
        check(window);
    }

    void divergence() {
        MainWindow window;
        show(window);
        document::setTask(window.document(), data::Task::Regression);
        document::setAllActivations(window.document(), "linear");
        document::setLearningRate(window.document(), 1000);
        press(window, "play");
        QTRY_VERIFY_WITH_TIMEOUT(!window.messageBar().text().isEmpty(), patience);
        check(window);
    }

    void filesThatHover() {
        MainWindow window;
        show(window);
        QStringList left;
        for (const QList<QUrl>& files : {QList<QUrl>{QUrl::fromLocalFile("/a.csv")},
                                         {QUrl::fromLocalFile("/a.perceptory")},
                                         {QUrl::fromLocalFile("/a.odd")},
                                         {QUrl::fromLocalFile("/a.csv"), QUrl::fromLocalFile("/b.csv")}}) {
            QMimeData data;
            data.setUrls(files);
            QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&window, &enter);
            QVERIFY(!window.dropOverlay().text().isEmpty());
            left += leftOf(window);
        }
        verify(left);
    }

    // Last: it looks at what all the others asked for.
    void everyTextThatWasAskedForIsCollected() {
        const QString file = m_folder.filePath("collected.ts");
        QProcess collect;
        collect.start(PERCEPTORY_SOURCE_DIR "/ui/translations/collect",
                      {PERCEPTORY_ENGINE_TEXTS, PERCEPTORY_LUPDATE, file});
        QVERIFY(collect.waitForFinished(patience));
        // Of a class defined outside of its own lupdate says this; whether it took texts wrongly shows below.
        QStringList warnings = QString::fromUtf8(collect.readAllStandardError()).split('\n', Qt::SkipEmptyParts);
        warnings.removeIf([](const QString& line) { return line.contains("undeclared qualified class"); });
        QCOMPARE(warnings.join('\n'), QString());
        QCOMPARE(collect.exitCode(), 0);
        const std::set<PseudoLanguage::Asked> collected = textsOf(file);
        QVERIFY(collected.size() > 600);
        int missing = 0;
        for (const PseudoLanguage::Asked& asked : m_language.asked()) {
            if (asked.first.starts_with("Q") || collected.contains(asked)) continue;
            qWarning() << asked.first.c_str() << asked.second.c_str();
            ++missing;
        }
        QCOMPARE(missing, 0);
    }

private:
    void show(MainWindow& window) {
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        settle(window);
    }

    QString home() const { return m_folder.filePath("home"); }

    // A project with data of that folder.
    void openHome(MainWindow& window, base::Json data) {
        QDir().mkpath(home());
        for (const QString& name : home().split(QRegularExpression("[/-]"))) m_data.add(name.toStdString());
        m_data.add("No such file or directory");  // as the system says it
        data["source"] = "file";
        base::Json project = document::defaultProject();
        project["data"] = std::move(data);
        project::saveProject(project, (home() + "/p.perceptory").toStdString());
        window.files().open(home() + "/p.perceptory");
    }

    void settle(MainWindow& window) {
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(window), patience);
        QCoreApplication::processEvents();
    }

    QStringList leftOf(MainWindow& window, const std::vector<ShownText>& texts) {
        m_data.learn(window);
        QStringList left;
        for (const ShownText& shown : texts) {
            const QString rest = m_data.without(shown.text);
            if (hasLetters(rest)) left << shown.where + ": " + shown.text;
        }
        return left;
    }

    QStringList leftOf(MainWindow& window) { return leftOf(window, tests::shownTexts(window)); }

    void verify(QStringList left) {
        left.removeDuplicates();
        for (const QString& text : left) qWarning().noquote() << text;
        QVERIFY(left.isEmpty());
    }

    void check(MainWindow& window) { verify(leftOf(window)); }

    QTemporaryDir m_folder;
    Data m_data;
    PseudoLanguage m_language;
};

QTEST_MAIN(TranslationTest)
#include "TranslationTest.moc"
