#include "engine/backends/cpu/ThreadPool.h"

namespace perceptory::backends::cpu {

namespace {

// About 20 µs: shorter than a sleep and a wake-up, too short to cost another program its core.
constexpr int spins = 2000;

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
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_generation.fetch_add(1, std::memory_order_release);
    }
    m_wake.notify_all();
}

void ThreadPool::run(Function function, const void* context) {
    if (m_workers.empty()) return function(context, 0, 1);
    m_left.store(static_cast<int>(m_workers.size()), std::memory_order_relaxed);
    {
        const std::lock_guard lock(m_mutex);
        m_function = function;
        m_context = context;
        m_generation.fetch_add(1, std::memory_order_release);
    }
    m_wake.notify_all();
    function(context, 0, threads());
    while (m_left.load(std::memory_order_acquire) > 0) pause();
}

void ThreadPool::work(int part) {
    std::uint64_t seen = 0;
    for (;;) {
        for (int i = 0; i < spins && m_generation.load(std::memory_order_acquire) == seen; ++i) pause();
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return m_generation.load(std::memory_order_relaxed) != seen; });
            seen = m_generation.load(std::memory_order_relaxed);
        }
        if (m_stop) return;
        m_function(m_context, part, threads());
        m_left.fetch_sub(1, std::memory_order_release);
    }
}

}  // namespace perceptory::backends::cpu
