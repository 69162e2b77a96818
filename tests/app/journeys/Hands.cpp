#include "tests/app/journeys/Hands.h"

#include <QApplication>
#include <QFileDialog>
#include <QProcess>
#include <QTest>
#include <QTimer>

namespace perceptory::tests {

namespace {

// The event loop goes on meanwhile: a dialog may come up under the mouse.
void xdotool(const QStringList& words) {
    QProcess process;
    process.start("xdotool", words);
    QTRY_VERIFY_WITH_TIMEOUT(process.state() == QProcess::NotRunning, 20000);
    QTest::qWait(80);
}

}  // namespace

void moveTo(QPoint global) { xdotool({"mousemove", QString::number(global.x()), QString::number(global.y())}); }

void clickAt(QPoint global) {
    moveTo(global);
    xdotool({"click", "1"});
}

void clickOn(QWidget* widget) {
    QVERIFY(widget);
    clickAt(widget->mapToGlobal(widget->rect().center()));
}

void dragAlong(const std::vector<QPoint>& global) {
    moveTo(global.front());
    xdotool({"mousedown", "1"});
    for (const QPoint& place : global) moveTo(place);
    xdotool({"mouseup", "1"});
}

void press(const QString& keys) { xdotool({"key", "--clearmodifiers", keys}); }

void type(const QString& text) { xdotool({"type", "--delay", "20", "--", text}); }

void answerFileDialog(const QString& path) {
    auto* watch = new QTimer(qApp);
    QObject::connect(watch, &QTimer::timeout, qApp, [watch, path] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (!dialog || !dialog->isActiveWindow()) return;
        watch->deleteLater();
        watch->stop();
        QProcess::startDetached(
            "sh", {"-c", "xdotool key ctrl+a && xdotool type --delay 20 -- \"$0\" && xdotool key Return", path});
    });
    watch->start(200);
}

QWidget* named(const QWidget& where, const QString& name) {
    for (QWidget* widget : where.findChildren<QWidget*>())
        if (widget->isVisible() && widget->accessibleName() == name) return widget;
    return nullptr;
}

}  // namespace perceptory::tests
