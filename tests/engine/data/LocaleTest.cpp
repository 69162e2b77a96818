#include <doctest/doctest.h>

#include <clocale>
#include <locale>

#include "engine/data/DatasetLoader.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

class GermanNumbers : public std::numpunct<char> {
protected:
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

// Decimal commas for as long as it lives, as the desktop of a German user sets them.
class German {
public:
    German() : m_before(std::locale::global(std::locale(std::locale::classic(), new GermanNumbers))) {
        for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "de_DE"})
            if (std::setlocale(LC_ALL, name)) break;
    }
    ~German() {
        std::locale::global(m_before);
        std::setlocale(LC_ALL, "C");
    }

private:
    std::locale m_before;
};

}  // namespace

TEST_CASE("decimal commas of the desktop change nothing") {
    const base::Json iris = base::Json::parse(
        R"j({"source": "dataset", "id": "iris", "preprocessing": ["standardize"],
            "features": ["petal width (cm)", {"formula": "1.5*sepal_length__cm_ + 1234.25"}]})j");
    const auto load = [&] {
        base::Problems problems;
        return loadDataset(DataSpec::fromJson(iris, problems), ".", problems);
    };
    const auto before = load();
    REQUIRE(before);
    const German german;
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
