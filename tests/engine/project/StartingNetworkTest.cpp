// For data of every kind a network that fits and learns, and whether another one could take them.

#include "engine/project/StartingNetwork.h"

#include "engine/project/NetworkFit.h"
#include "engine/project/Project.h"
#include "engine/training/RunCheck.h"
#include "engine/training/Trainer.h"
#include "tests/engine/data/ReaderSamples.h"
#include "tests/support/DataFolder.h"
#include "tests/support/Npy.h"

using namespace perceptory;
using base::Json;

namespace {

const Json ordered{{"mode", "ordered"}, {"train", 1}, {"test", 0}};

Json generator(const char* id, Json parameters = Json::object()) {
    parameters["samples"] = 120;
    return {{"source", "generator"}, {"id", id}, {"parameters", std::move(parameters)}};
}

Json bundled(const char* id) { return {{"source", "dataset"}, {"id", id}, {"preprocessing", {"min_max"}}}; }

Json file(const char* reader, const char* path, Json parameters = Json::object()) {
    return {{"source", "file"}, {"reader", {{"type", reader}, {"parameters", std::move(parameters)}}}, {"path", path}};
}

Json arrays(Json inputs, Json targets) {
    return {{"source", "file"}, {"reader", "npy"}, {"inputs", std::move(inputs)}, {"targets", std::move(targets)}};
}

// What a network of the field would look like; `layers`: kinds in their order.
struct Kind {
    std::string name;
    Json data;
    std::string layers, losses;
};

std::string layersOf(const Json& project) {
    std::string text;
    for (const Json& node : project["network"]["nodes"])
        text += (text.empty() ? "" : " ") + node["type"].get<std::string>();
    return text;
}

std::string lossesOf(const Json& training) {
    if (training.contains("loss")) return training["loss"]["type"];
    std::string text;
    for (const Json& loss : training["losses"])
        text += (text.empty() ? "" : ", ") + loss["target"].get<std::string>() + " " + loss["type"].get<std::string>();
    return text;
}

Json startedProject(const Json& data, const data::Dataset& dataset) {
    Json project{{"format", project::projectFormat},
                 {"format_version", project::projectFormatVersion},
                 {"data", data},
                 {"training", {{"seed", "1"}, {"metrics", {"accuracy"}}, {"schedule", "cosine"}}}};
    project::startNetwork(project, dataset);
    return project;
}

training::RunSpec specOf(const Json& project) {
    base::Problems problems;
    training::RunSpec spec = training::RunSpec::fromJson(project, problems);
    for (const base::Problem& problem : problems) FAIL_CHECK(base::describe(problem));
    return spec;
}

// Means of the first and of the last ten losses.
std::pair<double, double> lossesOfSteps(const training::RunSpec& spec, std::shared_ptr<const data::Dataset> dataset,
                                        int steps) {
    training::Trainer trainer(spec, std::move(dataset));
    double first = 0, last = 0;
    for (int i = 0; i < steps; ++i) {
        const double loss = trainer.step().loss;
        CHECK(trainer.finite());
        if (i < 10) first += loss / 10;
        if (i >= steps - 10) last += loss / 10;
    }
    return {first, last};
}

// Texts of two kinds, with `words` in a line.
std::string texts(int words) {
    std::string lines;
    for (int i = 0; i < 60; ++i) {
        for (int word = 0; word < words; ++word) lines += (i + word) % 3 == 0 ? "sun " : i % 2 ? "rain " : "wind ";
        lines += i % 2 ? "\twet\n" : "\tdry\n";
    }
    return lines;
}

template <class T, class Value>
std::string arrayOf(const char* descr, const std::vector<std::int64_t>& shape, const Value& value) {
    std::vector<T> values(static_cast<std::size_t>(tensor::elementCount(shape)));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<T>(value(i));
    return support::npyOf<T>(descr, shape, values);
}

void writeArrays(const support::DataFolder& files) {
    const auto wave = [](std::size_t i) { return std::sin(double(i)); };
    const auto third = [](std::size_t i) { return i % 3; };
    files.write("images.npy", arrayOf<float>("<f4", {40, 1, 9, 16}, wave));
    files.write("numbers.npy", arrayOf<float>("<f4", {40, 3}, wave));
    files.write("steps.npy", arrayOf<float>("<f4", {40, 12, 2}, wave));
    files.write("class.npy", arrayOf<std::int64_t>("<i8", {40}, third));
    files.write("pixels.npy", arrayOf<std::int64_t>("<i8", {40, 9, 16}, third));
    files.write("half.npy", arrayOf<std::int64_t>("<i8", {40, 4, 8}, third));
    files.write("next.npy", arrayOf<std::int64_t>("<i8", {40, 12}, third));
    files.write("depth.npy", arrayOf<float>("<f4", {40, 1, 9, 16}, wave));
}

void writeTables(const support::DataFolder& files) {
    std::string days = "day,temp,rain\n", people = "age,town,trade,income,debt\n", ratings = "who,film,stars\n";
    for (int i = 0; i < 200; ++i) {
        const std::string number = std::to_string(i);
        days += number + "," + std::to_string(10 + 5 * std::sin(i * 0.2)) + "," + std::to_string(i % 4) + "\n";
        people += std::to_string(20 + i % 50) + ",t" + std::to_string(i % 7) + ",k" + std::to_string(i % 3) + "," +
                  std::to_string(i % 9) + "," + std::to_string(i % 5) + "\n";
        ratings +=
            "u" + std::to_string(i % 13) + ",f" + std::to_string(i % 17) + "," + std::to_string(1 + i % 5) + "\n";
    }
    files.write("days.csv", days);
    files.write("people.csv", people);
    files.write("ratings.csv", ratings);
}

Json people() {
    Json json = file("csv", "people.csv");
    json["target"] = {"income", "debt"};
    json["columns"] = {{"town", "index"}, {"trade", "index"}};
    return json;
}

std::vector<Kind> kinds() {
    const std::string convolutions = "input conv2d max_pool conv2d max_pool conv2d max_pool conv2d flatten dense ";
    const std::string downAndUp =
        "input conv2d max_pool conv2d max_pool conv2d upsample concatenate conv2d upsample concatenate conv2d conv2d";
    const std::string squares = "mean_squared_error", softmax = "softmax_cross_entropy";
    return {
        {"plane", generator("circle"), "input dense dense dense", squares},
        {"three classes of the plane", generator("rings"), "input dense dense dense", softmax},
        {"values of the plane", generator("plane"), "input dense dense dense", squares},
        {"table of classes", bundled("wine"), "input dense dense dense", softmax},
        {"table of two classes", bundled("breast_cancer"), "input dense dense dense", softmax},
        {"table of values", bundled("diabetes"), "input dense dense dense", squares},
        {"small images", bundled("digits"), "input conv2d max_pool conv2d flatten dense dense", softmax},
        {"images", generator("shapes"), convolutions + "dense", softmax},
        {"masks", generator("shapes_masks"), downAndUp, softmax},
        {"boxes", generator("shapes_boxes"), convolutions + "dense dense",
         "box mean_squared_error, shape softmax_cross_entropy"},
        {"waves", generator("waves"), "input conv1d gru dense dense", softmax},
        {"windows", file("windows", "days.csv", {{"length", 20}, {"columns", "rain"}, {"column", "temp"}}),
         "input gru dense dense", squares},
        {"ratings", file("ratings", "ratings.csv"), "input embedding input embedding concatenate dense dense dense",
         squares},
        {"characters", file("text_lines", "short.txt", {{"label", "last_column"}}), "input embedding gru dense dense",
         softmax},
        {"words", file("text_lines", "short.txt", {{"label", "last_column"}, {"unit", "word"}}),
         "input embedding gru dense dense", softmax},
        {"long texts", file("text_lines", "long.txt", {{"label", "last_column"}}),
         "input embedding conv1d global_max_pool dense dense", softmax},
        {"words in a table, two targets", people(),
         "input input embedding input embedding concatenate dense dense dense", squares},
        {"images and numbers", arrays({{"x", "images.npy"}, {"n", "numbers.npy"}}, {{"y", "class.npy"}}),
         "input conv2d max_pool conv2d flatten input concatenate dense dense", softmax},
        {"pixels of odd images, and a class", arrays("images.npy", {{"p", "pixels.npy"}, {"c", "class.npy"}}),
         "input conv2d conv2d global_average_pool dense dense", "p softmax_cross_entropy, c softmax_cross_entropy"},
        {"a number for each pixel", arrays("images.npy", "depth.npy"), "input conv2d conv2d", squares},
        {"masks of another size", arrays("images.npy", "half.npy"),
         "input conv2d max_pool conv2d flatten dense dense reshape", softmax},
        {"a class for each step", arrays("steps.npy", "next.npy"), "input gru dense", softmax},
        {"a class for each number", arrays("next.npy", "next.npy"), "input reshape gru dense", softmax},
    };
}

}  // namespace

TEST_CASE("for data of every kind there is a network of the usual shape that fits and learns") {
    support::DataFolder files;
    writeArrays(files);
    writeTables(files);
    files.write("short.txt", texts(3));
    files.write("long.txt", texts(40));
    for (const Kind& kind : kinds()) {
        CAPTURE(kind.name);
        const auto dataset = files.load(kind.data);
        const Json project = startedProject(kind.data, *dataset);
        CHECK(layersOf(project) == kind.layers);
        CHECK(lossesOf(project["training"]) == kind.losses);
        CHECK_FALSE(project["training"].contains("metrics"));
        CHECK_FALSE(project["training"].contains("schedule"));
        CHECK(project["training"]["seed"] == "1");
        CHECK(project::takesData(project, *dataset));
        const training::RunSpec spec = specOf(project);
        for (const base::Problem& problem : training::checkRun(spec, *dataset).problems)
            FAIL_CHECK(base::describe(problem));
        const auto [first, last] = lossesOfSteps(spec, dataset, 40);
        CHECK(last < first);
    }
}

TEST_CASE("what every reader gives gets a network that fits") {
    int count = 0;
    for (const std::string& id : data::readers().ids())
        for (const ReaderSample& sample : readerSamples(id)) {
            CAPTURE(id);
            support::DataFolder files;
            for (const auto& [name, bytes] : sample.files) {
                std::filesystem::create_directories(std::filesystem::path(files.folder / name).parent_path());
                files.write(name, bytes);
            }
            Json data{{"source", "file"}, {"reader", {{"type", id}, {"parameters", sample.parameters}}}};
            data["split"] = ordered;
            if (!sample.paths.empty()) data["paths"] = sample.paths;
            if (!sample.inputs.empty()) data["inputs"] = sample.inputs;
            if (!sample.targets.empty()) data["targets"] = sample.targets;
            base::Problems problems;
            const auto dataset = files.load(data, problems);
            if (!dataset) continue;  // of one class
            const Json project = startedProject(data, *dataset);
            CHECK(project::takesData(project, *dataset));
            const training::RunSpec spec = specOf(project);
            CHECK(training::checkRun(spec, *dataset).ok());
            lossesOfSteps(spec, dataset, 3);
            ++count;
        }
    CHECK(count >= 12);
}

TEST_CASE("a network takes what has its sizes, and numbers of words only through an embedding") {
    support::DataFolder files;
    writeTables(files);
    files.write("short.txt", texts(3));
    const auto load = [&](const Json& json) { return files.load(json); };
    const auto plane = load(generator("circle")), wine = load(bundled("wine")), digits = load(bundled("digits"));
    const auto words = load(file("text_lines", "short.txt", {{"label", "last_column"}}));
    const auto ratings = load(file("ratings", "ratings.csv")), boxes = load(generator("shapes_boxes"));
    const Json onPlane = startedProject(Json::object(), *plane), onWords = startedProject(Json::object(), *words);
    CHECK(project::takesData(onPlane, *plane));
    CHECK(project::takesData(onPlane, *load(generator("xor"))));
    CHECK_FALSE(project::takesData(onPlane, *wine));
    CHECK_FALSE(project::takesData(onPlane, *digits));
    CHECK_FALSE(project::takesData(onPlane, *words));
    CHECK_FALSE(project::takesData(startedProject(Json::object(), *digits), *plane));
    CHECK_FALSE(project::takesData(startedProject(Json::object(), *boxes), *load(generator("shapes"))));
    CHECK(project::takesData(onWords, *words));
    CHECK_FALSE(project::takesData(onWords, *ratings));

    // The sizes fit, but a number that stands for a letter is no quantity.
    Json dense = onPlane;
    CHECK(training::checkFit(specOf(dense), *words).ok());
    dense["network"]["nodes"].insert(dense["network"]["nodes"].begin() + 1,
                                     Json{{"id", "flat"}, {"type", "flatten"}, {"inputs", {"in"}}});
    dense["network"]["nodes"][2]["inputs"] = {"flat"};
    CHECK(training::checkFit(specOf(dense), *words).ok());
    CHECK_FALSE(project::takesData(dense, *words));
    CHECK_FALSE(project::takesData(Json{{"network", 1}}, *plane));
}

TEST_CASE("embeddings have entries for the words of every split, and get those they lack") {
    support::DataFolder files;
    writeTables(files);
    Json json = file("ratings", "ratings.csv");
    for (const int seed : {1, 2, 3}) {
        json["seed"] = std::to_string(seed);
        json["split"] = {{"mode", "random"}, {"train", 0.05}, {"test", 0.95}};
        const auto inputs = project::inputFieldsOf(*files.load(json));
        REQUIRE(inputs.size() == 2);
        CHECK(inputs[0].entries >= 14);
        CHECK(inputs[1].entries >= 18);
    }
    json["split"] = ordered;
    const auto all = files.load(json);
    CHECK(project::inputFieldsOf(*all)[0].entries == 14);
    CHECK(project::inputFieldsOf(*all)[1].entries == 18);

    Json project = startedProject(json, *all);
    const Json whole = project;
    Json& users = project["network"]["nodes"][1]["parameters"]["entries"];
    users = 9;
    CHECK_FALSE(project::takesData(project, *all));
    project::raiseEntries(project, *all);
    CHECK(project == whole);
    users = 100;
    project::raiseEntries(project, *all);
    CHECK(users == 100);
}
