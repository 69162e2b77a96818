#pragma once
// Measures how long the GUI thread was away from its event loop. For tests and benchmarks.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace perceptory::session {

class StallWatch : public QObject {
    Q_OBJECT

public:
    explicit StallWatch(QObject* parent = nullptr);

    // The longest time in milliseconds between two turns of the loop since start() beyond the timer's own interval.
    qint64 longestStall() const { return m_longest; }
    void start();

signals:
    void turned(qint64 stall);  // every turn; milliseconds

private:
    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    qint64 m_longest = 0;
};

}  // namespace perceptory::session
