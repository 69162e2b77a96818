#include "engine/training/Session.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>

#include "engine/base/Error.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using namespace std::chrono_literals;
using base::Json;

namespace {

// A session and what it said, waited for with a generous bound (the bound fails a test, it does not time one).
class Driver {
public:
    Session session{TrainerOptions{}};

    void open(const Json& project) { session.send(Open{runSpec(project), project, ".", 1, nullptr}); }
    void edit(const Json& project) { session.send(Edit{runSpec(project), project, ".", 2}); }

    Event waitFor(Event::Kind kind) {
        for (int i = 0; i < 3000; ++i) {
            for (Event& event : session.takeEvents()) m_events.push_back(std::move(event));
            for (std::size_t k = 0; k < m_events.size(); ++k)
                if (m_events[k].kind == kind) {
                    Event found = m_events[k];
                    m_events.erase(m_events.begin(), m_events.begin() + static_cast<std::ptrdiff_t>(k) + 1);
                    return found;
                }
            std::this_thread::sleep_for(10ms);
        }
        FAIL("the session never said so");
        return {};
    }

    template <class Condition>
    std::shared_ptr<const Snapshot> waitForSnapshot(Condition condition) {
        for (int i = 0; i < 3000; ++i) {
            if (auto snapshot = session.takeSnapshot(); snapshot && condition(*snapshot)) return snapshot;
            std::this_thread::sleep_for(10ms);
        }
        FAIL("no such snapshot came");
        return {};
    }

private:
    std::vector<Event> m_events;
};

}  // namespace

TEST_CASE("open, play, pause: the loss falls and the last snapshot is exact") {
    Driver driver;
    driver.session.want({{"decision_boundary", {{"size", 20}}}, {"neuron_maps", {{"size", 10}}}});
    driver.open(planeProject("circle", {4, 2}));
    driver.waitFor(Event::Kind::Opened);
    const auto first =
        driver.waitForSnapshot([](const Snapshot& s) { return s.state == RunState::Paused && s.probes.size() == 2; });
    driver.session.send(SetPace{0});
    driver.session.send(Play{});
    driver.waitForSnapshot([](const Snapshot& s) { return s.progress.epoch > 300; });
    driver.session.send(Pause{});
    driver.waitFor(Event::Kind::Paused);
    const auto last = driver.waitForSnapshot([](const Snapshot& s) { return s.exact; });
    CHECK(last->test.loss < 0.5 * first->test.loss);
    CHECK(driver.session.log().series().size() >= 5);

    // Bit for bit what a run without a thread gives after as many steps.
    Trainer trainer = makeTrainer(planeProject("circle", {4, 2}));
    trainSteps(trainer, static_cast<int>(last->progress.step));
    CHECK(last->weights == weightsOf(trainer));
    CHECK(last->test.loss == trainer.evaluate(trainer.dataset().parts.test).loss);
    const ProbeResult& picture = *last->probe({"decision_boundary", {{"size", 20}}});
    // Its plane is worked out once for the data, and for all pictures.
    REQUIRE(picture.plane);
    CHECK(picture.plane == first->probe({"decision_boundary", {{"size", 20}}})->plane);
    CHECK(picture.plane == last->probe({"neuron_maps", {{"size", 10}}})->plane);
    ProbeCache cache;
    const ProbeContext context{trainer.network(), trainer.dataset(), trainer.reading(), trainer.forward(), cache};
    CHECK(picture.values == measure(context, {"decision_boundary", {{"size", 20}}}).values);
}

TEST_CASE("step batch and step epoch do exactly one") {
    Driver driver;
    driver.open(planeProject("xor", {3}));
    driver.waitFor(Event::Kind::Opened);
    driver.session.send(StepBatch{});
    driver.waitForSnapshot([](const Snapshot& s) { return s.progress.step == 1; });
    driver.session.send(StepEpoch{});
    driver.waitForSnapshot([](const Snapshot& s) { return s.exact && s.progress == Progress{10, 1, 0}; });
}

TEST_CASE("an edit while running keeps the weights and goes on") {
    Driver driver;
    Json project = planeProject("circle", {4});
    driver.open(project);
    driver.waitFor(Event::Kind::Opened);
    driver.session.send(Play{});
    driver.waitFor(Event::Kind::Started);
    project["training"]["optimizer"]["parameters"]["learning_rate"] = 0.1;
    driver.edit(project);
    CHECK(driver.waitFor(Event::Kind::Changed).sentence.empty());
    const auto snapshot =
        driver.waitForSnapshot([](const Snapshot& s) { return s.revision == 2 && s.state == RunState::Running; });
    CHECK(snapshot->learningRate == 0.1);
    project["network"]["nodes"][1]["parameters"]["units"] = 6;
    driver.edit(project);
    CHECK(driver.waitFor(Event::Kind::Changed).sentence == "0 of 2 layers kept, 2 partly");
    driver.waitForSnapshot(
        [&](const Snapshot& s) { return s.state == RunState::Running && s.progress.step > snapshot->progress.step; });
}

TEST_CASE("a document that cannot run is refused with the node, and mended by the next edit") {
    Driver driver;
    Json project = planeProject("circle", {4});
    driver.open(project);
    driver.waitFor(Event::Kind::Opened);
    Json broken = project;
    broken["network"]["nodes"][2]["inputs"] = {"h7"};
    driver.edit(broken);
    CHECK(driver.waitFor(Event::Kind::Refused).sentence.find("out: Its input \"h7\" does not exist.") == 0);
    driver.session.send(Play{});
    driver.waitFor(Event::Kind::Refused);
    driver.edit(project);
    driver.waitFor(Event::Kind::Changed);
    driver.session.send(Play{});
    driver.waitFor(Event::Kind::Started);
}

TEST_CASE("divergence stops at finite weights; half the rate goes on from there") {
    Driver driver;
    Json project =
        planeProject("plane", {4}, {{"optimizer", {{"type", "sgd"}, {"parameters", {{"learning_rate", 10.0}}}}}});
    project["network"]["nodes"][1]["parameters"]["activation"] = "linear";
    project["network"]["nodes"][2]["parameters"]["activation"] = "linear";
    driver.open(project);
    driver.session.send(Play{});
    const Event event = driver.waitFor(Event::Kind::Diverged);
    CHECK(!event.divergence.node.empty());
    const auto snapshot = driver.waitForSnapshot([](const Snapshot& s) { return s.state == RunState::Diverged; });
    for (const float w : snapshot->weights) CHECK(std::isfinite(w));
    project["training"]["optimizer"]["parameters"]["learning_rate"] = 1e-9;
    driver.edit(project);
    driver.session.send(Play{});
    driver.waitFor(Event::Kind::Started);
    driver.waitForSnapshot([&](const Snapshot& s) { return s.progress.step > snapshot->progress.step; });
}

TEST_CASE("a stopping rule pauses, says why, and playing on begins its count anew") {
    Driver driver;
    driver.open(
        planeProject("circle", {4}, {{"stopping", {{{"type", "step_limit"}, {"parameters", {{"steps", 25}}}}}}}));
    driver.session.send(Play{});
    CHECK(driver.waitFor(Event::Kind::Stopped).sentence == "The limit of 25 steps is reached.");
    const auto snapshot =
        driver.waitForSnapshot([](const Snapshot& s) { return s.state == RunState::Paused && s.exact; });
    CHECK(snapshot->progress.step == 25);
    driver.session.send(Play{});
    driver.waitFor(Event::Kind::Started);
    CHECK(driver.waitFor(Event::Kind::Stopped).step == 26);
}

TEST_CASE("reset goes back to the same first weights and a fresh history") {
    Driver driver;
    driver.open(planeProject("circle", {4}));
    const auto first = driver.waitForSnapshot([](const Snapshot& s) { return s.state == RunState::Paused; });
    driver.session.send(StepEpoch{});
    driver.waitForSnapshot([](const Snapshot& s) { return s.exact && s.progress.epoch == 1; });
    driver.session.send(Reset{42});
    const auto again = driver.waitForSnapshot([](const Snapshot& s) { return s.progress.step == 0; });
    CHECK(again->weights == first->weights);
    driver.session.send(Reset{43});
    CHECK(driver.waitForSnapshot([](const Snapshot& s) { return s.progress.step == 0; })->weights != first->weights);
}

TEST_CASE("a weight set by hand arrives; one that is not finite is left out") {
    Driver driver;
    driver.open(planeProject("circle", {4}));
    driver.waitFor(Event::Kind::Opened);
    driver.session.send(SetWeight{"h1.weight", 3, 2.5});
    driver.session.send(SetWeight{"h1.weight", 4, NAN});
    driver.session.send(SetWeight{"nothing.weight", 0, 1});
    const auto snapshot = driver.waitForSnapshot(
        [](const Snapshot& s) { return s.weightsOf("h1.weight").size() > 3 && s.weightsOf("h1.weight")[3] == 2.5f; });
    CHECK(std::isfinite(snapshot->weightsOf("h1.weight")[4]));
}

TEST_CASE("the state for saving comes between two batches, and a session can die while it runs") {
    Driver driver;
    CHECK(driver.session.requestState().get() == nullptr);
    driver.open(planeProject("circle", {4}));
    driver.session.send(Play{});
    driver.waitFor(Event::Kind::Started);
    const auto state = driver.session.requestState().get();
    REQUIRE(state);
    CHECK(state->weights.size() == 17);
}

TEST_CASE("undo without training in between brings the run back to the bit") {
    Driver driver;
    const auto ready = [](const Snapshot& s) { return s.exact; };
    const auto at = [&](std::uint64_t revision) {
        return driver.waitForSnapshot([&](const Snapshot& s) { return s.exact && s.revision == revision; });
    };
    std::uint64_t revision = 1;
    const auto edit = [&](const Json& project) {
        driver.session.send(Edit{runSpec(project), project, ".", ++revision});
        return at(revision);
    };
    const Json before = planeProject("circle", {4, 2});
    driver.open(before);
    driver.waitForSnapshot(ready);
    driver.session.send(StepEpoch{});
    const auto trained = driver.waitForSnapshot([](const Snapshot& s) { return s.exact && s.progress.epoch == 1; });

    SUBCASE("other columns for as many inputs") {
        Json other = before;
        other["data"] = {{"source", "dataset"}, {"id", "iris"}, {"seed", "1"}};
        other["data"]["features"] = {"petal length (cm)", "petal width (cm)"};
        other["network"]["nodes"].back()["parameters"] = {{"units", 3}, {"activation", "linear"}};
        other["training"]["loss"] = "softmax_cross_entropy";
        CHECK(edit(other)->weights != trained->weights);
        CHECK(edit(before)->weights == trained->weights);
    }
    SUBCASE("but not a weight that was set by hand, or a reset, since then") {
        Json other = before;
        other["training"]["batch_size"] = 20;
        edit(other);
        driver.session.send(SetWeight{"h1.weight", 0, 7});
        CHECK(edit(before)->weightsOf("h1.weight")[0] == 7);
        edit(other);
        driver.session.send(Reset{42});
        CHECK(edit(before)->progress.step == 0);
    }
    SUBCASE("another seed starts anew, and the first one's run comes back with its curve") {
        const double first = driver.session.log().series().empty() ? 0 : trained->train.loss;
        Json other = before;
        other["training"]["seed"] = "43";
        const auto fresh = edit(other);
        CHECK(fresh->progress.step == 0);
        driver.session.send(Reset{43});
        const auto back = edit(before);
        CHECK(back->progress == trained->progress);
        CHECK(back->weights == trained->weights);
        CHECK(back->train.loss == first);
        // After training it stays with what was trained; another seed still starts anew.
        edit(other);
        driver.session.send(StepBatch{});
        driver.waitForSnapshot([](const Snapshot& s) { return s.exact && s.progress.step > 0; });
        CHECK(edit(before)->progress.step == 0);
    }
}

TEST_CASE("data with one column lie along x") {
    data::Dataset dataset = *loadData(runSpec(planeProject("circle", {2})));
    dataset.rawNames = {"a"};
    dataset.raw = data::RowStore(1);
    dataset.shownMinimum = {-3};
    dataset.shownMaximum = {5};
    const Plane plane(dataset, "columns", 0, 0);
    CHECK(plane.minimum[0] == -3);
    CHECK(plane.maximum[0] == 5);
    const float raw[] = {2};
    CHECK(plane.project(raw) == std::pair(2.0f, 0.0f));
    CHECK(plane.rawAt(2, 0.7) == std::vector<float>{2});
    CHECK(plane.grid(4).size() == 16);
}

TEST_CASE("the first component of wide data is found, and of too wide data none is sought") {
    data::Dataset dataset = *loadData(runSpec(planeProject("circle", {2})));
    dataset.rawNames.assign(600, "a");
    dataset.raw = data::RowStore(600);
    dataset.count = 40;
    for (std::size_t row = 0; row < dataset.count; ++row) {  // a factor in all columns, and a small one in every other
        const auto factor = static_cast<float>(row % 7), small = 0.1f * static_cast<float>(row % 3);
        std::vector<float> values;
        for (int column = 0; column < 600; ++column) values.push_back(column % 2 ? factor : factor + small);
        dataset.raw.append(values);
    }
    const Plane plane(dataset, "components", 0, 1);
    std::vector<float> scratch;
    const auto placeOf = [&](std::size_t row) { return plane.project(dataset.rawRow(row, scratch)); };
    for (std::size_t row = 0; row < 7; ++row)
        for (std::size_t other = 0; other < row; ++other) CHECK(placeOf(row).first > placeOf(other).first);
    // All 600 columns, each of deviation 1, share the factor.
    CHECK(plane.maximum[0] == doctest::Approx(1.1 * 2.5 * std::sqrt(600.0)).epsilon(0.01));
    dataset.rawNames.assign(4097, "a");
    CHECK_THROWS_AS(Plane(dataset, "columns", 0, 1), base::Error);
}
