#include "ui/window/RunNotice.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>
#include <QWidget>

namespace perceptory::window {

RunNotice::RunNotice(QWidget& window, std::chrono::milliseconds least)
    : QObject(&window), m_window(window), m_least(least) {}

void RunNotice::setRunning(bool running) {
    if (running) return m_started.start();
    if (!m_started.isValid()) return;
    const std::chrono::milliseconds lasted(m_started.elapsed());
    m_started.invalidate();
    if (lasted < m_least || m_window.isActiveWindow()) return;
    QApplication::alert(&m_window);
    const auto minutes = static_cast<int>(std::chrono::round<std::chrono::minutes>(lasted).count());
    emit told(tr("The training has stopped"),
              minutes <= 1 ? tr("It ran for a minute.") : tr("It ran for %n minutes.", nullptr, minutes));
}

void showOnDesktop(const QString& title, const QString& text) {
    QDBusMessage notify = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    notify << QStringLiteral("Perceptory") << 0U << QStringLiteral("perceptory") << title << text << QStringList()
           << QVariantMap() << -1;
    QDBusConnection::sessionBus().send(notify);
}

}  // namespace perceptory::window
