#include "ui/session/StallWatch.h"

namespace perceptory::session {

namespace {
constexpr int interval = 10;  // milliseconds
}

StallWatch::StallWatch(QObject* parent) : QObject(parent) {
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const qint64 stall = m_sinceTick.restart() - interval;
        m_longest = std::max(m_longest, stall);
        emit turned(stall);
    });
}

void StallWatch::start() {
    m_longest = 0;
    m_sinceTick.start();
    m_timer.start();
}

}  // namespace perceptory::session
