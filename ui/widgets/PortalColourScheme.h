#pragma once
// What the desktop prefers, read from the settings portal (org.freedesktop.appearance color-scheme) over D-Bus.
// Waits at most 100 ms for a first answer and never starts a bus; GUI thread only.

#include <QDBusVariant>
#include <QObject>
#include <optional>

namespace perceptory::widgets {

class PortalColourScheme : public QObject {
    Q_OBJECT

public:
    explicit PortalColourScheme(QObject* parent);

    /// True for dark, false for light, nothing where the desktop has no opinion or there is no portal.
    std::optional<bool> prefersDark() const { return m_prefersDark; }

signals:
    void changed();

private slots:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askLater();
    void take(const QVariant& value);

    std::optional<bool> m_prefersDark;
};

}  // namespace perceptory::widgets
