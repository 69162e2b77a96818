#pragma once
// Work on rows, shared among threads where there is enough of it.

#include <atomic>
#include <cstddef>
#include <exception>

#include "engine/backends/cpu/ThreadPool.h"

namespace perceptory::backends::cpu {

// Numbers that several threads handle faster than one.
constexpr std::size_t sharedNumbers = 1 << 14;

// Calls work(i) for rows 0 … count-1, which together are so many numbers; any thread may call it. The first error of
// the rows is thrown here.
template <class Work>
void shareRows(ThreadPool& pool, std::size_t count, std::size_t numbers, const Work& work) {
    if (numbers < sharedNumbers || pool.threads() == 1) {
        for (std::size_t i = 0; i < count; ++i) work(i);
        return;
    }
    std::atomic<bool> failed{false};
    std::exception_ptr error;
    const auto share = [&](std::size_t part, std::size_t parts) noexcept {
        try {
            for (std::size_t i = count * part / parts; i < count * (part + 1) / parts; ++i) work(i);
        } catch (...) {
            if (!failed.exchange(true)) error = std::current_exception();
        }
    };
    pool.run(
        [](const void* shared, int part, int parts) {
            (*static_cast<const decltype(share)*>(shared))(static_cast<std::size_t>(part),
                                                           static_cast<std::size_t>(parts));
        },
        &share);
    if (error) std::rethrow_exception(error);
}

}  // namespace perceptory::backends::cpu
