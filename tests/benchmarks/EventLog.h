#pragma once
// An application that remembers which events took long, so that a stall can be laid at somebody's door: who got which
// event, how long it took, how much of that the thread ran, and how long it waited for a processor.

#include <QApplication>
#include <QElapsedTimer>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::benchmarks {

class EventLog : public QApplication {
public:
    using QApplication::QApplication;

    // From here on stalls belong to this action.
    void begin(const std::string& action);
    // A turn of the loop is over; a stall of at least `leastStall` ms is kept with its events.
    void endTurn(qint64 stall);
    // The `most` longest stalls since the last call, longest first.
    base::Json longest(std::size_t most);

    bool notify(QObject* receiver, QEvent* event) override;

    static constexpr qint64 leastStall = 15;

private:
    struct Slow {
        int depth = 0;
        std::string receiver;
        int type = 0;
        double wallMs = 0, ranMs = 0;
    };
    struct Stall {
        qint64 ms = 0;
        std::string action;
        qint64 afterMs = 0;  // since the action began
        double ranMs = 0, waitedMs = 0;
        std::vector<Slow> events;
    };

    int m_depth = 0;
    std::vector<Slow> m_events;  // of this turn
    std::vector<Stall> m_stalls;
    std::string m_action = "start";
    QElapsedTimer m_sinceAction;
    double m_ranMs = 0, m_waitedMs = 0;  // at the end of the last turn
};

}  // namespace perceptory::benchmarks
