#pragma once
// Our own fork-join threads: never Qt's global pool (painting waits on it), never OpenMP (its idle threads spin).
// One owner calls run(); workers look for work for a fraction of a millisecond, then sleep.

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace perceptory::backends::cpu {

class ThreadPool {
public:
    // `threads` counts the calling thread: 1 makes no thread at all.
    explicit ThreadPool(int threads = 1);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const { return static_cast<int>(m_workers.size()) + 1; }

    // Calls function(context, part, parts) once per part and returns when all are done: part 0 here, and also those
    // whose threads have no processor. The function must not throw. Allocates nothing.
    using Function = void (*)(const void* context, int part, int parts);
    void run(Function function, const void* context);

private:
    void work(int part);
    // The generation that came after `seen`.
    std::uint64_t waitForWork(std::uint64_t seen) const;
    void doPart(int part, std::uint64_t generation);

    std::vector<std::atomic<std::uint64_t>> m_taken;  // per part, the generation in which it was last begun
    std::atomic<std::uint64_t> m_generation{0};
    std::atomic<int> m_left{0};
    std::atomic<bool> m_stop{false};
    Function m_function = nullptr;
    const void* m_context = nullptr;
    std::vector<std::jthread> m_workers;  // last, so that they end before what they read
};

}  // namespace perceptory::backends::cpu
