#include "engine/backends/cpu/ThreadPool.h"

#include <algorithm>
#include <chrono>

namespace perceptory::backends::cpu {

namespace {

// How long a worker looks for new work before it sleeps: longer than the stretches of a step that one thread does
// alone, since waking it takes up to 100 µs, and too short to cost another program its core when training pauses.
constexpr auto patience = std::chrono::microseconds(200);
constexpr int looksBetweenClocks = 64;

void pause() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

}  // namespace

ThreadPool::ThreadPool(int threads) : m_taken(static_cast<std::size_t>(std::max(1, threads))) {
    for (int part = 1; part < threads; ++part) m_workers.emplace_back([this, part] { work(part); });
}

ThreadPool::~ThreadPool() {
    m_stop = true;
    m_generation.fetch_add(1, std::memory_order_release);
    m_generation.notify_all();
}

void ThreadPool::run(Function function, const void* context) {
    if (m_workers.empty()) return function(context, 0, 1);
    m_left.store(static_cast<int>(m_workers.size()), std::memory_order_relaxed);
    m_function = function;
    m_context = context;
    const std::uint64_t generation = m_generation.fetch_add(1, std::memory_order_release) + 1;
    m_generation.notify_all();  // a system call only where somebody sleeps
    function(context, 0, threads());
    // What nobody has begun by now belongs to threads that wait for a processor.
    for (int part = threads(); --part > 0;) doPart(part, generation);
    while (m_left.load(std::memory_order_acquire) > 0) pause();
}

void ThreadPool::doPart(int part, std::uint64_t generation) {
    std::uint64_t before = generation - 1;  // every part is taken once in each generation
    if (!m_taken[static_cast<std::size_t>(part)].compare_exchange_strong(before, generation, std::memory_order_acq_rel))
        return;
    m_function(m_context, part, threads());
    m_left.fetch_sub(1, std::memory_order_release);
}

std::uint64_t ThreadPool::waitForWork(std::uint64_t seen) const {
    const auto end = std::chrono::steady_clock::now() + patience;
    do
        for (int i = 0; i < looksBetweenClocks; ++i) {
            if (const std::uint64_t now = m_generation.load(std::memory_order_acquire); now != seen) return now;
            pause();
        }
    while (std::chrono::steady_clock::now() < end);
    m_generation.wait(seen, std::memory_order_acquire);
    return m_generation.load(std::memory_order_acquire);
}

void ThreadPool::work(int part) {
    for (std::uint64_t seen = 0;;) {
        seen = waitForWork(seen);
        if (m_stop) return;
        doPart(part, seen);
    }
}

}  // namespace perceptory::backends::cpu
