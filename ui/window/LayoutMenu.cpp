#include "ui/window/LayoutMenu.h"

#include <QDockWidget>
#include <QInputDialog>
#include <QSettings>

namespace perceptory::window {

namespace {

constexpr const char* group = "studio/layouts";
constexpr int longestName = 60;

QString shown(QString name) { return name.replace('&', "&&"); }

// A name may hold the character that parts keys.
QString keyOf(const QString& name) {
    return QString::fromLatin1(group) + '/' + QString::fromLatin1(name.toUtf8().toPercentEncoding());
}

}  // namespace

LayoutMenu::LayoutMenu(QMainWindow& studio, std::function<void()> reset, QWidget* parent)
    : QMenu(tr("Panels and la&youts"), parent), m_studio(studio), m_reset(std::move(reset)) {
    connect(this, &QMenu::aboutToShow, this, &LayoutMenu::fill);
    fill();
}

QStringList LayoutMenu::names() {
    QSettings settings;
    settings.beginGroup(group);
    QStringList names;
    for (const QString& key : settings.childKeys())
        names << QString::fromUtf8(QByteArray::fromPercentEncoding(key.toLatin1()));
    names.sort(Qt::CaseInsensitive);
    return names;
}

void LayoutMenu::keep(const QString& name) { QSettings().setValue(keyOf(name), m_studio.saveState()); }

void LayoutMenu::use(const QString& name) { m_studio.restoreState(QSettings().value(keyOf(name)).toByteArray()); }

void LayoutMenu::forget(const QString& name) { QSettings().remove(keyOf(name)); }

void LayoutMenu::fill() {
    clear();
    for (const QDockWidget* panel : m_studio.findChildren<QDockWidget*>()) addAction(panel->toggleViewAction());
    addSeparator();
    for (const QString& name : names())
        connect(addAction(shown(name)), &QAction::triggered, this, [this, name] { use(name); });
    addSeparator();
    connect(addAction(tr("&Save this layout…")), &QAction::triggered, this, &LayoutMenu::askName);
    QMenu* old = addMenu(tr("&Delete a layout"));
    old->setEnabled(!names().isEmpty());
    for (const QString& name : names())
        connect(old->addAction(shown(name)), &QAction::triggered, this, [this, name] { forget(name); });
    connect(addAction(tr("&Reset the panels")), &QAction::triggered, this, [this] { m_reset(); });
}

void LayoutMenu::askName() {
    auto* dialog = new QInputDialog(parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save the layout"));
    dialog->setLabelText(tr("Name; one that is there already is replaced:"));
    dialog->setComboBoxItems(names());
    dialog->setComboBoxEditable(true);
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) {
        if (const QString name = text.trimmed().left(longestName); !name.isEmpty()) keep(name);
    });
    dialog->open();
}

}  // namespace perceptory::window
