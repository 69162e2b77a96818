// What a large network costs on the canvas: bench_canvas [LAYERS]. Times in ms, medians of eleven: opening it, laying
// it out anew, an edit until everything is shown again, a painted frame while panning at 100 % and with all of it in
// sight. QT_QPA_PLATFORM=offscreen, release.

#include <QApplication>
#include <QElapsedTimer>
#include <QPixmap>
#include <QScrollBar>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NetworkView.h"
#include "ui/widgets/Theme.h"

using namespace perceptory;
using base::Json;

namespace {

double median(const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < 11; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::nth_element(times, times.begin() + 5);
    return times[5];
}

// Residual blocks of three layers behind one another.
Json blocksOf(int layers) {
    Json nodes{{{"id", "in"}, {"type", "input"}}};
    std::string last = "in";
    for (int i = 0; static_cast<int>(nodes.size()) + 3 <= layers; ++i) {
        const std::string n = std::to_string(i);
        const auto dense = [](const std::string& id, const std::string& input) {
            return Json{{"id", id}, {"type", "dense"}, {"inputs", {input}}, {"parameters", {{"units", 2}}}};
        };
        nodes.push_back(dense("a" + n, last));
        nodes.push_back(dense("b" + n, "a" + n));
        nodes.push_back({{"id", "sum" + n}, {"type", "add"}, {"inputs", {"b" + n, last}}});
        last = "sum" + n;
    }
    nodes.push_back({{"id", "out"}, {"type", "dense"}, {"inputs", {last}}, {"parameters", {{"units", 1}}}});
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data", {{"source", "generator"}, {"id", "circle"}}},
            {"network", {{"nodes", nodes}}},
            {"training", {{"loss", "mean_squared_error"}}}};
}

}  // namespace

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    widgets::Theme::apply(*qApp, widgets::Theme::Mode::Light);
    const Json project = blocksOf(argc > 1 ? std::atoi(argv[1]) : 300);
    document::Document document;
    const double open = median([&] {
        document.open(project, ".", "large");
        canvas::NetworkScene scene(document);
        canvas::NetworkView view(scene);
        view.resize(1000, 700);
        view.showStart();
        view.grab();
    });
    canvas::NetworkScene scene(document);
    canvas::NetworkView view(scene);
    view.resize(1000, 700);
    view.show();
    const double edit = median([&, units = 2]() mutable {
        document.setValue("network.nodes.a1.parameters.units", units = 5 - units, "edit");
        view.grab();
    });
    const double tidy = median([&] {
        document::moveLayers(document, scene.places());
        canvas::tidy(scene);
    });
    view.zoomToFull();
    const double near = median([&] {
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + 37);
        view.grab();
    });
    view.fitAll();
    const double far = median([&] { view.grab(); });
    std::printf("%zu layers: open %.1f, edit %.1f, places and tidy %.1f, frame near %.1f, frame of all %.1f ms\n",
                scene.nodes().size(), open, edit, tidy, near, far);
}
