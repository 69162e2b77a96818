#include <doctest/doctest.h>

#include <clocale>
#include <cstdlib>
#include <locale>

#include "engine/data/DatasetLoader.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

class CommaNumbers : public std::numpunct<char> {
protected:
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

// Decimal commas for as long as it lives, as the desktop of a German or Turkish user sets them.
class Desktop {
public:
    explicit Desktop(const char* language)
        : m_before(std::locale::global(std::locale(std::locale::classic(), new CommaNumbers))) {
        // The presets of CTest lead to both.
        if (!std::setlocale(LC_ALL, language)) REQUIRE_FALSE(std::getenv("LOCPATH"));
    }
    ~Desktop() {
        std::locale::global(m_before);
        std::setlocale(LC_ALL, "C");
    }

private:
    std::locale m_before;
};

}  // namespace

TEST_CASE("the language of the desktop changes nothing") {
    const char* language = "";
    SUBCASE("German") { language = "de_DE.UTF-8"; }
    SUBCASE("Turkish") { language = "tr_TR.UTF-8"; }
    const base::Json iris = base::Json::parse(
        R"j({"source": "dataset", "id": "iris", "preprocessing": ["standardize"],
            "features": ["petal width (cm)", {"formula": "1.5*sepal_length__cm_ + 1234.25"}]})j");
    const auto load = [&] {
        base::Problems problems;
        return loadDataset(DataSpec::fromJson(iris, problems), ".", problems);
    };
    const auto before = load();
    REQUIRE(before);
    const Desktop desktop(language);
    const auto after = load();
    REQUIRE(after);
    CHECK(after->raw.floats() == before->raw.floats());
    CHECK(after->inputs == before->inputs);
    const std::string stored = after->pipeline.toJson().dump();
    CHECK(stored == before->pipeline.toJson().dump());
    CHECK(InputPipeline::fromJson(base::Json::parse(stored), "model").apply(after->raw.floats(), after->count) ==
          before->inputs);
    base::Problems problems;
    SplitSpec split{"random", 0.75, 0, 0.5};
    checkSplit(split, data::SourceParts::None, problems);
    CHECK(problems.at(0).sentence == "The shares 0.75 + 0 + 0.5 make 1.25, not 1.");
}
