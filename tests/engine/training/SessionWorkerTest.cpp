#include "engine/training/SessionWorker.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;

TEST_CASE("an exception in the worker becomes a message, and the worker lives") {
    MetricsLog log;
    std::vector<Event> events;
    bool broken = true;
    int published = 0;
    SessionWorker worker({}, log,
                         {[&](Event event) { events.push_back(std::move(event)); },
                          [&](std::shared_ptr<const Snapshot>, bool) {
                              if (broken) throw std::bad_alloc();
                              ++published;
                          },
                          [] { return true; }});
    const base::Json project = planeProject("circle", {4});
    Inbox inbox;
    inbox.commands.push_back(Open{runSpec(project), project, ".", 1, nullptr});
    worker.handle(inbox);
    REQUIRE(!events.empty());
    CHECK(events.back().kind == Event::Kind::Failed);
    CHECK(events.back().sentence.find("Training stopped") == 0);
    CHECK(!worker.nextWork());

    broken = false;
    Inbox more;
    more.commands.push_back(StepBatch{});
    worker.handle(more);
    CHECK(published == 1);
}

TEST_CASE("a document that another one replaces while its data are read cannot be played") {
    MetricsLog log;
    LoadingState loading;
    std::vector<Event> events;
    SessionWorker worker({}, log,
                         {[&](Event event) { events.push_back(std::move(event)); },
                          [](std::shared_ptr<const Snapshot>, bool) {}, [] { return true; }, &loading});
    base::Json project = planeProject("circle", {4}), slow = project;
    slow["data"]["parameters"]["samples"] = 1'000'000;
    Inbox first;
    first.commands.push_back(Open{runSpec(project), project, ".", 1, nullptr});
    worker.handle(first);
    std::atomic<bool> isRead = false;
    std::jthread other([&] {
        while (!isRead) loading.replace("other data");
    });
    Inbox second;
    second.commands.push_back(Open{runSpec(slow), slow, ".", 2, nullptr});
    second.commands.push_back(Play{});
    second.commands.push_back(StepBatch{});
    worker.handle(second);
    isRead = true;
    REQUIRE(loading.isReplaced());
    CHECK(events.size() == 1);  // the document that follows gets the answer
    CHECK(!worker.nextWork());
    Inbox third;
    third.commands.push_back(Open{runSpec(project), project, ".", 3, nullptr});
    third.commands.push_back(StepBatch{});
    worker.handle(third);
    CHECK(events.back().kind == Event::Kind::Opened);
}

TEST_CASE("edits in a row are taken as one") {
    MetricsLog log;
    std::vector<Event> events;
    SessionWorker worker({}, log,
                         {[&](Event event) { events.push_back(std::move(event)); },
                          [](std::shared_ptr<const Snapshot>, bool) {}, [] { return true; }});
    const base::Json project = planeProject("circle", {4});
    Inbox inbox;
    inbox.commands.push_back(Open{runSpec(project), project, ".", 1, nullptr});
    for (std::uint64_t revision = 2; revision < 12; ++revision)
        inbox.commands.push_back(Edit{runSpec(project), project, ".", revision});
    worker.handle(inbox);
    REQUIRE(events.size() == 2);
    CHECK(events[1].kind == Event::Kind::Changed);
    CHECK(events[1].revision == 11);
}

TEST_CASE("a stroke or a drag, many edits, leaves one mark on the curves") {
    MetricsLog log;
    SessionWorker worker({}, log, {[](Event) {}, [](std::shared_ptr<const Snapshot>, bool) {}, [] { return true; }});
    const auto send = [&](Command command) {
        Inbox inbox;
        inbox.commands.push_back(std::move(command));
        worker.handle(inbox);
    };
    base::Json project = planeProject("circle", {4});
    send(Open{runSpec(project), project, ".", 1, nullptr});
    for (int i = 1; i <= 10; ++i) {
        project["training"]["batch_size"] = 10 + i;
        send(Edit{runSpec(project), project, ".", static_cast<std::uint64_t>(1 + i)});
    }
    CHECK(log.marks().size() == 1);
    project["network"]["nodes"][1]["parameters"]["units"] = 6;
    send(Edit{runSpec(project), project, ".", 20});
    CHECK(log.marks().size() == 2);
}

TEST_CASE("points of a run stand at their epochs though batch size and data change on the way") {
    MetricsLog log;
    std::shared_ptr<const Snapshot> latest;
    SessionWorker worker({}, log,
                         {[](Event) {}, [&](std::shared_ptr<const Snapshot> snapshot, bool) { latest = snapshot; },
                          [] { return true; }});
    const auto send = [&](Command command) {
        Inbox inbox;
        inbox.commands.push_back(std::move(command));
        worker.handle(inbox);
        while (worker.nextWork()) {
            Inbox none;
            worker.handle(none);
        }
    };
    std::vector<std::pair<double, double>> places;  // step, epoch as the run counted it
    const auto runEpochs = [&](int count) {
        for (int i = 0; i < count; ++i) {
            send(StepEpoch{});
            places.emplace_back(latest->progress.step, latest->progress.epoch);
        }
    };
    base::Json project = planeProject("circle", {4});  // 100 samples to train with, 10 steps an epoch
    send(SetPace{0});
    send(Open{runSpec(project), project, ".", 1, nullptr});
    runEpochs(5);
    project["training"]["batch_size"] = 50;
    send(Edit{runSpec(project), project, ".", 2});
    runEpochs(5);
    send(StepBatch{});
    project["data"]["parameters"]["samples"] = 1000;
    send(Edit{runSpec(project), project, ".", 3});
    runEpochs(5);
    CHECK(latest->progress.step == 50 + 10 + 1 + 50);
    for (const auto& [step, epoch] : places) CHECK(log.epochs().epochAt(step) == doctest::Approx(epoch));
    CHECK(log.epochs().epochAt(61) == doctest::Approx(10.5));
}
