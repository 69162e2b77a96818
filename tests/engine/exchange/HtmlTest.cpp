// The report: one page that needs nothing beside it, whose tags fit together, with what the run was and gave.

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/exchange/ReportDrawing.h"
#include "engine/exchange/TrainedExport.h"
#include "engine/training/History.h"
#include "tests/engine/training/Fixtures.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using support::Folder;

namespace {

std::string reportOf(training::Trainer& trainer, const exchange::RunStory& story, const Json& values = Json::object()) {
    const Folder folder;
    const exchange::ExporterType& type = exchange::exporters().get("html", "format");
    const base::ParamValues choices(type.parameters, values);
    const std::string path = folder / "report.html";
    const exchange::ExportResult result = exchange::exportTrained(type, trainer, choices, path, story);
    CHECK(result.problems.empty());
    CHECK(result.checked.find("read back") != std::string::npos);
    return support::contentOf(path);
}

// The first tag that is closed wrongly, left open or not escaped; empty: all fit.
std::string faultIn(const std::string& page) {
    std::vector<std::string> open;
    std::size_t at = page.find("<html");
    while ((at = page.find('<', at)) != std::string::npos) {
        const std::size_t end = page.find('>', at);
        if (end == std::string::npos) return page.substr(at, 40);
        const std::string tag = page.substr(at + 1, end - at - 1), name = tag.substr(0, tag.find_first_of(" /", 1));
        at = end;
        if (tag.find('<') != std::string::npos || std::ranges::count(tag, '"') % 2 == 1) return tag;
        if (tag.ends_with('/')) continue;
        if (tag.front() != '/') {
            open.push_back(name);
            if (name == "style") at = page.find("</style", at);
            continue;
        }
        if (open.empty() || "/" + open.back() != tag) return tag;
        open.pop_back();
    }
    return open.empty() ? std::string() : open.back();
}

exchange::RunStory storyOf(const Json& project) {
    training::MetricsLog log;
    for (int step = 0; step < 50; ++step) {
        log.append("loss", step, 1.0 / (step + 1));
        log.append("test_loss", step, 2.0 / (step + 1));
        log.append("train_loss", step, 1.5 / (step + 1));
    }
    log.mark(20, "rate <halved> & more");
    return {project, training::historyOf(log, 50)};
}

}  // namespace

TEST_CASE("a report holds network, settings, curves, results and samples, and needs nothing else") {
    Json project = training::planeProject("circle", {4, 2});
    project["name"] = "Circles & \"more\" <b>";
    training::Trainer trainer = training::makeTrainer(project);
    training::trainSteps(trainer, 50);
    const std::string page = reportOf(trainer, storyOf(project));
    CHECK(faultIn(page) == "");
    CHECK(page.starts_with("<!DOCTYPE html>"));
    for (const char* word :
         {"<h1>Circles &amp; &quot;more&quot; &lt;b&gt;</h1>", "h1 · dense", "<h2>Curves</h2>",
          "rate &lt;halved&gt; &amp; more", "<h2>Results</h2>", "precision", "<h2>Samples</h2>", "training.batch_size",
          "sgd, learning_rate 0.03", "prefers-color-scheme: dark", "after 50 steps"})
        CHECK_MESSAGE(page.find(word) != std::string::npos, word);
    for (const char* word : {"<script", "http:", "https:", "<link", "@import", "url("})
        CHECK_MESSAGE(page.find(word) == std::string::npos, word);
    // Train and test over each other, and the batches.
    CHECK(page.find("class=\"line s1\"") != std::string::npos);
    // The numbers are the trainer's.
    const double loss = trainer.evaluate(trainer.dataset().parts.test).loss;
    CHECK(page.find("<td>test</td><td>100</td><td>" + exchange::htmlNumber(loss) + "</td>") != std::string::npos);
}

TEST_CASE("without rows a report leaves results and samples out") {
    const Json project = training::planeProject("circle", {3});
    training::Trainer trainer = training::makeTrainer(project);
    const std::string page = reportOf(trainer, {project, nullptr}, {{"data", "never"}});
    CHECK(faultIn(page) == "");
    CHECK(page.find("<h2>Results</h2>") == std::string::npos);
    CHECK(page.find("<h2>Samples</h2>") == std::string::npos);
    CHECK(page.find("<h2>Curves</h2>") == std::string::npos);
}

TEST_CASE("numbers of a regression and pictures are shown as they are") {
    const Json project = training::planeProject("plane", {3});
    training::Trainer trainer = training::makeTrainer(project);
    const std::string page = reportOf(trainer, {project, nullptr});
    CHECK(faultIn(page) == "");
    CHECK(page.find("<h2>Samples</h2>") != std::string::npos);
    // A bitmap of 2 × 1 grey pixels: header of 54 bytes, then a line of 8.
    const std::vector<float> values{0, 1};
    CHECK(exchange::imageTag(values, {1, 2, 1}, "two") ==
          "<img alt=\"two\" src=\"data:image/bmp;base64,"
          "Qk0+AAAAAAAAADYAAAAoAAAAAgAAAAEAAAABABgAAAAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAA////AAA=\"/>");
    CHECK(exchange::imageTag(values, {2}, "no picture") == "");
}
