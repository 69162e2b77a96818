#pragma once
// Tells on the desktop that a long run has ended while nobody looked at the window. GUI thread only.

#include <QElapsedTimer>
#include <QObject>
#include <chrono>

class QWidget;

namespace perceptory::window {

class RunNotice : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds longRun{60'000};

    // Runs shorter than `least` say nothing.
    explicit RunNotice(QWidget& window, std::chrono::milliseconds least = longRun);

    void setRunning(bool running);

signals:
    // To be shown where the user is.
    void told(const QString& title, const QString& text);

private:
    QWidget& m_window;
    std::chrono::milliseconds m_least;
    QElapsedTimer m_started;
};

// On the desktop, by org.freedesktop.Notifications; where there is none nothing happens.
void showOnDesktop(const QString& title, const QString& text);

}  // namespace perceptory::window
