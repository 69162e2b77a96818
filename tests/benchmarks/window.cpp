// What a person feels: a window that trains at full speed for a minute while data is switched and layers are edited.
// Prints the longest stall of the window's event loop, the share of headless speed that training keeps, the time from
// the start of the process to the first painted window, and its memory. Run from the release preset, for instance with
// QT_QPA_PLATFORM=offscreen. `benchmark_window [SECONDS]`, 60 unless told.

#include <unistd.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <chrono>
#include <fstream>
#include <iostream>

#include "tests/engine/training/Fixtures.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/session/SessionController.h"
#include "ui/session/StallWatch.h"
#include "ui/widgets/Theme.h"
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

// One edit a second, of every kind that costs something.
void edit(document::Document& document, int second) {
    const char* sources[] = {"spiral", "xor", "rings", "moons", "circle", "checkerboard", "gauss"};
    switch (second % 4) {
        case 0:
            return document::chooseGenerator(document, sources[second / 4 % 7]);
        case 1:
            document::addHiddenLayer(document);
            return;
        case 2:
            return document::setUnits(document, document::hiddenLayers(document).front(), 3 + second % 6);
        case 3:
            return document::removeHiddenLayer(document);
    }
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
    widgets::Theme::apply(application, widgets::Theme::Mode::Light);
    window::MainWindow window;
    window.show();
    QApplication::processEvents();
    const double started = age();
    base::Json report{{"start_ms", started}, {"resident_mb", residentMegabytes()}};

    const double headless = headlessStepsPerSecond(window.document().json());
    window.session().setPace(0);
    window.session().play();
    session::StallWatch watch;
    int second = 0;
    std::uint64_t firstStep = 0;
    double share = 0;
    QElapsedTimer clock;
    QTimer edits;
    // The first five seconds measure the default project undisturbed; then it is edited.
    QObject::connect(&edits, &QTimer::timeout, [&] {
        ++second;
        const auto snapshot = window.session().snapshot();
        if (second == 2 && snapshot) {
            firstStep = snapshot->progress.step;
            clock.start();
        }
        if (second == 5 && snapshot)
            share = static_cast<double>(snapshot->progress.step - firstStep) /
                    (static_cast<double>(clock.elapsed()) / 1000) / headless;
        if (second > 5) edit(window.document(), second);
        if (second >= seconds) QCoreApplication::exit();  // quit() would ask about the edits
    });
    edits.start(1000);
    watch.start();
    QApplication::exec();
    report["seconds"] = seconds;
    report["longest_stall_ms"] = watch.longestStall();
    report["share_of_headless_speed"] = share;
    report["resident_mb_at_end"] = residentMegabytes();
    std::cout << report.dump(2) << '\n';
}
