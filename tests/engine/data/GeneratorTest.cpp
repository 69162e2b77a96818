#include "engine/data/generators/Generator.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <locale>
#include <map>
#include <numbers>
#include <set>

#include "engine/data/DatasetLoader.h"
#include "engine/data/generators/ShapeOutline.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

PlaneSamples make(const std::string& id, base::Json parameters = base::Json::object(), std::uint64_t seed = 1) {
    const GeneratorType& type = generators().get(id, "test");
    base::Problems problems;
    base::checkParams(type.parameters, parameters, id, problems);
    REQUIRE(problems.empty());
    return generate(type, parameters, seed);
}

// Members that give points of the plane, and those that give tables.
std::vector<const GeneratorType*> membersOf(bool tables) {
    std::vector<const GeneratorType*> members;
    for (const GeneratorType* type : generators().members())
        if ((type->table != nullptr) == tables) members.push_back(type);
    return members;
}

bool sameBytes(const PlaneSamples& a, const PlaneSamples& b) {
    return a.positions.size() == b.positions.size() &&
           std::memcmp(a.positions.data(), b.positions.data(), a.positions.size() * sizeof a.positions[0]) == 0 &&
           a.labels == b.labels && a.targets == b.targets;
}

std::map<std::int32_t, int> countClasses(const PlaneSamples& samples) {
    std::map<std::int32_t, int> count;
    for (const std::int32_t label : samples.labels) ++count[label];
    return count;
}

double radiusOf(const PlaneSamples::Point& p) { return std::hypot(static_cast<double>(p.x), static_cast<double>(p.y)); }

}  // namespace

TEST_CASE("the same seed gives the same bytes, another seed others, for every generator of points") {
    for (const GeneratorType* type : membersOf(false)) {
        CAPTURE(type->id);
        const base::Json parameters{{"noise", 0.2}};
        CHECK(sameBytes(make(type->id, parameters, 7), make(type->id, parameters, 7)));
        CHECK_FALSE(sameBytes(make(type->id, parameters, 7), make(type->id, parameters, 8)));
    }
}

TEST_CASE("every generator of points makes as many samples as asked, of its task, within reach of the plane") {
    for (const GeneratorType* type : membersOf(false)) {
        CAPTURE(type->id);
        CHECK(type->parameter("samples")->fallback == (type->task == Task::Classification ? 500 : 1200));
        const PlaneSamples samples = make(type->id, {{"samples", 307}, {"noise", 0.0}});
        CHECK(samples.positions.size() == 307);
        CHECK(samples.labels.size() == (type->task == Task::Classification ? 307u : 0u));
        CHECK(samples.targets.size() == (type->task == Task::Regression ? 307u : 0u));
        for (const auto& p : samples.positions) CHECK(radiusOf(p) < 12);
        for (const float target : samples.targets) CHECK(std::abs(target) <= 1.2f);
    }
}

TEST_CASE("every class of every generator of points has its share") {
    for (const GeneratorType* type : membersOf(false)) {
        if (type->task != Task::Classification) continue;
        CAPTURE(type->id);
        for (const char* name : {"classes", "arms"}) {
            base::Json parameters{{"samples", 1000}};
            if (type->parameter(name)) parameters[name] = 5;
            const auto count = countClasses(make(type->id, parameters));
            const std::int64_t classes = type->classes(base::ParamValues(type->parameters, parameters));
            REQUIRE(static_cast<std::int64_t>(count.size()) == classes);
            for (const auto& [label, n] : count) {
                CHECK(label >= 0);
                CHECK(label < classes);
                CHECK(n == doctest::Approx(1000.0 / static_cast<double>(classes)).epsilon(0.15));
            }
        }
    }
}

TEST_CASE("any part of the points is a fair sample") {
    for (const GeneratorType* type : membersOf(false)) {
        if (type->task != Task::Classification) continue;
        CAPTURE(type->id);
        PlaneSamples samples = make(type->id, {{"samples", 1000}});
        samples.labels.resize(200);
        CHECK(static_cast<std::int64_t>(countClasses(samples).size()) ==
              type->classes(base::ParamValues(type->parameters, base::Json::object())));
    }
}

TEST_CASE("circle: class 1 lies within 2.5, class 0 between 3.5 and 5; noise flips labels only") {
    const PlaneSamples clean = make("circle");
    for (std::size_t i = 0; i < clean.labels.size(); ++i) {
        const double r = radiusOf(clean.positions[i]);
        if (clean.labels[i] == 1)
            CHECK(r <= 2.5001);
        else
            CHECK((r >= 3.4999 && r <= 5.0001));
    }
    const PlaneSamples noisy = make("circle", {{"noise", 0.5}});
    int flipped = 0;
    for (std::size_t i = 0; i < noisy.labels.size(); ++i) {
        const double r = radiusOf(noisy.positions[i]);
        CHECK((r <= 2.5001 || r >= 3.4999));
        flipped += (r < 3) != (noisy.labels[i] == 1);
    }
    CHECK(flipped > 20);
}

TEST_CASE("xor: class 1 where the signs agree, and nothing within 0.3 of an axis") {
    const PlaneSamples samples = make("xor");
    for (std::size_t i = 0; i < samples.labels.size(); ++i) {
        const auto [x, y] = samples.positions[i];
        CHECK(samples.labels[i] == (x * y >= 0 ? 1 : 0));
        CHECK(std::min(std::abs(x), std::abs(y)) >= 0.2999f);
        CHECK(std::max(std::abs(x), std::abs(y)) <= 5.3001f);
    }
}

TEST_CASE("gauss: two clouds at (2, 2) and (-2, -2); the variance is 0.5 without noise and 4 at half") {
    for (const auto& [noise, variance] : {std::pair{0.0, 0.5}, std::pair{0.5, 4.0}}) {
        const PlaneSamples samples = make("gauss", {{"samples", 20000}, {"noise", noise}});
        double sum = 0, squares = 0;
        for (std::size_t i = 0; i < samples.labels.size(); ++i) {
            if (samples.labels[i] != 1) continue;
            sum += static_cast<double>(samples.positions[i].x);
            squares += std::pow(static_cast<double>(samples.positions[i].x) - 2, 2);
        }
        CHECK(sum / 10000 == doctest::Approx(2).epsilon(0.05));
        CHECK(squares / 10000 == doctest::Approx(variance).epsilon(0.05));
    }
}

TEST_CASE("spiral: the points lie on the arms of the formula") {
    for (const int arms : {2, 3, 5}) {
        const PlaneSamples samples = make("spiral", {{"arms", arms}});
        for (std::size_t i = 0; i < samples.labels.size(); ++i) {
            const double along = radiusOf(samples.positions[i]) / 5;
            const double start = (samples.labels[i] - 1.0) / arms;
            const double angle = 2 * std::numbers::pi * (1.75 * along + start);
            CHECK(static_cast<double>(samples.positions[i].x) ==
                  doctest::Approx(5 * along * std::sin(angle)).epsilon(1e-3));
            CHECK(static_cast<double>(samples.positions[i].y) ==
                  doctest::Approx(5 * along * std::cos(angle)).epsilon(1e-3));
        }
    }
}

TEST_CASE("moons: half circles of radius 3") {
    const PlaneSamples samples = make("moons");
    for (std::size_t i = 0; i < samples.labels.size(); ++i) {
        const float sign = samples.labels[i] == 1 ? 1.0f : -1.0f;
        const auto [x, y] = samples.positions[i];
        CHECK(std::hypot(x + sign * 1.5f, y + sign * 0.75f) == doctest::Approx(3).epsilon(1e-4));
        CHECK(sign * y >= -0.7501f);
    }
}

TEST_CASE("checkerboard: the lower left field is of class 1, its neighbours of class 0") {
    const PlaneSamples samples = make("checkerboard", {{"cells", 5}, {"samples", 2000}});
    for (std::size_t i = 0; i < samples.labels.size(); ++i) {
        const auto [x, y] = samples.positions[i];
        const int sum = static_cast<int>((x + 5) / 2) + static_cast<int>((y + 5) / 2);
        CHECK(samples.labels[i] == (sum % 2 == 0 ? 1 : 0));
    }
}

TEST_CASE("rings: class c fills the middle half of band c") {
    const PlaneSamples samples = make("rings", {{"classes", 4}});
    for (std::size_t i = 0; i < samples.labels.size(); ++i) {
        const double place = radiusOf(samples.positions[i]) / 1.25 - samples.labels[i];
        CHECK((place >= 0.2499 && place <= 0.7501));
    }
}

TEST_CASE("the surfaces of regression follow their formulas") {
    for (const auto& [x, y] : make("plane").positions) CHECK(std::max(std::abs(x), std::abs(y)) <= 6);
    const PlaneSamples plane = make("plane"), hills = make("multi_gauss"), waves = make("sine_surface");
    for (std::size_t i = 0; i < plane.targets.size(); ++i) {
        CHECK(plane.targets[i] == doctest::Approx((plane.positions[i].x + plane.positions[i].y) / 10).epsilon(1e-5));
        const auto [x, y] = hills.positions[i];
        if (std::hypot(x + 4, y - 2.5f) < 1)
            CHECK(hills.targets[i] == doctest::Approx(1 - std::hypot(x + 4, y - 2.5f) / 2));
        if (std::hypot(x, y - 2.5f) < 1) CHECK(hills.targets[i] == doctest::Approx(std::hypot(x, y - 2.5f) / 2 - 1));
        if (std::abs(y) > 4.5f) CHECK(hills.targets[i] == 0);
        const auto [u, v] = waves.positions[i];
        CHECK(waves.targets[i] == doctest::Approx(std::sin(0.523599f * u) * std::cos(0.523599f * v)).epsilon(1e-4));
    }
}

namespace {

Table makeTable(const std::string& id, base::Json parameters = base::Json::object(), std::uint64_t seed = 1) {
    const GeneratorType& type = generators().get(id, "test");
    base::Problems problems;
    base::checkParams(type.parameters, parameters, id, problems);
    REQUIRE(problems.empty());
    return generateTable(type, parameters, seed);
}

bool sameTarget(const Target& a, const Target& b) {
    return a.labels == b.labels && a.targets == b.targets && a.classNames == b.classNames;
}

bool sameTable(const Table& a, const Table& b) {
    bool same = a.columns == b.columns && a.values.floats() == b.values.floats() && sameTarget(a, b) &&
                a.moreTargets.size() == b.moreTargets.size();
    for (std::size_t i = 0; same && i < a.moreTargets.size(); ++i)
        same = sameTarget(a.moreTargets[i], b.moreTargets[i]);
    return same;
}

void checkTarget(const Target& target, std::size_t count) {
    if (target.task == Task::Regression) {
        CHECK(target.targets.size() == count * target.targetNames.size());
        return;
    }
    CHECK(target.labels.size() == count * target.units());
    std::set<std::int32_t> seen(target.labels.begin(), target.labels.end());
    CHECK(seen.size() == target.classes());
    CHECK(*seen.begin() == 0);
}

std::shared_ptr<const Dataset> load(const std::string& id, const base::Json& parameters, base::Problems& problems,
                                    const Trained* trained = nullptr) {
    const base::Json json{{"source", "generator"}, {"id", id}, {"parameters", parameters}};
    return loadDataset(DataSpec::fromJson(json, problems), {".", trained}, problems);
}

// A grey picture without noise that shows one shape on a plain background, as the pixels themselves tell it.
struct SeenShape {
    std::size_t size;
    std::vector<float> pixels;
    float background, ink;

    SeenShape(const Table& table, std::size_t row)
        : size(static_cast<std::size_t>(table.shape[0])), pixels(size * size), background(0), ink(0) {
        table.values.read(row, pixels.data());
        background = ink = pixels[0];  // shapes leave the corners free
        for (const float pixel : pixels)
            if (std::abs(pixel - background) > std::abs(ink - background)) ink = pixel;
    }

    // From 0, background, to 1, ink.
    float coverage(std::size_t pixel) const { return (pixels[pixel] - background) / (ink - background); }
    // Left, top, right, bottom of what is covered by half.
    std::array<double, 4> box() const {
        std::array<double, 4> box{static_cast<double>(size), static_cast<double>(size), 0, 0};
        for (std::size_t i = 0; i < pixels.size(); ++i) {
            if (coverage(i) <= 0.5f) continue;
            const auto x = static_cast<double>(i % size), y = static_cast<double>(i / size);
            box = {std::min(box[0], x), std::min(box[1], y), std::max(box[2], x + 1), std::max(box[3], y + 1)};
        }
        return box;
    }
    // The share of the box that is ink.
    double fill() const {
        double sum = 0;
        for (std::size_t i = 0; i < pixels.size(); ++i) sum += static_cast<double>(coverage(i));
        const auto [left, top, right, bottom] = box();
        return sum / ((right - left) * (bottom - top));
    }
};

class GermanNumbers : public std::numpunct<char> {
protected:
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

}  // namespace

TEST_CASE("every generator gives either points or a table") {
    for (const GeneratorType* type : generators().members()) {
        CAPTURE(type->id);
        CHECK((type->table == nullptr) != (type->generate == nullptr));
    }
    CHECK(generate(generator_members::Shapes, base::Json::object(), 1).positions.empty());
}

TEST_CASE("the same seed gives the same table, another seed another, in every locale") {
    for (const GeneratorType* type : membersOf(true)) {
        CAPTURE(type->id);
        const base::Json parameters{{"noise", 0.2}};
        const Table table = makeTable(type->id, parameters, 7);
        const std::locale before = std::locale::global(std::locale(std::locale::classic(), new GermanNumbers));
        const Table again = makeTable(type->id, parameters, 7);
        std::locale::global(before);
        CHECK(sameTable(table, again));
        CHECK_FALSE(sameTable(table, makeTable(type->id, parameters, 8)));
    }
}

TEST_CASE("every generated table is complete, its classes are those announced") {
    for (const GeneratorType* type : membersOf(true)) {
        CAPTURE(type->id);
        const Table table = makeTable(type->id);
        CHECK(table.task == type->task);
        CHECK(table.values.count() == table.count);
        CHECK(table.values.width() == table.columns.size());
        if (!table.shape.empty()) CHECK(Field{"x", table.shape}.size() == std::ssize(table.columns));
        checkTarget(table, table.count);
        for (const Target& target : table.moreTargets) checkTarget(target, table.count);
        const base::Json none = base::Json::object();
        CHECK(type->classes(base::ParamValues(type->parameters, none)) == std::ssize(table.classNames));
        if (type->parameter("samples")) CHECK(makeTable(type->id, {{"samples", 37}}).count == 37);
    }
}

TEST_CASE("every generated table loads as a data set of its shape") {
    for (const GeneratorType* type : membersOf(true)) {
        CAPTURE(type->id);
        base::Problems problems;
        const Table table = makeTable(type->id);
        const auto set = load(type->id, base::Json::object(), problems);
        REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
        CHECK(problems.empty());
        CHECK(set->count == table.count);
        CHECK(set->moreTargets.size() == table.moreTargets.size());
        if (!table.shape.empty()) CHECK(set->inputShape == table.shape);
    }
}

TEST_CASE("classes of generated tables are of equal size, in any part of the rows") {
    for (const auto& [id, target] : {std::pair{"shapes", 0}, {"waves", 0}, {"shapes_boxes", 1}}) {
        CAPTURE(id);
        const Table table = makeTable(id, {{"samples", 403}});
        const Target& classes = target == 0 ? static_cast<const Target&>(table) : table.moreTargets[0];
        for (std::int32_t c = 0; c < 4; ++c) {
            const auto count = std::ranges::count(classes.labels, c);
            CHECK((count == 100 || count == 101));
            CHECK(std::count(classes.labels.begin(), classes.labels.begin() + 100, c) >= 12);
        }
    }
}

TEST_CASE("shapes: upright ones fill their box as geometry says; places, sizes and brightness vary") {
    const Table table = makeTable("shapes", {{"samples", 100}, {"rotation", 0}, {"size", 64}, {"classes", 5}});
    const std::array<double, 5> fill{std::numbers::pi / 4, 1, 0.5, 0, 0.53};
    std::set<double> lefts, widths, inks;
    for (std::size_t row = 0; row < table.count; ++row) {
        const SeenShape seen(table, row);
        const auto label = static_cast<std::size_t>(table.labels[row]);
        CAPTURE(shapeNames()[label]);
        const auto [left, top, right, bottom] = seen.box();
        if (fill[label] > 0) CHECK(seen.fill() == doctest::Approx(fill[label]).epsilon(0.1));
        CHECK((right - left) / (bottom - top) == doctest::Approx(label == 2 ? 2 / std::sqrt(3) : 1.0).epsilon(0.13));
        CHECK(right - left <= 0.8 * 64 + 1);
        CHECK(std::abs(seen.ink - seen.background) >= 0.29f);
        lefts.insert(left);
        widths.insert(right - left);
        inks.insert(static_cast<double>(seen.ink));
    }
    CHECK(std::min({lefts.size(), widths.size(), inks.size()}) > 15);
}

TEST_CASE("shapes: three channels in colour, bytes of 0 to 255, noise on every pixel, bars over shapes") {
    const Table colour = makeTable("shapes", {{"samples", 20}, {"colour", "rgb"}, {"size", 16}});
    CHECK(colour.shape == std::vector<std::int64_t>{16, 16, 3});
    CHECK(colour.values.number() == RowStore::Number::Byte);
    CHECK(colour.values.divisor() == 255);
    std::vector<float> row(colour.values.width());
    int grey = 0;
    for (std::size_t i = 0; i < colour.count; ++i) {
        colour.values.read(i, row.data());
        CHECK(std::equal(row.begin(), row.begin() + 3, row.begin() + 3));  // a plain background
        grey += row[0] == row[1] && row[1] == row[2];
    }
    CHECK(grey <= 1);
    const Table noisy = makeTable("shapes", {{"samples", 10}, {"noise", 0.1}});
    const SeenShape seen(noisy, 0);
    CHECK(std::set<float>(seen.pixels.begin(), seen.pixels.end()).size() > 30);
    const auto covered = [](double occlusion) {
        const Table masks = makeTable("shapes_masks", {{"samples", 300}, {"shapes", 1}, {"occlusion", occlusion}});
        return std::ranges::count_if(masks.labels, [](std::int32_t label) { return label > 0; });
    };
    CHECK(static_cast<double>(covered(0.5)) < 0.9 * static_cast<double>(covered(0)));
}

TEST_CASE("shapes_masks: a pixel is of a class where the picture is more than half ink") {
    const Table table = makeTable("shapes_masks", {{"samples", 60}, {"shapes", 1}, {"classes", 5}});
    CHECK(table.targetShape == std::vector<std::int64_t>{32, 32});
    CHECK(table.classNames == std::vector<std::string>{"background", "circle", "square", "triangle", "star", "cross"});
    for (std::size_t row = 0; row < table.count; ++row) {
        const SeenShape seen(table, row);
        const std::int32_t* labels = &table.labels[row * table.units()];
        std::set<std::int32_t> classes(labels, labels + table.units());
        CHECK(classes.size() == 2);
        std::size_t disagree = 0;
        for (std::size_t i = 0; i < table.units(); ++i)
            disagree += std::abs(seen.coverage(i) - 0.5f) > 0.02f && (labels[i] > 0) != (seen.coverage(i) > 0.5f);
        CHECK(disagree == 0);
    }
}

TEST_CASE("shapes_masks: where several shapes overlap, every pixel of a class differs from the background") {
    const Table table = makeTable("shapes_masks", {{"samples", 60}, {"shapes", 4}, {"colour", "rgb"}});
    std::vector<float> row(table.values.width());
    for (std::size_t r = 0; r < table.count; ++r) {
        table.values.read(r, row.data());
        const std::int32_t* labels = &table.labels[r * table.units()];
        for (std::size_t i = 0; i < table.units(); ++i)
            if (labels[i] > 0) CHECK(std::abs(row[3 * i] - row[0]) > 0.1f);
    }
}

TEST_CASE("shapes_boxes: the box encloses the shape that was drawn") {
    const Table table = makeTable("shapes_boxes", {{"samples", 200}, {"classes", 5}, {"size", 48}});
    CHECK(table.targetName == "box");
    CHECK(table.targetNames == std::vector<std::string>{"x", "y", "width", "height"});
    REQUIRE(table.moreTargets.size() == 1);
    CHECK(table.moreTargets[0].targetName == "shape");
    for (std::size_t row = 0; row < table.count; ++row) {
        const auto [left, top, right, bottom] = SeenShape(table, row).box();
        const float* box = &table.targets[4 * row];
        CHECK(std::abs(static_cast<double>(box[0]) * 48 - left) <= 1.01);
        CHECK(std::abs(static_cast<double>(box[1]) * 48 - top) <= 1.01);
        CHECK(std::abs(static_cast<double>(box[0] + box[2]) * 48 - right) <= 1.01);
        CHECK(std::abs(static_cast<double>(box[1] + box[3]) * 48 - bottom) <= 1.01);
        CHECK(std::min(box[0], box[1]) >= 0);
        CHECK(std::max(box[0] + box[2], box[1] + box[3]) <= 1);
    }
}

TEST_CASE("waves: sines follow a sine, squares have two values, sawteeth rise by equal steps") {
    const Table table = makeTable("waves", {{"samples", 80}, {"length", 128}});
    CHECK(table.shape == std::vector<std::int64_t>{128, 1});
    std::vector<float> x(128);
    for (std::size_t row = 0; row < table.count; ++row) {
        table.values.read(row, x.data());
        std::map<int, int> steps;
        double worst = 0, factor = 0, weight = 0;
        for (std::size_t t = 1; t + 1 < x.size(); ++t) {
            ++steps[static_cast<int>(std::lround(1e4f * (x[t + 1] - x[t])))];
            factor += static_cast<double>(x[t] * (x[t + 1] + x[t - 1]));
            weight += static_cast<double>(x[t] * x[t]);
        }
        // Of a sine x[t + 1] + x[t - 1] = 2 cos(step) x[t].
        for (std::size_t t = 1; t + 1 < x.size(); ++t)
            worst = std::max(worst, std::abs(static_cast<double>(x[t + 1] + x[t - 1]) -
                                             factor / weight * static_cast<double>(x[t])));
        CAPTURE(table.labels[row]);
        const auto most = std::ranges::max_element(steps, {}, [](const auto& step) { return step.second; });
        CHECK((worst < 1e-4) == (table.labels[row] == 0));
        CHECK((most->second > 60 && most->first == 0) == (table.labels[row] == 1));
        if (table.labels[row] == 2) CHECK(most->first > 0);
        CHECK((std::set<float>(x.begin(), x.end()).size() == 2) == (table.labels[row] == 1));
    }
}

namespace {

using Matrix = std::vector<std::vector<double>>;

// Of Gaussian elimination, each time by the largest number left: as many as the rank are not near zero.
std::vector<double> pivotsOf(Matrix a) {
    std::vector<double> pivots;
    for (std::size_t rank = 0; rank < std::min(a.size(), a[0].size()); ++rank) {
        std::size_t row = 0, column = 0;
        for (std::size_t i = 0; i < a.size(); ++i)
            for (std::size_t k = 0; k < a[i].size(); ++k)
                if (std::abs(a[i][k]) > std::abs(a[row][column])) row = i, column = k;
        const std::vector<double> pivot = a[row];
        pivots.push_back(std::abs(pivot[column]));
        if (pivots.back() == 0) break;
        for (std::vector<double>& each : a) {
            const double factor = each[column] / pivot[column];
            for (std::size_t k = 0; k < each.size(); ++k) each[k] -= factor * pivot[k];
        }
    }
    pivots.resize(std::max(a.size(), a[0].size()));
    return pivots;
}

}  // namespace

TEST_CASE("ratings: as many pairs as asked, none twice; without noise the matrix has the rank asked") {
    for (const int factors : {1, 3, 6}) {
        const Table table = makeTable(
            "ratings", {{"users", 40}, {"items", 30}, {"factors", factors}, {"density", 1.0}, {"noise", 0.0}});
        CHECK(table.count == 1200);
        Matrix ratings(40, std::vector<double>(30));
        std::vector<float> pair(2);
        for (std::size_t row = 0; row < table.count; ++row) {
            table.values.read(row, pair.data());
            CHECK((table.targets[row] >= 0.5f && table.targets[row] <= 5));
            ratings[static_cast<std::size_t>(pair[0])][static_cast<std::size_t>(pair[1])] =
                static_cast<double>(table.targets[row]);
        }
        const std::vector<double> sizes = pivotsOf(ratings);
        const auto rank = static_cast<std::size_t>(factors);
        CHECK(sizes[rank - 1] > 1e-3 * sizes[0]);
        CHECK(sizes[rank] < 1e-5 * sizes[0]);
    }
    const Table sparse = makeTable("ratings", {{"users", 50}, {"items", 20}, {"density", 0.3}});
    CHECK(sparse.count == 300);
    std::set<std::vector<float>> pairs;
    std::vector<float> scratch;
    for (std::size_t row = 0; row < sparse.count; ++row) {
        const auto pair = sparse.values.row(row, scratch);
        pairs.insert({pair.begin(), pair.end()});
    }
    CHECK(pairs.size() == 300);
    CHECK(sparse.categories[0].back() == "50");
    CHECK(sparse.asIndex == std::vector<bool>{true, true});
}

TEST_CASE("ratings: users and items become fields of their own, numbered as a model knows them") {
    const base::Json parameters{{"users", 60}, {"items", 20}, {"density", 0.04}};
    base::Problems problems;
    const auto set = load("ratings", parameters, problems);
    REQUIRE(set);
    REQUIRE(set->fields.size() == 2);
    CHECK(set->fields[0].name == "user");
    CHECK(set->fields[1].name == "item");
    const std::vector<std::string> users = set->pipeline.words()[0];
    REQUIRE(users.size() < 60);  // some have no rating that trains
    const Trained trained{set->pipeline, {}};
    const auto again = load("ratings", parameters, problems, &trained);
    REQUIRE(again);
    CHECK(again->raw.floats() == set->raw.floats());
}

TEST_CASE("features of a generated table are its columns; a model takes rows of its own width only") {
    base::Problems problems;
    const auto load = [&](base::Json json, const Trained* trained = nullptr) {
        json["source"] = "generator";
        return loadDataset(DataSpec::fromJson(json, problems), {".", trained}, problems);
    };
    const auto two = load({{"id", "waves"}, {"features", {"t0", "t5"}}});
    REQUIRE(two);
    CHECK(two->features() == 2);
    CHECK(load({{"id", "waves"}, {"features", {"x1"}}}) == nullptr);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "data.features[0]");
    problems.clear();
    const auto small = load({{"id", "shapes"}, {"parameters", {{"size", 16}}}});
    REQUIRE(small);
    const Trained trained{small->pipeline, small->classNames};
    CHECK(load({{"id", "shapes"}, {"parameters", {{"size", 32}}}}, &trained) == nullptr);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "data.parameters");
}
