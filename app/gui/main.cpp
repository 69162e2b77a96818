#include <QApplication>
#include <QLibraryInfo>
#include <QMessageBox>
#include <QSettings>
#include <QTranslator>
#include <clocale>

#include "engine/base/Error.h"
#include "ui/widgets/Theme.h"
#include "ui/window/MainWindow.h"

using namespace perceptory;

namespace {

void translate(QApplication& application) {
    for (const auto& [name, folder] : {std::pair(QString("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)),
                                       std::pair(QString("perceptory"), QString(":/translations"))}) {
        auto* translator = new QTranslator(&application);
        if (translator->load(QLocale(), name, "_", folder)) application.installTranslator(translator);
    }
}

widgets::Theme::Mode savedTheme() {
    const int mode = QSettings().value("theme", static_cast<int>(widgets::Theme::Mode::System)).toInt();
    return mode >= 0 && mode <= 2 ? static_cast<widgets::Theme::Mode>(mode) : widgets::Theme::Mode::System;
}

int run(QApplication& application) {
    widgets::Theme::apply(application, savedTheme());
    translate(application);
    window::MainWindow window;
    window.show();
    const QStringList arguments = QApplication::arguments();
    for (const QString& file : arguments.mid(1)) window.openFile(file);
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    // Qt takes the numbers' form from the desktop; files and the engine need the point.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationName("perceptory");
    QApplication::setApplicationVersion(PERCEPTORY_VERSION);
    QApplication::setDesktopFileName("perceptory");
    try {
        return run(application);
    } catch (const std::exception& error) {
        QMessageBox::critical(nullptr, "Perceptory", QString::fromUtf8(error.what()));
        return 4;
    }
}
