#include "ui/widgets/Theme.h"

#include <QApplication>
#include <QPalette>
#include <QPointer>

#include "ui/widgets/PortalColourScheme.h"
#include "ui/widgets/ThemeColours.h"
#include "ui/widgets/ThemeStyle.h"

namespace perceptory::widgets {

namespace {

// The desktop's wish and the lightness the program started with; lives and dies with the application.
class Desktop : public QObject {
public:
    explicit Desktop(QApplication& application)
        : QObject(&application),
          portal(this),
          startedDark(application.palette().color(QPalette::Window).lightness() < 128) {}

    static Desktop& of(QApplication& application) {
        static QPointer<Desktop> desktop;
        if (!desktop) {
            desktop = new Desktop(application);
            connect(&desktop->portal, &PortalColourScheme::changed, desktop, [&application] {
                if (Theme::instance().mode() == Theme::Mode::System) {
                    Theme::apply(application, Theme::Mode::System);
                }
            });
        }
        return *desktop;
    }

    bool dark() const { return portal.prefersDark().value_or(startedDark); }

    PortalColourScheme portal;
    bool startedDark;
};

}  // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

void Theme::apply(QApplication& application, Mode mode) {
    Theme& theme = instance();
    const Desktop& desktop = Desktop::of(application);
    theme.m_mode = mode;
    theme.setLook(application, mode != Mode::System ? mode : desktop.dark() ? Mode::Dark : Mode::Light);
}

void Theme::setLook(QApplication& application, Mode look) {
    if (m_applied && look == m_look) {
        return;
    }
    m_look = look;
    m_applied = true;
    if (!qobject_cast<ThemeStyle*>(application.style())) {
        application.setStyle(new ThemeStyle);
    }
    application.setPalette(palette());
    emit changed();
}

QPalette Theme::palette() const {
    QPalette palette(colour(ColourRole::Window));
    const auto set = [&](QPalette::ColorRole role, ColourRole from) { palette.setColor(role, colour(from)); };
    set(QPalette::Window, ColourRole::Window);
    set(QPalette::WindowText, ColourRole::Text);
    set(QPalette::Base, ColourRole::Base);
    set(QPalette::AlternateBase, ColourRole::AlternateBase);
    set(QPalette::Text, ColourRole::Text);
    set(QPalette::PlaceholderText, ColourRole::MutedText);
    set(QPalette::Button, ColourRole::Window);
    set(QPalette::ButtonText, ColourRole::Text);
    set(QPalette::BrightText, ColourRole::Error);
    set(QPalette::ToolTipBase, ColourRole::AlternateBase);
    set(QPalette::ToolTipText, ColourRole::Text);
    set(QPalette::Highlight, ColourRole::Accent);
    set(QPalette::HighlightedText, ColourRole::AccentText);
    set(QPalette::Link, ColourRole::Accent);
    set(QPalette::LinkVisited, ColourRole::Accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, faded(colour(ColourRole::MutedText), 0.7));
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colour(ColourRole::Border));
    return palette;
}

QColor Theme::colour(ColourRole role) const {
    return QColor::fromRgb(themeColours(m_look).roles[static_cast<std::size_t>(role)]);
}

QColor Theme::series(int index) const {
    return QColor::fromRgb(themeColours(m_look).series[static_cast<std::size_t>(index) % kSeriesHues]);
}

QColor Theme::classColour(int index) const {
    return QColor::fromRgb(themeColours(m_look).classes[static_cast<std::size_t>(index) % kClassHues]);
}

QColor themed(ColourRole role) { return Theme::instance().colour(role); }

QColor faded(QColor colour, double opacity) {
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

}  // namespace perceptory::widgets
