// What a person feels: a window that trains at full speed for a minute while data is switched and layers are edited, or
// one that saves a network of five million weights while it trains. Prints the longest stalls of the window's event
// loop and what it did meanwhile, the share of headless speed that training keeps, the time from the start of the
// process to the first painted window, and its memory. Or it goes from one workspace to the other with a template open,
// while it trains, until all is painted. Run from the release preset, for instance with QT_QPA_PLATFORM=offscreen.
// `benchmark_window [SECONDS | save | switch]`, 60 unless told.

#include <unistd.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>

#include "tests/benchmarks/EventLog.h"
#include "tests/benchmarks/LargeProject.h"
#include "tests/engine/training/Fixtures.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/session/SessionController.h"
#include "ui/session/StallWatch.h"
#include "ui/widgets/Theme.h"
#include "ui/window/FileDesk.h"
#include "ui/window/MainWindow.h"

using namespace perceptory;

namespace {

// Of this process, in milliseconds since it was started.
double age() {
    std::ifstream stat("/proc/self/stat");
    std::string word;
    for (int i = 0; i < 22; ++i) stat >> word;
    double uptime = 0;
    std::ifstream("/proc/uptime") >> uptime;
    return 1000 * (uptime - std::stod(word) / static_cast<double>(sysconf(_SC_CLK_TCK)));
}

double residentMegabytes() {
    long pages = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return static_cast<double>(resident * sysconf(_SC_PAGESIZE)) / 1e6;
}

double headlessStepsPerSecond(const base::Json& project) {
    training::Trainer trainer = training::makeTrainer(project);
    std::vector<double> losses(1 << 16);
    const auto start = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    while (seconds() < 2) trainer.runSteps(1 << 16, losses.data());
    return static_cast<double>(trainer.progress().step) / seconds();
}

// One edit a second, of every kind that costs something. Returns what it was.
std::string edit(document::Document& document, int second) {
    const char* sources[] = {"spiral", "xor", "rings", "moons", "circle", "checkerboard", "gauss"};
    const char* source = sources[second / 4 % 7];
    const int units = 3 + second % 6;
    switch (second % 4) {
        case 0:
            document::chooseGenerator(document, source);
            return std::string("data ") + source;
        case 1:
            document::addHiddenLayer(document);
            return "add layer";
        case 2:
            document::setUnits(document, document::hiddenLayers(document).front(), units);
            return "units " + std::to_string(units);
        default:
            document::removeHiddenLayer(document);
            return "remove layer";
    }
}

class WindowBenchmark {
public:
    WindowBenchmark(benchmarks::EventLog& log, window::MainWindow& window) : m_log(log), m_window(window) {
        QObject::connect(&m_watch, &session::StallWatch::turned, [this](qint64 stall) { m_log.endTurn(stall); });
    }

    base::Json trainAndEdit(int seconds);
    base::Json saveLarge();
    base::Json switchWorkspaces();

private:
    void begin(const std::string& action) {
        m_log.begin(action);
        m_watch.start();
    }
    // Turns the loop until `done`, at most that long.
    bool wait(
        double seconds, const std::function<bool()>& done = [] { return false; });
    std::uint64_t step() { return m_window.session().snapshot()->progress.step; }

    benchmarks::EventLog& m_log;
    window::MainWindow& m_window;
    session::StallWatch m_watch;
};

bool WindowBenchmark::wait(double seconds, const std::function<bool()>& done) {
    QEventLoop loop;
    QTimer look;
    QElapsedTimer clock;
    clock.start();
    bool isDone = false;
    QObject::connect(&look, &QTimer::timeout, [&] {
        isDone = done();
        if (isDone || static_cast<double>(clock.elapsed()) > 1000 * seconds) loop.quit();
    });
    look.start(20);
    loop.exec();
    return isDone;
}

base::Json WindowBenchmark::trainAndEdit(int seconds) {
    const double headless = headlessStepsPerSecond(m_window.document().json());
    m_window.session().setPace(0);
    m_window.session().play();
    begin("train");
    // The first five seconds measure the default project undisturbed; then it is edited.
    wait(2);
    const std::uint64_t firstStep = step();
    QElapsedTimer clock;
    clock.start();
    wait(3);
    const double share = static_cast<double>(step() - firstStep) / (static_cast<double>(clock.elapsed()) / 1000);
    for (int second = 6; second <= seconds; ++second) {
        m_log.begin(edit(m_window.document(), second));
        wait(1);
    }
    return {{"seconds", seconds},
            {"longest_stall_ms", m_watch.longestStall()},
            {"longest_stalls", m_log.longest(5)},
            {"share_of_headless_speed", share / headless},
            {"resident_mb_at_end", residentMegabytes()}};
}

base::Json WindowBenchmark::saveLarge() {
    const QTemporaryDir folder;
    const std::filesystem::path place = folder.path().toStdString();
    base::Json report;
    const auto endPhase = [&](const char* phase) {
        report[phase] = {{"longest_stall_ms", m_watch.longestStall()}, {"longest_stalls", m_log.longest(3)}};
    };
    begin("open the large project");
    m_window.document().open(benchmarks::writeLargeProject(place), place, "large");
    const bool ready = wait(60, [this] {
        const auto& now = *m_window.session().snapshot();
        return now.dataset && now.dataset->inputShape.size() == 3 && now.state == training::RunState::Paused;
    });
    endPhase("open");
    begin("train the large network");
    m_window.session().play();
    const bool trained = wait(60, [this] { return step() > 20; });
    wait(5);
    endPhase("train");
    begin("save while training");
    QElapsedTimer clock;
    clock.start();
    m_window.files().saveTo(folder.filePath("large.perceptory"));
    const bool saved = wait(60, [this] { return !m_window.files().isSaving(); });
    report["save_ms"] = clock.elapsed();
    wait(2);
    endPhase("save");
    const std::filesystem::path model = place / "large.perceptory-model";
    report["model_mb"] = std::filesystem::exists(model) ? static_cast<double>(file_size(model)) / 1e6 : 0;
    report["done"] = ready && trained && saved;
    return report;
}

base::Json WindowBenchmark::switchWorkspaces() {
    base::Json report;
    for (const document::Example& example : document::templates()) {
        m_window.files().openExample(example.file, example.title);
        wait(60, [this] { return m_window.session().dataset() != nullptr; });
        m_window.session().play();
        std::vector<double> times;
        for (int i = 0; i < 11; ++i) {
            QElapsedTimer clock;
            clock.start();
            m_window.action(i % 2 ? "studio" : "playground")->trigger();
            QApplication::sendPostedEvents();
            m_window.repaint();
            times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
            wait(0.1);
        }
        m_window.session().pause();
        std::ranges::sort(times);
        report[example.file.toStdString()] = {{"median_ms", times[5]}, {"longest_ms", times.back()}};
    }
    return report;
}

}  // namespace

int main(int argc, char** argv) {
    benchmarks::EventLog application(argc, argv);
    const std::string what = argc > 1 ? argv[1] : "60";
    widgets::Theme::apply(application, widgets::Theme::Mode::Light);
    window::MainWindow window;
    window.show();
    QApplication::processEvents();
    const double started = age();
    base::Json report{{"start_ms", started}, {"resident_mb", residentMegabytes()}};
    WindowBenchmark benchmark(application, window);
    report.update(what == "save"     ? benchmark.saveLarge()
                  : what == "switch" ? benchmark.switchWorkspaces()
                                     : benchmark.trainAndEdit(std::stoi(what)));
    std::cout << report.dump(2) << '\n';
}
