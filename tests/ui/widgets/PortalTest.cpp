// The desktop's wish for dark or light, asked for at the start and followed while the program runs. A bus of its own,
// where this test plays the desktop.

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QtTest>

#include "ui/widgets/PortalColourScheme.h"

using perceptory::widgets::PortalColourScheme;

namespace {

enum class Wish { None, Light, Dark };

Wish wishOf(const PortalColourScheme& portal) {
    const std::optional<bool> dark = portal.prefersDark();
    if (!dark) return Wish::None;
    return *dark ? Wish::Dark : Wish::Light;
}

}  // namespace

class Desktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public slots:
    QDBusVariant Read(const QString&, const QString&) const {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }

public:
    uint scheme = 1;
};

class PortalTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_daemon.start("dbus-daemon", {"--session", "--nofork", "--print-address"});
        QVERIFY2(m_daemon.waitForReadyRead(10'000), qPrintable(m_daemon.errorString()));
        const QByteArray address = m_daemon.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        m_bus = std::make_unique<QDBusConnection>(QDBusConnection::connectToBus(QString(address), "desktop"));
        QVERIFY(m_bus->registerObject("/org/freedesktop/portal/desktop", &m_desktop, QDBusConnection::ExportAllSlots));
        QVERIFY(m_bus->registerService("org.freedesktop.portal.Desktop"));
    }

    void theDesktopIsFollowedWhileTheProgramRuns() {
        PortalColourScheme portal(nullptr);
        QTRY_COMPARE(wishOf(portal), Wish::Dark);
        const QSignalSpy changes(&portal, &PortalColourScheme::changed);
        tell("org.freedesktop.appearance", 2);
        QTRY_COMPARE(wishOf(portal), Wish::Light);
        tell("org.freedesktop.appearance", 0);
        QTRY_COMPARE(wishOf(portal), Wish::None);
        const qsizetype before = changes.count();
        tell("org.other", 1);
        tell("org.freedesktop.appearance", 1);
        QTRY_COMPARE(wishOf(portal), Wish::Dark);
        QCOMPARE(changes.count(), before + 1);
    }

    void cleanupTestCase() {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

private:
    void tell(const QString& group, uint scheme) {
        QDBusMessage signal = QDBusMessage::createSignal("/org/freedesktop/portal/desktop",
                                                         "org.freedesktop.portal.Settings", "SettingChanged");
        signal.setArguments({group, "color-scheme", QVariant::fromValue(QDBusVariant(scheme))});
        QVERIFY(m_bus->send(signal));
    }

    QProcess m_daemon;
    Desktop m_desktop;
    std::unique_ptr<QDBusConnection> m_bus;
};

QTEST_GUILESS_MAIN(PortalTest)
#include "PortalTest.moc"
