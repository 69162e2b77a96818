#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QMessageBox>
#include <QScreen>
#include <QTranslator>
#include <clocale>

#include "engine/base/Error.h"
#include "ui/document/EngineText.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"
#include "ui/window/RecoveryDesk.h"

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
    const window::Preferences preferences = window::Preferences::saved();
    widgets::Theme::apply(application, preferences.theme);
    QLocale::setDefault(preferences.locale());
    translate(application);
    window::MainWindow window(preferences.options());
    if (fits(window))
        window.show();
    else
        window.showMaximized();
    for (const QString& file : files) window.openFile(file);
    window.recovery().offer();
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
