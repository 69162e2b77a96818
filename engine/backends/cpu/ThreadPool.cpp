#include "engine/backends/cpu/ThreadPool.h"

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

ThreadPool::ThreadPool(int threads) {
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
    m_generation.fetch_add(1, std::memory_order_release);
    m_generation.notify_all();  // a system call only where somebody sleeps
    function(context, 0, threads());
    while (m_left.load(std::memory_order_acquire) > 0) pause();
}

void ThreadPool::waitForWork(std::uint64_t seen) const {
    const auto end = std::chrono::steady_clock::now() + patience;
    do
        for (int i = 0; i < looksBetweenClocks; ++i) {
            if (m_generation.load(std::memory_order_acquire) != seen) return;
            pause();
        }
    while (std::chrono::steady_clock::now() < end);
    m_generation.wait(seen, std::memory_order_acquire);
}

void ThreadPool::work(int part) {
    for (std::uint64_t seen = 0;; ++seen) {
        waitForWork(seen);
        if (m_stop) return;
        m_function(m_context, part, threads());
        m_left.fetch_sub(1, std::memory_order_release);
    }
}

}  // namespace perceptory::backends::cpu
