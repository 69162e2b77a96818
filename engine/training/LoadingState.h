#pragma once
// Data being read: how far it is, and whether anybody still wants them. Any thread may call everything.

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "engine/base/Json.h"

namespace perceptory::training {

class LoadingState {
public:
    // The worker's side. `key` tells one set of data from another.
    void begin(const std::string& key) {
        const std::lock_guard lock(m_mutex);
        m_key = key;
        m_share = 0;
        m_isStopped = m_isReplaced = false;
    }
    // False: nobody wants them any longer.
    bool progress(double share) {
        const std::lock_guard lock(m_mutex);
        m_share = share;
        return !m_isStopped && !m_isReplaced;
    }
    void end() {
        const std::lock_guard lock(m_mutex);
        m_share.reset();
    }
    // Other data were asked for meanwhile.
    bool isReplaced() const {
        const std::lock_guard lock(m_mutex);
        return m_isReplaced;
    }

    // The other side.
    std::optional<double> share() const {
        const std::lock_guard lock(m_mutex);
        return m_share;
    }
    void stop() {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
    }
    void replace(const std::string& key) {
        const std::lock_guard lock(m_mutex);
        if (m_share && key != m_key) m_isReplaced = true;
    }

private:
    mutable std::mutex m_mutex;
    std::string m_key;
    std::optional<double> m_share;
    bool m_isStopped = false, m_isReplaced = false;
};

// What a project's data come from.
std::string dataKey(const base::Json& project, const std::filesystem::path& folder);

}  // namespace perceptory::training
