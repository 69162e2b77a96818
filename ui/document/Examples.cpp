#include "ui/document/Examples.h"

#include <QCoreApplication>

#include "engine/base/Error.h"
#include "engine/base/RegularFile.h"
#include "engine/project/Project.h"

namespace perceptory::document {

using base::Json;

namespace {

constexpr std::int64_t mostIndexBytes = 1 << 20;

// TensorFlow Playground's first picture.
constexpr const char* builtInProject = R"({
  "format": "perceptory-project", "format_version": 1,
  "data": {
    "source": "generator", "id": "circle", "parameters": {"samples": 500, "noise": 0.0}, "seed": "1",
    "features": ["x1", "x2"], "split": {"mode": "random", "train": 0.5, "validation": 0.0, "test": 0.5}
  },
  "network": {"nodes": [
    {"id": "in", "type": "input"},
    {"id": "h1", "type": "dense", "inputs": ["in"], "parameters": {"units": 4, "activation": "tanh"}},
    {"id": "h2", "type": "dense", "inputs": ["h1"], "parameters": {"units": 2, "activation": "tanh"}},
    {"id": "out", "type": "dense", "inputs": ["h2"], "parameters": {"units": 1, "activation": "tanh"}}
  ]},
  "training": {
    "loss": {"type": "mean_squared_error"}, "optimizer": {"type": "sgd", "parameters": {"learning_rate": 0.03}},
    "batch_size": 10, "epochs": 100, "shuffle": true, "seed": "42", "metrics": ["accuracy"]
  }
})";

Json readIndex(const std::filesystem::path& file, const char* list) {
    const std::string text = base::RegularFile(file.string()).text(mostIndexBytes);
    const Json index = base::parseJson(text, file.string());
    return index.is_object() ? index.value(list, Json::array()) : Json::array();
}

QString textOf(const Json& entry, const char* key) {
    return entry.contains(key) && entry[key].is_string() ? QString::fromStdString(entry[key].get<std::string>())
                                                         : QString();
}

QString shownText(const Json& entry, const char* key) {
    const QString text = textOf(entry, key);
    return text.isEmpty() ? text : QCoreApplication::translate("examples", text.toUtf8().constData());
}

std::optional<Figures> figuresOf(const Json& entry) {
    const Json value = entry.value("reaches", Json()), seconds = entry.value("seconds", Json());
    const QString metric = textOf(entry, "metric");
    if (metric.isEmpty() || !value.is_number() || !seconds.is_number()) return {};
    return Figures{metric.toStdString(), value.get<double>(), seconds.get<int>()};
}

std::vector<Example> listed(const char* list) {
    std::vector<Example> result;
    const std::filesystem::path folder = examplesFolder();
    try {
        for (const Json& entry : readIndex(folder / "index.json", list)) {
            if (!entry.is_object()) continue;
            const QString file = textOf(entry, "file");
            if (file.isEmpty()) continue;
            result.push_back({QString::fromStdString((folder / file.toStdString()).string()), shownText(entry, "title"),
                              shownText(entry, "sentence"), figuresOf(entry), shownText(entry, "needs")});
        }
    } catch (const base::Error&) {
        return {};
    }
    return result;
}

}  // namespace

std::filesystem::path examplesFolder() {
    if (const QString set = qEnvironmentVariable("PERCEPTORY_EXAMPLES"); !set.isEmpty()) return set.toStdString();
    std::error_code ignored;
    if (QCoreApplication::instance()) {
        const std::filesystem::path beside =
            std::filesystem::path(QCoreApplication::applicationDirPath().toStdString()) /
            "../share/perceptory/examples";
        if (std::filesystem::is_directory(beside, ignored)) return beside;
    }
    return PERCEPTORY_EXAMPLES_FOLDER;
}

std::vector<Example> examples() { return listed("examples"); }

std::vector<Example> templates() { return listed("templates"); }

Json defaultProject() {
    try {
        return project::loadProject((examplesFolder() / "circle.perceptory").string());
    } catch (const base::Error&) {
        return base::parseJson(builtInProject, "default project");
    }
}

}  // namespace perceptory::document
