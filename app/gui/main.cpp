#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QMessageBox>
#include <QScreen>
#include <QSettings>
#include <QTranslator>
#include <clocale>

#include "engine/base/Error.h"
#include "ui/document/EngineText.h"
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
    document::translateEngine();
}

widgets::Theme::Mode savedTheme() {
    const int mode = QSettings().value("theme", static_cast<int>(widgets::Theme::Mode::System)).toInt();
    return mode >= 0 && mode <= 2 ? static_cast<widgets::Theme::Mode>(mode) : widgets::Theme::Mode::System;
}

QStringList filesAsked(const QApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate("main", "A visual playground for neural networks."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("file", QCoreApplication::translate("main", "A project (*.perceptory) or a table."),
                                 "[file]");
    parser.process(application);
    return parser.positionalArguments();
}

bool fits(const QWidget& window) {
    constexpr QSize frame(16, 40);  // a guess: the true one is known only once the window is shown
    const QSize room = window.screen()->availableSize();
    const QSize wanted = window.size() + frame;
    return wanted.width() <= room.width() && wanted.height() <= room.height();
}

int run(QApplication& application) {
    const QStringList files = filesAsked(application);
    widgets::Theme::apply(application, savedTheme());
    translate(application);
    window::MainWindow window;
    if (fits(window))
        window.show();
    else
        window.showMaximized();
    for (const QString& file : files) window.openFile(file);
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    // Qt takes the numbers' form from the desktop; files and the engine need the point.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setOrganizationName("perceptory");
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
