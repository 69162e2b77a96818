// The Studio as it is used, on a real window system: networks built by the mouse alone and by keys alone, changed in
// several places at once, carried from one window to another, and changed while they learn.

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUndoStack>
#include <memory>

#include "tests/app/journeys/StudioHands.h"
#include "ui/canvas/NetworkScene.h"
#include "ui/window/LayerInspector.h"
#include "ui/window/StatusLine.h"

using namespace perceptory;
using namespace perceptory::tests;
using base::Json;
using window::MainWindow;

namespace {

constexpr int patience = 20000;
constexpr int slowestPause = 150, mostSeconds = 60;  // to build LeNet by keys

// Milliseconds from one key to the next: fast enough for a machine that only wants to know whether it works.
int keyPause() {
    const int wanted = qEnvironmentVariableIntValue("PERCEPTORY_KEY_PAUSE");
    return wanted > 0 ? wanted : 60;
}

// Keeps the size, so that several in a row can be added up.
Json convolution(const char* id, const char* source) {
    return {{"id", id},
            {"type", "conv2d"},
            {"inputs", {source}},
            {"parameters", {{"filters", 4}, {"padding", "same"}, {"activation", "relu"}}}};
}

Json chainOf(const std::vector<const char*>& convolutions) {
    Json nodes{{{"id", "in"}, {"type", "input"}}};
    const char* last = "in";
    for (const char* id : convolutions) {
        nodes.push_back(convolution(id, last));
        last = id;
    }
    nodes.push_back({{"id", "flat"}, {"type", "flatten"}, {"inputs", {last}}});
    nodes.push_back({{"id", "out"}, {"type", "dense"}, {"inputs", {"flat"}}, {"parameters", {{"units", 10}}}});
    return nodes;
}

const char* lenet = "in>conv1 conv1>pool1 pool1>conv2 conv2>pool2 pool2>conv3 conv3>flat1 flat1>dense1 dense1>dense2";

bool isLenet(const StudioHands& hands) {
    const auto has = [&](const char* id, const char* parameter, const Json& value) {
        return hands.parameters(id).value(parameter, Json()) == value;
    };
    if (hands.wires() != lenet) return false;
    bool same = has("dense1", "units", 84) && has("dense2", "units", 5) && has("conv1", "filters", 6) &&
                has("conv3", "filters", 120);
    for (const char* id : {"conv1", "conv2", "conv3"}) same = same && has(id, "kernel_size", 5);
    for (const char* id : {"conv1", "conv2", "conv3", "dense1"}) {
        const Json activation = hands.parameters(id).value("activation", Json());
        same = same && (activation.is_object() ? activation.value("type", Json()) : activation) == "tanh";
    }
    return same;
}

void add(QStringList& keys, const QString& word) {
    for (const QChar letter : word) keys << QString(letter);
}

// Keys that build it layer by layer: the name, Enter, and where it is needed the form and back.
QStringList keysOfLenet() {
    QStringList keys{"ctrl+2"};
    const auto layer = [&](const QString& typed) {
        keys << "space";
        add(keys, typed);
        keys << "Return";
    };
    const auto tabs = [&](int count) {
        for (int i = 0; i < count; ++i) keys << "Tab";
    };
    const auto convolution = [&](const QString& filters) {
        layer("conv2d");
        keys << "alt+Return";
        add(keys, filters);
        tabs(1);
        add(keys, "5");
        tabs(11);
        add(keys, "tanh");
        keys << "Escape";
    };
    layer("input");
    convolution("6");
    layer("avg");
    convolution("16");
    layer("avg");
    convolution("120");
    layer("flat");
    layer("fc");
    keys << "alt+Return";
    add(keys, "84");
    tabs(2);
    add(keys, "tanh");
    keys << "Escape";
    layer("fc");
    keys << "alt+Return";
    keys << "5"  // as many as there are kinds
         << "Escape";
    return keys;
}

}  // namespace

class StudioJourneyTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("perceptory-test");
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    }

    void cleanup() {
        if (QTest::currentTestFailed()) m_window->screen()->grabWindow(0).save(QDir::temp().filePath("studio.png"));
        m_window.reset();
    }

    void lenetByMouse() {
        const StudioHands hands = open(shapesProject(Json::array()));
        hands.picture("empty");
        hands.dropFromPalette("Input", hands.onCanvas(0.15, 0.4));
        std::string last = "in";
        const auto behind = [&](const QString& label, const std::string& id) {
            hands.dropFromPalette(label, hands.middle(last));
            QTRY_VERIFY_WITH_TIMEOUT(hands.ids().contains(QString::fromStdString(id)), patience);
            last = id;
        };
        const auto convolution = [&](const std::string& id, int filters) {
            behind("Convolution 2D", id);
            hands.setNumber("Filters", filters);
            hands.setNumber("Kernel size, height", 5);
            hands.setChoice("Activation", "Tanh");
        };
        convolution("conv1", 6);
        behind("Average pooling", "pool1");
        convolution("conv2", 16);
        behind("Average pooling", "pool2");
        convolution("conv3", 120);
        behind("Flatten", "flat1");
        behind("Dense", "dense1");
        hands.setNumber("Units", 84);
        hands.setChoice("Activation", "Tanh");
        behind("Dense", "dense2");
        hands.setNumber("Units", 5);  // as many as there are kinds
        clickOn(hands.button("Show all"));
        hands.picture("lenet-by-mouse");
        QVERIFY(isLenet(hands));
        QTRY_VERIFY_WITH_TIMEOUT(hands.isSound(), 3 * patience);
    }

    void lenetByKeyboard() {
        Json project = shapesProject(Json::array());
        project.erase("view");
        const StudioHands hands = open(project);
        const QStringList keys = keysOfLenet();
        QElapsedTimer watch;
        watch.start();
        pressAll(keys, keyPause());
        QTRY_VERIFY_WITH_TIMEOUT(isLenet(hands), patience);
        const double taken = double(watch.elapsed()) / 1000;
        const double patient = taken + double(keys.size()) * (slowestPause - keyPause()) / 1000;
        qInfo("LeNet by %lld keys at %d ms each: %.1f s; at %d ms: %.1f s", qlonglong{keys.size()}, keyPause(), taken,
              slowestPause, patient);
        QVERIFY(patient <= mostSeconds);
        QTRY_VERIFY_WITH_TIMEOUT(hands.isSound(), patience);
        hands.picture("lenet-by-keyboard");
    }

    void aResidualBlock() {
        const StudioHands hands = open(digitsProject(chainOf({"conv0", "conv1", "conv2"})));
        clickOn(hands.button("Show all"));
        hands.dropFromPalette("Add", hands.onWire("conv2", "flat"));
        QTRY_VERIFY_WITH_TIMEOUT(hands.wires().contains("conv2>add1 add1>flat"), patience);
        dragAlong({hands.output("add1"), hands.onCanvas(0.5, 0.8), hands.middle("conv1")});
        hands.picture("refused");
        QVERIFY(!hands.wires().contains("add1>conv1"));
        dragAlong({hands.output("conv0"), hands.onCanvas(0.5, 0.8), hands.middle("add1")});
        QTRY_COMPARE_WITH_TIMEOUT(hands.wires(),
                                  QString("in>conv0 conv0>conv1 conv1>conv2 conv2>add1 conv0>add1 add1>flat flat>out"),
                                  patience);
        hands.picture("residual");
        QVERIFY(hands.isSound());
        clickOn(named(*m_window, "Play"));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().snapshot()->progress.epoch >= 1, patience);
    }

    void severalLayersAtOnce() {
        Json nodes = chainOf({"conv1", "conv2"});
        nodes[2]["parameters"]["filters"] = 7;
        const StudioHands hands = open(digitsProject(nodes));
        const QPoint first = hands.middle("conv1"), last = hands.middle("conv2");
        dragAlong({first - QPoint(60, 90), first, last, last + QPoint(40, 90)});
        QCOMPARE(hands.studio().scene()->chosen(), (std::vector<std::string>{"conv1", "conv2"}));
        const QWidget& form = *hands.studio().inspector();
        auto* dash = qobject_cast<QPushButton*>(named(form, "Filters differs, give all one value"));
        QVERIFY(dash && dash->text() == QStringLiteral("—"));
        hands.picture("several");
        const int steps = m_window->document().undoStack().index();
        clickOn(dash);
        press("ctrl+a");
        type("9");
        press("Return");
        QTRY_VERIFY_WITH_TIMEOUT(hands.parameters("conv2")["filters"] == 9, patience);
        QVERIFY(hands.parameters("conv1")["filters"] == 9);
        QCOMPARE(m_window->document().undoStack().index(), steps + 1);
        QVERIFY(!named(form, "Filters differs, give all one value"));
    }

    void copiedFromOneWindowToAnother() {
        const StudioHands hands = open(digitsProject(chainOf({"conv1", "conv2"})));
        clickAt(hands.middle("conv1"));
        press("shift+Right");
        press("ctrl+c");
        // A process of its own, with a clipboard of its own.
        const QString target = m_folder.filePath("pasted.json");
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), {"--second-window", target});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(target), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isActiveWindow(), patience);
        clickAt(hands.onCanvas(0.5, 0.9));
        press("ctrl+v");
        const auto pasted = [&] {
            QFile file(target);
            return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
        };
        QTRY_COMPARE_WITH_TIMEOUT(pasted(), QByteArray("in conv1 conv2 out"), patience);
        hands.picture("second-window");
        other.kill();
        other.waitForFinished();
    }

    void changedWhileItLearns() {
        const StudioHands hands = open(digitsProject(chainOf({"conv1"})));
        clickOn(named(*m_window, "Play"));
        const auto epoch = [&] { return m_window->session().snapshot()->progress.epoch; };
        QTRY_VERIFY_WITH_TIMEOUT(epoch() >= 1, patience);
        clickAt(hands.middle("flat"));
        pressAll({"space", "d", "e", "n", "s", "e", "Return"}, 20);
        QTRY_VERIFY_WITH_TIMEOUT(hands.wires().contains("flat>dense1 dense1>out"), patience);
        const auto said = [&] {
            for (const QLabel* label : m_window->statusLine().findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains("2 of 3 layers kept")) return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(said(), patience);
        hands.picture("learning");
        QVERIFY(m_window->session().isRunning());
        const auto then = epoch();
        QTRY_VERIFY_WITH_TIMEOUT(epoch() > then, patience);
    }

private:
    StudioHands open(const Json& project) {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_window->document().open(project, ".", "journey");
        m_window->showMaximized();
        const StudioHands hands(*m_window);
        [&] {
            QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
            QTRY_VERIFY_WITH_TIMEOUT(hands.studio().scene()->dataset(), patience);
        }();
        QTest::qWait(300);  // the view finds its place
        return hands;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

// Shows a window and writes the names of its layers to the file whenever they change.
int secondWindow(const QString& path) {
    MainWindow window;
    window.document().open(
        digitsProject({{{"id", "in"}, {"type", "input"}},
                       {{"id", "out"}, {"type", "dense"}, {"inputs", {"in"}}, {"parameters", {{"units", 10}}}}}),
        ".", "second");
    const StudioHands hands(window);
    const auto tell = [&] {
        QFile file(path);
        if (file.open(QFile::WriteOnly)) file.write(hands.ids().join(' ').toUtf8());
    };
    QObject::connect(&window.document(), &document::Document::changed, &window, tell);
    window.showMaximized();
    QTimer::singleShot(1000, &window, tell);
    return QApplication::exec();
}

}  // namespace

int main(int count, char** words) {
    QApplication application(count, words);
    if (count == 3 && QByteArray(words[1]) == "--second-window") return secondWindow(words[2]);
    StudioJourneyTest test;
    return QTest::qExec(&test, count, words);
}

#include "StudioJourneyTest.moc"
