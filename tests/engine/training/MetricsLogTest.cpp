#include "engine/training/MetricsLog.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <thread>

#include "engine/training/History.h"

using perceptory::training::EpochMap;
using perceptory::training::MetricsLog;
using Bucket = MetricsLog::Bucket;

namespace {

constexpr std::int64_t million = 1'000'000;
const double notANumber = std::numeric_limits<double>::quiet_NaN();
const double infinity = std::numeric_limits<double>::infinity();

// A curve that can be told apart at every step, and its extremes at chosen steps.
double curve(std::int64_t step) { return 2 + static_cast<double>(step % 1000) / 1000; }

// Appends `steps` steps of one value each, with a peak of 100 at peakAt and a valley of -100 at valleyAt.
void fill(MetricsLog& log, const std::string& name, std::int64_t from, std::int64_t to, std::int64_t peakAt,
          std::int64_t valleyAt) {
    std::vector<double> block(4096);
    for (std::int64_t step = from; step < to; step += static_cast<std::int64_t>(block.size())) {
        const auto count = static_cast<std::size_t>(std::min<std::int64_t>(4096, to - step));
        for (std::size_t i = 0; i < count; ++i) block[i] = curve(step + static_cast<std::int64_t>(i));
        if (peakAt >= step && peakAt < step + 4096) block[static_cast<std::size_t>(peakAt - step)] = 100;
        if (valleyAt >= step && valleyAt < step + 4096) block[static_cast<std::size_t>(valleyAt - step)] = -100;
        log.append(name, step, std::span(block).first(count));
    }
}

std::int64_t stepsIn(const std::vector<Bucket>& buckets) {
    return std::accumulate(buckets.begin(), buckets.end(), std::int64_t{0},
                           [](std::int64_t sum, const Bucket& b) { return sum + b.count; });
}

bool followOneAnother(const std::vector<Bucket>& buckets) {
    for (std::size_t i = 1; i < buckets.size(); ++i)
        if (buckets[i].firstStep != buckets[i - 1].firstStep + buckets[i - 1].count) return false;
    return true;
}

Bucket whole(const MetricsLog& log, const std::string& name) {
    return log.buckets(name, 0, std::numeric_limits<std::int64_t>::max() / 2, 1).at(0);
}

// A reader that keeps what it read, as the window does.
struct Reader {
    MetricsLog::Cursor cursor;
    std::vector<Bucket> held;
    int reloads = 0;

    void read(const MetricsLog& log, const std::string& name) {
        const MetricsLog::News news = log.readSince(name, cursor);
        if (news.reload) held.clear();
        reloads += news.reload;
        for (const Bucket& bucket : news.buckets) {
            if (!held.empty() && held.back().firstStep == bucket.firstStep) held.pop_back();
            held.push_back(bucket);
        }
        cursor = news.next;
    }
};

}  // namespace

TEST_CASE("a million steps are kept exactly") {
    MetricsLog log;
    fill(log, "loss", 0, million, 123'456, 7);
    const auto news = log.readSince("loss", {});
    REQUIRE(news.buckets.size() == million);
    bool exact = true;
    for (std::int64_t step = 0; step < million; ++step) {
        const Bucket& b = news.buckets[static_cast<std::size_t>(step)];
        const double expected = step == 123'456 ? 100 : step == 7 ? -100 : static_cast<float>(curve(step));
        exact &= b.firstStep == step && b.count == 1 && b.mean == expected && b.minimum == expected &&
                 b.maximum == expected && b.last == expected;
    }
    CHECK(exact);
}

TEST_CASE("six series of a million steps are all kept exactly in 64 MiB") {
    MetricsLog log;
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) fill(log, name, 0, million, -1, -1);
    for (const std::string& name : log.series()) CHECK(log.readSince(name, {}).buckets.size() == million);
    CHECK(log.bytes() <= std::size_t{64} << 20);
}

TEST_CASE("beyond 2^20 points neighbours are merged by two and no extreme, step or mean is lost") {
    MetricsLog log;
    const std::int64_t steps = (1 << 20) + 1;
    fill(log, "loss", 0, steps, 123'457, 1'000'001);
    const auto buckets = log.readSince("loss", {}).buckets;
    CHECK(buckets.size() == (1 << 19) + 1);
    CHECK(followOneAnother(buckets));
    CHECK(stepsIn(buckets) == steps);
    CHECK(buckets[61'728].maximum == 100);
    CHECK(buckets[61'728].minimum == doctest::Approx(curve(123'456)));
    CHECK(buckets[61'728].last == 100);
    CHECK(buckets[500'000].minimum == -100);
    CHECK(buckets[10].mean == doctest::Approx((curve(20) + curve(21)) / 2));
    CHECK(whole(log, "loss").count == steps);
}

TEST_CASE("a reader gets each step once, and is told to reload when buckets were merged") {
    MetricsLog log;
    Reader reader;
    reader.read(log, "loss");
    CHECK(reader.reloads == 0);
    for (std::int64_t step = 0; step < 3 * million; step += 100'000) {
        fill(log, "loss", step, step + 99'999, -1, -1);
        reader.read(log, "loss");
        fill(log, "loss", step + 99'999, step + 100'000, -1, -1);
        reader.read(log, "loss");
        REQUIRE(stepsIn(reader.held) == step + 100'000);
        REQUIRE(followOneAnother(reader.held));
    }
    CHECK(reader.reloads == 3);  // the first reading, then behind 2^20 and 2^21 steps
    const int before = reader.reloads;
    CHECK(log.readSince("loss", reader.cursor).buckets.size() <= 1);
    log.clear();
    reader.read(log, "loss");
    CHECK(reader.held.empty());
    CHECK(reader.reloads == before + 1);
    log.append("loss", 0, 1.5);
    reader.read(log, "loss");
    CHECK(reader.held.size() == 1);
}

TEST_CASE("a reload brings no more buckets than asked for") {
    MetricsLog log;
    fill(log, "loss", 0, million, 500'000, 500'001);
    const auto news = log.readSince("loss", {}, 1000);
    CHECK(news.buckets.size() == 1000);
    CHECK(stepsIn(news.buckets) == million);
    log.append("loss", million, 3);
    CHECK(log.readSince("loss", news.next, 1000).buckets.size() == 1);
}

TEST_CASE("a stretch of the curve comes in as many buckets as there is room for") {
    MetricsLog log;
    fill(log, "loss", 1000, million, 500'000, 400'000);
    const auto close = log.buckets("loss", 2000, 2099, 2000);
    CHECK(close.size() == 100);
    CHECK(close.front().firstStep == 2000);
    CHECK(close.back().firstStep == 2099);
    const auto far = log.buckets("loss", 350'000, 449'999, 512);
    CHECK(far.size() <= 512);
    CHECK(stepsIn(far) == 100'000);
    CHECK(std::ranges::min(far, {}, &Bucket::minimum).minimum == -100);
    CHECK(std::ranges::max(far, {}, &Bucket::maximum).maximum < 4);
    CHECK(log.buckets("loss", 0, 999, 10).empty());
    CHECK(log.buckets("loss", 2 * million, 3 * million, 10).empty());
    CHECK(log.buckets("none", 0, 10, 10).empty());
    CHECK(log.buckets("loss", 0, 2 * million, 0).empty());
}

TEST_CASE("points of several steps keep their extremes") {
    MetricsLog log;
    log.append("loss", Bucket{0, 400, 0.5, 9, 1.5, 0.6});
    log.append("loss", Bucket{400, 200, 0.25, 2, 0.75, 0.3});
    const auto points = log.readSince("loss", {}).buckets;
    REQUIRE(points.size() == 2);
    CHECK(points[1].firstStep == 400);
    CHECK(points[1].minimum == 0.25);
    const Bucket all = whole(log, "loss");
    CHECK(all.count == 600);
    CHECK(all.minimum == 0.25);
    CHECK(all.maximum == 9);
    CHECK(all.mean == doctest::Approx((400 * 1.5 + 200 * 0.75) / 600));
    CHECK(all.last == doctest::Approx(0.3));
}

TEST_CASE("single steps and points of several steps may follow one another") {
    MetricsLog log;
    fill(log, "loss", 0, 10'000, 5, 6);
    log.append("loss", Bucket{10'000, 100, 1, 2, 1.5, 1});
    log.append("loss", 10'100, 1.25);
    const auto points = log.readSince("loss", {}).buckets;
    CHECK(points.size() == 10'002);
    CHECK(followOneAnother(points));
    CHECK(points[5].mean == 100);
    CHECK(points.back().mean == 1.25);
}

TEST_CASE("what is not finite is kept as it came and spoils neither range nor mean") {
    MetricsLog log;
    log.append("loss", 0, 2);
    log.append("loss", 1, notANumber);
    log.append("loss", 2, infinity);
    log.append("loss", 3, 4);
    log.append("loss", 4, -infinity);
    const auto points = log.readSince("loss", {}).buckets;
    CHECK(std::isnan(points[1].last));
    CHECK(std::isnan(points[1].minimum));
    CHECK(points[2].last == infinity);
    CHECK(std::isnan(points[2].mean));
    const Bucket all = whole(log, "loss");
    CHECK(all.minimum == 2);
    CHECK(all.maximum == 4);
    CHECK(all.mean > 2);
    CHECK(all.mean < 4);
    CHECK(all.last == -infinity);
    log.append("diverged", Bucket{0, 10, notANumber, infinity, notANumber, notANumber});
    log.append("diverged", Bucket{10, 10, 1, 1, 1, 1});
    CHECK(whole(log, "diverged").mean == 1);
    CHECK(whole(log, "diverged").maximum == 1);
}

TEST_CASE("a run that was set back forgets the steps that are taken anew") {
    MetricsLog log;
    fill(log, "loss", 0, 10'000, -1, -1);
    Reader reader;
    reader.read(log, "loss");
    log.append("loss", 5'000, 77);
    reader.read(log, "loss");
    CHECK(reader.held.size() == 5'001);
    CHECK(reader.held.back().last == 77);
    log.append("loss", 0, 78);
    reader.read(log, "loss");
    CHECK(reader.held.size() == 1);

    fill(log, "long", 0, 3 << 20, -1, -1);
    log.append("long", 2'000'001, 79);
    const auto points = log.readSince("long", {}).buckets;
    CHECK(points.back().last == 79);
    CHECK(points.back().firstStep <= 2'000'001);
    CHECK(stepsIn(points) <= 2'000'002);
    CHECK(stepsIn(points) > 1'999'990);
}

TEST_CASE("a hundred million steps of six series take at most 64 MiB and lose no extreme") {
    MetricsLog log;
    const std::vector<std::string> means{"accuracy", "penalty", "learning_rate", "test_loss", "test_accuracy"};
    std::size_t most = 0;
    // One series by single steps, a million points of a hundred steps for each of the others.
    for (std::int64_t from = 0; from < 100 * million; from += million) {
        fill(log, "loss", from, from + million, 31 * million + 7, 77 * million + 1);
        for (const std::string& name : means)
            for (std::int64_t step = from; step < from + million; step += 100) {
                const bool peak = step == 55 * million + 300;
                log.append(name, Bucket{step, 100, peak ? -100.0 : 2, peak ? 100.0 : 3, 2.5, 2.5});
            }
        most = std::max(most, log.bytes());
    }
    CHECK(most <= std::size_t{64} << 20);
    CHECK(most > std::size_t{16} << 20);
    for (const std::string& name : log.series()) {
        CAPTURE(name);
        const Bucket all = whole(log, name);
        CHECK(all.count == 100 * million);
        CHECK(all.minimum == -100);
        CHECK(all.maximum == 100);
        CHECK(all.mean == doctest::Approx(2.4995).epsilon(0.001));
        const auto news = log.readSince(name, {});
        CHECK(news.buckets.size() > 60'000);
        CHECK(followOneAnother(news.buckets));
    }
    const auto around = log.buckets("loss", 30 * million, 32 * million, 2000);
    CHECK(std::ranges::max(around, {}, &Bucket::maximum).maximum == 100);
}

TEST_CASE("steps stand at their true epoch though the length of an epoch changes") {
    MetricsLog log;
    CHECK(log.epochs().knots().empty());
    // Ten epochs of 25 steps, then a larger batch: ten of 5 steps.
    for (int epoch = 0; epoch < 10; ++epoch)
        for (std::size_t batch = 0; batch < 25; ++batch)
            log.place({epoch * 25 + static_cast<std::int64_t>(batch), static_cast<std::uint64_t>(epoch), batch, 25});
    CHECK(log.epochs().knots().size() == 2);
    for (int epoch = 10; epoch < 20; ++epoch)
        log.place({250 + (epoch - 10) * 5, static_cast<std::uint64_t>(epoch), 0, 5});
    CHECK(log.epochs().knots().size() == 3);
    for (const auto& [step, epoch] : std::map<double, double>{{0, 0}, {125, 5}, {250, 10}, {255, 11}, {300, 20}})
        CHECK(log.epochs().epochAt(step) == doctest::Approx(epoch));
    // Other data in the middle of epoch 20: it begins anew and has 40 steps.
    log.place({303, 20, 0, 40});
    CHECK(log.epochs().epochAt(303) == doctest::Approx(20.6));
    CHECK(log.epochs().epochAt(343) == doctest::Approx(21));
    CHECK(log.epochs().epochAt(383) == doctest::Approx(22));
    CHECK(log.epochs().epochAt(255) == doctest::Approx(11));
    log.clear();
    CHECK(log.epochs().knots().empty());
    // A model opened in its 200th epoch.
    log.place({5000, 200, 0, 10});
    CHECK(log.epochs().epochAt(5000) == doctest::Approx(200));
    CHECK(log.epochs().epochAt(5010) == doctest::Approx(201));
}

TEST_CASE("however often epochs change their length, the map of them rises and stays small") {
    EpochMap map;
    std::int64_t step = 0;
    for (std::uint64_t epoch = 0; epoch < 50'000; ++epoch) {
        const std::size_t length = 1 + epoch * 7 % 13;
        map.turn({step, epoch, 0, length});
        step += static_cast<std::int64_t>(length);
    }
    CHECK(map.knots().size() <= EpochMap::mostKnots);
    CHECK(map.knots().front() == EpochMap::Knot{0, 0});
    for (std::size_t i = 1; i < map.knots().size(); ++i) {
        CHECK(map.knots()[i].step > map.knots()[i - 1].step);
        CHECK(map.knots()[i].epoch > map.knots()[i - 1].epoch);
    }
    CHECK(map.epochAt(static_cast<double>(step)) == doctest::Approx(50'000));
    CHECK(map.epochAt(static_cast<double>(step) / 2) == doctest::Approx(25'000).epsilon(0.01));
}

TEST_CASE("readers see whole states while the training thread appends") {
    MetricsLog log;
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    const auto watch = [&] {
        Reader reader;
        while (!done) {
            reader.read(log, "loss");
            std::int64_t steps = 0;
            for (const Bucket& b : reader.held) {
                if (b.firstStep != steps || b.minimum > b.maximum) ++wrong;
                steps = b.firstStep + b.count;
            }
            if (log.bytes() > MetricsLog::largestBytes + (1 << 20) || log.marks().size() > 20) ++wrong;
            const EpochMap epochs = log.epochs();
            if (!epochs.knots().empty() && epochs.epochAt(1) <= 0) ++wrong;
            log.buckets("loss", steps / 2, steps, 100);
        }
    };
    std::jthread first(watch), second(watch);
    for (std::int64_t from = 0; from < 3 << 20; from += 1 << 18) {
        fill(log, "loss", from, from + (1 << 18), from, -1);
        log.mark(from, "learning rate changed");
        log.place({from, static_cast<std::uint64_t>(from >> 17), 0, from >> 18 & 1 ? 1u << 17 : 1u << 16});
    }
    done = true;
    first.join();
    second.join();
    CHECK(wrong == 0);
    CHECK(log.marks().size() == 12);
    CHECK(log.marks()[1].step == 1 << 18);
    CHECK(log.series() == std::vector<std::string>{"loss"});
}

TEST_CASE("a history brings the curves back, thinned out, with extremes and marks") {
    MetricsLog log;
    fill(log, "loss", 0, 50'000, 1234, 2345);
    log.append("test_loss", 10, 0.5);
    log.append("test_loss", 20, notANumber);
    log.append("test_loss", 60'000, 0.25);
    log.mark(20, "learning rate halved");
    log.place({.step = 0, .stepsPerEpoch = 10});
    log.place({.step = 20, .epoch = 2, .stepsPerEpoch = 5});
    const auto text = perceptory::training::historyOf(log, 50'000).dump();
    CHECK(text.size() < 400'000);
    MetricsLog again;
    perceptory::training::addHistory(perceptory::base::Json::parse(text), again);
    const std::vector<Bucket> buckets = again.buckets("loss", 0, 50'000, 100'000);
    REQUIRE(buckets.size() > 2000);
    CHECK(buckets.size() <= 4096);
    CHECK(std::ranges::max(buckets, {}, &Bucket::maximum).maximum == 100);
    CHECK(std::ranges::min(buckets, {}, &Bucket::minimum).minimum == -100);
    const std::vector<Bucket> tests = again.buckets("test_loss", 0, 100'000, 10);
    REQUIRE(tests.size() == 2);  // what came after the saved step is left out
    CHECK(tests[0].mean == 0.5);
    CHECK(std::isnan(tests[1].last));
    REQUIRE(again.marks().size() == 1);
    CHECK(again.marks()[0].text == "learning rate halved");
    CHECK(again.epochs().knots() == log.epochs().knots());
    CHECK(again.epochs().epochAt(30) == 4);
}

TEST_CASE("a history that is not one does no harm") {
    for (const char* text :
         {"null", "[]", R"({"series": 5, "marks": {}})", R"({"series": {"loss": [[0, 0, 1, 1, 1, 1]]}})",
          R"({"series": {"loss": [[-1, 1, 1, 1, 1, 1]]}})", R"({"series": {"loss": [[0, 1, 1]]}})",
          R"({"series": {"loss": "x"}, "marks": [[1], ["a", 2], 3]})", R"({"epochs": [[0, 0], ["x", 1]]})",
          R"({"epochs": [[0, 0], [5, 0]]})", R"({"epochs": [[3, 1], [5, 2]]})", R"({"epochs": 7})"}) {
        CAPTURE(text);
        MetricsLog log;
        perceptory::training::addHistory(perceptory::base::Json::parse(text), log);
        CHECK(log.buckets("loss", 0, 100, 10).empty());
        CHECK(log.marks().empty());
        CHECK(log.epochs().knots().empty());
    }
}
