#include "engine/backends/cpu/ThreadPool.h"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <thread>

#if defined(__linux__)
#    include <sched.h>
#endif

using perceptory::backends::cpu::ThreadPool;

namespace {

struct Counts {
    std::array<std::atomic<int>, 8> done{};
    std::atomic<int> byOwner{0};
    std::thread::id owner = std::this_thread::get_id();

    static void count(const void* context, int part, int) {
        auto& counts = *const_cast<Counts*>(static_cast<const Counts*>(context));
        ++counts.done[static_cast<std::size_t>(part)];
        if (part > 0 && std::this_thread::get_id() == counts.owner) ++counts.byOwner;
    }
};

}  // namespace

TEST_CASE("every part is done once in every run") {
    for (const int threads : {1, 2, 5}) {
        ThreadPool pool(threads);
        Counts counts;
        constexpr int runs = 20'000;
        for (int i = 0; i < runs; ++i) pool.run(Counts::count, &counts);
        for (int part = 0; part < 8; ++part) CHECK(counts.done[std::size_t(part)] == (part < threads ? runs : 0));
    }
}

#if defined(__linux__)
TEST_CASE("parts of threads that get no processor are done by the caller") {
    cpu_set_t before, one;
    REQUIRE(sched_getaffinity(0, sizeof before, &before) == 0);
    CPU_ZERO(&one);
    for (int cpu = 0; CPU_COUNT(&one) == 0; ++cpu)
        if (CPU_ISSET(cpu, &before)) CPU_SET(cpu, &one);
    REQUIRE(sched_setaffinity(0, sizeof one, &one) == 0);
    ThreadPool pool(4);
    Counts counts;
    for (int i = 0; i < 1000; ++i) pool.run(Counts::count, &counts);
    REQUIRE(sched_setaffinity(0, sizeof before, &before) == 0);
    CHECK(counts.byOwner > 1500);
    for (int part = 0; part < 4; ++part) CHECK(counts.done[std::size_t(part)] == 1000);
}
#endif
