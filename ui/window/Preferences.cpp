#include "ui/window/Preferences.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QSettings>
#include <QSpinBox>
#include <algorithm>
#include <thread>

#include "engine/backends/KernelLibrary.h"

namespace perceptory::window {

using widgets::Theme;

namespace {

constexpr int mostThreads = 64, usualThreads = 8;

int usableThreads() {
    // One is for the window.
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) - 1, 1, usualThreads);
}

QStringList installedIsas() {
    QStringList names;
    for (const std::string& name : backends::supportedInstructionSets()) names << QString::fromStdString(name);
    return names;
}

}  // namespace

QStringList installedLanguages() {
    QStringList languages{QStringLiteral("en")};
    for (const QString& file : QDir(QStringLiteral(":/translations")).entryList({QStringLiteral("perceptory_*.qm")}))
        languages << file.section('_', 1).section('.', 0, 0);
    return languages;
}

Preferences Preferences::saved() {
    const QSettings settings;
    Preferences saved;
    const int theme = settings.value("theme", static_cast<int>(Theme::Mode::System)).toInt();
    if (theme >= 0 && theme <= static_cast<int>(Theme::Mode::HighContrast))
        saved.theme = static_cast<Theme::Mode>(theme);
    const QString language = settings.value("language").toString(), isa = settings.value("isa").toString();
    if (installedLanguages().contains(language)) saved.language = language;
    if (installedIsas().contains(isa)) saved.isa = isa;
    saved.autosave = settings.value("autosave", true).toBool();
    saved.threads = std::clamp(settings.value("threads", 0).toInt(), 0, mostThreads);
    return saved;
}

void Preferences::save() const {
    QSettings settings;
    settings.setValue("theme", static_cast<int>(theme));
    settings.setValue("language", language);
    settings.setValue("threads", threads);
    settings.setValue("isa", isa);
    settings.setValue("autosave", autosave);
}

QLocale Preferences::locale() const { return language.isEmpty() ? QLocale::system() : QLocale(language); }

training::TrainerOptions Preferences::options() const {
    training::TrainerOptions options;
    options.threads = threads > 0 ? threads : usableThreads();
    options.isa = isa.toStdString();
    return options;
}

PreferencesDialog::PreferencesDialog(QWidget* parent) : QDialog(parent), m_now(Preferences::saved()) {
    setWindowTitle(tr("Preferences"));
    auto* form = new QFormLayout(this);
    QList<std::pair<QString, QString>> languages{{tr("As the desktop"), {}}}, isas{{tr("The best there is"), {}}};
    for (const QString& code : installedLanguages()) languages << std::pair(QLocale(code).nativeLanguageName(), code);
    for (const QString& name : installedIsas()) isas << std::pair(name, name);
    m_theme = addChoice(tr("&Theme:"),
                        {{tr("As the desktop"), QStringLiteral("0")},
                         {tr("Light"), QStringLiteral("1")},
                         {tr("Dark"), QStringLiteral("2")},
                         {tr("High contrast"), QStringLiteral("3")}},
                        QString::number(static_cast<int>(m_now.theme)));
    m_language = addChoice(tr("&Language:"), languages, m_now.language);
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    addChoice(tr("&Device of the training:"), {{tr("Processor, %n cores", nullptr, cores), QStringLiteral("cpu")}},
              QStringLiteral("cpu"))
        ->setToolTip(tr("This version trains on the processor alone."));
    m_threads = new QSpinBox;
    m_threads->setRange(0, mostThreads);
    m_threads->setSpecialValueText(tr("Automatic: %1").arg(usableThreads()));
    m_threads->setValue(m_now.threads);
    m_threads->setToolTip(tr("More of them make large networks faster; the numbers stay the same, bit for bit."));
    form->addRow(tr("T&hreads of the training:"), m_threads);
    m_isa = addChoice(tr("&Instruction set:"), isas, m_now.isa);
    m_isa->setToolTip(tr("Another one gives slightly different numbers, as another machine would."));
    m_autosave = new QCheckBox(tr("&Keep copies of unsaved work"));
    m_autosave->setChecked(m_now.autosave);
    m_autosave->setToolTip(tr("Soon after each change and every minute of training. After a crash they are offered."));
    form->addRow(m_autosave);
    auto* hint = new QLabel(tr("Language, threads and instruction set count from the next start on."));
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &PreferencesDialog::take);
}

QComboBox* PreferencesDialog::addChoice(const QString& label, const QList<std::pair<QString, QString>>& choices,
                                        const QString& now) {
    auto* box = new QComboBox;
    for (const auto& [name, value] : choices) box->addItem(name, value);
    box->setCurrentIndex(std::max(0, box->findData(now)));
    static_cast<QFormLayout*>(layout())->addRow(label, box);
    return box;
}

void PreferencesDialog::take() {
    m_now.theme = static_cast<Theme::Mode>(m_theme->currentData().toString().toInt());
    m_now.language = m_language->currentData().toString();
    m_now.threads = m_threads->value();
    m_now.isa = m_isa->currentData().toString();
    m_now.autosave = m_autosave->isChecked();
    m_now.save();
    emit taken(m_now);
    Theme::apply(*qApp, m_now.theme);
    accept();
}

}  // namespace perceptory::window
