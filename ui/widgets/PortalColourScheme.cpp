#include "ui/widgets/PortalColourScheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>

namespace perceptory::widgets {

namespace {

constexpr auto kService = "org.freedesktop.portal.Desktop";
constexpr auto kPath = "/org/freedesktop/portal/desktop";
constexpr auto kInterface = "org.freedesktop.portal.Settings";
constexpr auto kGroup = "org.freedesktop.appearance";
constexpr auto kKey = "color-scheme";
constexpr int kPatienceMs = 100;

// Asking for the session bus where there is none would let the D-Bus library launch one.
bool sessionBusExists() {
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return true;
    }
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus"));
}

QDBusMessage question() {
    QDBusMessage message = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    message.setArguments({QString::fromLatin1(kGroup), QString::fromLatin1(kKey)});
    return message;
}

}  // namespace

PortalColourScheme::PortalColourScheme(QObject* parent) : QObject(parent) {
    if (!sessionBusExists()) {
        return;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    qRegisterMetaType<QDBusVariant>();  // or the signal below finds no slot
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    const QDBusMessage answer = bus.call(question(), QDBus::Block, kPatienceMs);
    if (answer.type() == QDBusMessage::ReplyMessage && !answer.arguments().isEmpty()) {
        take(answer.arguments().constFirst());
    } else if (answer.errorName() == QLatin1String("org.freedesktop.DBus.Error.NoReply")) {
        askLater();
    }
}

void PortalColourScheme::askLater() {
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question()), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        done->deleteLater();
        if (reply.isValid()) {
            take(QVariant::fromValue(reply.value()));
            emit changed();
        }
    });
}

void PortalColourScheme::settingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group == QLatin1String(kGroup) && key == QLatin1String(kKey)) {
        take(value.variant());
        emit changed();
    }
}

void PortalColourScheme::take(const QVariant& value) {
    QVariant inner = value;
    while (inner.canConvert<QDBusVariant>()) {  // Read wraps its answer twice
        inner = inner.value<QDBusVariant>().variant();
    }
    switch (inner.toUInt()) {
        case 1:
            m_prefersDark = true;
            break;
        case 2:
            m_prefersDark = false;
            break;
        default:
            m_prefersDark.reset();
    }
}

}  // namespace perceptory::widgets
