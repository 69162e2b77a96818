#pragma once
// What the user has chosen for the program as a whole, kept in the settings, and the dialog for it. GUI thread only.

#include <QDialog>
#include <QLocale>

#include "engine/training/Trainer.h"
#include "ui/widgets/Theme.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace perceptory::window {

struct Preferences {
    widgets::Theme::Mode theme = widgets::Theme::Mode::System;
    QString language;      // "de"; empty: the desktop's
    int threads = 0;       // of the training; 0: all but one of the processor's, up to eight
    QString isa;           // instruction set of the kernels; empty: the best this machine runs
    bool autosave = true;  // keep copies of unsaved work

    // What the settings hold and this machine cannot do counts as not chosen.
    static Preferences saved();
    void save() const;

    QLocale locale() const;
    training::TrainerOptions options() const;
};

// Those the program has been translated to, and English.
QStringList installedLanguages();

class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    explicit PreferencesDialog(QWidget* parent = nullptr);

signals:
    void taken(const perceptory::window::Preferences& preferences);

private:
    QComboBox* addChoice(const QString& label, const QList<std::pair<QString, QString>>& choices, const QString& now);
    void take();

    Preferences m_now;
    QComboBox *m_theme, *m_language, *m_isa;
    QSpinBox* m_threads;
    QCheckBox* m_autosave;
};

}  // namespace perceptory::window
