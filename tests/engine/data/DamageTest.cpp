#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

#include "engine/base/Random.h"
#include "engine/data/DatasetLoader.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

// Either data, or words about what is wrong; nothing else may happen.
void loadOrSay(const base::Json& json, const std::filesystem::path& folder) {
    base::Problems problems;
    try {
        const DataSpec spec = DataSpec::fromJson(json, problems);
        if (base::hasError(problems)) return;
        const auto set = loadDataset(spec, folder, problems);
        CHECK((set != nullptr || base::hasError(problems)));
        for (const auto& problem : problems) CHECK_FALSE(base::Json(problem.sentence).dump().empty());
        if (set) CHECK(set->inputs.size() == set->count * set->features());
    } catch (const base::Error& error) {
        CHECK_FALSE(error.sentence().empty());
        CHECK_FALSE(base::Json(error.sentence()).dump().empty());
    }
}

void damage(std::string& text, base::RandomStream& random) {
    constexpr std::string_view bytes = "\"\",;\t\n\r.-+eE?0959ax\xef\xff\xc3\x80";
    for (std::uint32_t i = 1 + random.below(6); i > 0 && !text.empty(); --i) {
        const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
        const char byte = bytes[random.below(static_cast<std::uint32_t>(bytes.size()))];
        switch (random.below(4)) {
            case 0:
                text[at] = byte;
                break;
            case 1:
                text.insert(at, 1, byte);
                break;
            case 2:
                text.erase(at, 1 + random.below(5));
                break;
            default:
                text.resize(at);
        }
    }
}

base::Json wrongValue(base::RandomStream& random) {
    static const base::Json values[] = {nullptr,
                                        true,
                                        -1,
                                        0,
                                        0.5,
                                        1e300,
                                        std::uint64_t{1} << 63,
                                        "",
                                        "x1",
                                        "\xc3\xa4",
                                        base::Json::array(),
                                        base::Json::object(),
                                        {1, 2, 3},
                                        {{"formula", "1/"}}};
    return values[random.below(std::size(values))];
}

}  // namespace

TEST_CASE("a damaged file gives data or words, never anything else") {
    const auto folder = std::filesystem::temp_directory_path() / ("perceptory-damage-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const base::Json json{{"source", "file"}, {"path", "t.csv"}, {"preprocessing", {"standardize"}}};
    base::RandomStream random(1, 1);
    for (int i = 0; i < 1500; ++i) {
        std::string text = "a;\"b \"\"c\"\"\";kind\n1,5;2;x\n?;-4e2;y\n5;6;x\n7;8;y\n9;10;\xc3\xa4\n";
        damage(text, random);
        CAPTURE(text);
        std::ofstream(folder / "t.csv", std::ios::binary) << text;
        loadOrSay(json, folder);
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE("a damaged description gives data or words, never anything else") {
    const base::Json good = base::Json::parse(R"({
        "source": "generator", "id": "gauss", "parameters": {"samples": 40, "noise": 0.1, "classes": 3}, "seed": "1",
        "features": ["x1", "radius", {"formula": "x1*x2"}], "split": {"mode": "random", "train": 0.5, "validation": 0.1,
        "test": 0.4}, "preprocessing": [{"type": "min_max", "parameters": {"low": -1, "high": 1}}], "target": "a",
        "task": "classification", "missing": "drop", "points": [[1, 2, 0], [2, 3, 1]], "reader": "csv", "path": "none"})");
    const base::Json flat = good.flatten();
    std::vector<std::string> paths;
    for (const auto& [path, value] : flat.items()) paths.push_back(path);
    base::RandomStream random(2, 1);
    for (int i = 0; i < 3000; ++i) {
        base::Json bad = good;
        const std::string path = paths[random.below(static_cast<std::uint32_t>(paths.size()))];
        // Sometimes the parent is replaced, so that whole branches are of the wrong type.
        const std::size_t cut = random.below(2) ? path.size() : std::max<std::size_t>(1, path.rfind('/'));
        bad[base::Json::json_pointer(cut == 1 ? path : path.substr(0, cut))] = wrongValue(random);
        if (random.below(2)) bad["source"] = random.below(2) ? "points" : "file";
        CAPTURE(bad.dump());
        loadOrSay(bad, ".");
    }
}
