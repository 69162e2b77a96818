// A language whose words are longer by two fifths: nothing is clipped in the workspaces and windows, in three themes
// and on a small screen.

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScreen>
#include <QSettings>
#include <QStandardPaths>
#include <QStyle>
#include <QStyleOptionButton>
#include <QTabBar>
#include <QTest>
#include <QTranslator>

#include "ui/canvas/NetworkScene.h"
#include "ui/canvas/NodeItem.h"
#include "ui/document/EngineText.h"
#include "ui/widgets/Theme.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Studio.h"

using namespace perceptory;
using window::MainWindow;

namespace {

constexpr int patience = 60000;

// The first letters of every word twice, two fifths of them: "Learning rate" becomes "Lleeaarrning rraate".
class LongLanguage : public QTranslator {
public:
    bool isEmpty() const override { return false; }

    QString translate(const char*, const char* source, const char*, int) const override {
        static const QRegularExpression words(
            R"((%n|%L?\d+|\{\d\}|(?:(?:Ctrl|Alt|Shift)\+)+\S+|\*\.\w+|</?\w+[^<>]*>|&\w+;)|(\p{L}+))");
        QString text = QString::fromUtf8(source), result;
        qsizetype at = 0;
        for (auto found = words.globalMatch(text); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            result += text.mid(at, match.capturedStart() - at) + match.captured(1);
            const QString word = match.captured(2);
            const qsizetype twice = (2 * word.size() + 4) / 5;
            for (qsizetype i = 0; i < word.size(); ++i) result += QString(i < twice ? 2 : 1, word[i]);
            at = match.capturedEnd();
        }
        return result + text.mid(at);
    }
};

// Layers with long forms.
base::Json digits() {
    return base::Json::parse(R"j({"format": "perceptory-project", "format_version": 1,
        "data": {"source": "dataset", "id": "digits"},
        "network": {"nodes": [
          {"id": "in", "type": "input", "shape": [8, 8, 1]},
          {"id": "conv1", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4}},
          {"id": "norm", "type": "batch_norm", "inputs": ["conv1"]},
          {"id": "pool", "type": "max_pool", "inputs": ["norm"]},
          {"id": "drop", "type": "dropout", "inputs": ["pool"]},
          {"id": "flat", "type": "flatten", "inputs": ["drop"]},
          {"id": "out", "type": "dense", "inputs": ["flat"], "parameters": {"units": 10}}]},
        "training": {"loss": "softmax_cross_entropy", "optimizer": "adam"}})j");
}

QString nameOf(const QWidget& widget, const QString& text) {
    const QWidget* parent = widget.parentWidget();
    return QStringLiteral("%1 in %2: \"%3\" %4×%5, wants %6×%7")
        .arg(QString::fromLatin1(widget.metaObject()->className()),
             QString::fromLatin1(parent ? parent->metaObject()->className() : "nothing"), text.left(60))
        .arg(widget.width())
        .arg(widget.height())
        .arg(widget.sizeHint().width())
        .arg(widget.hasHeightForWidth() ? widget.heightForWidth(widget.width()) : widget.sizeHint().height());
}

bool isClipped(const QLabel& label) {
    if (label.text().isEmpty()) return false;
    const QRect room = label.contentsRect();
    if (label.wordWrap()) return label.heightForWidth(label.width()) > label.height() + 1;
    return label.sizeHint().width() > label.width() + 1 || label.fontMetrics().height() > room.height() + 1;
}

bool isClipped(const QAbstractButton& button) {
    return !button.text().isEmpty() && button.sizeHint().width() > button.width() + 1;
}

// What is typed may be longer than its field; numbers with their unit and what an empty field asks for may not.
bool isClipped(const QLineEdit& field) {
    const bool isNumber = qobject_cast<const QAbstractSpinBox*>(field.parentWidget());
    const QString text = isNumber ? field.text() : field.placeholderText();
    return (isNumber || field.text().isEmpty()) && field.fontMetrics().horizontalAdvance(text) > field.width();
}

bool isClipped(const QTabBar& bar) { return bar.sizeHint().width() > bar.width() + 1; }

bool isClipped(const QGroupBox& box) { return box.fontMetrics().horizontalAdvance(box.title()) > box.width(); }

bool isClipped(const QDockWidget& panel) {
    return panel.fontMetrics().horizontalAdvance(panel.windowTitle()) > panel.width();
}

bool isClipped(const QHeaderView& header) {
    for (int i = 0; i < header.count(); ++i) {
        const int wanted = header.sectionSizeHint(i), there = header.sectionSize(i);
        if (!header.isSectionHidden(i) && header.orientation() == Qt::Horizontal && wanted > there + 1) return true;
    }
    return false;
}

QString textOf(const QLabel& label) { return label.text(); }
QString textOf(const QAbstractButton& button) { return button.text(); }
QString textOf(const QLineEdit& field) { return field.text() + field.placeholderText(); }
QString textOf(const QTabBar& bar) { return bar.tabText(0); }
QString textOf(const QGroupBox& box) { return box.title(); }
QString textOf(const QDockWidget& panel) { return panel.windowTitle(); }
QString textOf(const QHeaderView& header) { return header.model()->headerData(0, header.orientation()).toString(); }

template <class Widget>
void addClipped(const QWidget& window, QStringList& clipped) {
    for (const Widget* widget : window.findChildren<Widget*>())
        if (widget->isVisible() && isClipped(*widget)) clipped << nameOf(*widget, textOf(*widget));
}

// What is chosen in a box may be longer: it ends in dots, and the tip has it whole (ui.theme).
QStringList clippedIn(const QWidget& window) {
    QStringList clipped;
    addClipped<QLabel>(window, clipped);
    addClipped<QAbstractButton>(window, clipped);
    addClipped<QLineEdit>(window, clipped);
    addClipped<QTabBar>(window, clipped);
    addClipped<QGroupBox>(window, clipped);
    addClipped<QDockWidget>(window, clipped);
    addClipped<QHeaderView>(window, clipped);
    clipped.removeDuplicates();
    return clipped;
}

// Layouts come to rest in some rounds of the loop of events.
QStringList clippedAtRest(const QWidget& window) {
    QStringList clipped;
    for (int round = 0; round < 20; ++round) {
        QTest::qWait(20);
        clipped = clippedIn(window);
        if (clipped.isEmpty()) break;
    }
    return clipped;
}

}  // namespace

class LongLanguageTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() {
        QTest::addColumn<widgets::Theme::Mode>("theme");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << widgets::Theme::Mode::Light << QSize(1366, 768);
        QTest::newRow("dark") << widgets::Theme::Mode::Dark << QSize(1366, 768);
        QTest::newRow("high contrast, small") << widgets::Theme::Mode::HighContrast << QSize(1024, 640);
    }

    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
        QCoreApplication::installTranslator(&m_language);
        document::translateEngine();
    }

    void wordsAreLongerByTwoFifths() {
        const QString text = "The network has more than 10,000 nodes.",
                      longer = m_language.translate("", qPrintable(text), "", 0);
        QVERIFY(longer.size() > text.size() * 1.3);  // of letters alone by two fifths
    }

    void thePlaygroundHoldsThem() {
        MainWindow window;
        show(window);
        verify(clippedAtRest(window));
    }

    void theStudioHoldsThem() {
        MainWindow window;
        show(window);
        window.document().open(digits(), ".", "digits");
        window.action("studio")->trigger();
        auto* studio = window.findChild<window::Studio*>();
        QTRY_VERIFY_WITH_TIMEOUT(studio->scene()->dataset(), patience);
        QStringList clipped;
        for (const canvas::NodeSight& node : studio->scene()->sight().nodes) {
            studio->scene()->choose({node.id});
            clipped += clippedAtRest(window);
            for (const QString& words : studio->scene()->node(node.id)->cutWords())
                clipped << QStringLiteral("card: ") + words;
        }
        for (QDockWidget* panel : studio->findChildren<QDockWidget*>()) {
            panel->raise();
            clipped += clippedAtRest(window);
        }
        verify(clipped);
    }

    void theDialogsHoldThem_data() {
        QTest::addColumn<QString>("action");
        for (const char* action : {"examples", "preferences", "analyze", "problems", "shortcuts", "commands", "help",
                                   "prepare", "browseData", "aboutData"})
            QTest::newRow(action) << action;
    }

    void theDialogsHoldThem() {
        QFETCH(QString, action);
        MainWindow window;
        show(window);
        window.action(action)->trigger();
        QStringList clipped;
        for (const QWidget* top : QApplication::topLevelWidgets()) {
            if (!top->isVisible() || top == &window) continue;
            clipped += clippedAtRest(*top);
            if (top->size() != top->size().boundedTo(top->screen()->availableSize()))
                clipped << QStringLiteral("larger than the screen: ") + nameOf(*top, top->windowTitle());
        }
        verify(clipped);
    }

private:
    void show(MainWindow& window) {
        QFETCH_GLOBAL(widgets::Theme::Mode, theme);
        QFETCH_GLOBAL(QSize, size);
        widgets::Theme::apply(*qApp, theme);
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->dataset, patience);
        QCOMPARE(window.size(), size);  // no contents widen it
    }

    static void verify(QStringList clipped) {
        clipped.removeDuplicates();
        for (const QString& each : clipped) qWarning().noquote() << each;
        QVERIFY(clipped.isEmpty());
    }

    LongLanguage m_language;
};

QTEST_MAIN(LongLanguageTest)
#include "LongLanguageTest.moc"
