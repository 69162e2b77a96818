#include "tests/benchmarks/EventLog.h"

#include <time.h>

#include <QEvent>
#include <QMetaEnum>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <utility>

namespace perceptory::benchmarks {

namespace {

constexpr double leastEventMs = 2;

double ranMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

// Ready to run, but without a processor.
double waitedMs() {
    double ran = 0, waited = 0;
    std::ifstream("/proc/thread-self/schedstat") >> ran >> waited;
    return waited / 1e6;
}

std::string nameOf(int type) {
    const char* key = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return key ? key : std::to_string(type);
}

}  // namespace

void EventLog::begin(const std::string& action) {
    m_action = action;
    m_sinceAction.start();
}

void EventLog::endTurn(qint64 stall) {
    const double ran = ranMs(), waited = waitedMs();
    if (stall >= leastStall)
        m_stalls.push_back({stall, m_action, m_sinceAction.isValid() ? m_sinceAction.elapsed() - stall : 0,
                            ran - m_ranMs, waited - m_waitedMs, m_events});
    m_ranMs = ran;
    m_waitedMs = waited;
    m_events.clear();
}

bool EventLog::notify(QObject* receiver, QEvent* event) {
    const int type = event->type();
    const std::string name = receiver->metaObject()->className();
    const std::size_t place = m_events.size();
    const int depth = m_depth++;
    const auto start = std::chrono::steady_clock::now();
    const double ranBefore = ranMs();
    const bool taken = QApplication::notify(receiver, event);
    --m_depth;
    const double wall = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (wall >= leastEventMs)
        m_events.insert(m_events.begin() + static_cast<std::ptrdiff_t>(std::min(place, m_events.size())),
                        {depth, name, type, wall, ranMs() - ranBefore});
    return taken;
}

base::Json EventLog::longest(std::size_t most) {
    std::vector<Stall> stalls = std::exchange(m_stalls, {});
    std::ranges::stable_sort(stalls, std::greater(), &Stall::ms);
    stalls.resize(std::min(stalls.size(), most));
    base::Json list = base::Json::array();
    for (const Stall& stall : stalls) {
        base::Json events = base::Json::array();
        for (const Slow& slow : stall.events)
            events.push_back(std::string(static_cast<std::size_t>(2 * slow.depth), ' ') + slow.receiver + " " +
                             nameOf(slow.type) + " " + std::to_string(slow.wallMs) + " ms, ran " +
                             std::to_string(slow.ranMs));
        list.push_back({{"ms", stall.ms},
                        {"action", stall.action},
                        {"after_ms", stall.afterMs},
                        {"ran_ms", stall.ranMs},
                        {"waited_for_processor_ms", stall.waitedMs},
                        {"events", events}});
    }
    return list;
}

}  // namespace perceptory::benchmarks
