#pragma once
// The one place with colours. Everything we paint asks the Theme for a role; nothing else in ui/ names a colour.
// GUI thread only.

#include <QColor>
#include <QObject>
#include <array>

class QApplication;
class QPalette;

namespace perceptory::widgets {

enum class ColourRole {
    Window,
    Base,
    AlternateBase,
    Text,
    MutedText,
    Accent,
    AccentText,
    Border,
    FocusRing,
    Canvas,
    Grid,
    MinorGrid,
    Wire,
    Positive,
    Zero,
    Negative,
    AlternativePositive,
    AlternativeNegative,
    Error,
    Warning,
    Success,
    Information,
    TrainRim,
    TestRim,
    DecisionLine,
    Crosshair,
    Count_
};

// Hues before they repeat.
inline constexpr int kSeriesHues = 8;
inline constexpr int kClassHues = 12;

class Theme : public QObject {
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark, HighContrast };
    Q_ENUM(Mode)

    static Theme& instance();

    /// Sets Fusion, our palette and the roles. May be called again at any time; emits changed() when the look changed.
    /// System follows the desktop's colour scheme, also later; without a settings portal the lightness of the palette
    /// the program started with decides.
    static void apply(QApplication& application, Mode mode);

    Mode mode() const { return m_mode; }
    bool isDark() const { return m_look != Mode::Light; }

    QColor colour(ColourRole role) const;
    QColor series(int index) const;       ///< hue of a curve; repeats after kSeriesHues
    QColor classColour(int index) const;  ///< hue of a class; 0 and 1 match Negative and Positive

signals:
    void changed();

private:
    Theme() = default;
    void setLook(QApplication& application, Mode look);
    QPalette palette() const;

    Mode m_mode = Mode::System;
    Mode m_look = Mode::Light;  // never System
    bool m_applied = false;
};

/// Shorthand for Theme::instance().colour(role).
QColor themed(ColourRole role);

/// The colour with another opacity, 0…1.
QColor faded(QColor colour, double opacity);

}  // namespace perceptory::widgets
