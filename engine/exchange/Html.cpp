// A report of the run: one page with everything in it, to be read in any browser, sent and printed.

#include <map>

#include "engine/base/AtomicFile.h"
#include "engine/base/RegularFile.h"
#include "engine/exchange/Exporter.h"
#include "engine/exchange/ReportDrawing.h"
#include "engine/exchange/ReportResults.h"

namespace perceptory::exchange {

namespace {

using base::Json;

constexpr const char* style = R"(
:root { color-scheme: light dark; --text: #1b1f24; --muted: #59636e; --page: #ffffff; --box: #eef2f7; --line: #c4ccd6;
  --s0: #0060a8; --s1: #b84a00; --s2: #00775a; --s3: #9a3f86; --right: #d9efe2; --wrong: #fbe3d6; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --muted: #9aa5b1; --page: #16191d; --box: #242a32;
  --line: #414a55; --s0: #6cb6ff; --s1: #ff9d57; --s2: #4fd0a8; --s3: #e394d0; --right: #1d4030; --wrong: #543020; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 760px;
  margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; margin: 0.6em 0; }
th, td { border: 1px solid var(--line); padding: 0.2em 0.6em; text-align: left; vertical-align: middle; }
th { background: var(--box); font-weight: 600; }
.wide { overflow-x: auto; }
.matrix td { text-align: right; }
.right { background: var(--right); } .wrong { background: var(--wrong); }
svg { max-width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--text); } svg .muted { fill: var(--muted); }
.box { fill: var(--box); stroke: var(--line); } .wire { fill: none; stroke: var(--muted); }
.grid { stroke: var(--line); stroke-width: 0.5; } .line { fill: none; stroke-width: 1.6; }
.s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
img { width: 56px; image-rendering: pixelated; display: block; }
pre { overflow-x: auto; background: var(--box); padding: 0.8em; font-size: 12px; }
)";

std::string titleOf(const Json& project) {
    const Json name = project.is_object() ? project.value("name", Json()) : Json();
    return name.is_string() && !name.get<std::string>().empty() ? name.get<std::string>() : "Network";
}

std::string settingInWords(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_object() || !value.contains("type")) return value.dump();
    std::string text = value["type"].is_string() ? value["type"].get<std::string>() : value["type"].dump();
    const Json parameters = value.value("parameters", Json::object());
    for (const auto& [key, parameter] : parameters.items()) text += ", " + key + ' ' + parameter.dump();
    return text;
}

std::string settingsHtml(const Json& project) {
    if (!project.is_object()) return {};
    std::string text = "<h2>Settings</h2>\n<table>\n";
    for (const char* part : {"data", "training"})
        if (const auto found = project.find(part); found != project.end() && found->is_object())
            for (const auto& [key, value] : found->items())
                text += "<tr><th>" + htmlText(std::string(part) + '.' + key) + "</th><td>" +
                        htmlText(settingInWords(value).substr(0, 400)) + "</td></tr>\n";
    text += "</table>\n";
    Json whole = project;
    whole.erase("weights");
    whole.erase("view");
    return text + "<details><summary>The whole project</summary><pre>" + htmlText(whole.dump(2)) + "</pre></details>\n";
}

std::vector<std::pair<double, double>> pointsOf(const Json& rows) {
    std::vector<std::pair<double, double>> points;
    const std::size_t step = std::max<std::size_t>(1, rows.size() / 1000);
    for (std::size_t i = 0; i < rows.size(); i += step) {
        const Json& row = rows[step == 1 || i + step < rows.size() ? i : rows.size() - 1];
        if (row.is_array() && row.size() == 6 && row[0].is_number() && row[4].is_number())
            points.emplace_back(row[0].get<double>(), row[4].get<double>());
    }
    return points;
}

// One picture for each measure: training, validation and test over each other.
std::string curvesHtml(const Json& history, std::size_t& pictures) {
    const Json series = history.is_object() ? history.value("series", Json::object()) : Json::object();
    std::map<std::string, std::vector<ReportCurve>> groups;
    for (const auto& [name, rows] : series.items()) {
        const std::size_t end = name.find('_');
        const std::string part = name.substr(0, end);
        const bool isPart = part == "train" || part == "validation" || part == "test";
        if (!rows.is_array() || rows.empty()) continue;
        groups[isPart ? name.substr(end + 1) : name].push_back({isPart           ? part
                                                                : name == "loss" ? "batches"
                                                                                 : name,
                                                                pointsOf(rows)});
    }
    std::string text;
    for (const auto& [measure, curves] : groups) {
        const std::string picture = curvesSvg(curves, "step");
        if (picture.empty()) continue;
        text += "<h3>" + htmlText(measure) + "</h3>\n" + picture;
        ++pictures;
    }
    std::string marks;
    for (const Json& mark : history.is_object() ? history.value("marks", Json::array()) : Json::array())
        if (mark.is_array() && mark.size() == 2 && mark[1].is_string())
            marks += "<li>step " + htmlText(mark[0].dump()) + ": " + htmlText(mark[1].get<std::string>()) + "</li>\n";
    if (!marks.empty()) text += "<h3>On the way</h3>\n<ul>\n" + marks + "</ul>\n";
    return text.empty() ? text : "<h2>Curves</h2>\n" + text;
}

ExportResult write(const ExportRequest& request) {
    const std::string title = htmlText(titleOf(request.story.project));
    const training::Progress& progress = request.trainer.progress();
    std::size_t pictures = 0, samples = 0;
    const bool rows = request.values.text("data") != "never";
    std::string page =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>" +
        title + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n";
    page += "<p>" + std::to_string(request.weights.size()) + " weights, after " + std::to_string(progress.step) +
            " steps, " + std::to_string(progress.epoch) + " epochs. Written by Perceptory.</p>\n";
    page += "<h2>Network</h2>\n<div class=\"wide\">" + networkSvg(request.network.nodes()) + "</div>\n";
    page += curvesHtml(request.story.history, pictures);
    if (rows) page += resultsHtml(request.trainer) + samplesHtml(request.trainer, samples);
    page += settingsHtml(request.story.project) + "</body>\n</html>\n";
    base::replaceFile(request.path, page);
    if (base::RegularFile(request.path).text(static_cast<std::int64_t>(page.size())) != page)
        refuseWritten(request.path, base::sentence("what was written reads back differently"));
    return {.checked = base::sentence("a page with {0} layers, {1} pictures of curves, {2} samples; read back",
                                      request.network.nodes().size(), pictures, samples)};
}

bool wantsRows(const base::ParamValues& values) { return values.text("data") != "never"; }

}  // namespace

const ExporterType HtmlExporter{
    {"html",
     "Report (HTML)",
     "One page with the network, the settings, the curves, the results and samples, for any browser. It needs nothing "
     "beside it.",
     {{.id = "data",
       .label = "Results and samples",
       .help = "Measures the network on its data. Never: a report without them, for a model whose data are gone.",
       .kind = base::ParamKind::Choice,
       .fallback = "always",
       .choices = {"always", "never"}}}},
    write,
    false,
    wantsRows};

}  // namespace perceptory::exchange
