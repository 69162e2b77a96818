#include "engine/training/SessionWorker.h"

#include <doctest/doctest.h>

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
