#pragma once
// How much memory the program needed at most since a moment, as the kernel counted it: also that of libraries, and
// under sanitizers, which keep the program's own allocator from being asked.

#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace perceptory::support {

class PeakMemory {
public:
    // Begins to count anew.
    PeakMemory() {
        std::ofstream reset("/proc/self/clear_refs");
        m_counts = static_cast<bool>(reset << 5 << std::flush);
        m_before = kibibytes("VmRSS:");
    }

    // Bytes beyond those at the beginning; nothing where the kernel does not count.
    std::optional<long> growth() const {
        const long peak = kibibytes("VmHWM:");
        if (!m_counts || m_before <= 0 || peak <= 0) return {};
        return peak > m_before ? (peak - m_before) * 1024 : 0;
    }

private:
    static long kibibytes(const std::string& key) {
        std::ifstream status("/proc/self/status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with(key)) return std::stol(line.substr(key.size()));
        return 0;
    }

    bool m_counts = false;
    long m_before = 0;
};

}  // namespace perceptory::support
