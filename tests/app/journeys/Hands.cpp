#include "tests/app/journeys/Hands.h"

#include <QApplication>
#include <QElapsedTimer>
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
    // In short turns: a long one would not end as long as there is something to paint.
    QElapsedTimer watch;
    watch.start();
    while (process.state() != QProcess::NotRunning && watch.elapsed() < 60000) QTest::qWait(10);
    QCOMPARE(process.state(), QProcess::NotRunning);
    QTest::qWait(80);
}

QStringList movedTo(QPoint global) { return {"mousemove", QString::number(global.x()), QString::number(global.y())}; }

}  // namespace

void moveTo(QPoint global) { xdotool(movedTo(global)); }

void clickAt(QPoint global) {
    moveTo(global);
    xdotool({"click", "1"});
}

void clickOn(QWidget* widget) {
    QVERIFY(widget);
    clickAt(widget->mapToGlobal(widget->rect().center()));
}

// In one go: whoever drags something to somewhere else has a loop of its own until the button is let go.
void dragAlong(const std::vector<QPoint>& global) {
    const QStringList pause{"sleep", "0.08"};
    QStringList words = movedTo(global.front()) + pause + QStringList{"mousedown", "1"};
    for (const QPoint& place : global) words += pause + movedTo(place);
    // Once more beside the end: the first move over a window may only tell it that something comes.
    xdotool(words + pause + movedTo(global.back() + QPoint(1, 1)) + pause + QStringList{"mouseup", "1"});
}

void turnWheel(int notches) {
    if (notches == 0) return;
    xdotool({"click", "--repeat", QString::number(qAbs(notches)), "--delay", "10", notches > 0 ? "4" : "5"});
}

void press(const QString& keys) { xdotool({"key", "--clearmodifiers", keys}); }

void pressAll(const QStringList& keys, int pause) {
    xdotool(QStringList{"key", "--clearmodifiers", "--delay", QString::number(pause)} + keys);
}

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
