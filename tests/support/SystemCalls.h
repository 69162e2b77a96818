#pragma once
// Calls of the system that fail when a test wants it: writing, syncing, renaming and whatever else saving does. The
// program that links SystemCalls.cpp has these calls go through it; they fail in the thread that asked for it only.

#include <cstddef>
#include <string>

namespace perceptory::support {

enum class Fault { Io, NoSpace, Denied, Interrupted, Short, Kill };
inline constexpr Fault faults[] = {Fault::Io,          Fault::NoSpace, Fault::Denied,
                                   Fault::Interrupted, Fault::Short,   Fault::Kill};
std::string nameOf(Fault fault);

struct FaultPlan {
    Fault fault = Fault::Io;
    std::size_t at = 0;   // of the calls, counted from 0; those before succeed
    bool sticky = false;  // those behind fail, too; an interrupted call fails a hundred times in a row
    // Bytes that may be written before the disk is full.
    std::size_t room = static_cast<std::size_t>(-1);
};

// As long as it lives. At most one in a thread.
class FaultyCalls {
public:
    explicit FaultyCalls(const FaultPlan& plan);
    ~FaultyCalls();
    FaultyCalls(const FaultyCalls&) = delete;
    FaultyCalls& operator=(const FaultyCalls&) = delete;

    std::size_t count() const { return m_count; }  // of calls that were made

    // For the calls themselves: 0, or the error the next one ends with.
    int next();
    // How many of these bytes are written; 0: none, with the error `code`.
    std::size_t nextWrite(std::size_t bytes, int& code);

private:
    bool failsNow();

    FaultPlan m_plan;
    std::size_t m_count = 0, m_written = 0;
};

}  // namespace perceptory::support
